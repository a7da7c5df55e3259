"""All of a story that is not running text: headline, byline, box, tips, captions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.paper.page.areas import (
    BOX_LINES,
    CAPTION_ABOVE,
    TIPS_PADDING,
    Columns,
    caption_spans,
    caption_width,
    tips_setting,
    tips_spans,
)
from site_builder.paper.page.format import Format, Look
from site_builder.paper.page.headings import (
    ABOVE_BYLINE,
    ABOVE_DECK,
    BELOW_KICKER,
    LEADING,
    UPRIGHT_PITCH,
    byline_rows,
    cells,
    head_points,
    headline_look,
    vertical_breadth,
)
from site_builder.paper.page.plan import Align, Box, Line, Panel, Piece, Role, Span, Stroke
from site_builder.paper.page.request import Copy
from site_builder.paper.page.shapes import Chosen
from site_builder.paper.setting.breaking import Setting, make_lines
from site_builder.paper.setting.widths import Widths


@dataclass(frozen=True)
class Ornament:
    """Sets what stands around the text of one story."""

    copy: Copy
    chosen: Chosen
    page: Format
    widths: Widths
    columns: Columns

    @property
    def outer(self) -> Box:
        """The story's rectangle without the gap below."""
        cells, page = self.chosen.cells, self.page
        lines = cells.lines - page.grid.gap
        return Box(page.x(cells.column), page.y(cells.line), page.breadth(cells.columns), page.depth(lines))

    def panels(self) -> Iterator[Panel]:
        """The ground and frame of a boxed story."""
        if self.chosen.shape.boxed:
            yield Panel(self.outer, "tint", self.page.rules.box)

    def strokes(self) -> Iterator[Stroke]:
        """The rule under the name of a regular column."""
        if self.copy.column and self.chosen.shape.head.form == "horizontal":
            box = self._inner()
            y = self._words_top() + self.page.looks["column-head"].pitch * 1.1
            yield Stroke(box.x, y, box.x + box.width, y, self.page.rules.hairline, "accent")

    def head(self) -> Iterator[Piece]:
        """Column head, kicker, headline, deck and byline, in reading order."""
        if self.chosen.shape.head.form == "vertical":
            yield from self._vertical()
        else:
            yield from self._horizontal()

    def _inner(self) -> Box:
        box = self.outer
        inset = self.columns.left * self.page.text.size if self.chosen.shape.boxed else 0.0
        return Box(box.x + inset, box.y, box.width - 2 * inset, box.height)

    def _head_top(self) -> float:
        shape = self.chosen.shape
        line = self.chosen.cells.line + (BOX_LINES if shape.boxed else 0)
        line += shape.pictures.lines if shape.picture_first and shape.pictures else 0
        return self.page.y(line)

    def _spare(self) -> float:
        """What the head leaves of its whole lines, in points."""
        shape, page = self.chosen.shape, self.page
        bylines = byline_rows(self.copy, page, self.widths, self._inner().width)
        return shape.head_lines * page.text.pitch - head_points(self.copy, shape.head, page, len(bylines))

    def _words_top(self) -> float:
        """Where the head's first row begins: what is spare stands around the headline, most of it above the text."""
        return self._head_top() + 0.35 * self._spare()

    def _horizontal(self) -> Iterator[Piece]:
        shape, page, pitch = self.chosen.shape, self.page, self.page.text.pitch
        head, box = shape.head, self._inner()
        align: Align = "center" if head.centred or shape.picture_first else "start"
        bylines = byline_rows(self.copy, page, self.widths, box.width)
        y = self._words_top()

        def at(top: float) -> Box:
            return Box(box.x, top, box.width, 0.0)

        if self.copy.column:
            look = page.looks["column-head"]
            yield self._rows((self.copy.column,), "column-head", (look.size, look.pitch), "start", at(y))
            y += look.pitch * 1.5
        if head.kicker:
            leading = head.kicker_size * LEADING
            yield self._rows(head.kicker, "kicker", (head.kicker_size, leading), align, at(y))
            y += len(head.kicker) * leading + BELOW_KICKER * pitch
        leading = head.size * page.headline.leading
        size = (head.size, leading)
        yield self._rows(
            head.rows, "headline", size, align, at(y + (leading - head.size) / 2), headline_look(self.copy, page)
        )
        y += len(head.rows) * leading
        if head.deck:
            y += ABOVE_DECK * pitch
            leading = head.deck_size * LEADING
            yield self._rows(head.deck, "deck", (head.deck_size, leading), align, at(y))
            y += len(head.deck) * leading
        if bylines:
            y += ABOVE_BYLINE * pitch + 0.2 * self._spare()
            look = page.looks["byline"]
            yield self._rows(bylines, "byline", (look.size, look.pitch), align, at(y))

    def _rows(
        self,
        rows: Sequence[str],
        role: Role,
        size: tuple[float, float],
        align: Align,
        place: Box,
        look: Look | None = None,
    ) -> Piece:
        """Rows of (size, pitch) from the top of *place* down."""
        look = look or self.page.looks[role]
        lines = tuple(Line((Span(row, look.face, look.weight),)) for row in rows)
        height = (len(rows) - 1) * size[1] + size[0]
        return Piece(Box(place.x, place.y, place.width, height), role, lines, *size, align)

    def _vertical(self) -> Iterator[Piece]:
        """Kicker at the right, then the rows of the headline leftwards, then the deck, in the middle of a column."""
        page, head = self.page, self.chosen.shape.head
        look, pitch = headline_look(self.copy, page), head.size * page.headline.leading
        right = self.outer.x + (page.breadth(1) + vertical_breadth(head, page)) / 2
        height = page.depth(self.chosen.shape.depth)
        if head.kicker:
            yield self._upright(head.kicker, "kicker", page.looks["kicker"], head.kicker_size, right, 0.15 * height)
            right -= head.kicker_size * UPRIGHT_PITCH
        tall = max(map(cells, head.rows)) * head.size
        width = (len(head.rows) - 1) * pitch + head.size
        box = Box(right - width, self.outer.y + (height - tall) / 2, width, tall)
        lines = tuple(Line((Span(row, look.face, look.weight),)) for row in head.rows)
        yield Piece(box, "headline", lines, head.size, pitch, "start", vertical=True)
        if head.deck:
            right -= width + head.size * (page.headline.leading - 1) + 0.5 * head.deck_size
            yield self._upright(head.deck, "deck", page.looks["deck"], head.deck_size, right, 0.85 * height)

    def _upright(self, rows: Sequence[str], role: Role, look: Look, size: float, right: float, nearest: float) -> Piece:
        """A kicker or deck in one row, its middle as near to *nearest* as it can be, from the top of the story."""
        tall = cells(rows[0]) * size
        room = self.page.depth(self.chosen.shape.depth) - tall
        y = self.outer.y + min(max(nearest - tall / 2, 0.0), max(room, 0.0))
        line = Line((Span(rows[0], look.face, look.weight),))
        return Piece(
            Box(right - size, y, size, tall), role, (line,), size, size * UPRIGHT_PITCH, "start", vertical=True
        )

    def tips(self, text_line: int) -> tuple[tuple[Panel, ...], tuple[Piece, ...], tuple[Stroke, ...]] | None:
        """The tips box: its ground, label and words, and the rule above it."""
        opening, page = self.chosen.shape.tips, self.page
        if opening is None:
            return None
        size, pitch = page.text.size, page.text.pitch
        pictures = self.chosen.shape.pictures
        under = pictures.lines if pictures and not self.chosen.shape.picture_first and pictures.column == 0 else 0
        x = page.x(self.chosen.cells.column) + self.columns.x(opening.column) * size
        y = page.y(text_line + under)
        width = self.columns.breadth(opening.columns) * size
        height = (opening.lines - 1) * pitch + 0.15 * pitch
        box = Box(x, y, width, height)
        label, look = page.looks["tips-label"], page.looks["tips"]
        inset = TIPS_PADDING * size
        setting = tips_setting(self.copy, width, page, self.widths)
        lines = make_lines(tips_spans(self.copy, page), setting, 2.0)
        top = y + 0.75 * pitch
        words = y + (height - len(lines) * look.pitch - label.pitch) / 2 + label.pitch * 1.25
        head = Line((Span(self.copy.tips_label, label.face, label.weight),))
        room = width - 2 * inset
        return (
            (Panel(box, "tint"),),
            (
                Piece(Box(x + inset, top, room, label.size), "tips-label", (head,), label.size, label.pitch, "start",
                      color="accent"),
                Piece(Box(x + inset, words, room, (len(lines) - 1) * look.pitch + look.size), "tips", lines, look.size,
                      look.pitch),
            ),
            (Stroke(x, y, x + width, y, page.rules.heavy, "accent"),),
        )  # fmt: skip

    def caption(self, text: str, setting: Setting, picture: Box, look: Look) -> Piece:
        """The words under a picture."""
        lines = make_lines(caption_spans(text, self.page), setting, 0.0)
        y = picture.y + picture.height + CAPTION_ABOVE * self.page.text.pitch
        box = Box(picture.x, y, picture.width, (len(lines) - 1) * look.pitch + look.size)
        room = picture.width / look.size
        # Justified only where marks have to give way: a short line before the credit would be pulled apart.
        tight = any(caption_width(line.text, self.page, self.widths) > room for line in lines)
        return Piece(box, "caption", lines, look.size, look.pitch, "justify" if tight else "start")
