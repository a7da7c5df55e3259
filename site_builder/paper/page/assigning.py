"""Which page an unplaced story may go to: what is asked of the solver, and how its answer becomes pages. All values.

Areas are in lines of one base column. A story is elastic: the least, the best and the most that its shapes take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from site_builder.paper.page.candidates import Candidate

TOLERANCE = 20.0
"""How much dearer than its best shape a shape may be to count as one that a story can take."""
HEAVY = 7
"""Priority from which a story is one of those of which a page should have one."""
PICTURES = (1, 4)
"""Pictures that a page should have."""
_MOST = ((8, 12), (6, 8), (0, 5))
"""(from columns, stories): how many stories a page should have at most."""


@dataclass(frozen=True, slots=True)
class Area:
    """What a story takes of a page."""

    least: int
    best: int
    most: int


@dataclass(frozen=True, slots=True)
class Movable:
    """A story that is to be assigned, or one that the editor has placed and that takes room."""

    story: str
    priority: int
    areas: Mapping[str, Area]
    """By the name of a page's format."""
    sections: tuple[str, ...] = ()
    """Names that a page for it may have."""
    pictures: int = 0
    page: int | None = None
    """Where the editor wants it."""
    before: int | None = None
    """Where it was assigned earlier."""
    led: bool = False
    """It led that page."""
    placed: bool = False
    """The editor placed it; it stays in the editor's order."""


@dataclass(frozen=True, slots=True)
class Room:
    """A page to be filled."""

    number: int
    name: str
    area: int
    """Without furniture and advertisements."""
    most: int
    """Stories."""
    form: str
    """Name of its format."""
    led: bool = False
    """The editor has placed its lead."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Stories that did not make a page. With *over*, more of them would not either; with *under*, fewer."""

    page: int
    stories: frozenset[str]
    over: bool = False
    under: bool = False


def most_stories(columns: int) -> int:
    """How many stories a page of so many base columns should have at most."""
    return next(stories for least, stories in _MOST if columns >= least)


def elastic_area(shapes: Sequence[Candidate]) -> Area | None:
    """What a story takes whose shapes these are, the best first; ``None`` when it has none."""
    if not shapes:
        return None
    areas = [c.shape.columns * c.shape.lines for c in shapes if c.cost <= shapes[0].cost + TOLERANCE]
    return Area(min(areas), areas[0], max(areas))


def choose_leads(stories: Sequence[Movable], rooms: Sequence[Room]) -> dict[str, int | None]:
    """Which of *stories* (in the editor's order) lead pages: story → its page where that is settled, else ``None``.

    The most important story leads page 1 where the editor has placed none there. A page keeps the lead that it had;
    the other pages are led by the next in importance.
    """
    free = {room.number for room in rooms if not room.led}
    ranked = sorted((one for one in stories if not one.placed), key=lambda one: -one.priority)
    leads: dict[str, int | None] = {}
    first = min((room.number for room in rooms), default=0)
    top = next((one for one in ranked if one.page in (None, first)), None) if first in free else None
    if top is not None:
        leads[top.story] = first
        free.discard(first)
    for one in ranked:
        if one.led and one.before in free and one.story not in leads and one.page in (None, one.before):
            leads[one.story] = one.before
            free.discard(one.before)
    floating = len(free)
    for one in ranked:
        if one.story in leads or not floating:
            continue
        if one.page is None:
            leads[one.story] = None
            floating -= 1
        elif one.page in free:
            leads[one.story] = one.page
            free.discard(one.page)
            floating -= 1
    return leads


def belongs(story: Movable, room: Room) -> bool:
    """Whether the page is named after the story's section."""
    return any(name and (name in room.name or (room.name and room.name in name)) for name in story.sections)


def in_order(stories: Sequence[Movable], pages: Mapping[str, int], leads: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Page number → its assigned stories: the lead first, then the weightier, then the editor's order."""
    first = set(leads)
    ranked = sorted((one for one in stories if not one.placed), key=lambda one: (one.story not in first, -one.priority))
    found: dict[int, list[str]] = {}
    for one in ranked:
        found.setdefault(pages[one.story], []).append(one.story)
    return {number: tuple(found[number]) for number in sorted(found)}
