"""Copyfitting: which number of lines each paragraph is set in, so that a story fills its columns to the last line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from site_builder.paper.page.format import Format
from site_builder.paper.page.request import Copy, Passage
from site_builder.paper.setting.breaking import Setting, Settings, break_paragraph
from site_builder.paper.setting.widths import Widths

CROSSHEAD_LINES = 2
"""One line above, then the crosshead itself; at the head of a column as well, so that lines stay on the grid."""
_AFTER_CROSSHEAD = 2
"""Lines of text that must follow a crosshead in its column."""
_CROSSHEAD_AIR = 0.5
"""Em that a crosshead leaves free beside it; gaps between Han and Latin are in it."""
_WIDOW, _ORPHAN = 8.0, 0.5
"""Cost of a paragraph's last line alone at the head of a column, and of its first line alone at the foot."""


@dataclass(frozen=True, slots=True)
class Item:
    """A passage that can be set in several numbers of lines."""

    passage: Passage
    settings: Settings
    size: float
    """In points; a crosshead is a little smaller where that keeps it on one line."""

    @property
    def crosshead(self) -> bool:
        """Whether it heads what follows."""
        return self.passage.role == "crosshead"


@lru_cache(maxsize=4096)
def make_items(copy: Copy, measure: float, page: Format, widths: Widths) -> tuple[Item, ...]:
    """The passages of *copy* in columns of *measure* em. A crosshead that needs two rows takes one more line."""
    items: list[Item] = []
    for passage in copy.passages:
        if passage.role == "crosshead":
            items.append(_crosshead(passage, measure, page, widths))
        else:
            settings = break_paragraph(passage.spans, widths, measure, passage.indent)
            items.append(Item(passage, settings, page.text.size))
    return tuple(items)


def _crosshead(passage: Passage, measure: float, page: Format, widths: Widths) -> Item:
    """A crosshead on one line where it fits without shrinking its marks, or else in as few as it needs."""
    look, text = page.looks["crosshead"], page.text
    natural = sum(advance for span in passage.spans for advance in widths.of(span)) + _CROSSHEAD_AIR
    size = min(look.size, int(2 * measure * text.size / natural) / 2)
    if size >= text.size:
        end = sum(len(span.text) for span in passage.spans)
        return Item(passage, {CROSSHEAD_LINES: Setting(0.0, (end,))}, size)
    settings = break_paragraph(passage.spans, widths, measure * text.size / look.size - 1, 0.0)
    rows = min(settings)
    return Item(passage, {rows + CROSSHEAD_LINES - 1: Setting(0.0, settings[rows].ends)}, look.size)


@lru_cache(maxsize=4096)
def elastic(copy: Copy, measure: float, page: Format, widths: Widths) -> Mapping[int, float]:
    """Total lines of a story → the least cost of setting it so, wherever its columns end."""
    totals: dict[int, float] = {0: 0.0}
    for item in make_items(copy, measure, page, widths):
        longer: dict[int, float] = {}
        for lines, cost in totals.items():
            for more, setting in item.settings.items():
                total = cost + setting.cost
                if total < longer.get(lines + more, inf):
                    longer[lines + more] = total
        totals = longer
    return totals


@lru_cache(maxsize=4096)
def fit(
    copy: Copy, measure: float, page: Format, widths: Widths, columns: tuple[int, ...], short: int = 0
) -> tuple[float, tuple[int, ...]] | None:
    """(cost, lines of each passage) so that the story fills *columns* (lines of each), *short* lines left empty.

    A crosshead keeps its text in its column. ``None`` when there is no such way.
    """
    items = make_items(copy, measure, page, widths)
    wanted = sum(columns) - short
    place = _Places(columns)
    # states: position → (cost, choices so far, as a linked list)
    states: dict[int, tuple[float, _Choice | None]] = {0: (0.0, None)}
    least_left, most_left = _bounds(items)
    for number, item in enumerate(items):
        longer: dict[int, tuple[float, _Choice | None]] = {}
        for position, (cost, choices) in states.items():
            for lines, setting in item.settings.items():
                end = position + lines
                if not end + least_left[number + 1] <= wanted <= end + most_left[number + 1]:
                    continue
                if item.crosshead and not place.keeps(position, lines + _AFTER_CROSSHEAD):
                    continue
                total = cost + setting.cost + (0.0 if item.crosshead else place.break_cost(position, end))
                known = longer.get(end)
                if known is None or total < known[0]:
                    longer[end] = (total, _Choice(lines, choices))
        states = longer
    if wanted not in states:
        return None
    cost, last = states[wanted]
    counts: list[int] = []
    while last is not None:
        counts.append(last.lines)
        last = last.before
    return cost, tuple(reversed(counts))


@dataclass(frozen=True, slots=True)
class _Choice:
    lines: int
    before: _Choice | None


def _bounds(items: Sequence[Item]) -> tuple[list[int], list[int]]:
    """Least and most lines from each passage to the end."""
    least, most = [0], [0]
    for item in reversed(items):
        least.append(least[-1] + min(item.settings))
        most.append(most[-1] + max(item.settings))
    return least[::-1], most[::-1]


class _Places:
    """Where columns end, for positions counted in lines through all of them."""

    def __init__(self, columns: Sequence[int]) -> None:
        self.column: list[int] = []
        self.left: list[int] = []
        for number, lines in enumerate(columns):
            self.column += [number] * lines
            self.left += range(lines, 0, -1)

    def keeps(self, position: int, lines: int) -> bool:
        """Whether so many lines from *position* on stand in one column."""
        return position < len(self.left) and self.left[position] >= lines

    def break_cost(self, begin: int, end: int) -> float:
        """What it costs that a paragraph runs from one column to the next."""
        if end - begin < 2 or end > len(self.column) or self.column[begin] == self.column[end - 1]:
            return 0.0
        cost = _ORPHAN if self.left[begin] == 1 else 0.0
        if self.column[end - 1] != self.column[end - 2]:
            cost += _WIDOW
        return cost
