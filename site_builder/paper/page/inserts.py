"""What stands among the stories and is none: contents (导读), advertisements, fillers, banners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.messages import Messages
from site_builder.model.edition import Advertisement
from site_builder.model.settings import Settings
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Placed
from site_builder.paper.page.lettering import ems, fitting, set_line
from site_builder.paper.page.plan import Box, Cells, Furniture, Panel, Piece, Stroke, pin_cells
from site_builder.text.typography import phrases

_LABEL = 6.5
"""Size of the words that tell an advertisement from news (广告法 art. 14 asks for them)."""
_CONTENTS_HEAD, _CONTENTS_LARGEST, _CONTENTS_SMALLEST = 13.0, 13.0, 9.0
_FEW, _CONTENTS_FEW = 2, 24.0
"""How many entries are few, and the largest size that they are set in, so as to fill their box."""
_ROW_SIGNS = 9
"""Signs that a row of large entries holds at the least: shorter rows break words."""
_INSET = 8.0
_ROW_EM = 1.36
"""Pitch of the rows of contents, in em."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of contents."""

    headline: str
    page: int


def cells_box(form: Format, cells: Cells) -> Box:
    """Where *cells* are on the page, without the gap below them."""
    return Box(
        form.x(cells.column), form.y(cells.line), form.breadth(cells.columns), form.depth(cells.lines - form.grid.gap)
    )


def contents(form: Format, messages: Messages, cells: Cells, entries: Sequence[Entry]) -> Placed:
    """导读: what stands on the other pages. As many *entries* as fit whole, in their order."""
    box = cells_box(form, cells)
    head = set_line(
        messages.text("print.page.contents"),
        Box(box.x + _INSET, box.y + _INSET, box.width - 2 * _INSET, _CONTENTS_HEAD), "hei", 800, color="accent",
    )  # fmt: skip
    top = box.y + _INSET + _CONTENTS_HEAD + 7
    room = Box(box.x + _INSET, top + 6, box.width - 2 * _INSET, box.y + box.height - top - 6 - _INSET)
    pieces = tuple(_entries(messages, entries, room))
    strokes = (
        Stroke(box.x, box.y, box.x + box.width, box.y, form.rules.heavy, "accent"),
        Stroke(box.x + _INSET, top, box.x + box.width - _INSET, top, form.rules.hairline, "rule"),
        Stroke(box.x, box.y + box.height, box.x + box.width, box.y + box.height, form.rules.hairline, "rule"),
    )
    return Placed(Furniture("contents", box, (head, *pieces), strokes, (Panel(box, "tint"),)), cells)


def _entries(messages: Messages, entries: Sequence[Entry], room: Box) -> Iterator[Piece]:
    widest = max(round(room.width / (_ROW_SIGNS + 4) * 2) / 2, _CONTENTS_LARGEST)
    size = min(_CONTENTS_FEW, widest) if len(entries) <= _FEW else _CONTENTS_LARGEST
    while size > _CONTENTS_SMALLEST and _entries_height(entries, size, room.width) > room.height:
        size -= 0.5
    free = max(room.height - _entries_height(entries, size, room.width), 0)
    gap = size * 0.5 + min(free / max(len(entries), 1), size)
    # What is left over is shared by head and foot, so that few entries do not hang at the top of an empty box.
    y = room.y + max(free - (gap - size * 0.5) * (len(entries) - 1), 0) / 2
    for entry in entries:
        rows = _rows(entry.headline, (room.width - 4 * size) / size)
        height = len(rows) * size * _ROW_EM
        if y + height > room.y + room.height + size:
            return
        for index, row in enumerate(rows):
            yield set_line(row, Box(room.x, y + index * size * _ROW_EM, room.width - 4 * size, size), "hei", 600)
        number = messages.text("print.page.see", number=str(entry.page))
        yield set_line(
            number,
            Box(room.x + room.width - 4 * size, y, 4 * size, size * 0.85),
            "hei",
            400,
            align="end",
            color="accent",
        )
        y += height + gap


