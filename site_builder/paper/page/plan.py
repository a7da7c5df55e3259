"""A page that has been laid out: what print, proof, e-paper and exports all read.

Lengths are points (1/72 inch) from the upper left corner of the trimmed page, y downwards; grid positions are whole
columns and lines. A plan holds every word where it stands, so nobody after it breaks a line or moves a frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from site_builder.model.edition import Pin

Face = Literal["song", "song-heavy", "hei", "kai"]
"""Which voice speaks: 宋 tells, a heavy 宋 or 黑 heads, 黑 guides, 楷 is a person."""
Align = Literal["justify", "start", "center", "end"]
Role = Literal[
    "kicker", "headline", "deck", "byline", "tips-label", "tips", "crosshead", "body", "end-byline",
    "caption", "column-head", "furniture", "page-name",
]  # fmt: skip
FurnitureKind = Literal["masthead", "dateline", "ear", "folio", "contents", "advertisement", "filler", "banner"]


@dataclass(frozen=True, slots=True)
class Cells:
    """A rectangle of the grid: whole base columns and lines, counted from 0 at the upper left of the type area."""

    column: int
    line: int
    columns: int
    lines: int


def pin_cells(pin: Pin) -> Cells:
    """The rectangle that an editor counts from 1."""
    return Cells(pin.column - 1, pin.line - 1, pin.columns, pin.lines)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page, in points."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one look within a line."""

    text: str
    face: Face
    weight: int = 400
    dotted: bool = False
    """着重号 under each character."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is set; the typesetter may stretch its gaps, and breaks nothing."""

    spans: tuple[Span, ...]
    indent: float = 0.0
    """In em of the piece's size."""
    last: bool = True
    """Whether its paragraph ends here, so that the line is not stretched."""

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of one paragraph in one frame. A paragraph that runs over columns is several pieces of one number."""

    box: Box
    role: Role
    lines: tuple[Line, ...]
    size: float
    """In points."""
    pitch: float
    """From one baseline to the next, in points; in a vertical piece from one row to the next, leftwards."""
    align: Align = "justify"
    vertical: bool = False
    """Rows run from top to bottom, the first at the right."""
    paragraph: int = 0
    """Number of the paragraph within its story, in reading order."""
    color: str = "ink"
    """A colour of the format."""
    tracking: float = 0.0
    """White after each sign, in em of the size."""


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """A picture's place."""

    box: Box
    story: str
    photo: int
    """Its index among the story's photos."""
    alt: str
    focus: tuple[int, int] | None = None
    """Per cent from left and top: what stays in sight where the frame cuts the picture."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A rule of the page."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = 0.35
    color: str = "ink"


@dataclass(frozen=True, slots=True)
class Panel:
    """A tinted or framed ground under a box."""

    box: Box
    fill: str = ""
    """A colour of the format, or empty."""
    stroke: float = 0.0


@dataclass(frozen=True, slots=True)
class Module:
    """A story on the page."""

    story: str
    cells: Cells
    """What it takes of the grid, gap below included."""
    pieces: tuple[Piece, ...]
    """In reading order: kicker, headline, deck, byline, tips, body, captions."""
    pictures: tuple[PictureFrame, ...] = ()
    panels: tuple[Panel, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    boxed: bool = False
    loosened: int = 0
    """Lines that the paragraphs were set longer (or shorter, negative) than they would be by themselves."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on the page and is no story: masthead, folio line, contents, advertisements, fillers."""

    kind: FurnitureKind
    box: Box
    pieces: tuple[Piece, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    panels: tuple[Panel, ...] = ()
    picture: str = ""
    """File of the newsroom (masthead drawing, advertisement) or empty."""
    alt: str = ""
    picture_box: Box | None = None
    """Where the picture stands; ``None``: all over the box."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page, whole."""

    edition: date
    number: int
    name: str
    format: str
    width: float
    height: float
    """Of the trimmed page, in points."""
    modules: tuple[Module, ...]
    """In reading order of the page."""
    furniture: tuple[Furniture, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    """Rules between modules."""
