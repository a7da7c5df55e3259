"""Printing newspaper pages: made up, locked, and written to files. The order of steps; each is done elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.build.atomic import replace_file
from site_builder.build.checking import check
from site_builder.build.clock import Clock
from site_builder.build.printing.editions import EditionMakeUp
from site_builder.build.printing.makeup import Listener, MakeUp, PageResult, edition_to_print
from site_builder.build.printing.output import PageMaker
from site_builder.build.printing.packing import Effort
from site_builder.build.printing.planned import FOLDER, STANDARD_EFFORT, by_format, page_fit
from site_builder.errors import UsageError
from site_builder.messages import Messages
from site_builder.model.edition import EditionPage
from site_builder.model.newsroom import Newsroom
from site_builder.model.story import Audience
from site_builder.paper.page.copyfit import PageFit, copyfit_html, copyfit_json, copyfit_text
from site_builder.paper.page.layout import layout_json
from site_builder.paper.page.lock import Lock, lock_text, parse_lock
from site_builder.problems import Problem, has_errors
from site_builder.render.pictures.contact import contact_sheet

PICTURE_DPI = 110
"""Of the picture of a page: legible on a phone, and small enough to send."""
SHEET_DPI = 40
"""Of the pages on a contact sheet."""
_PRINTED = re.compile(
    r"(?:pages|page-(\d+(?:-\d+)*))(?:\.pdf|\.png|-proof\.pdf|-layout\.json|-copyfit\.(?:txt|json|html))"
)
"""Names of the files of pages; the group holds the numbers of the pages where not all are in it."""


@dataclass(frozen=True)
class PagesOptions:
    """Which pages to print, and how."""

    edition: str = ""
    """A date, or the path of an edition's file; empty for the latest one."""
    pages: tuple[int, ...] = ()
    """Numbers of pages; all when empty."""
    format: str = ""
    """Instead of the edition's and the pages' own."""
    audience: Audience = "public"
    keep_going: bool = False
    """Leave out files with errors and print the rest."""
    output: Path | None = None
    """Instead of ``print/`` in the newsroom."""
    anew: bool = False
    """Lay out pages anew that have been laid out before."""
    alternatives: int = 1
    """More than one: look for so many layouts of one page and lock none."""
    choose: int = 0
    """Lock that alternative, counted from 1, of those that were found before."""
    effort: Effort = STANDARD_EFFORT


@dataclass(frozen=True)
class PagesReport:
    """What was printed."""

    problems: tuple[Problem, ...]
    files: tuple[Path, ...] = ()
    pages: tuple[PageFit, ...] = ()
    edition: str = ""
    format: str = ""
    """Of the pages; where they have several, the last."""
    alternatives: int = 0
    missing: tuple[str, ...] = ()
    """Signs that no font has; 〓 stands for them."""
    stopped: bool = False
    """The problems forbade it."""

    def text(self, messages: Messages) -> str:
        """The copyfit report for a terminal."""
        return copyfit_text(self.pages, messages)

    @property
    def failed(self) -> bool:
        """Whether anything that was asked for could not be done."""
        return has_errors(self.problems) or any(not page.full for page in self.pages)


def print_pages(
    root: Path, clock: Clock, options: PagesOptions, listener: Listener = lambda _number, _progress: None
) -> PagesReport:
    """Make up and print pages of an edition of the newsroom at *root*.

    A page that cannot hold its copy is reported and not printed; the others are. Raises ``UsageError`` for what is not
    there to print, ``BuildError`` when a page is not set as it was planned.
    """
    checked = check(root)
    if checked.settings is None or (has_errors(checked.problems) and not options.keep_going):
        return PagesReport(checked.problems, stopped=True)
    newsroom, edition = edition_to_print(checked, options.edition, clock.now(), options.audience)
    job = _Job(root, EditionMakeUp(root, checked, newsroom, edition, options.format), options, newsroom)
    job.run(listener)
    return replace(job.report(), problems=checked.problems)


def edition_format(root: Path, clock: Clock, edition: str, audience: Audience) -> str:
    """The format that the file of the *edition* asks for, of itself or of its first page; empty when it does not."""
    checked = check(root)
    if checked.settings is None:
        return ""
    try:
        found = edition_to_print(checked, edition, clock.now(), audience)[1]
    except UsageError:
        return ""
    return found.format or next((page.format for page in found.pages if page.format), "")


