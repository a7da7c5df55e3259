"""Packing a page exactly: the only module that knows the solver, which is part of the extra ``[layout]``.

One Boolean for each shape of a story, and one for each column that it may cover. In every column the heights of what
stands in it add up to the height of the page: that equality makes the page full. Nothing overlaps.
Deterministic: fixed seeds, one worker each, and an end in the solver's own time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import permutations
from threading import Lock
from typing import TYPE_CHECKING, Any

from site_builder.paper.page.judging import NEAR, Block, judge
from site_builder.paper.page.plan import Cells

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

COLLISION, UPRIGHT_CUT, LEVEL_CUT = 60, 30, 25
"""Cost of a pair of headlines side by side, and of a straight cut."""
LEAD_COLLISION = 2
"""How much worse it is beside the headline that leads the page."""
FILLER = 220
MOST_VERTICAL, VERTICAL_TOO_MANY, NO_VERTICAL = 2, 50, 6
MOST_BOXED, BOX_TOO_MANY, NO_BOX = 1, 20, 4
KEPT = 60
"""Last solutions of a search among which the finest is chosen."""
LOW = 6
"""Cost of standing at the foot of the page instead of the head, for each step of priority above 3."""
_SCALE = 10
"""The solver counts in tenths."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A shape of a story, as the packer needs it."""

    columns: int
    lines: int
    cost: float
    vertical: bool = False
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A story to be packed."""

    slots: tuple[Slot, ...]
    priority: int
    lead: bool = False
    column: int | None = None
    """Where the editor wants it; ``None`` leaves it open. The line alike."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The page: its size in columns and lines (gap below included), and what stands on it already."""

    columns: int
    lines: int
    fixed: tuple[Cells, ...] = ()
    fillers: tuple[tuple[int, int], ...] = ()
    """(columns, lines) of fillers, of which one may be set at the foot."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands."""

    slot: int
    column: int
    line: int


@dataclass(frozen=True, slots=True)
class Packing:
    """A full page."""

    cost: float
    places: tuple[Place, ...]
    filler: Cells | None = None
    """Where a filler stands."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search. Units are the solver's own, so that the same effort gives the same page."""

    deterministic: float = 6.0
    seeds: tuple[int, ...] = (1, 2)
    seconds: float = 120.0
    """An emergency brake for slow machines."""


Listener = Callable[[float], None]
"""Hears the cost of each better page, on the thread of the search that found it."""


def pack(items: Sequence[Item], board: Board, effort: Effort, listener: Listener = lambda _: None) -> list[Packing]:
    """Full pages, best first; empty when there is none (or none was found)."""
    lock = Lock()
    best = float("inf")

    def heard(cost: float) -> None:
        nonlocal best
        with lock:
            if cost < best:
                best = cost
                listener(cost)

    with ThreadPoolExecutor(len(effort.seeds)) as pool:
        # The solver lets go of the interpreter while it searches, so that threads are enough.
        found = list(pool.map(lambda seed: _Search(items, board).run(seed, effort, heard), effort.seeds))
    judged = [_judged(packing, items, board) for packings in found for packing in packings]
    return sorted(judged, key=lambda packing: packing.cost)


def _judged(packing: Packing, items: Sequence[Item], board: Board) -> Packing:
    """*packing* with the cost of level cuts, which the solver does not see."""
    blocks = [Block(cells, heading=False) for cells in board.fixed]
    for item, place in zip(items, packing.places, strict=True):
        slot = item.slots[place.slot]
        blocks.append(Block(Cells(place.column, place.line, slot.columns, slot.lines), not slot.vertical))
    if packing.filler:
        blocks.append(Block(packing.filler, heading=False))
    cost = packing.cost + LEVEL_CUT * judge(blocks, board.columns, board.lines).level
    return Packing(cost, packing.places, packing.filler)


