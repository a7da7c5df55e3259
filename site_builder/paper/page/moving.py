"""A page on a larger sheet: everything stands as it stood, with room round it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from site_builder.paper.page.plan import Box, Module, PagePlan, Panel, Piece, Stroke


def move_plan(plan: PagePlan, left: float, top: float, right: float, bottom: float) -> PagePlan:
    """*plan* with so many points of room on its four sides."""
    move = _Move(left, top)
    return replace(
        plan,
        width=plan.width + left + right,
        height=plan.height + top + bottom,
        modules=tuple(move.module(module) for module in plan.modules),
        furniture=tuple(
            replace(
                one,
                box=move.box(one.box),
                picture_box=move.box(one.picture_box) if one.picture_box else None,
                pieces=move.pieces(one.pieces),
                strokes=move.strokes(one.strokes),
                panels=move.panels(one.panels),
            )
            for one in plan.furniture
        ),
        strokes=move.strokes(plan.strokes),
    )


class _Move:
    """Moves things by *x* and *y* points."""

    def __init__(self, x: float, y: float) -> None:
        self.x, self.y = x, y

    def module(self, module: Module) -> Module:
        return replace(
            module,
            pieces=self.pieces(module.pieces),
            pictures=tuple(replace(picture, box=self.box(picture.box)) for picture in module.pictures),
            panels=self.panels(module.panels),
            strokes=self.strokes(module.strokes),
        )

    def box(self, box: Box) -> Box:
        return replace(box, x=box.x + self.x, y=box.y + self.y)

    def pieces(self, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        return tuple(replace(piece, box=self.box(piece.box)) for piece in pieces)

    def panels(self, panels: Iterable[Panel]) -> tuple[Panel, ...]:
        return tuple(replace(panel, box=self.box(panel.box)) for panel in panels)

    def strokes(self, strokes: Iterable[Stroke]) -> tuple[Stroke, ...]:
        x, y = self.x, self.y
        return tuple(replace(one, x1=one.x1 + x, x2=one.x2 + x, y1=one.y1 + y, y2=one.y2 + y) for one in strokes)
