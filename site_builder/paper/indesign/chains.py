"""Text as a designer wants to hold it: whole paragraphs that run through threaded frames.

A plan holds lines in places; in InDesign a story is one text. What was broken into lines and columns is joined again,
and the columns that it ran through become the frames of its thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.paper.page.plan import Align, Box, Piece, Role, Span

FLOWING = frozenset({"body", "crosshead", "end-byline"})
"""Roles that are one text and run on from column to column."""
LINE_BREAK = "\u2028"
"""InDesign's forced line break: the rows of headlines are the editor's or the layout's work, and stay."""
_EASE = 0.3
"""Of the size: how much deeper a frame is than what it holds."""
_NEAR = 0.2
"""Points by which two edges may miss each other and still be one column."""
_MOST_GAP = 3.2
"""Pitches of white within a column, as round a crosshead; where there is more, something stands in between."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A place for text."""

    box: Box


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or the rows of a headline."""

    role: Role
    spans: tuple[Span, ...]
    size: float
    pitch: float
    align: Align
    indent: float
    """Of its first line, in em."""
    color: str
    tracking: float
    above: float = 0.0
    """White before it, in points, beyond the pitch of its lines."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One text and the frames that it runs through."""

    role: Role
    frames: tuple[Frame, ...]
    paragraphs: tuple[Paragraph, ...]
    vertical: bool = False


def chains(pieces: Sequence[Piece], page_height: float) -> tuple[Chain, ...]:
    """The texts of *pieces*, which stand in reading order: running text in one thread, everything else by itself.

    Frames are a little larger than their text, and the last one of a thread has a line to spare, where there is paper:
    another program rounds and breaks lines a little differently, and what does not fit it does not show.
    """
    flowing = [piece for piece in pieces if piece.role in FLOWING]
    made = [
        Chain(
            piece.role,
            (Frame(_eased(piece.box, piece.size, page_height, piece.vertical)),),
            (_paragraph([piece], 0.0),),
            piece.vertical,
        )
        for piece in pieces
        if piece.role not in FLOWING
    ]
    if flowing:
        columns = list(_columns(flowing))
        boxes = [_around(column) for column in columns]
        frames = [Frame(_eased(box, flowing[0].size, page_height)) for box in boxes[:-1]]
        frames.append(Frame(_eased(boxes[-1], flowing[-1].pitch / _EASE, page_height)))
        made.append(Chain("body", tuple(frames), tuple(_paragraphs(columns))))
    return tuple(made)


def _eased(box: Box, size: float, page_height: float, vertical: bool = False) -> Box:
    """*box*, deeper by a share of *size*, but not beyond the paper; a vertical one also wider, to its left."""
    deeper = max(min(size * _EASE, page_height - box.y - box.height), 0.0)
    wider = min(size * _EASE, box.x) if vertical else 0.0
    return Box(box.x - wider, box.y, box.width + wider, box.height + deeper)


def _columns(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """*pieces* by the column, or the part of one, that they stand in."""
    column = [pieces[0]]
    for piece in pieces[1:]:
        before = column[-1]
        if not _below(before, piece):
            yield column
            column = []
        column.append(piece)
    yield column


def _below(before: Piece, piece: Piece) -> bool:
    same = abs(before.box.x - piece.box.x) < _NEAR and abs(before.box.width - piece.box.width) < _NEAR
    gap = piece.box.y - before.box.y - before.box.height
    return same and -_NEAR * piece.pitch <= gap <= _MOST_GAP * piece.pitch


def _around(column: Sequence[Piece]) -> Box:
    first, last = column[0].box, column[-1].box
    return Box(first.x, first.y, first.width, last.y + last.height - first.y)


def _paragraphs(columns: Sequence[Sequence[Piece]]) -> Iterator[Paragraph]:
    waiting: list[Piece] = []
    above = 0.0
    for column in columns:
        for index, piece in enumerate(column):
            if waiting and waiting[-1].role == piece.role and waiting[-1].paragraph == piece.paragraph:
                waiting.append(piece)
                continue
            if waiting:
                yield _paragraph(waiting, above)
            before = column[index - 1].box if index else None
            lead = piece.pitch - piece.size
            above = max(piece.box.y - before.y - before.height - lead, 0.0) if before else 0.0
            waiting = [piece]
    yield _paragraph(waiting, above)


def _paragraph(pieces: Sequence[Piece], above: float) -> Paragraph:
    """The paragraph that stands in *pieces*."""
    first = pieces[0]
    running = first.role in FLOWING
    spans: list[Span] = []
    lines = [line for piece in pieces for line in piece.lines]
    for index, line in enumerate(lines):
        row = list(line.spans)
        if not running and index + 1 < len(lines) and row:
            last = row[-1]
            row[-1] = Span(last.text.rstrip(" ") + LINE_BREAK, last.face, last.weight, last.dotted)
        for span in row:
            if spans and _alike(spans[-1], span):
                spans[-1] = Span(spans[-1].text + span.text, span.face, span.weight, span.dotted)
            else:
                spans.append(span)
    indent = lines[0].indent if lines else 0.0
    return Paragraph(
        first.role,
        tuple(spans),
        first.size,
        first.pitch,
        first.align,
        indent,
        first.color,
        first.tracking,
        round(above, 2),
    )


def _alike(one: Span, other: Span) -> bool:
    return (one.face, one.weight, one.dotted) == (other.face, other.weight, other.dotted)
