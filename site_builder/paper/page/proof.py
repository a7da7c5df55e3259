"""Proofs: a page with room round it for what its readers need: line numbers, copyfit, and boxes to sign.

A proof is a page like any other, only larger, so that it is set and checked the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from site_builder.messages import Messages
from site_builder.paper.page.plan import Box, Face, Furniture, Line, Module, PagePlan, Piece, Span, Stroke
from site_builder.render.dates import long_date

LEFT, RIGHT, TOP, BOTTOM = 30.0, 150.0, 34.0, 84.0
"""Room round the trimmed page, in points."""
EVERY = 5
"""Which lines are numbered."""
PROOF_COLOR = "proof"
PROOF_INK = "#00698f"
"""Unlike everything that a page is printed in."""
_SMALL, _NUMBER = 7.0, 5.0
_NUMBER_WIDTH, _FIGURE_EM = 7.5, 0.6
"""Points between columns that a line's number may take, and what a figure takes of its size at the most."""
_ROW = 10.0
_BOX_HEIGHT = 44.0


def proof_plan(plan: PagePlan, messages: Messages, paper: str) -> PagePlan:
    """*plan*, of the paper of that name, on a larger sheet with the marks of a proof, in the words of *messages*."""
    moved = _moved(plan)
    marks = (*_line_numbers(moved), *_copyfit(moved, messages), _head(moved, messages, paper))
    pieces, strokes = _strip(plan, messages)
    box = Box(0, 0, moved.width, moved.height)
    furniture = Furniture("folio", box, (*marks, *pieces), (*_trim(plan), *strokes))
    return replace(moved, furniture=(*moved.furniture, furniture))


def _moved(plan: PagePlan) -> PagePlan:
    return replace(
        plan,
        width=plan.width + LEFT + RIGHT,
        height=plan.height + TOP + BOTTOM,
        modules=tuple(_moved_module(module) for module in plan.modules),
        furniture=tuple(
            replace(
                one,
                box=_shift(one.box),
                picture_box=_shift(one.picture_box) if one.picture_box else None,
                pieces=_shifted(one.pieces),
                strokes=_shifted_strokes(one.strokes),
                panels=tuple(replace(panel, box=_shift(panel.box)) for panel in one.panels),
            )
            for one in plan.furniture
        ),
        strokes=_shifted_strokes(plan.strokes),
    )


def _moved_module(module: Module) -> Module:
    return replace(
        module,
        pieces=_shifted(module.pieces),
        pictures=tuple(replace(picture, box=_shift(picture.box)) for picture in module.pictures),
        panels=tuple(replace(panel, box=_shift(panel.box)) for panel in module.panels),
        strokes=_shifted_strokes(module.strokes),
    )


def _shift(box: Box) -> Box:
    return replace(box, x=box.x + LEFT, y=box.y + TOP)


def _shifted(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(replace(piece, box=_shift(piece.box)) for piece in pieces)


def _shifted_strokes(strokes: Iterable[Stroke]) -> tuple[Stroke, ...]:
    return tuple(
        replace(stroke, x1=stroke.x1 + LEFT, x2=stroke.x2 + LEFT, y1=stroke.y1 + TOP, y2=stroke.y2 + TOP)
        for stroke in strokes
    )


def _text(words: str, x: float, y: float, width: float, size: float = _SMALL, face: Face = "hei") -> Piece:
    lines = (Line((Span(words, face),)),)
    return Piece(Box(x, y, width, size), "furniture", lines, size, size * 1.3, "start", color=PROOF_COLOR)


def _line_numbers(plan: PagePlan) -> Iterator[Piece]:
    """Every fifth line of each story is numbered, in the white left of it."""
    for module in plan.modules:
        number = 0
        for piece in module.pieces:
            if piece.role != "body" or piece.vertical:
                continue
            for index in range(len(piece.lines)):
                number += 1
                if number % EVERY == 0:
                    baseline = piece.box.y + index * piece.pitch + 0.88 * piece.size
                    size = min(_NUMBER, _NUMBER_WIDTH / (_FIGURE_EM * len(str(number))))
                    box_left, top = piece.box.x - 9, baseline - 0.88 * size
                    yield replace(_text(str(number), box_left, top, _NUMBER_WIDTH, size), align="end")


def _copyfit(plan: PagePlan, messages: Messages) -> Iterator[Piece]:
    """In the margin: each story with its characters, its lines and what was done to make it fit."""
    x, y = plan.width - RIGHT + 12, TOP + 12.0
    for module in plan.modules:
        body = [line for piece in module.pieces if piece.role == "body" for line in piece.lines]
        characters = sum(len("".join(line.text.split())) for line in body)
        fit = messages.text("print.proof.copyfit", characters=str(characters), lines=str(len(body)))
        rows = [module.story, fit]
        if module.loosened:
            key = "looser" if module.loosened > 0 else "tighter"
            rows.append(messages.text(f"print.proof.{key}", lines=str(abs(module.loosened))))
        for row in rows:
            for part in _wrapped(row):
                yield _text(part, x, y, RIGHT - 16)
                y += _ROW
        y += _ROW / 2


def _wrapped(row: str) -> Iterator[str]:
    """*row* in pieces that surely fit the margin: ids may be long."""
    most = int((RIGHT - 16) / _SMALL)
    yield from (row[start : start + most] for start in range(0, len(row), most))


def _head(plan: PagePlan, messages: Messages, paper: str) -> Piece:
    title = messages.text("print.proof.title", paper=paper, date=long_date(plan.edition, messages))
    name = messages.text("print.proof.page", number=str(plan.number), name=plan.name)
    return _text(f"{title}　{name}", LEFT, 12, plan.width - LEFT - 12, 9)


def _trim(plan: PagePlan) -> tuple[Stroke, ...]:
    """The edge of the page."""
    left, top, right, bottom = LEFT, TOP, LEFT + plan.width, TOP + plan.height
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    return tuple(Stroke(*start, *end, 0.3, PROOF_COLOR) for start, end in pairwise(corners))


def _strip(plan: PagePlan, messages: Messages) -> tuple[tuple[Piece, ...], tuple[Stroke, ...]]:
    """The row of boxes to sign, under the page."""
    top = TOP + plan.height + 20
    reviews = messages.text("print.proof.reviews").split("　")
    signature = messages.text("print.proof.signature")
    width = plan.width / len(reviews)
    pieces: list[Piece] = []
    strokes: list[Stroke] = []
    for index, name in enumerate(reviews):
        x = LEFT + index * width
        pieces += [
            _text(name, x + 5, top + 5, width - 8, 8),
            _text(signature, x + 5, top + _BOX_HEIGHT - 12, width - 8),
        ]
        strokes.append(Stroke(x, top, x, top + _BOX_HEIGHT, 0.4, PROOF_COLOR))
    right = LEFT + plan.width
    strokes += [
        Stroke(right, top, right, top + _BOX_HEIGHT, 0.4, PROOF_COLOR),
        Stroke(LEFT, top, right, top, 0.4, PROOF_COLOR),
        Stroke(LEFT, top + _BOX_HEIGHT, right, top + _BOX_HEIGHT, 0.4, PROOF_COLOR),
    ]
    return tuple(pieces), tuple(strokes)
