"""Proofs: a page with room round it for what its readers need: line numbers, copyfit, and boxes to sign.

A proof is a page like any other, only larger, so that it is set and checked the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from site_builder.messages import Messages
from site_builder.paper.page.moving import move_plan
from site_builder.paper.page.plan import Box, Face, Furniture, Line, PagePlan, Piece, Span, Stroke
from site_builder.render.dates import long_date

LEFT, RIGHT, TOP, BOTTOM = 30.0, 150.0, 34.0, 84.0
"""Room round the trimmed page, in points."""
EVERY = 5
"""Which lines are numbered."""
PROOF_COLOR = "proof"
PROOF_INK = "#00698f"
"""Unlike everything that a page is printed in."""
_SMALL, _NUMBER = 7.0, 4.5
_GUTTER, _NUMBER_WIDTH, _FIGURE_EM = 9.0, 7.0, 0.6
"""Points left of a text column that are white in every format, what of them a line's number may take, and what a figure
takes of its size at the most."""
_CLEAR = 1.2
"""Points above and below a number where a rule that runs through it leaves off."""
_ROW = 10.0
_BOX_HEIGHT = 44.0


def proof_plan(plan: PagePlan, messages: Messages, paper: str) -> PagePlan:
    """*plan*, of the paper of that name, on a larger sheet with the marks of a proof, in the words of *messages*."""
    moved = move_plan(plan, LEFT, TOP, RIGHT, BOTTOM)
    numbers = tuple(_line_numbers(moved))
    marks = (*numbers, *_copyfit(moved, messages), _head(moved, messages, paper))
    pieces, strokes = _strip(plan, messages)
    box = Box(0, 0, moved.width, moved.height)
    furniture = Furniture("folio", box, (*marks, *pieces), (*_trim(plan), *strokes))
    rules = tuple(part for rule in moved.strokes for part in _broken(rule, [number.box for number in numbers]))
    return replace(moved, furniture=(*moved.furniture, furniture), strokes=rules)


def _text(words: str, x: float, y: float, width: float, size: float = _SMALL, face: Face = "hei") -> Piece:
    lines = (Line((Span(words, face),)),)
    return Piece(Box(x, y, width, size), "furniture", lines, size, size * 1.3, "start", color=PROOF_COLOR)


def _line_numbers(plan: PagePlan) -> Iterator[Piece]:
    """Every fifth line of each story is numbered, in the middle of the white left of it."""
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
                    # As high in the line as a figure of the text, whose middle is a little above its baseline.
                    left = piece.box.x - (_GUTTER + _NUMBER_WIDTH) / 2
                    top = baseline - 0.36 * (piece.size - size) - 0.88 * size
                    yield replace(_text(str(number), left, top, _NUMBER_WIDTH, size), align="center")


def _broken(rule: Stroke, boxes: Sequence[Box]) -> Iterator[Stroke]:
    """*rule* without its parts that would run through *boxes*; only an upright one meets the number of a line."""
    if rule.x1 != rule.x2:
        yield rule
        return
    top, bottom = min(rule.y1, rule.y2), max(rule.y1, rule.y2)
    for box in sorted(boxes, key=lambda box: box.y):
        if box.x <= rule.x1 <= box.x + box.width and top < box.y + box.height and box.y < bottom:
            if box.y - _CLEAR > top:
                yield replace(rule, y1=top, y2=box.y - _CLEAR)
            top = box.y + box.height + _CLEAR
    if top < bottom:
        yield replace(rule, y1=top, y2=bottom)


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