class _Story:
    """The variables of one item: which shape, where, and which columns it covers."""

    def __init__(self, model: CpModel, item: Item, board: Board) -> None:
        slots = item.slots
        self.item = item
        self.takes = [model.new_bool_var("") for _ in slots]
        model.add_exactly_one(self.takes)
        widths, heights = sorted({slot.columns for slot in slots}), sorted({slot.lines for slot in slots})
        self.width = model.new_int_var(widths[0], widths[-1], "")
        self.height = model.new_int_var(heights[0], heights[-1], "")
        self.x = model.new_int_var(0, board.columns - widths[0], "")
        self.y = model.new_int_var(0, board.lines - heights[0], "")
        self.right = model.new_int_var(widths[0], board.columns, "")
        self.foot = model.new_int_var(heights[0], board.lines, "")
        pairs = list(zip(slots, self.takes, strict=True))
        model.add(self.width == sum(slot.columns * take for slot, take in pairs))
        model.add(self.height == sum(slot.lines * take for slot, take in pairs))
        model.add(self.right == self.x + self.width)
        model.add(self.foot == self.y + self.height)
        self.vertical = [take for slot, take in pairs if slot.vertical]
        self.boxed = [take for slot, take in pairs if slot.boxed]
        self.begun, self.ended = ([model.new_bool_var("") for _ in range(board.columns)] for _ in range(2))
        self.covers = [self._cover(model, column) for column in range(board.columns)]
        model.add(sum(self.covers) == self.width)
        self.depths = [self._depth(model, cover, heights[-1]) for cover in self.covers]

    def _cover(self, model: CpModel, column: int) -> IntVar:
        """Whether the story stands in *column*."""
        begun, ended, cover = self.begun[column], self.ended[column], model.new_bool_var("")
        model.add(self.x <= column).only_enforce_if(begun)
        model.add(self.x > column).only_enforce_if(begun.negated())
        model.add(self.right <= column).only_enforce_if(ended)
        model.add(self.right > column).only_enforce_if(ended.negated())
        model.add_bool_and([begun, ended.negated()]).only_enforce_if(cover)
        model.add_bool_or([begun.negated(), ended, cover])
        return cover

    def _depth(self, model: CpModel, cover: IntVar, tallest: int) -> IntVar:
        """Lines of a column that the story takes."""
        depth = model.new_int_var(0, tallest, "")
        model.add(depth == self.height).only_enforce_if(cover)
        model.add(depth == 0).only_enforce_if(cover.negated())
        return depth


