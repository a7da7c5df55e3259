"""Making pages up (拼版): an edition's stories to pages that are laid out and locked. The order of steps.

A page is laid out once. Afterwards it is set again from the lock beside the edition's file, which solves nothing and
needs no solver, until what was asked for it changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from site_builder.build.atomic import replace_file
from site_builder.build.check import CheckedNewsroom
from site_builder.build.editions import find_edition
from site_builder.build.making import index
from site_builder.build.printing.fonts import FontSet, find_fonts
from site_builder.build.printing.laying_out import CannotFit, LaidOut, Progress, lay_out
from site_builder.build.printing.measuring import measure_fonts
from site_builder.build.printing.output import TEMPLATE, Material
from site_builder.build.printing.packing import Effort
from site_builder.build.printing.segmenting import segment_words
from site_builder.build.rendering import body_input
from site_builder.build.theme_files import read_format, read_sheet_theme
from site_builder.errors import BuildError, UsageError, system_error
from site_builder.messages import load_messages
from site_builder.model.edition import Edition, EditionPage
from site_builder.model.newsroom import Newsroom
from site_builder.model.story import Audience
from site_builder.paper.page import inserts
from site_builder.paper.page.composing import judge_page
from site_builder.paper.page.copy import Composer
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Furnisher, Placed
from site_builder.paper.page.judging import Faults
from site_builder.paper.page.keeping import Kept, keep_page, lock_page
from site_builder.paper.page.lock import Lock, LockedPage, lock_name, lock_text, parse_lock
from site_builder.paper.page.plan import Cells, PagePlan
from site_builder.paper.page.request import PageRequest
from site_builder.paper.setting.widths import Widths
from site_builder.paper.signs import Signs
from site_builder.render.markdown import render_body
from site_builder.text.typography import phrases

DEFAULT_FORMAT = "broadsheet"
FILLER_COLUMNS, FILLER_LINES = (2, 3), range(8, 25, 2)
"""Sizes of a public notice that may fill a page."""
SOLVER = ("ortools", "rjieba")
"""The packages of the extra ``[layout]``."""
NO_FAULTS = Faults(0, 0, 0)
_END_OF_TIME = datetime(9000, 1, 1, tzinfo=UTC)

How = Literal["kept", "reset", "solved", "cannot"]
"""From the lock as it was; with other words in the same places; laid out anew; not possible."""
Listener = Callable[[int, Progress], None]
"""Hears, for a page by its number, how far its layout is; called from threads of the search."""


@dataclass(frozen=True)
class PageResult:
    """What became of a page."""

    request: PageRequest
    how: How
    plan: PagePlan | None = None
    locked: LockedPage | None = None
    """What to remember of it."""
    faults: Faults = NO_FAULTS
    """What a designer would see in its rectangles."""
    cannot: CannotFit | None = None
    seconds: float = 0.0


def edition_to_print(
    checked: CheckedNewsroom, wanted: str, now: datetime, audience: Audience
) -> tuple[Newsroom, Edition]:
    """The edition that is asked for (the latest when *wanted* is empty), in the newsroom as of the end of its day.

    Papers are printed before their day comes, so stories of that day count as published. Raises ``UsageError``.
    """
    assert checked.settings is not None
    everything = index(checked, _END_OF_TIME, audience)
    edition = find_edition(everything, wanted, "print.no-editions")
    day, zone = edition.date, ZoneInfo(checked.settings.timezone)
    evening = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone)
    newsroom = index(checked, max(now, evening), audience)
    return newsroom, find_edition(newsroom, edition.id, "print.no-editions")


class MakeUp:
    """Makes up the pages of one edition of the newsroom at *root*, in the format called *name*."""

    def __init__(self, root: Path, checked: CheckedNewsroom, newsroom: Newsroom, edition: Edition, name: str) -> None:
        self.root, self.checked, self.newsroom, self.edition = root, checked, newsroom, edition
        self.form: Format = read_format(root, name or edition.format or DEFAULT_FORMAT)
        self.fonts: FontSet = find_fonts(root)
        self.messages = load_messages(newsroom.settings.language)
        self.signs = Signs(self.fonts.drawable)
        self.lock_path = root / Path(checked.edition_paths[edition.date]).parent / lock_name(edition.id)
        self.lock = self._read_lock()

    def wanted(self, numbers: tuple[int, ...] = ()) -> tuple[EditionPage, ...]:
        """The pages with these *numbers*, or all. Raises ``UsageError`` for one that the edition does not have."""
        pages = {page.number: page for page in sorted(self.edition.pages, key=lambda page: page.number)}
        for number in numbers:
            if number not in pages:
                raise UsageError("print.page-unknown", str(number), "、".join(map(str, pages)))
        return tuple(pages[number] for number in numbers or pages if pages[number].placements)

    def make(
        self, page: EditionPage, effort: Effort, listener: Listener = lambda _n, _p: None, *, anew: bool = False
    ) -> PageResult:
        """*page* from the lock where that is possible (and *anew* does not forbid it), else laid out anew.

        Raises ``UsageError`` when it has to be laid out and the solver is not installed.
        """
        started = time.monotonic()
        request = self.request(page)
        locked = None if anew else self.lock.page(page.number)
        kept = keep_page(request, locked, self.form, self.widths, self._filler) if locked else None
        if kept:
            return self._kept(request, kept, time.monotonic() - started)
        found = self._lay_out(request, effort, listener, 1)
        seconds = time.monotonic() - started
        if isinstance(found, CannotFit):
            return PageResult(request, "cannot", cannot=found, seconds=seconds)
        return self._solved(request, found[0], seconds)

    def alternatives(
        self, page: EditionPage, count: int, effort: Effort, listener: Listener = lambda _n, _p: None
    ) -> tuple[PageResult, ...]:
        """Up to *count* layouts of *page*, the best first; one result that says why when there is none."""
        started = time.monotonic()
        request = self.request(page)
        found = self._lay_out(request, effort, listener, count)
        seconds = time.monotonic() - started
        if isinstance(found, CannotFit):
            return (PageResult(request, "cannot", cannot=found, seconds=seconds),)
        return tuple(self._solved(request, one, seconds) for one in found)

    def remember(self, *pages: LockedPage) -> None:
        """Write *pages* into the lock; what it holds of other pages stays, pages that are gone from the edition go."""
        numbers = {page.number for page in self.edition.pages}
        merged = {page.number: page for page in (*self.lock.pages, *pages) if page.number in numbers}
        lock = Lock(tuple(merged[number] for number in sorted(merged)))
        if lock != self.lock:
            replace_file(self.lock_path, lock_text(lock).encode())
            self.lock = lock

    def request(self, page: EditionPage) -> PageRequest:
        """What is asked for *page*."""
        composer = Composer(self.form, self._sizes, self._segment, self.signs, self.messages)
        copies = tuple(
            composer.copy(story, render_body(body_input(story)), placement, order)
            for order, placement in enumerate(page.placements)
            for story in [self.newsroom.by_id[placement.story]]
        )
        sizes = ((columns, lines) for columns in FILLER_COLUMNS for lines in FILLER_LINES)
        grid = self.form.grid
        return PageRequest(
            self.edition.date,
            page.number,
            page.name,
            copies,
            tuple(self._furniture(page)),
            tuple(size for size in sizes if size[0] <= grid.columns and size[1] * 3 <= grid.lines),
        )

    def material(self) -> Material:
        """What the pages are printed with."""
        stories = self.newsroom.edition_stories(self.edition)
        photos = self.checked.photos
        adverts = (advert.file for page in self.edition.pages for advert in page.advertisements)
        return Material(
            template=read_sheet_theme(self.root, TEMPLATE),
            fonts=self.fonts,
            colors=self.form.colors,
            photos={
                (story.id, number): photos[photo.file].path.read_bytes()
                for story in stories
                for number, photo in enumerate(story.photos)
            },
            drawings={file: photos[file].path.read_bytes() for file in adverts},
            title=self.newsroom.settings.site_name,
            language=self.newsroom.settings.language,
        )

    @cached_property
    def widths(self) -> Widths:
        """How wide the signs of the newsroom's fonts are."""
        return measure_fonts(self.fonts, self.form)

    @property
    def _sizes(self) -> dict[str, tuple[int, int]]:
        return {file: (photo.width, photo.height) for file, photo in self.checked.photos.items()}

    @cached_property
    def _segment(self) -> Callable[[str], tuple[str, ...]]:
        """Words, where the dictionary is installed; a page that is set from its lock does without."""
        return segment_words if has_solver() else phrases

    def _furniture(self, page: EditionPage) -> Iterator[Placed]:
        furnisher = Furnisher(self.form, self.newsroom.settings, self.messages, self.edition)
        yield furnisher.head(page)
        for advert in page.advertisements:
            if advert.file not in self.checked.photos:
                continue  # told by the check, and left out as what it belongs to is
            yield inserts.advertisement(self.form, self.messages, advert)

    def _filler(self, cells: Cells) -> Placed:
        return inserts.filler(self.form, self.newsroom.settings, self.messages, cells)

    def _lay_out(
        self, request: PageRequest, effort: Effort, listener: Listener, count: int
    ) -> tuple[LaidOut, ...] | CannotFit:
        if not has_solver():
            raise UsageError("print.solver-missing", str(request.number))
        return lay_out(
            request,
            self.form,
            self.widths,
            effort,
            lambda progress: listener(request.number, progress),
            count,
            self._filler,
        )

    def _kept(self, request: PageRequest, kept: Kept, seconds: float) -> PageResult:
        locked = lock_page(request, self.form, kept.chosen, kept.filler)
        faults = judge_page(request, kept.chosen, self.form, kept.filler)
        return PageResult(request, "reset" if kept.reset else "kept", kept.plan, locked, faults, seconds=seconds)

    def _solved(self, request: PageRequest, found: LaidOut, seconds: float) -> PageResult:
        locked = lock_page(request, self.form, found.chosen, found.filler)
        return PageResult(request, "solved", found.plan, locked, found.faults, seconds=seconds)

    def _read_lock(self) -> Lock:
        try:
            text = self.lock_path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return Lock()
        except UnicodeDecodeError as error:
            raise BuildError("print.lock-broken", str(self.lock_path), str(error)) from error
        except OSError as error:
            raise system_error(error) from error
        return parse_lock(text, str(self.lock_path))


def has_solver() -> bool:
    """Whether the extra ``[layout]`` is installed."""
    return all(find_spec(name) for name in SOLVER)
