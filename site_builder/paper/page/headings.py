"""Headlines: rows at the ends of words, sizes of the format's ladder, and how many lines they take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from math import ceil

from site_builder.model.story import LONG_FORM, Genre
from site_builder.paper.page.copy import BREAK_MARK
from site_builder.paper.page.format import Format, Look
from site_builder.paper.page.plan import Span
from site_builder.paper.page.request import Copy
from site_builder.paper.page.shapes import Head
from site_builder.paper.page.upright import cell_texts
from site_builder.paper.setting.atoms import CLOSING, NO_END, NO_START, OPENING
from site_builder.paper.setting.widths import Widths

LEADING = 1.25
"""Of kickers and decks: from row to row, in sizes."""
BELOW_KICKER, ABOVE_DECK, ABOVE_BYLINE, BELOW_HEAD = 0.30, 0.30, 0.45, 0.60
"""Space in lines of text."""
CENTRED_FROM = 4
"""Columns from which a headline stands in the middle."""
UPRIGHT_PITCH = 1.5
"""What a vertical kicker or deck takes of the width, in its size."""
_FULL = 0.985
"""Share of its room that a row may take, since the drawn advance differs a little from the measured one."""
_LEAD = 10
"""Priority whose smallest headline is the largest of all others."""
_MINOR = 3
"""Priority up to which a headline speaks softly."""
_MOST_WORDS = 14
_LYING = re.compile(r"[A-Za-z]|[\d.%]{4}|\d\.\d")
"""What would lie on its side, or be crammed, in a row that runs down."""
_SQUEEZED = 0.72
"""Of its smallest size, what a headline on one row may have at the worst."""
_SQUEEZED_HALF, _SQUEEZED_FULL = 0.88, 0.78
"""Of its smallest size, at most how big the headlines are that are tried besides on a page that is tight."""
_UPRIGHT_FULL, _UPRIGHT_LEAST = 0.96, 0.5
"""Share of its story's height that a vertical headline takes at most and at least."""
_PARTICLES = frozenset("的了着过们地得吗呢吧")
"""What belongs to the word before it, and begins no row."""
_BOTH = 2
_EVEN = 0.8
"""From this on, shortest row by longest, rows look even."""
_TAIL = 2
"""Characters that a row must have at least."""


def headline_look(copy: Copy, page: Format) -> Look:
    """In what face a story's headline is set."""
    if copy.priority <= _MINOR:
        return page.looks["headline-minor"]
    soft = copy.genre in LONG_FORM or copy.genre in (Genre.COMMENTARY, Genre.LETTER)
    return page.looks["headline-soft" if soft and not copy.lead else "headline"]


def unevenness(rows: Sequence[str]) -> float:
    """How ragged *rows* look, 0 to 1."""
    lengths = [len(row) for row in rows]
    return max(0.0, _EVEN - min(lengths) / max(lengths))


def row_width(text: str, look: Look, widths: Widths, *, half: bool = True) -> float:
    """Em that a row of a headline takes: its marks are *half* wide, and nothing stands between Han and Latin."""
    advances = widths.of(Span(text, look.face, look.weight))
    if not half:
        return sum(advances)
    pairs = zip(text, advances, strict=True)
    return sum(advance / 2 if character in OPENING | CLOSING else advance for character, advance in pairs)


def byline_rows(copy: Copy, page: Format, widths: Widths, breadth: float) -> tuple[str, ...]:
    """The byline in rows of at most *breadth* points, which end between names."""
    look = page.looks["byline"]
    rows: list[str] = []
    for line in copy.byline:
        row = ""
        for name in line.split(" "):
            longer = f"{row} {name}" if row else name
            if row and sum(widths.of(Span(longer, look.face, look.weight))) * look.size > breadth:
                rows.append(row)
                longer = name
            row = longer
        rows.append(row)
    return tuple(rows)


def head_points(copy: Copy, head: Head, page: Format, bylines: int) -> float:
    """Height of a horizontal head with so many rows of *bylines* and the space below, in points."""
    pitch = page.text.pitch
    height = len(head.rows) * head.size * page.headline.leading + BELOW_HEAD * pitch
    if head.kicker:
        height += len(head.kicker) * head.kicker_size * LEADING + BELOW_KICKER * pitch
    if head.deck:
        height += len(head.deck) * head.deck_size * LEADING + ABOVE_DECK * pitch
    if bylines:
        height += bylines * page.looks["byline"].pitch + ABOVE_BYLINE * pitch
    if copy.column:
        height += page.looks["column-head"].pitch * 1.5
    return height


