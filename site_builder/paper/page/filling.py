"""A story's copy into its shape: every line where it stands.

Needs no solver and no dictionary, so that a page can be set again from what was chosen for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.paper.page.areas import (
    BOX_LINES,
    Columns,
    column_lines,
    column_tops,
    picture_frames,
    shape_columns,
)
from site_builder.paper.page.fitting import Item, elastic, fit, make_items
from site_builder.paper.page.format import Format
from site_builder.paper.page.ornament import Ornament
from site_builder.paper.page.plan import Box, Line, Module, PictureFrame, Piece
from site_builder.paper.page.request import Copy
from site_builder.paper.page.shapes import Chosen
from site_builder.paper.setting.breaking import make_lines
from site_builder.paper.setting.widths import Widths

_LIFT, _LIFT_AT_HEAD = 0.28, 0.75
"""How far a crosshead stands above the last of its lines, as a share of those above; and at the head of a column."""


@dataclass(frozen=True, slots=True)
class Overset:
    """Copy that does not fit its shape, or does not fill it."""

    story: str
    lines: int
    """Too many; negative where they are too few."""
    characters: int
    """About so many, at the story's own characters to a line."""


def fill(copy: Copy, chosen: Chosen, page: Format, widths: Widths) -> Module | Overset:
    """*copy* set in the shape and place that were *chosen* for it.

    Every character of the copy stands in the module once. Copy that has changed is set again in the same shape where
    it takes as many lines; otherwise the answer is by how much it is over.
    """
    shape = chosen.shape
    columns = shape_columns(shape, page)
    room = column_lines(shape)
    found = fit(copy, columns.measure, page, widths, room, shape.short)
    if found is None:
        return _overset(copy, columns, sum(room), page, widths)
    return _Filler(copy, chosen, page, widths, columns).module(found[1])


def _overset(copy: Copy, columns: Columns, room: int, page: Format, widths: Widths) -> Overset:
    totals = elastic(copy, columns.measure, page, widths)
    least, most = min(totals), max(totals)
    over = least - room if least > room else min(most - room, -1) if most < room else 1
    best = min(totals, key=lambda lines: totals[lines])
    return Overset(copy.story, over, over * copy.characters // max(best, 1))


class _Filler:
    """Sets one story."""

    def __init__(self, copy: Copy, chosen: Chosen, page: Format, widths: Widths, columns: Columns) -> None:
        self.copy, self.chosen, self.page, self.widths, self.columns = copy, chosen, page, widths, columns
        shape = self.shape = chosen.shape
        self.ornament = Ornament(copy, chosen, page, widths, columns)
        above = BOX_LINES if shape.boxed else 0
        above += shape.pictures.lines if shape.picture_first and shape.pictures else 0
        self.text_line = chosen.cells.line + above + shape.head_lines

    def module(self, counts: tuple[int, ...]) -> Module:
        """The story with so many lines for each passage."""
        items = make_items(self.copy, self.columns.measure, self.page, self.widths)
        natural = sum(min(item.settings, key=lambda n: item.settings[n].cost) for item in items)
        tips = self.ornament.tips(self.text_line)
        pictures, captions = self._pictures()
        panels = (*self.ornament.panels(), *(tips[0] if tips else ()))
        strokes = (*self.ornament.strokes(), *(tips[2] if tips else ()))
        return Module(
            story=self.copy.story,
            cells=self.chosen.cells,
            pieces=(*self.ornament.head(), *(tips[1] if tips else ()), *self._body(items, counts), *captions),
            pictures=pictures,
            panels=panels,
            strokes=strokes,
            boxed=self.shape.boxed,
            loosened=sum(counts) - natural,
        )

    def _body(self, items: tuple[Item, ...], counts: tuple[int, ...]) -> Iterator[Piece]:
        """The passages, cut where their columns end."""
        places = self._places()
        at = 0
        for item, count in zip(items, counts, strict=True):
            passage = item.passage
            lines = make_lines(passage.spans, item.settings[count], passage.indent)
            if item.crosshead:
                column, line = places[at + count - len(lines)]
                yield self._crosshead(item, lines, column, line, count)
            else:
                begin = 0
                while begin < count:
                    column, line = places[at + begin]
                    end = begin + 1
                    while end < count and places[at + end] == (column, line + end - begin):
                        end += 1
                    yield Piece(
                        box=self._text_box(column, line, end - begin),
                        role=passage.role,
                        lines=lines[begin:end],
                        size=self.page.text.size,
                        pitch=self.page.text.pitch,
                        align="end" if passage.role == "end-byline" else "justify",
                        paragraph=passage.number,
                    )
                    begin = end
            at += count

    def _places(self) -> list[tuple[int, int]]:
        """(text column, line of the page) of each line of text."""
        tops = column_tops(self.shape)
        return [
            (column, self.text_line + line)
            for column in range(self.shape.text_columns)
            for line in range(tops[column], self.shape.depth)
        ]

    def _text_box(self, column: int, line: int, count: int) -> Box:
        page, size = self.page, self.page.text.size
        x = page.x(self.chosen.cells.column) + self.columns.x(column) * size
        return Box(x, page.y(line), self.columns.measure * size, page.depth(count))

    def _crosshead(self, item: Item, lines: tuple[Line, ...], column: int, line: int, count: int) -> Piece:
        """A crosshead in the middle of the lines that it takes, a little nearer to what it heads.

        At the head of a column its line above is no white hole: it stands as high as the text beside it.
        """
        pitch = self.page.looks["crosshead"].pitch
        box = self._text_box(column, line, len(lines))
        above = count - len(lines)
        headed = line - above == self.text_line + column_tops(self.shape)[column]
        lift = (_LIFT_AT_HEAD if headed else _LIFT) * self.page.text.pitch * above
        lift += (item.size - self.page.text.size) / 2
        box = Box(box.x, box.y - lift, box.width, (len(lines) - 1) * pitch + item.size)
        return Piece(box, "crosshead", lines, item.size, pitch, "center", paragraph=item.passage.number)

    def _pictures(self) -> tuple[tuple[PictureFrame, ...], tuple[Piece, ...]]:
        opening, page = self.shape.pictures, self.page
        if opening is None:
            return (), ()
        size, look = page.text.size, page.looks["caption"]
        left = page.x(self.chosen.cells.column) + self.columns.x(opening.column) * size
        line = (
            self.chosen.cells.line + (BOX_LINES if self.shape.boxed else 0)
            if self.shape.picture_first
            else self.text_line
        )
        top = page.y(line)
        breadth = self.columns.breadth(opening.columns) * size
        frames, captions = [], []
        for frame in picture_frames(self.copy.pictures, breadth, opening.lines, page, self.widths):
            picture = frame.picture
            box = Box(left + frame.x, top, frame.width, frame.height)
            frames.append(PictureFrame(box, self.copy.story, picture.photo, picture.alt, picture.focus))
            captions.append(self.ornament.caption(picture.caption, frame.caption, box, look))
        return tuple(frames), tuple(captions)
