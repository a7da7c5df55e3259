"""What it costs that a story looks so: 1 is a line of air too many, 10 is what a designer would send back.

docs/explanation/page-layout.md lists the costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log

from site_builder.model.story import Genre
from site_builder.paper.page.areas import shape_columns
from site_builder.paper.page.format import Format, Look, Weight
from site_builder.paper.page.headings import cells, headline_look, row_width, unevenness
from site_builder.paper.page.request import Copy
from site_builder.paper.page.shapes import Head, Shape
from site_builder.paper.setting.widths import Widths

LONG = 500
"""Characters from which a story is long for one column."""
_RAGGED = 20.0
"""Rows of a headline of which one is as good as empty."""
_CENTRED = 0.8
"""How much of that it costs where rows stand in the middle."""
_LEAD_WEIGHT = 2.0
"""How much more than any other headline the one that leads the page has to be large."""
_LEAD_NARROW = 20.0
"""Each column that the lead is narrower than half the page."""
_STANDING, _STANDING_FULL = 20.0, 0.85
"""A standing headline as good as empty, and the share of its story's height from which on it is full."""
_PHOTO_LONG, _PHOTO_LEGS = 5, 3
"""Lines under a picture story that are many where lines are wide, and few in several columns."""


@dataclass(frozen=True)
class Pricing:
    """The costs of shapes of one story."""

    copy: Copy
    page: Format
    widths: Widths

    @cached_property
    def _bounds(self) -> Weight:
        return self.page.weight(self.copy.priority)

    @cached_property
    def _look(self) -> Look:
        return headline_look(self.copy, self.page)

    def lying(self, head: Head, breadth: float) -> float:
        """A horizontal headline that is small for its weight, leaves its row empty, or has uneven rows."""
        bounds = self._bounds
        span = log(bounds.largest / bounds.smallest) or 1.0
        loss = max(0.0, log(bounds.largest / head.size) / span)
        fill = max(row_width(row, self._look, self.widths) for row in head.rows) * head.size / breadth
        rows = 1.0 * (len(head.rows) - 1) + 2.0 * (len(head.rows) > 2)
        small = 2.0 * (len(head.kicker) > 1) + 1.0 * (len(head.deck) > 2)
        squeezed = 40.0 * max(0.0, 1.0 - head.size / min(bounds.smallest, self._step(breadth)))
        ragged = _RAGGED * unevenness(head.rows) * (_CENTRED if head.centred else 1.0)
        weight = (2.0 + 0.9 * self.copy.priority) * (_LEAD_WEIGHT if self.copy.lead else 1.0)
        return squeezed + loss * weight + max(0.0, 0.6 - fill) * 22 + rows + small + ragged

    def standing(self, head: Head, depth: int) -> float:
        """A vertical headline beside *depth* lines that is small, or leaves white above and below."""
        share = (head.size - self.page.headline.vertical[0]) / self._bounds.largest
        tall = max(map(cells, head.rows)) * head.size / self.page.depth(depth)
        return 3.0 - 3.0 * share + _STANDING * max(0.0, _STANDING_FULL - tall)

    def shape(self, shape: Shape) -> float:
        """Legs that are too short or too long, a width that is not that of the story, too little text by a picture."""
        copy = self.copy
        photo = copy.genre is Genre.PHOTO
        cost = self._photo_legs(shape) if photo else max(0, 8 - shape.depth) * 1.2 + max(0, shape.depth - 48) * 0.35
        ideal = 1.4 + float((copy.characters / 260) ** 0.75) + (1.0 if copy.lead else 0.0) + 0.5 * len(copy.pictures)
        cost += 1.6 * abs(shape.columns - min(ideal, 5.5))
        if shape.columns == 1 and copy.characters > LONG:
            cost += 12.0
        if copy.lead:
            cost += _LEAD_NARROW * max(0, self.page.grid.columns // 2 - shape.columns)
        if shape.boxed:
            cost += 1.0 + 0.01 * max(0, copy.characters - 450)
        if shape.pictures and not photo:
            share = shape.pictures.columns * shape.pictures.lines / (shape.text_columns * shape.depth)
            wanted = 0.42 if copy.lead else 0.36
            cost += 16 * max(0.0, share - wanted - 0.08) + 8 * max(0.0, wanted - 0.16 - share)
        return cost

    def _photo_legs(self, shape: Shape) -> float:
        """Long lines are for a few words under a picture, several columns for more than a few."""
        if shape.text_columns > 1:
            return 4.0 * max(0, _PHOTO_LEGS - shape.depth)
        wide = shape_columns(shape, self.page).measure > self.page.text.widest
        return 1.5 * max(0, shape.depth - _PHOTO_LONG) * wide

    def _step(self, breadth: float) -> float:
        """The largest size that the format has for so wide a headline."""
        steps = self.page.headline.by_columns
        number = next((n for n in range(1, len(steps) + 1) if self.page.breadth(n) >= breadth), len(steps))
        return steps[number - 1]
