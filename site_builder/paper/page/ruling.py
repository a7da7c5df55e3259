"""The hairlines of a page: between stories that stand side by side, and between stories one below the other.

What has an edge of its own (boxes, advertisements, contents, fillers) needs none beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from site_builder.paper.page.format import Format
from site_builder.paper.page.plan import Cells, Stroke


@dataclass(frozen=True, slots=True)
class Plot:
    """A rectangle of the page, gap below included."""

    cells: Cells
    edged: bool = False
    """It has edges of its own all round."""
    footed: bool = False
    """It ends in a rule of its own."""


def page_strokes(plots: Sequence[Plot], page: Format) -> tuple[Stroke, ...]:
    """Hairlines between *plots*, none of which overlap.

    An upright rule runs on beside a story through the gaps of its neighbours, and stops where both end. A level rule
    runs over all stories that end on one line, gutters included.
    """
    table = _Table(plots, page)
    return (*_upright(table, page), *_level(table, page))


class _Table:
    """Which plot takes a cell."""

    def __init__(self, plots: Sequence[Plot], page: Format) -> None:
        self.gap = page.grid.gap
        self.owners: dict[tuple[int, int], Plot] = {}
        for plot in plots:
            cells = plot.cells
            for column in range(cells.column, cells.column + cells.columns):
                for line in range(cells.line, cells.line + cells.lines):
                    self.owners[column, line] = plot

    def parted(self, column: int, line: int) -> bool:
        """Whether an upright rule stands at the left of *column* on *line*."""
        left, right = self.owners.get((column - 1, line)), self.owners.get((column, line))
        if left is None or right is None or left is right or left.edged or right.edged:
            return False
        return not (self._ended(left, line) and self._ended(right, line))

    def closed(self, column: int, foot: int) -> bool:
        """Whether a level rule stands in *column* where something ends above the line *foot*."""
        above, below = self.owners.get((column, foot - 1)), self.owners.get((column, foot))
        if above is None or below is None or above is below:
            return False
        return not (above.edged or above.footed or below.edged)

    def _ended(self, plot: Plot, line: int) -> bool:
        return line >= plot.cells.line + plot.cells.lines - self.gap


def _upright(table: _Table, page: Format) -> Iterator[Stroke]:
    for column in range(1, page.grid.columns):
        x = page.x(column) - page.grid.gutter * page.text.size / 2
        lines = (line for line in range(page.grid.lines) if table.parted(column, line))
        for first, last in _runs(lines):
            yield Stroke(x, page.y(first), x, page.y(last) + page.text.size, page.rules.hairline, "rule")


def _level(table: _Table, page: Format) -> Iterator[Stroke]:
    for foot in range(1, page.grid.lines):
        y = page.y(foot - page.grid.gap / 2) - (page.text.pitch - page.text.size) / 2
        columns = (column for column in range(page.grid.columns) if table.closed(column, foot))
        for first, last in _runs(columns):
            right = page.x(last) + page.breadth(1)
            yield Stroke(page.x(first), y, right, y, page.rules.hairline, "rule")


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of each run of ascending *numbers* without a hole."""
    run: tuple[int, int] | None = None
    for number in numbers:
        if run and number == run[1] + 1:
            run = (run[0], number)
        else:
            if run:
                yield run
            run = (number, number)
    if run:
        yield run
