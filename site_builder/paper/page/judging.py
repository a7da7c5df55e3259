"""What a designer sees in the rectangles of a page before reading a word: straight cuts and headlines that collide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from site_builder.paper.page.plan import Cells

NEAR = 3
"""Headlines whose tops differ by fewer lines stand side by side."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of the page."""

    cells: Cells
    heading: bool = True
    """It begins with a horizontal headline."""


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with the rectangles of a page."""

    collisions: int
    """Pairs of horizontal headlines side by side (碰题)."""
    upright: int
    """Column boundaries that no story straddles (断版)."""
    level: int
    """Lines that no story straddles from edge to edge (断版)."""

    @property
    def cuts(self) -> int:
        """Straight cuts in both directions."""
        return self.upright + self.level


def judge(blocks: Sequence[Block], columns: int, lines: int) -> Faults:
    """The faults of a page whose *blocks* fill it."""
    cells = [block.cells for block in blocks]
    upright = sum(not any(c.column < column < c.column + c.columns for c in cells) for column in range(1, columns))
    tops = {c.line for c in cells if c.line > 0}
    level = sum(not any(c.line < top < c.line + c.lines for c in cells) for top in tops if top < lines)
    return Faults(sum(collide(a, b) for a, b in permutations(blocks, 2)), upright, level)


def collide(left: Block, right: Block) -> bool:
    """Whether two horizontal headlines stand side by side, *left* at the left of *right*."""
    a, b = left.cells, right.cells
    return left.heading and right.heading and a.column + a.columns == b.column and abs(a.line - b.line) < NEAR
