"""The shapes that a story may take on a page, each with what it costs to look so.

Costs are in one currency: 1 is a line of air too many, 10 is what a designer would send back.
docs/explanation/page-layout.md tells what each stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor, log

from site_builder.model.story import Genre
from site_builder.paper.page.areas import (
    BOX_LINES,
    Columns,
    caption_points,
    caption_setting,
    column_lines,
    make_columns,
    shape_columns,
    tips_opening,
)
from site_builder.paper.page.fitting import elastic, fit
from site_builder.paper.page.format import Format
from site_builder.paper.page.headings import Headings, byline_rows, head_lines
from site_builder.paper.page.pricing import Pricing
from site_builder.paper.page.request import Copy
from site_builder.paper.page.shapes import Opening, Shape
from site_builder.paper.setting.widths import Widths

MOST_A_WIDTH, MOST = 80, 400
"""Shapes that are kept of one width, and of one story; twice as many on a tight page."""
AIR = (0.0, 1.5, 4.0, 8.0)
"""Cost of so many lines more than a headline needs."""
SHORT_LINE = 70.0
"""Cost of a line that stays empty: more than a pair of headlines side by side, for a page has to be full."""
CUT_LINE, CUT = 2.0, 6.0
"""Cost of a line of copy that does not fit, and of the first."""
MOST_CUT = 24
_LOOSE = 0.25
"""Cost of a line whose gaps are as wide as cost 1 in breaking."""
_STRETCH, _TIGHT_STRETCH = 1.2, 1.35
"""How far a picture's frame may leave the picture's own proportions, and on a tight page."""
_STAMP = 16.0
"""Cost of pictures so many to a column that they are as good as invisible."""
_PICTURE_COLUMNS = 2
"""Text columns that a picture should be wide where there are three or more."""
_PHOTO_WIDEST = 42
"""Characters in a line of the few lines under a picture story."""
_LEAST_TEXT = 4
"""Lines of text below a picture or box, or none."""
_WIDEST = 6
"""Columns that a story may be wide."""
_BROAD = 8
"""Columns from which a page has room enough to ask for a lead half as wide."""
_SHORT_LEAD = 300
"""Characters up to which a lead may be narrower than half the page."""
_LONGEST = 1000
"""Characters from which a story is too long for one column."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A shape and its cost."""

    shape: Shape
    cost: float


def make_candidates(
    copy: Copy, page: Format, widths: Widths, *, tight: bool = False, cuts: bool = False
) -> tuple[Candidate, ...]:
    """The shapes of *copy*, cheapest first; with *cuts* also those that copy would have to be cut for.

    *tight* adds what a designer does when nothing else helps: smaller headlines, pictures that are cut harder, any
    width. It is not asked for at once, since more shapes make the search longer and pages no better.

    No two have the same width, height, form and frame; each can be filled to its last line as it says.
    """
    best: dict[tuple[object, ...], Candidate] = {}
    for candidate in _Shaper(copy, page, widths, tight, cuts).all():
        shape = candidate.shape
        key = (shape.columns, shape.lines, shape.head.form, shape.boxed)
        known = best.get(key)
        if known is None or candidate.cost < known.cost:
            best[key] = candidate
    by_width: dict[int, list[Candidate]] = {}
    for candidate in sorted(best.values(), key=lambda c: (c.cost, c.shape.columns, c.shape.lines)):
        row = by_width.setdefault(candidate.shape.columns, [])
        if len(row) < MOST_A_WIDTH * (1 + tight):
            fitted = _fitted(candidate, copy, page, widths, cuts=cuts)
            if fitted is not None:
                row.append(fitted)
    found = sorted(
        (c for row in by_width.values() for c in row), key=lambda c: (c.cost, c.shape.columns, c.shape.lines)
    )
    return tuple(found[: MOST * (1 + tight)])


def _fitted(candidate: Candidate, copy: Copy, page: Format, widths: Widths, *, cuts: bool) -> Candidate | None:
    """*candidate* with the cost of where its columns end.

    Where crossheads cannot keep their text, ``None``; with *cuts*, the shape with a line to cut instead, for a line
    fewer before a crosshead moves it up from the foot of its column.
    """
    shape = candidate.shape
    if shape.cut:
        return candidate
    measure, lines = shape_columns(shape, page).measure, column_lines(shape)
    found = fit(copy, measure, page, widths, lines, shape.short)
    if found is None:
        return Candidate(replace(shape, cut=1), candidate.cost + CUT + CUT_LINE) if cuts else None
    broken = found[0] - elastic(copy, measure, page, widths)[sum(lines) - shape.short]
    return replace(candidate, cost=candidate.cost + _LOOSE * broken)


@dataclass(frozen=True)
class _Text:
    """The text of a story in columns of one measure."""

    totals: dict[int, float]
    least: int
    most: int


