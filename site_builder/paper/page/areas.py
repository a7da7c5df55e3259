"""The text area of a shape: its columns, and what stands in them before the text does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from site_builder.paper.page.format import Format
from site_builder.paper.page.plan import Span
from site_builder.paper.page.request import Copy, Picture
from site_builder.paper.page.shapes import Opening, Shape
from site_builder.paper.setting.atoms import make_atoms
from site_builder.paper.setting.breaking import Setting, break_paragraph
from site_builder.paper.setting.widths import Widths

BOX_INSET = 1.0
"""Between the frame of a box and its text at either side, in em of the text."""
BOX_LINES = 1
"""Lines between the frame and what stands in it, above and below."""
PICTURE_BELOW = 0.75
"""Lines between a caption and the text under it."""
CAPTION_ABOVE = 0.35
"""Lines between a picture and its caption."""
TIPS_PADDING = 0.8
"""Between the edge of the tips box and its words, in em of the text."""
TIPS_LINES = 4
"""Lines of a tips box that hold no tips: label, space in it and below it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Text columns, in em of the text."""

    count: int
    measure: float
    gutter: float
    left: float
    """From the left edge of the story."""

    def x(self, column: int) -> float:
        """Left edge of a text column."""
        return self.left + column * (self.measure + self.gutter)

    def breadth(self, columns: int) -> float:
        """Width of so many text columns."""
        return columns * self.measure + (columns - 1) * self.gutter


def make_columns(page: Format, base: int, count: int, *, boxed: bool, vertical: bool) -> Columns:
    """*count* text columns in *base* base columns; whole characters to a line, the rest goes into the gutters."""
    step = page.grid.characters + page.grid.gutter
    left = (BOX_INSET if boxed else 0.0) + (step if vertical else 0.0)
    room = page.characters(base) - left - (BOX_INSET if boxed else 0.0)
    measure = float(int((room - (count - 1) * page.grid.gutter) / count))
    gutter = (room - count * measure) / (count - 1) if count > 1 else 0.0
    return Columns(count, measure, gutter, left)


def shape_columns(shape: Shape, page: Format) -> Columns:
    """The text columns of *shape*."""
    return make_columns(
        page, shape.columns, shape.text_columns, boxed=shape.boxed, vertical=shape.head.form == "vertical"
    )


def column_tops(shape: Shape) -> tuple[int, ...]:
    """Lines of each text column that are taken before its text begins."""
    openings = [shape.tips, None if shape.picture_first else shape.pictures]
    return tuple(
        sum(o.lines for o in openings if o and o.column <= column < o.column + o.columns)
        for column in range(shape.text_columns)
    )


def column_lines(shape: Shape) -> tuple[int, ...]:
    """Lines of text in each text column."""
    return tuple(shape.depth - top for top in column_tops(shape))


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture in its opening: offsets and sizes in points from the opening's upper left corner."""

    picture: Picture
    x: float
    width: float
    height: float
    caption: Setting


def picture_frames(
    pictures: Sequence[Picture], breadth: float, lines: int, page: Format, widths: Widths
) -> tuple[Frame, ...]:
    """The pictures of an opening side by side, *breadth* points wide and *lines* high with captions and space below."""
    gutter = page.grid.gutter * page.text.size
    total = sum(picture.aspect for picture in pictures)
    room = breadth - (len(pictures) - 1) * gutter
    boxes = [room * picture.aspect / total for picture in pictures]
    captions = [caption_setting(p.caption, width, page, widths) for p, width in zip(pictures, boxes, strict=True)]
    tallest = max(len(setting.ends) for setting in captions)
    height = lines * page.text.pitch - caption_points(tallest, page)
    frames: list[Frame] = []
    x = 0.0
    for picture, width, setting in zip(pictures, boxes, captions, strict=True):
        frames.append(Frame(picture, x, width, height, setting))
        x += width + gutter
    return tuple(frames)


def caption_points(lines: int, page: Format) -> float:
    """Height of so many lines of a caption with the space above and below, in points."""
    return lines * page.looks["caption"].pitch + (CAPTION_ABOVE + PICTURE_BELOW) * page.text.pitch


def caption_spans(text: str, page: Format) -> tuple[Span, ...]:
    """A caption as it is set."""
    look = page.looks["caption"]
    return (Span(text, look.face, look.weight),)


def caption_setting(text: str, breadth: float, page: Format, widths: Widths) -> Setting:
    """A caption in lines of *breadth* points; the credit at its end is never torn."""
    measure = breadth / page.looks["caption"].size
    words, gap, credit = text.rpartition("\u3000")
    if not words or caption_width(gap + credit, page, widths) > measure:
        return _shortest(caption_spans(text, page), measure, 0.0, widths)
    setting = _shortest(caption_spans(words, page), measure, 0.0, widths)
    last = words[setting.ends[-2] if len(setting.ends) > 1 else 0 :]
    if caption_width(last + gap + credit, page, widths) <= measure:
        return Setting(setting.cost, (*setting.ends[:-1], len(text)))
    return Setting(setting.cost, (*setting.ends, len(text)))


def caption_width(text: str, page: Format, widths: Widths) -> float:
    """Em that *text* takes when nothing of it gives way."""
    atoms = make_atoms(caption_spans(text, page), widths, float("inf"))
    return atoms.line(0, len(atoms.stops) - 1, first=True)[0]


def tips_spans(copy: Copy, page: Format) -> tuple[Span, ...]:
    """The tips as they are set."""
    look = page.looks["tips"]
    return (Span(copy.tips, look.face, look.weight),)


def tips_setting(copy: Copy, breadth: float, page: Format, widths: Widths) -> Setting:
    """The tips in a box of *breadth* points."""
    room = breadth - 2 * TIPS_PADDING * page.text.size
    return _shortest(tips_spans(copy, page), room / page.looks["tips"].size, 2.0, widths)


def tips_opening(copy: Copy, columns: Columns, count: int, page: Format, widths: Widths) -> Opening:
    """The tips box over the first *count* text columns."""
    setting = tips_setting(copy, columns.breadth(count) * page.text.size, page, widths)
    points = len(setting.ends) * page.looks["tips"].pitch
    return Opening(0, count, -int(-points // page.text.pitch) + TIPS_LINES)


@lru_cache(maxsize=4096)
def _shortest(spans: tuple[Span, ...], measure: float, indent: float, widths: Widths) -> Setting:
    settings = break_paragraph(spans, widths, measure, indent)
    return min(settings.items(), key=lambda item: (item[1].cost > 4, item[0]))[1]
