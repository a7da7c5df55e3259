"""A plan with only such signs as the fonts can draw."""

from __future__ import annotations

from dataclasses import replace

from site_builder.paper.page.plan import Furniture, Line, Module, PagePlan, Piece
from site_builder.paper.signs import Signs


def drawable_plan(plan: PagePlan, signs: Signs) -> PagePlan:
    """*plan* with 〓 for what no font has; *signs* notes what that was. Nothing moves: 〓 is as wide as a Han sign."""
    return replace(
        plan,
        modules=tuple(_module(module, signs) for module in plan.modules),
        furniture=tuple(_furniture(one, signs) for one in plan.furniture),
    )


def _module(module: Module, signs: Signs) -> Module:
    return replace(module, pieces=_pieces(module.pieces, signs))


def _furniture(furniture: Furniture, signs: Signs) -> Furniture:
    return replace(furniture, pieces=_pieces(furniture.pieces, signs))


def _pieces(pieces: tuple[Piece, ...], signs: Signs) -> tuple[Piece, ...]:
    return tuple(replace(piece, lines=tuple(_line(line, signs) for line in piece.lines)) for piece in pieces)


def _line(line: Line, signs: Signs) -> Line:
    return replace(line, spans=tuple(replace(span, text=signs.text(span.text)) for span in line.spans))