class _Job:
    """The pages of an edition."""

    def __init__(self, root: Path, pages: EditionMakeUp, options: PagesOptions, newsroom: Newsroom) -> None:
        self.pages, self.options, self.edition = pages, options, pages.edition
        self.folder = options.output or root / FOLDER
        self.headlines = {story.id: story.headline for story in newsroom.edition_stories(self.edition)}
        self.written: list[Path] = []
        self.fits: list[PageFit] = []
        self.makeups: list[MakeUp] = []
        self.alternatives = 0

    def run(self, listener: Listener) -> None:
        """Make up the pages that are asked for, and write their files: a folder for each format."""
        options = self.options
        self.pages.assign(listener)
        if options.choose:
            self._choose(_only(self.pages.wanted(options.pages)))
        if options.alternatives > 1:
            self._offer(_only(self.pages.wanted(options.pages)), listener)
            return
        self._clear()
        results = self.pages.make(options.pages, options.effort, listener, anew=options.anew and not options.choose)
        wanted = dict(zip((page.number for page in self.pages.wanted(options.pages)), results, strict=True))
        for makeup, pages in by_format(self.pages, self.pages.wanted()):
            made = [wanted[page.number] for page in pages if page.number in wanted]
            if made:
                whole = len(made) == len(pages)
                numbers = "-".join(f"{result.request.number:02}" for result in made)
                self._write(makeup, made, "pages" if whole else f"page-{numbers}")

    def report(self) -> PagesReport:
        """What was made."""
        missing = (sign for makeup in self.makeups for sign in makeup.signs.missing)
        return PagesReport(
            (),
            tuple(self.written),
            tuple(self.fits),
            self.edition.id,
            self.makeups[-1].form.name,
            self.alternatives,
            tuple(dict.fromkeys(missing)),
        )

    def _write(self, makeup: MakeUp, results: Sequence[PageResult], stem: str) -> None:
        fits = self._noted(makeup, results)
        edition, form, messages = self.edition.id, makeup.form.name, makeup.messages
        self._put(makeup, f"{stem}-copyfit.txt", copyfit_text(fits, messages).encode())
        self._put(makeup, f"{stem}-copyfit.json", copyfit_json(edition, form, fits))
        self._put(makeup, f"{stem}-copyfit.html", copyfit_html(edition, form, fits, messages))
        plans = tuple(result.plan for result in results if result.plan)
        if not plans:
            return
        maker = PageMaker(plans, makeup.material())
        public = self.options.audience == "public" and len(plans) == len(results)
        with ThreadPoolExecutor(1) as beside:
            # The typesetter lets go of the interpreter; PDFs are read back on one thread, as their reader asks for.
            drawn = beside.submit(maker.pictures, PICTURE_DPI)
            proof = maker.proof(messages)
            archive = maker.archive() if public else b""
            pictures = drawn.result()
        if public:
            self._put(makeup, f"{stem}.pdf", archive)
        self._put(makeup, f"{stem}-proof.pdf", proof)
        for plan, picture in zip(plans, pictures, strict=True):
            self._put(makeup, f"page-{plan.number:02}.png", picture)
        self._put(makeup, f"{stem}-layout.json", layout_json(plans))

    def _clear(self) -> None:
        """Remove all files that show a page which is asked for now.

        It may hold what readers must not see any more, and the page may now fail.
        """
        wanted = set(self.options.pages)
        for page in self.edition.pages:
            for file in self._path(self.pages.makeup(page), "pages.pdf").parent.glob("page*"):
                shown = _PRINTED.fullmatch(file.name)
                numbers = set(map(int, shown[1].split("-"))) if shown and shown[1] else wanted
                if shown and (not wanted or numbers & wanted):
                    file.unlink()

    def _offer(self, page: EditionPage, listener: Listener) -> None:
        """Alternatives of *page*: a sheet to choose from, and their layouts."""
        options = self.options
        makeup = self.pages.makeup(page)
        results = makeup.alternatives(page, options.alternatives, options.effort, listener)
        plans = [result.plan for result in results if result.plan]
        if plans:
            material = makeup.material()
            drawn = [PageMaker((plan,), material).pictures(SHEET_DPI)[0] for plan in plans]
            self._put(makeup, f"page-{page.number:02}-alternatives.png", contact_sheet(drawn))
            lock = Lock(tuple(result.locked for result in results if result.locked))
            self._put(makeup, self._alternatives(page), lock_text(lock).encode())
        self._noted(makeup, results)
        self.alternatives = len(plans)

    def _choose(self, page: EditionPage) -> None:
        """Lock one of the alternatives of *page* that were found before."""
        makeup, wanted = self.pages.makeup(page), self.options.choose
        path = self._path(makeup, self._alternatives(page))
        if not path.is_file():
            raise UsageError("print.no-alternatives", str(page.number))
        found = parse_lock(path.read_text(encoding="utf-8"), str(path)).pages
        if wanted > len(found):
            raise UsageError("print.alternative-unknown", str(wanted), str(len(found)))
        self.pages.file.remember(found[wanted - 1])

    def _alternatives(self, page: EditionPage) -> str:
        return f"page-{page.number:02}-alternatives.layout.lock"

    def _noted(self, makeup: MakeUp, results: Sequence[PageResult]) -> list[PageFit]:
        fits = [page_fit(result, self.headlines) for result in results]
        self.fits += fits
        self.makeups.append(makeup)
        return fits

    def _path(self, makeup: MakeUp, name: str) -> Path:
        return self.folder / f"{self.edition.id}-{makeup.form.name}" / name

    def _put(self, makeup: MakeUp, name: str, data: bytes) -> None:
        path = self._path(makeup, name)
        replace_file(path, data)
        self.written.append(path)


def _only(pages: Sequence[EditionPage]) -> EditionPage:
    if len(pages) != 1:
        raise UsageError("print.one-page", tuple(str(page.number) for page in pages))
    return pages[0]