class _Search:
    """The model of one page and a search in it."""

    def __init__(self, items: Sequence[Item], board: Board) -> None:
        from ortools.sat.python import cp_model  # takes half a second to import, and is an extra

        self.cp = cp_model
        self.model: CpModel = cp_model.CpModel()
        self.board = board
        self.costs: list[Any] = []
        self.stories = [_Story(self.model, item, board) for item in items]
        self.fillers = self._add_fillers()
        for story in self.stories:
            self._add_wishes(story)
        self._add_page()
        self._add_manners()
        self.model.minimize(sum(self.costs))

    def _add_wishes(self, story: _Story) -> None:
        """What a story costs by itself, and where it has to be."""
        model, item = self.model, story.item
        for slot, take in zip(item.slots, story.takes, strict=True):
            self.costs.append(round(_SCALE * slot.cost) * take)
        self.costs.append(round(_SCALE * max(item.priority - 3, 0) * LOW / self.board.lines) * story.y)
        column, line = item.column, item.line
        if item.lead and column is None and line is None:
            column, line = 0, self._top(0)
        if column is not None:
            model.add(story.x == column)
        if line is not None:
            model.add(story.y == line)

    def _top(self, column: int) -> int:
        """The first free line of *column*."""
        line = 0
        for cells in sorted(self.board.fixed, key=lambda cells: cells.line):
            if cells.column <= column < cells.column + cells.columns and cells.line == line:
                line += cells.lines
        return line

    def _add_fillers(self) -> dict[tuple[int, int], IntVar]:
        """(index, column) → whether that filler stands there."""
        places = {
            (index, column): self.model.new_bool_var("")
            for index, (columns, _) in enumerate(self.board.fillers)
            for column in range(self.board.columns - columns + 1)
        }
        if places:
            self.model.add_at_most_one(places.values())
        self.costs += [_SCALE * FILLER * var for var in places.values()]
        return places

    def _add_page(self) -> None:
        """Nothing overlaps, and every column is full."""
        model, board = self.model, self.board
        across = [model.new_interval_var(s.x, s.width, s.right, "") for s in self.stories]
        down = [model.new_interval_var(s.y, s.height, s.foot, "") for s in self.stories]
        heights: list[list[Any]] = [[s.depths[column] for s in self.stories] for column in range(board.columns)]
        for cells in board.fixed:
            across.append(model.new_fixed_size_interval_var(cells.column, cells.columns, ""))
            down.append(model.new_fixed_size_interval_var(cells.line, cells.lines, ""))
            for column in range(cells.column, cells.column + cells.columns):
                heights[column].append(cells.lines)
        for (index, begin), var in self.fillers.items():
            columns, lines = board.fillers[index]
            across.append(model.new_optional_fixed_size_interval_var(begin, columns, var, ""))
            down.append(model.new_optional_fixed_size_interval_var(board.lines - lines, lines, var, ""))
            for column in range(begin, begin + columns):
                heights[column].append(lines * var)
        model.add_no_overlap_2d(across, down)
        for standing in heights:
            model.add(sum(standing) == board.lines)

    def _add_manners(self) -> None:
        """What makes a full page a good one."""
        for column in range(1, self.board.columns):
            if not any(c.column < column < c.column + c.columns for c in self.board.fixed):
                self._avoid_cut(column)
        for left, right in permutations(self.stories, 2):
            self._avoid_collision(left, right)
        many = len(self.stories) >= 6
        self._count([v for s in self.stories for v in s.vertical], MOST_VERTICAL, VERTICAL_TOO_MANY, NO_VERTICAL * many)
        self._count([v for s in self.stories for v in s.boxed], MOST_BOXED, BOX_TOO_MANY, NO_BOX * many)

    def _avoid_cut(self, column: int) -> None:
        """A boundary that no story straddles costs."""
        cut = self.model.new_bool_var("")
        straddles = []
        for story in self.stories:
            straddle = self.model.new_bool_var("")
            self.model.add_bool_and([story.covers[column - 1], story.covers[column]]).only_enforce_if(straddle)
            straddles.append(straddle)
        self.model.add_bool_or([*straddles, cut])
        self.costs.append(_SCALE * UPRIGHT_CUT * cut)

    def _avoid_collision(self, left: _Story, right: _Story) -> None:
        """Two horizontal headlines side by side cost."""
        model = self.model
        collision, apart, over, above, below = (model.new_bool_var("") for _ in range(5))
        model.add(left.right < right.x).only_enforce_if(apart)
        model.add(left.right > right.x).only_enforce_if(over)
        model.add(left.y <= right.y - NEAR).only_enforce_if(above)
        model.add(left.y >= right.y + NEAR).only_enforce_if(below)
        model.add_bool_or([collision, apart, over, above, below, *left.vertical, *right.vertical])
        lead = left.item.lead or right.item.lead
        self.costs.append(_SCALE * COLLISION * (LEAD_COLLISION if lead else 1) * collision)

    def _count(self, takes: list[IntVar], most: int, too_many: int, none: int) -> None:
        """So many of *takes* are good; more cost, and so does none at all."""
        if not takes:
            return
        over, missing = self.model.new_int_var(0, len(self.stories), ""), self.model.new_bool_var("")
        self.model.add(over >= sum(takes) - most)
        self.model.add_bool_or([*takes, missing])
        self.costs += [_SCALE * too_many * over, _SCALE * none * missing]

    def run(self, seed: int, effort: Effort, heard: Listener) -> list[Packing]:
        """The last solutions of a search, in the order they were found."""
        cp = self.cp
        search = self

        class Watcher(cp.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]
            def __init__(self) -> None:
                super().__init__()
                self.found: list[Packing] = []

            def on_solution_callback(self) -> None:
                packing = search.read(self)
                self.found = [*self.found[-KEPT + 1 :], packing]
                heard(packing.cost)

        solver = cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        # Without linear relaxations: measured, a first page comes in a third of the time and later ones are finer.
        solver.parameters.linearization_level = 0
        solver.parameters.max_deterministic_time = effort.deterministic
        solver.parameters.max_time_in_seconds = effort.seconds
        watcher = Watcher()
        solver.solve(self.model, watcher)
        return watcher.found

    def read(self, solution: Any) -> Packing:
        """The page that *solution* stands for."""
        places = tuple(
            Place(
                next(index for index, take in enumerate(story.takes) if solution.boolean_value(take)),
                solution.value(story.x),
                solution.value(story.y),
            )
            for story in self.stories
        )
        filler = next((key for key, var in self.fillers.items() if solution.boolean_value(var)), None)
        cells = None
        if filler:
            columns, lines = self.board.fillers[filler[0]]
            cells = Cells(filler[1], self.board.lines - lines, columns, lines)
        return Packing(solution.objective_value / _SCALE, places, cells)
