"""The shape of a story on a page: what was chosen for it, and all that is needed to set it again.

A shape holds no words but the rows of its headline, so that a page can be set anew from stored shapes by whoever has
the copy: nothing is solved, and no dictionary is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.paper.page.plan import Cells
from site_builder.paper.page.request import Form


@dataclass(frozen=True, slots=True)
class Head:
    """How a headline is set."""

    form: Form
    size: float
    """Of the headline, in points."""
    rows: tuple[str, ...]
    kicker: tuple[str, ...] = ()
    """In rows; decks alike."""
    deck: tuple[str, ...] = ()
    kicker_size: float = 0.0
    deck_size: float = 0.0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A rectangle of a story's text area that text flows around: pictures or the tips box. Text columns, lines."""

    column: int
    columns: int
    lines: int
    """From the top of what it stands under, the space below it included."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a story takes of the grid and how it is set in it."""

    columns: int
    """Base columns."""
    lines: int
    """Gap below included."""
    head: Head
    head_lines: int
    """Lines from the top (inside a box) to the text; in a vertical form, those of the byline."""
    text_columns: int
    depth: int
    """Lines of the text area."""
    pictures: Opening | None = None
    tips: Opening | None = None
    picture_first: bool = False
    """The picture stands above the headline."""
    boxed: bool = False
    short: int = 0
    """Lines that stay empty at the end."""
    cut: int = 0
    """Lines of copy that do not fit: the editor has to cut them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A story's shape and place: what a lock file stores."""

    story: str
    cells: Cells
    shape: Shape
