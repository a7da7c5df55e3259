"""Keeping a locked page: set again as it was, stories with other words in their own rectangles, nothing solved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from site_builder.paper.page.candidates import make_candidates
from site_builder.paper.page.composing import compose_page
from site_builder.paper.page.filling import fill
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Placed
from site_builder.paper.page.lock import LockedPage, LockedStory, asked, keeps_words
from site_builder.paper.page.plan import Cells, Module, PagePlan
from site_builder.paper.page.request import Copy, PageRequest
from site_builder.paper.page.shapes import Chosen
from site_builder.paper.setting.widths import Widths


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that keeps its rectangles."""

    plan: PagePlan
    chosen: tuple[Chosen, ...]
    """In the request's order of stories."""
    filler: Cells | None
    reset: tuple[str, ...] = ()
    """Stories whose shape is another than in the lock."""


def keep_page(
    request: PageRequest, locked: LockedPage, page: Format, widths: Widths, make_filler: Callable[[Cells], Placed]
) -> Kept | None:
    """The page of *request* in the rectangles of *locked*, or ``None`` when it has to be laid out anew.

    One story may have taken the place of another since; a story whose words have changed stands in a shape that fills
    the same rectangle where there is one. Never ``None`` for a page that is as it was when it was locked.
    """
    places = _places(request.stories, locked.stories)
    if locked.format != page.name or places is None or not _is_full(request, locked, page):
        return None
    chosen, reset = [], []
    for copy, entry in zip(request.stories, places, strict=True):
        same = entry.chosen.story == copy.story
        if same and entry.asked != asked(copy):
            return None
        found = _shape(copy, replace(entry.chosen, story=copy.story), page, widths)
        if found is None:
            return None
        chosen.append(found)
        if not same or found.shape != entry.chosen.shape:
            reset.append(copy.story)
    filler = make_filler(locked.filler) if locked.filler else None
    plan = compose_page(request, chosen, page, widths, filler)
    if not isinstance(plan, PagePlan):
        return None
    return Kept(plan, tuple(chosen), locked.filler, tuple(reset))


def lock_page(request: PageRequest, page: Format, chosen: Sequence[Chosen], filler: Cells | None) -> LockedPage:
    """What to remember of a page that has been laid out."""
    copies = {copy.story: copy for copy in request.stories}
    stories = tuple(LockedStory(entry, asked(copies[entry.story])) for entry in chosen)
    return LockedPage(request.number, page.name, stories, filler)


def _places(stories: Sequence[Copy], locked: Sequence[LockedStory]) -> list[LockedStory] | None:
    """The locked place of each story; the one that is new gets the place of the one that is gone."""
    known = {entry.chosen.story: entry for entry in locked}
    names = {copy.story for copy in stories}
    new, gone = names - known.keys(), known.keys() - names
    if len(stories) != len(locked) or len(new) > 1:
        return None
    heir = known[gone.pop()] if gone else None
    found = [known.get(copy.story, heir) for copy in stories]
    return [entry for entry in found if entry]


def _is_full(request: PageRequest, locked: LockedPage, page: Format) -> bool:
    """Whether the locked rectangles and what stands on the page already still fill it without overlapping."""
    filler = [locked.filler] if locked.filler else []
    blocks = [*request.taken, *(entry.chosen.cells for entry in locked.stories), *filler]
    taken = {
        (column, line)
        for cells in blocks
        for column in range(cells.column, cells.column + cells.columns)
        for line in range(cells.line, cells.line + cells.lines)
    }
    room = page.grid.columns * (page.grid.lines + page.grid.gap)
    return len(taken) == room == sum(cells.columns * cells.lines for cells in blocks)


def _shape(copy: Copy, chosen: Chosen, page: Format, widths: Widths) -> Chosen | None:
    """The shape that was chosen, or else the best one of the same rectangle, that *copy* fills."""
    if keeps_words(copy, chosen) and isinstance(fill(copy, chosen, page, widths), Module):
        return chosen
    cells = chosen.cells
    wish = replace(copy, place=cells, columns=cells.columns, lead=copy.lead)
    for candidate in make_candidates(wish, page, widths):
        shape = candidate.shape
        if (shape.columns, shape.lines, shape.cut) == (cells.columns, cells.lines, 0):
            again = Chosen(copy.story, cells, shape)
            if isinstance(fill(copy, again, page, widths), Module):
                return again
    return None