class _Shaper:
    """Tries all shapes of one story."""

    def __init__(self, copy: Copy, page: Format, widths: Widths, tight: bool, cuts: bool) -> None:
        self.copy, self.page, self.widths, self.tight, self.cuts = copy, page, widths, tight, cuts
        self.headings = Headings(copy, page, widths, tight)
        self.stretch = _TIGHT_STRETCH if tight else _STRETCH
        self.pricing = Pricing(copy, page, widths)
        self.texts: dict[float, _Text] = {}

    def all(self) -> Iterator[Candidate]:
        """Every shape, several of one size among them."""
        for base in self._widths():
            forms = ("horizontal", "vertical") if not self.copy.form else (self.copy.form,)
            if "horizontal" in forms:
                if not self.copy.boxed:
                    yield from self._horizontal(base, boxed=False)
                if self.copy.boxed or self._may_be_boxed(base):
                    yield from self._horizontal(base, boxed=True)
            if "vertical" in forms and self._may_be_vertical(base):
                yield from self._vertical(base)

    def _widths(self) -> Iterator[int]:
        copy, columns = self.copy, self.page.grid.columns
        wanted = copy.columns or (copy.place.columns if copy.place else 0)
        if wanted:
            yield min(wanted, columns)
            return
        if self.tight:
            yield from range(1, min(columns, _WIDEST) + 1)
            return
        characters = copy.characters
        widest = max(2, ceil(characters / 110) + 2 * bool(copy.pictures))
        if copy.genre is Genre.PHOTO:
            widest = min(4, columns)
        narrowest = 1 if characters < _LONGEST and not copy.lead else 2
        if copy.lead:
            half = columns // 2 if columns >= _BROAD and characters > _SHORT_LEAD else columns // 3
            narrowest, widest = max(2, half), max(widest, columns // 2 + 1)
        yield from range(min(narrowest, columns), min(widest, columns, _WIDEST) + 1)

    def _may_be_boxed(self, base: int) -> bool:
        copy = self.copy
        return (
            not copy.lead and copy.priority <= 7 and 2 <= base <= 4 and copy.genre is not Genre.PHOTO and not copy.tips
        )

    def _may_be_vertical(self, base: int) -> bool:
        copy = self.copy
        return 3 <= base <= 5 and not copy.lead and not copy.byline and not copy.tips and copy.genre is not Genre.PHOTO

    def _horizontal(self, base: int, *, boxed: bool) -> Iterator[Candidate]:
        outer = self.page.characters(base) - (2.0 if boxed else 0.0)
        breadth = outer * self.page.text.size
        bylines = len(byline_rows(self.copy, self.page, self.widths, breadth))
        for head in self.headings.horizontal(base, breadth):
            if boxed:
                head = replace(head, centred=True)
            lines = head_lines(self.copy, head, self.page, bylines)
            look = self.pricing.lying(head, breadth)
            for count in self._text_columns(base, boxed):
                columns = make_columns(self.page, base, count, boxed=boxed, vertical=False)
                for pictures, first, cost in self._pictures(columns):
                    for air, air_cost in enumerate(AIR):
                        start = Shape(
                            columns=base, lines=0, head=head, head_lines=lines + air, text_columns=count, depth=0,
                            pictures=pictures, picture_first=first, boxed=boxed,
                            tips=self._tips(columns, pictures),
                        )  # fmt: skip
                        if not self._tips_fit(start):
                            continue
                        yield from self._depths(start, columns, look + air_cost + cost)

    def _vertical(self, base: int) -> Iterator[Candidate]:
        columns = make_columns(self.page, base, base - 1, boxed=False, vertical=True)
        text = self._text(columns.measure)
        for pictures, first, cost in self._pictures(columns):
            if first:
                continue
            taken = pictures.lines * pictures.columns if pictures else 0
            least, most = ceil((text.least + taken) / columns.count), ceil((text.most + taken) / columns.count)
            for depth in range(least, most + 2):
                for head in self.headings.vertical(self.page.depth(depth), self.page.breadth(1)):
                    start = Shape(
                        columns=base,
                        lines=0,
                        head=head,
                        head_lines=0,
                        text_columns=base - 1,
                        depth=0,
                        pictures=pictures,
                    )
                    price = self.pricing.standing(head, depth) + cost
                    found = self._at_depth(start, columns, depth, price)
                    if found:
                        yield found

    def _text_columns(self, base: int, boxed: bool) -> Iterator[int]:
        """As many text columns as base columns, or one fewer and wider (变栏)."""
        text = self.page.text
        if base == 1:
            yield 1
            return
        photo = self.copy.genre is Genre.PHOTO
        for count in range(base, 0, -1) if photo else (base, base - 1):
            measure = make_columns(self.page, base, count, boxed=boxed, vertical=False).measure
            varied = count == base or photo or (base >= 3 and self.copy.characters > 150)
            if varied and text.narrowest <= measure <= (_PHOTO_WIDEST if photo else text.widest):
                yield count

    def _pictures(self, columns: Columns) -> Iterator[tuple[Opening | None, bool, float]]:
        """(opening, whether above the headline, cost) of the ways to show the story's pictures."""
        pictures = self.copy.pictures
        if not pictures:
            yield None, False, 0.0
            return
        photo = self.copy.genre is Genre.PHOTO
        least = columns.count if photo else min(len(pictures), columns.count)
        most = columns.count if photo or columns.count < 3 else columns.count - (columns.count > 4)
        for count in range(least, most + 1):
            breadth = columns.breadth(count) * self.page.text.size
            gutter = self.page.grid.gutter * self.page.text.size
            total = sum(picture.aspect for picture in pictures)
            height = (breadth - (len(pictures) - 1) * gutter) / total
            boxes = [height * picture.aspect for picture in pictures]
            rows = [caption_setting(p.caption, b, self.page, self.widths) for p, b in zip(pictures, boxes, strict=True)]
            below = caption_points(max(len(setting.ends) for setting in rows), self.page)
            pitch = self.page.text.pitch
            first, last = (
                ceil((height / self.stretch + below) / pitch),
                floor((height * self.stretch + below) / pitch),
            )
            for lines in range(first, last + 1):
                change = abs(log((lines * pitch - below) / height)) / log(_STRETCH)
                opening = Opening(columns.count - count, count, lines)
                narrow = max(0.0, _PICTURE_COLUMNS - count / len(pictures)) * (12.0 if self.copy.lead else 3.0)
                stamps = _STAMP * max(0.0, 1.0 - count / len(pictures))
                cost = 2.5 * change**2 + narrow * (columns.count > 2) + stamps
                yield opening, photo, cost

    def _tips(self, columns: Columns, pictures: Opening | None) -> Opening | None:
        if not self.copy.tips:
            return None
        free = columns.count - pictures.columns if pictures else columns.count
        return tips_opening(self.copy, columns, min(2, free) if free else min(2, columns.count), self.page, self.widths)

    def _tips_fit(self, shape: Shape) -> bool:
        """The box stands beside the pictures, or under pictures that are as wide as the text."""
        if not shape.tips or not shape.pictures or shape.picture_first:
            return True
        return shape.tips.columns <= shape.pictures.column or shape.pictures.columns == shape.text_columns

    def _text(self, measure: float) -> _Text:
        if measure not in self.texts:
            totals = dict(elastic(self.copy, measure, self.page, self.widths))
            self.texts[measure] = _Text(totals, min(totals), max(totals))
        return self.texts[measure]

    def _depths(self, start: Shape, columns: Columns, cost: float) -> Iterator[Candidate]:
        """*start* with every depth that its text can fill."""
        text = self._text(columns.measure)
        openings = (start.tips, None if start.picture_first else start.pictures)
        taken = sum(o.lines * o.columns for o in openings if o)
        least, most = ceil((text.least + taken) / columns.count), ceil((text.most + taken) / columns.count)
        if self.cuts:
            least = ceil((max(text.least - MOST_CUT, 1) + taken) / columns.count)
        for depth in range(least, most + 1):
            found = self._at_depth(start, columns, depth, cost)
            if found:
                yield found

    def _at_depth(self, start: Shape, columns: Columns, depth: int, cost: float) -> Candidate | None:
        shape = replace(start, depth=depth)
        lines = column_lines(shape)
        if min(lines) < 0 or any(0 < count < _LEAST_TEXT for count in lines if count < depth):
            return None
        text = self._text(columns.measure)
        wanted = sum(lines)
        short = max(0, wanted - text.most)
        cut = max(0, text.least - wanted)
        if short >= columns.count or (cut and not self.cuts) or cut > MOST_CUT:
            return None
        looseness = text.totals.get(wanted - short + cut, 40.0)
        total = shape.head_lines + depth + self.page.grid.gap + (2 * BOX_LINES if shape.boxed else 0)
        total += shape.pictures.lines if shape.picture_first and shape.pictures else 0
        if total > self.page.grid.lines + self.page.grid.gap or not self._wanted(start.columns, total):
            return None
        shape = replace(shape, lines=total, short=short, cut=cut)
        price = cost + _LOOSE * min(looseness, 120.0) + SHORT_LINE * short + (CUT + CUT_LINE * cut if cut else 0.0)
        return Candidate(shape, price + self.pricing.shape(shape))

    def _wanted(self, columns: int, lines: int) -> bool:
        """Whether the editor's own rectangle is as large."""
        place = self.copy.place
        return place is None or (place.columns, place.lines) == (columns, lines)
