"""``bulletin export press``: the pages of an edition as PDF/X-4 files, one a page. The order of steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.build.atomic import replace_file
from site_builder.build.clock import Clock
from site_builder.build.printing.makeup import DEFAULT_FORMAT, Listener
from site_builder.build.printing.planned import FOLDER, EditionWish, FormatPages, OpenEdition, open_edition, page_fit
from site_builder.build.printing.pressing import PlacedPicture, PressMaker, PressPage, Profile
from site_builder.build.profiles import find_profile
from site_builder.paper.page.copyfit import PageFit
from site_builder.paper.page.press import press_ticket
from site_builder.problems import Problem

PRESS = "press"
"""The folder beside the other files of an edition's pages."""


@dataclass(frozen=True)
class CoarsePicture:
    """A picture with fewer pixels to the inch than the printer asks for."""

    page: int
    headline: str
    """Of its story; empty for an advertisement."""
    file: str
    """Below ``assets/photos/``."""
    dpi: int
    least: int


@dataclass(frozen=True)
class PressReport:
    """What was exported for the press."""

    problems: tuple[Problem, ...]
    files: tuple[Path, ...] = ()
    pages: tuple[PageFit, ...] = ()
    coarse: tuple[CoarsePicture, ...] = ()
    missing: tuple[str, ...] = ()
    """Signs that no font has; 〓 stands for them."""
    stopped: bool = False
    """The problems forbade it."""

    @property
    def failed(self) -> bool:
        """Whether anything that was asked for could not be done."""
        return self.stopped or any(not page.full for page in self.pages)


def export_press(
    root: Path, clock: Clock, wish: EditionWish, output: Path | None = None, listener: Listener = lambda _n, _p: None
) -> PressReport:
    """Export the wanted pages of the newsroom at *root* for the press, into *output* or its folder ``print/``.

    A page that cannot hold its copy is told and left out. Raises ``UsageError`` for what is not there, ``BuildError``
    when a page is not set as planned, or the format or the profile do not serve the press.
    """
    opened = open_edition(root, clock, wish)
    if not isinstance(opened, OpenEdition):
        return PressReport(opened, stopped=True)
    _clear(opened, wish, output or root / FOLDER)
    report = PressReport(opened.checked.problems)
    for group in opened.lay_out(wish, listener):
        report = _added(report, opened, group, output or root / FOLDER)
    return report


def _clear(opened: OpenEdition, wish: EditionWish, folder: Path) -> None:
    """Remove what was exported before: it may hold what readers must not see any more, and the page may now fail."""
    for page in opened.edition.pages:
        if not wish.pages or page.number in wish.pages:
            form = wish.format or page.format or opened.edition.format or DEFAULT_FORMAT
            _page_file(folder / f"{opened.edition.id}-{form}" / PRESS, opened, form, page.number).unlink(
                missing_ok=True
            )


def _added(report: PressReport, opened: OpenEdition, group: FormatPages, folder: Path) -> PressReport:
    """*report* with the pages of one format."""
    makeup = group.makeup
    form, messages = makeup.form, makeup.messages
    profile = Profile(*find_profile(opened.root, opened.newsroom.settings, form))
    maker = PressMaker(form, makeup.material(), profile, messages)
    base = folder / f"{opened.edition.id}-{form.name}" / PRESS
    made = [(plan.number, maker.make(plan)) for plan in group.plans]
    files = []
    for number, page in made:
        files.append(_page_file(base, opened, form.name, number))
        replace_file(files[-1], page.pdf)
    if made:
        files.append(base / "ticket.txt")
        rows = [
            (number, _file(opened, placed), placed.dpi, placed.ink) for number, page in made for placed in page.pictures
        ]
        replace_file(files[-1], press_ticket(form, profile.name, rows, messages).encode("utf-8-sig"))
    return replace(
        report,
        files=(*report.files, *files),
        pages=(*report.pages, *(page_fit(result, opened.headlines) for result in group.results)),
        coarse=(*report.coarse, *_coarse(opened, form.press.least_dpi, [page for _, page in made])),
        missing=tuple(dict.fromkeys((*report.missing, *(sign for _, page in made for sign in page.missing)))),
    )


def _page_file(base: Path, opened: OpenEdition, form: str, number: int) -> Path:
    return base / f"{opened.edition.id}-{form}-{number:02}.pdf"


def _coarse(opened: OpenEdition, least: float, pages: list[PressPage]) -> Iterator[CoarsePicture]:
    for page in pages:
        for placed in page.pictures:
            if placed.dpi < least:
                headline = opened.headlines.get(placed.story, "")
                yield CoarsePicture(placed.page, headline, _file(opened, placed), placed.dpi, int(least))


def _file(opened: OpenEdition, placed: PlacedPicture) -> str:
    return opened.newsroom.by_id[placed.story].photos[placed.photo].file if placed.story else placed.file
