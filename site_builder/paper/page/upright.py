"""Vertical headlines: which signs stand in which cell of a column of type.

Han characters and marks take a cell each. Up to three Latin letters or digits lie side by side in one cell (纵中横);
longer words stand letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.paper.page.plan import Piece, Span

ACROSS = 3
"""The most letters that lie side by side in a cell."""
_CELL = re.compile(r"[!-~]+|[^\s]")


@dataclass(frozen=True, slots=True)
class UprightCell:
    """A cell one em wide and high; *x* and *y* are its upper left corner on the page."""

    text: str
    span: Span
    x: float
    y: float


def cell_texts(text: str) -> tuple[str, ...]:
    """*text* cut into what each cell holds; their number is the height of the row in em."""
    return tuple(cell for found in _CELL.findall(text) for cell in ((found,) if len(found) <= ACROSS else found))


def upright_cells(piece: Piece) -> Iterator[UprightCell]:
    """The cells of a vertical *piece*, in reading order: rows from the right, each from the top."""
    for index, line in enumerate(piece.lines):
        x = piece.box.x + piece.box.width - piece.size - index * piece.pitch
        cells = [(text, span) for span in line.spans for text in cell_texts(span.text)]
        free = piece.box.height - (len(cells) + line.indent) * piece.size
        y = piece.box.y + line.indent * piece.size
        step = piece.size
        if piece.align == "center":
            y += free / 2
        elif piece.align == "end":
            y += free
        elif piece.align == "justify" and len(cells) > 1:
            step += free / (len(cells) - 1)
        for place, (text, span) in enumerate(cells):
            yield UprightCell(text, span, x, y + place * step)
