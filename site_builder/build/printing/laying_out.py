"""Laying a page out: candidates, packing, filling. Values in, a page or the reasons out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from site_builder.build.printing.packing import Board, Effort, Item, Packing, Slot, pack
from site_builder.paper.page.candidates import Candidate, make_candidates
from site_builder.paper.page.composing import compose_page, judge_page
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Placed
from site_builder.paper.page.judging import Faults
from site_builder.paper.page.plan import Cells, PagePlan
from site_builder.paper.page.request import Copy, PageRequest
from site_builder.paper.page.shapes import Chosen
from site_builder.paper.setting.widths import Widths

_CUTTING_EFFORT = 0.5
"""Share of the effort that is spent on finding what to cut."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A page that is full."""

    plan: PagePlan
    chosen: tuple[Chosen, ...]
    """In the request's order of stories: enough to make the plan again."""
    faults: Faults
    cost: float
    filler: Cells | None = None
    """Where a filler was set."""


@dataclass(frozen=True, slots=True)
class Excess:
    """A story that has to be cut for the page to be possible."""

    story: str
    lines: int
    characters: int


@dataclass(frozen=True, slots=True)
class CannotFit:
    """Why there is no page. Lines are lines of one base column."""

    room: int
    """Lines that the page has for stories."""
    least: int
    """Lines that its stories need at the least, as far as each can be squeezed by itself."""
    most: int
    """Lines that they can fill at the most."""
    cuts: tuple[Excess, ...] = ()
    """What to cut, where the page becomes possible by cutting."""
    homeless: tuple[str, ...] = ()
    """Stories that no shape fits: too long for any page, or the editor's wishes for them contradict it."""

    @property
    def over(self) -> int:
        """Lines too many; 0 when the page fails for another reason."""
        return max(0, self.least - self.room)

    @property
    def under(self) -> int:
        """Lines too few."""
        return max(0, self.room - self.most)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is."""

    best: float | None = None
    """Cost of the best page so far; ``None`` before there is one."""
    candidates: int = 0


Listener = Callable[[Progress], None]
MakeFiller = Callable[[Cells], Placed]
"""Draws the public notice that fills these cells."""


def lay_out(
    request: PageRequest,
    page: Format,
    widths: Widths,
    effort: Effort = Effort(),
    listener: Listener = lambda _: None,
    alternatives: int = 1,
    make_filler: MakeFiller | None = None,
) -> tuple[LaidOut, ...] | CannotFit:
    """Full pages of all stories of *request*, the best first and at most *alternatives*; or why there is none.

    No story is dropped and no line is lost: a page that cannot hold its copy is a ``CannotFit`` that says what to cut.
    What is tight is tried a second time with shapes that a designer takes only when nothing else helps.
    A request with fillers needs *make_filler*. The same arguments give the same pages. The listener is called from
    threads of the search.
    """
    for tight in (False, True):
        shapes = [make_candidates(copy, page, widths, tight=tight) for copy in request.stories]
        listener(Progress(candidates=sum(map(len, shapes))))
        failure = _measure(request, shapes, page)
        lacking = failure.under and not (request.fillers or failure.homeless)
        if not (failure.homeless or failure.over or lacking):
            pages = _pages(request, shapes, page, widths, effort, listener, alternatives, make_filler)
            if pages:
                return pages
    return failure if lacking else replace(failure, cuts=_find_cuts(request, page, widths, effort, listener))


def _pages(
    request: PageRequest,
    shapes: Sequence[Sequence[Candidate]],
    page: Format,
    widths: Widths,
    effort: Effort,
    listener: Listener,
    alternatives: int,
    make_filler: MakeFiller | None,
) -> tuple[LaidOut, ...]:
    found: list[LaidOut] = []
    seen: set[tuple[Cells, ...]] = set()
    for packing in _pack(request, shapes, page, effort, listener):
        chosen = _chosen(request, shapes, packing)
        geometry = tuple(entry.cells for entry in chosen)
        if geometry in seen:
            continue
        seen.add(geometry)
        filler = make_filler(packing.filler) if packing.filler and make_filler else None
        plan = compose_page(request, chosen, page, widths, filler)
        if isinstance(plan, PagePlan):
            faults = judge_page(request, chosen, page, packing.filler)
            found.append(LaidOut(plan, chosen, faults, packing.cost, packing.filler))
        if len(found) == alternatives:
            break
    return tuple(found)


def _pack(
    request: PageRequest,
    shapes: Sequence[Sequence[Candidate]],
    page: Format,
    effort: Effort,
    listener: Listener,
) -> list[Packing]:
    items = [_item(copy, found) for copy, found in zip(request.stories, shapes, strict=True)]
    board = Board(page.grid.columns, page.grid.lines + page.grid.gap, request.taken, request.fillers)
    return pack(items, board, effort, lambda cost: listener(Progress(best=cost)))


def _item(copy: Copy, shapes: Sequence[Candidate]) -> Item:
    slots = tuple(
        Slot(c.shape.columns, c.shape.lines, c.cost, c.shape.head.form == "vertical", c.shape.boxed) for c in shapes
    )
    place = copy.place
    return Item(slots, copy.priority, copy.lead, place.column if place else None, place.line if place else None)


def _chosen(request: PageRequest, shapes: Sequence[Sequence[Candidate]], packing: Packing) -> tuple[Chosen, ...]:
    rows = zip(request.stories, shapes, packing.places, strict=True)
    found = []
    for copy, candidates, place in rows:
        shape = candidates[place.slot].shape
        found.append(Chosen(copy.story, Cells(place.column, place.line, shape.columns, shape.lines), shape))
    return tuple(found)


def _measure(request: PageRequest, shapes: Sequence[Sequence[Candidate]], page: Format) -> CannotFit:
    """What the page has and what its stories need, by area alone."""
    grid = page.grid
    room = grid.columns * (grid.lines + grid.gap) - sum(c.columns * c.lines for c in request.taken)
    areas = [
        [c.shape.columns * c.shape.lines for c in found] or [ceil(copy.characters / grid.characters)]
        for copy, found in zip(request.stories, shapes, strict=True)
    ]
    homeless = tuple(c.story for c, found in zip(request.stories, shapes, strict=True) if not found)
    return CannotFit(room, sum(map(min, areas)), sum(map(max, areas)), homeless=homeless)


def _find_cuts(
    request: PageRequest, page: Format, widths: Widths, effort: Effort, listener: Listener
) -> tuple[Excess, ...]:
    """What to cut so that the page becomes possible; empty when cutting a little from each does not help."""
    shapes = [make_candidates(copy, page, widths, tight=True, cuts=True) for copy in request.stories]
    if not all(shapes):
        return ()
    less = replace(effort, deterministic=effort.deterministic * _CUTTING_EFFORT)
    packings = _pack(request, shapes, page, less, listener)
    if not packings:
        return ()
    chosen = _chosen(request, shapes, packings[0])
    return tuple(
        Excess(copy.story, entry.shape.cut, _characters(copy, entry, page))
        for copy, entry in zip(request.stories, chosen, strict=True)
        if entry.shape.cut
    )


def _characters(copy: Copy, chosen: Chosen, page: Format) -> int:
    """About how many characters the lines to be cut hold."""
    measure = page.characters(chosen.shape.columns) / chosen.shape.text_columns
    return round(chosen.shape.cut * min(measure, page.text.widest) * 0.92)