def _entries_height(entries: Sequence[Entry], size: float, width: float) -> float:
    rows = sum(len(_rows(entry.headline, (width - 4 * size) / size)) for entry in entries)
    return rows * size * _ROW_EM + (len(entries) - 1) * size * 0.5


def _rows(headline: str, measure: float) -> list[str]:
    """*headline* in rows of at most *measure* em, broken between phrases where that can be."""
    rows: list[str] = []
    for phrase in phrases(headline):
        if rows and ems(rows[-1] + phrase.rstrip("　 ")) <= measure:
            rows[-1] += phrase
        else:
            rows.extend(_cut(phrase, measure))
    return [row.strip("　 ") for row in rows]


def _cut(phrase: str, measure: float) -> Iterator[str]:
    """A *phrase* too long for a row, in rows as even as can be."""
    count = max(-(-ems(phrase) // measure), 1)
    most = ems(phrase) / count
    row = ""
    for sign in phrase:
        if row and count > 1 and ems(row + sign) > min(most + 0.5, measure) and sign.isalnum() and not sign.isascii():
            yield row
            row = ""
        row += sign
    yield row


def advertisement(form: Format, messages: Messages, advert: Advertisement) -> Placed:
    """广告 or 公益广告: the picture fills its cells, and a word in its corner says what it is."""
    cells = pin_cells(advert.pin)
    whole = cells_box(form, cells)
    box = Box(whole.x, whole.y, whole.width, whole.height - _LABEL - 3)
    words = messages.text("print.page.public-advertisement" if advert.public else "print.page.advertisement")
    label = set_line(
        words, Box(whole.x, whole.y + whole.height - _LABEL, whole.width, _LABEL), "hei", align="end", color="grey"
    )
    frame = Panel(box, "", form.rules.hairline)
    furniture = Furniture("advertisement", whole, (label,), (), (frame,), advert.file, advert.alt, box)
    return Placed(furniture, cells)


def filler(form: Format, settings: Settings, messages: Messages, cells: Cells) -> Placed:
    """What fills a gap that no story fills: how to reach the newsroom."""
    box = cells_box(form, cells)
    publication = settings.publication
    rows = [
        (label + value)
        for label, value in (
            (messages.text("print.labels.hotline"), publication.hotline),
            (messages.text("print.labels.address"), publication.address),
            (messages.text("print.labels.postcode"), publication.postcode),
            ("", settings.site_url.split("//")[-1].strip("/")),
        )
        if value
    ]
    width = box.width - 2 * _INSET
    name = fitting(settings.site_name, width, min(26.0, box.height / 3))
    small = min([form.text.size, *(fitting(row, width, form.text.size) for row in rows)])
    pitch = small * 1.5
    count = min(len(rows), max(int((box.height - 2 * _INSET - name * 1.4) / pitch), 0))
    y = box.y + (box.height - name - (name * 0.4 + count * pitch if count else 0)) / 2
    pieces = [
        set_line(
            settings.site_name, Box(box.x + _INSET, y, width, name), "song-heavy", 900, align="center", color="accent"
        )
    ]
    y += name * 1.4
    for index in range(count):
        pieces.append(
            set_line(rows[index], Box(box.x + _INSET, y + index * pitch, width, small), "hei", align="center")
        )  # fmt: skip
    return Placed(Furniture("filler", box, tuple(pieces), (), (Panel(box, "tint", form.rules.hairline),)), cells)


def banner(form: Format, cells: Cells, words: str) -> Placed:
    """通栏: the name of a campaign or a series across the page, between two rules."""
    box = cells_box(form, cells)
    size = fitting(words, box.width * 0.9, box.height * 0.62)
    y = box.y + (box.height - size) / 2
    piece = set_line(words, Box(box.x, y, box.width, size), "song-heavy", 900, align="center", color="accent")
    right, foot = box.x + box.width, box.y + box.height
    strokes = (
        Stroke(box.x, box.y, right, box.y, form.rules.heavy, "accent"),
        Stroke(box.x, foot, right, foot, form.rules.hairline, "accent"),
    )
    return Placed(Furniture("banner", box, (piece,), strokes), cells)
