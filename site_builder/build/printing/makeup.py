"""Making pages up (拼版): an edition's stories to pages that are laid out and locked. The order of steps.

A page is laid out once. Afterwards it is set again from the lock beside the edition's file, which solves nothing and
needs no solver, until what was asked for it changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from site_builder.build.check import CheckedNewsroom
from site_builder.build.checking import WORK_DIR, open_cache
from site_builder.build.editions import find_edition
from site_builder.build.indexing import index
from site_builder.build.printing.cutting import Cutter
from site_builder.build.printing.fonts import FontSet, find_fonts
from site_builder.build.printing.laying_out import CannotFit, LaidOut, Progress, lay_out
from site_builder.build.printing.lockfile import LockFile
from site_builder.build.printing.measuring import measure_fonts
from site_builder.build.printing.nameplate import read_nameplate
from site_builder.build.printing.output import TEMPLATE, Material
from site_builder.build.printing.packing import Effort
from site_builder.build.printing.segmenting import segment_words
from site_builder.build.theme_files import read_format, read_sheet_theme
from site_builder.errors import UsageError
from site_builder.messages import load_messages
from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.newsroom import Newsroom
from site_builder.model.story import Audience, Body, Story
from site_builder.paper.page.composing import judge_page
from site_builder.paper.page.copy import Composer
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Nameplate
from site_builder.paper.page.inserts import Entry
from site_builder.paper.page.judging import Faults
from site_builder.paper.page.keeping import Kept, keep_page, lock_page
from site_builder.paper.page.lock import LockedPage
from site_builder.paper.page.plan import PagePlan
from site_builder.paper.page.request import Copy, PageRequest
from site_builder.paper.page.requesting import Requester, contents_entries
from site_builder.paper.setting.widths import Widths
from site_builder.paper.signs import Signs
from site_builder.render.dates import lunar_date
from site_builder.render.markdown import body_input, render_body
from site_builder.text.typography import phrases

DEFAULT_FORMAT = "broadsheet"
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
    """Makes up pages of one edition of the newsroom at *root*, in the format called *name*.

    The edition may be another one later, when its unplaced stories have got pages.
    """

    def __init__(
        self, root: Path, checked: CheckedNewsroom, newsroom: Newsroom, edition: Edition, name: str, file: LockFile
    ) -> None:
        self.root, self.checked, self.newsroom, self.edition = root, checked, newsroom, edition
        self.form: Format = read_format(root, name or edition.format or DEFAULT_FORMAT)
        self.fonts: FontSet = find_fonts(root, root / WORK_DIR)
        self.messages = load_messages(newsroom.settings.language)
        self.signs = Signs(self.fonts.drawable)
        self.file = file

    def make(
        self, page: EditionPage, effort: Effort, listener: Listener = lambda _n, _p: None, *, anew: bool = False
    ) -> PageResult:
        """*page* from the lock where that is possible (and *anew* does not forbid it), else laid out anew.

        Raises ``UsageError`` when it has to be laid out and the solver is not installed.
        """
        started = time.monotonic()
        locked = None if anew else self.file.lock.page(page.number)
        if locked:
            # A page that is as it was needs no words to choose from, and the dictionary takes longer than all the rest.
            plain = self._requester(phrases).request(page)
            kept = self._keep(plain, locked)
            if kept and not kept.reset:
                return self._kept(plain, kept, time.monotonic() - started)
        request = self.request(page)
        kept = self._keep(request, locked) if locked else None
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

    def request(self, page: EditionPage) -> PageRequest:
        """What is asked for *page*. Raises ``UsageError`` when something is to stand outside its type area."""
        request, grid = self._requester(self._segment).request(page), self.form.grid
        lines = grid.lines + grid.gap  # the gap below the last story is no line of the page
        for cells in request.taken:
            if cells.column + cells.columns > grid.columns or cells.line + cells.lines > lines:
                told = (page.number, cells.column + 1, cells.line + 1, cells.columns, cells.lines, grid.columns, lines)
                raise UsageError("print.pin-outside", *map(str, told))
        return request

    def copy(self, placement: Placement, order: int) -> Copy:
        """The copy of a story that stands at *order* (from 0) on its page."""
        return self._requester(self._segment).copy(placement, order)

    def room(self, page: EditionPage) -> int:
        """Lines of one base column that *page* has for stories."""
        grid = self.form.grid
        taken = (placed.cells for placed in self._requester(phrases).furniture(page))
        return grid.columns * (grid.lines + grid.gap) - sum(cells.columns * cells.lines for cells in taken if cells)

    def material(self) -> Material:
        """What the pages are printed with."""
        stories = self.newsroom.edition_stories(self.edition)
        photos = self.checked.photos
        adverts = (advert.file for page in self.edition.pages for advert in page.advertisements)
        drawings = {file: photos[file].path.read_bytes() for file in adverts}
        if self._nameplate:
            drawings[self._nameplate[0].file] = self._nameplate[1]
        return Material(
            template=read_sheet_theme(self.root, TEMPLATE),
            fonts=self.fonts,
            colors=self.form.colors,
            photos={
                (story.id, number): photos[photo.file].path.read_bytes()
                for story in stories
                for number, photo in enumerate(story.photos)
            },
            drawings=drawings,
            title=self.newsroom.settings.site_name,
            language=self.newsroom.settings.language,
            cut=Cutter(open_cache(self.root)).cut,
        )

    def entries(self, page: EditionPage) -> tuple[Entry, ...]:
        """What the contents of *page* tell (导读)."""
        headlines = {story.id: story.headline for story in self.newsroom.edition_stories(self.edition)}
        return contents_entries(self.edition, page, headlines)

    @cached_property
    def _nameplate(self) -> tuple[Nameplate, bytes] | None:
        return read_nameplate(self.root, self.newsroom.settings.publication.nameplate)

    @cached_property
    def widths(self) -> Widths:
        """How wide the signs of the newsroom's fonts are."""
        return measure_fonts(self.fonts, self.form)

    @property
    def _sizes(self) -> dict[str, tuple[int, int]]:
        return {file: (photo.width, photo.height) for file, photo in self.checked.photos.items()}

    @cached_property
    def _segment(self) -> Callable[[str], tuple[str, ...]]:
        """Words, where the dictionary is installed."""
        return segment_words if has_solver() else phrases

    def _requester(self, segment: Callable[[str], tuple[str, ...]]) -> Requester:
        return Requester(
            self.form,
            self.newsroom.settings,
            self.messages,
            self.edition,
            Composer(self.form, self._sizes, segment, self.signs, self.messages),
            self._story,
            self.checked.photos,
            self.entries,
            self._nameplate[0] if self._nameplate else None,
            lunar_date(self.edition.date, self.messages),
        )

    def _story(self, story_id: str) -> tuple[Story, Body]:
        story = self.newsroom.by_id[story_id]
        return story, render_body(body_input(story))

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
            self._requester(phrases).filler,
        )

    def _keep(self, request: PageRequest, locked: LockedPage) -> Kept | None:
        return keep_page(request, locked, self.form, self.widths, self._requester(phrases).filler)

    def _kept(self, request: PageRequest, kept: Kept, seconds: float) -> PageResult:
        locked = lock_page(request, self.form, kept.chosen, kept.filler)
        faults = judge_page(request, kept.chosen, self.form, kept.filler)
        return PageResult(request, "reset" if kept.reset else "kept", kept.plan, locked, faults, seconds=seconds)

    def _solved(self, request: PageRequest, found: LaidOut, seconds: float) -> PageResult:
        locked = lock_page(request, self.form, found.chosen, found.filler)
        return PageResult(request, "solved", found.plan, locked, found.faults, seconds=seconds)


def has_solver() -> bool:
    """Whether the extra ``[layout]`` is installed."""
    return all(find_spec(name) for name in SOLVER)