def head_lines(copy: Copy, head: Head, page: Format, bylines: int) -> int:
    """Whole lines that a horizontal head takes."""
    return ceil(head_points(copy, head, page, bylines) / page.text.pitch)


def cells(row: str) -> int:
    """How many squares a row takes that runs down."""
    return len(cell_texts(row))


@dataclass(frozen=True)
class Headings:
    """Makes the heads of one story."""

    copy: Copy
    page: Format
    widths: Widths
    tight: bool = False
    """Also smaller than their priority asks, where nothing else makes the page possible."""

    def horizontal(self, columns: int, breadth: float) -> Iterator[Head]:
        """Heads *breadth* points wide over so many columns, in one to three rows, as big and as small as may be."""
        bounds = self.page.weight(self.copy.priority)
        steps = self.page.headline.by_columns
        largest = min(bounds.largest, steps[columns - 1] if columns <= len(steps) else bounds.largest)
        if not self.copy.lead:
            # Nothing on the page is bigger than what leads it, however small that has to be.
            largest = min(largest, self.page.weight(_LEAD).smallest)
        smallest = min(bounds.smallest, largest)
        look = headline_look(self.copy, self.page)
        for count in (1, 2, 3) if columns == 1 else (1, 2):
            rows = self._rows(self.copy.headline, count)
            if rows is None:
                continue
            fits = breadth * _FULL / max(row_width(row, look, self.widths) for row in rows)
            # On one row a headline may be smaller than it should be, where the page has no room for two.
            single = count == 1 and not self.copy.lead
            least = smallest * (_SQUEEZED if single or self.tight else 1.0)
            sizes = {self._size(fits, largest, least), self._size(fits, min(largest, max(smallest, least)), least)}
            if self.copy.lead:
                sizes.add(self._size(fits, (smallest + largest) / 2, least))
            if self.tight:
                sizes |= {self._size(fits, smallest * share, least) for share in (_SQUEEZED_HALF, _SQUEEZED_FULL)}
            for size in sorted(sizes - {0.0}, reverse=True):
                yield self._with_small(Head("horizontal", size, rows), columns, breadth)

    def vertical(self, depth: float, breadth: float) -> Iterator[Head]:
        """Heads *depth* points high and at most *breadth* wide, in one or two rows; none with Latin or long figures."""
        copy = self.copy
        if _LYING.search("".join(copy.headline)) and copy.form != "vertical":
            return
        smallest, largest = self.page.headline.vertical
        largest = min(largest, self.page.weight(copy.priority).largest)
        for count in (1, 2):
            rows = self._rows(copy.headline, count)
            if rows is None:
                continue
            room, tall = depth * _UPRIGHT_FULL, max(map(cells, rows))
            least = max(smallest, depth * _UPRIGHT_LEAST / tall)
            bound = min(room / tall, breadth / (count * self.page.headline.leading))
            size = self._size(bound, largest, least)
            head = self._upright(size, rows, room)
            if size and head and vertical_breadth(head, self.page) > breadth:
                # Kicker and deck take their share of the width.
                over = vertical_breadth(head, self.page) - breadth
                size = self._size(size - over / (count * self.page.headline.leading), largest, least)
                head = self._upright(size, rows, room)
            if size and head and vertical_breadth(head, self.page) <= breadth:
                yield head

    def _upright(self, size: float, rows: tuple[str, ...], room: float) -> Head | None:
        """A vertical head of that size; ``None`` when its kicker or deck is longer than *room* points."""
        kicker, deck = self._whole(self.copy.kicker), self._whole(self.copy.deck)
        kicker_size = self._small_size(size, "kicker", room, kicker)
        deck_size = self._small_size(size, "deck", room, deck)
        if kicker_size is None or deck_size is None:
            return None
        return Head("vertical", size, rows, kicker, deck, kicker_size, deck_size)

    def _with_small(self, head: Head, columns: int, breadth: float) -> Head:
        """*head* with kicker and deck in as few rows as they need."""
        kicker, kicker_size = self._small(self.copy.kicker, "kicker", head.size, breadth)
        deck, deck_size = self._small(self.copy.deck, "deck", head.size, breadth)
        centred = columns >= CENTRED_FROM or self.copy.lead
        return Head("horizontal", head.size, head.rows, kicker, deck, kicker_size, deck_size, centred)

    def _small(self, words: tuple[str, ...], name: str, size: float, breadth: float) -> tuple[tuple[str, ...], float]:
        if not words:
            return (), 0.0
        look = self.page.looks[name]
        share, least, most = getattr(self.page.headline, name)
        wanted = min(max(size * share, least), most)
        for count in range(1, 5):
            rows = self._rows(words, count) or self._rows(tuple("".join(words)), count)
            if rows is None:
                continue
            fits = breadth * _FULL / max(row_width(row, look, self.widths, half=False) for row in rows)
            if fits >= least:
                return rows, _half_points(min(wanted, fits))
        return ("".join(words),), least

    def _small_size(self, size: float, name: str, depth: float, rows: tuple[str, ...]) -> float | None:
        """Size of a kicker or deck that runs down in one row; ``None`` when it does not fit, 0 without one."""
        if not rows:
            return 0.0
        share, least, most = getattr(self.page.headline, name)
        fits = min(max(size * share, least), most, depth / cells(rows[0]))
        return _half_points(fits) if fits >= least else None

    def _whole(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return ("".join(words),) if words else ()

    def _size(self, fits: float, largest: float, smallest: float) -> float:
        """The largest size of the ladder within all bounds, or 0. The editor's own size wins where it fits."""
        wanted = self.copy.headline_size
        if wanted:
            return wanted if wanted <= fits else 0.0
        return next((size for size in self.page.headline.sizes if smallest <= size <= min(fits, largest)), 0.0)

    def _rows(self, words: tuple[str, ...], count: int) -> tuple[str, ...] | None:
        return split_rows(words, count)


def vertical_breadth(head: Head, page: Format) -> float:
    """Width of a vertical head, in points."""
    return (
        len(head.rows) * head.size * page.headline.leading
        + (head.kicker_size * UPRIGHT_PITCH if head.kicker else 0.0)
        + (head.deck_size * UPRIGHT_PITCH if head.deck else 0.0)
    )


@lru_cache(maxsize=4096)
def split_rows(words: tuple[str, ...], count: int) -> tuple[str, ...] | None:
    """*words* in *count* rows as even as they can be; ``None`` when they do not make so many.

    Where the editor has marked the ends of rows, they are as marked, and there is no other way.
    """
    if BREAK_MARK in "".join(words):
        rows = tuple(row.strip() for row in "".join(words).split(BREAK_MARK) if row.strip())
        return rows if len(rows) == count else None
    pieces = _joined(words)
    if count == 1:
        return ("".join(pieces).strip(),)
    if len(pieces) < count or len(pieces) > _MOST_WORDS * 2:
        return None
    best: tuple[float, tuple[str, ...]] | None = None
    for cuts in combinations(range(1, len(pieces)), count - 1):
        rows = tuple("".join(pieces[a:b]).strip() for a, b in pairwise((0, *cuts, len(pieces))))
        lengths = [len(row) for row in rows]
        if min(lengths) < _TAIL:
            continue
        bonus = sum(_phrase_end(pieces[cut - 1]) for cut in cuts)
        # Words of one character are often parts of a longer one that the dictionary does not know (变｜身, 跑｜出).
        single = sum(_torn(pieces[cut - 1], pieces[cut]) for cut in cuts)
        orphaned = sum(pieces[cut][0] in _PARTICLES for cut in cuts)
        cost = max(lengths) - 0.6 * min(lengths) - bonus + 1.2 * single + 4.0 * orphaned
        if best is None or cost < best[0]:
            best = (cost, rows)
    return best[1] if best else None


def _torn(before: str, after: str) -> float:
    """How likely a word ends with *before* and goes on with *after*, as a count of words of one character."""
    singles = (len(before) == 1) + (len(after) == 1)
    return singles + (singles == _BOTH)


def _phrase_end(piece: str) -> float:
    """How much better a row ends after *piece*: at the white between clauses best of all, then at marks."""
    return 12.0 if piece.endswith("\u3000") else 3.0 if piece[-1] in "，；：！？" else 0.0


def _joined(words: Sequence[str]) -> list[str]:
    """*words* with marks that may not begin or end a row joined to their neighbours."""
    pieces: list[str] = []
    for word in words:
        if pieces and (word[0] in NO_START or word.isspace() or pieces[-1][-1] in NO_END):
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces


def _half_points(size: float) -> float:
    return int(size * 2) / 2
