"""Pages for the press: room for the bleed, and outside it what printers look at: crop and register marks, patches.

A page for the press is a page like any other, only larger, so that it is set and checked the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.messages import Messages
from site_builder.paper.page.format import FULL, POINTS_PER_MM, Format, Ink
from site_builder.paper.page.moving import move_plan
from site_builder.paper.page.plan import Box, Furniture, Line, PagePlan, Panel, Piece, Span, Stroke

ROOM = 12 * POINTS_PER_MM
"""Round the trimmed page, in points."""
REGISTER = "press-register"
"""The colour of marks: all plates print it, so that they can be laid one upon the other."""
PLATES: Mapping[str, Ink] = {
    "press-cyan": (FULL, 0, 0, 0),
    "press-magenta": (0, FULL, 0, 0),
    "press-yellow": (0, 0, FULL, 0),
    "press-black": (0, 0, 0, FULL),
    "press-half": (0, 0, 0, FULL / 2),
}
"""The patches at the foot of the sheet."""
_MARK = 5 * POINTS_PER_MM
_PATCH = 4 * POINTS_PER_MM
_HAIR = 0.25
_SMALL = 6.0


@dataclass(frozen=True, slots=True)
class Boxes:
    """How a sheet for the press is cut, in points; the same on all four sides (ISO 15930-7, 6.13)."""

    room: float
    """From the edge of the sheet to that of the page."""
    bleed: float
    """How far beyond the edge of the page print may go."""


def press_boxes(form: Format) -> Boxes:
    """The boxes of the pages of *form*."""
    return Boxes(ROOM, min(form.page.bleed * POINTS_PER_MM, ROOM))


def press_inks(form: Format) -> dict[str, Ink]:
    """The inks of every colour that may stand on a sheet of *form*."""
    return {**PLATES, REGISTER: (FULL, FULL, FULL, FULL), **form.press.inks}


def press_plan(plan: PagePlan, form: Format, slug: str) -> PagePlan:
    """*plan* on a sheet for the press, with its marks; *slug* says outside the page what it is."""
    moved = move_plan(plan, ROOM, ROOM, ROOM, ROOM)
    boxes = press_boxes(form)
    strokes = (*_crop_marks(moved, boxes), *_register_marks(moved, boxes))
    sheet = Box(0, 0, moved.width, moved.height)
    text = Piece(
        Box(ROOM + _MARK, (ROOM - boxes.bleed - _SMALL) / 2, moved.width / 2 - ROOM - 2 * _MARK, _SMALL),
        "furniture", (Line((Span(slug, "hei"),)),), _SMALL, _SMALL * 1.3, "start",
    )  # fmt: skip
    panels = _patches(moved, boxes, list(_plates(form)))
    return replace(moved, furniture=(*moved.furniture, Furniture("folio", sheet, (text,), strokes, tuple(panels))))


def _plates(form: Format) -> Iterator[str]:
    """The plates that a page of *form* may need, and a half tone."""
    inks = [form.press.inks[name] for name in form.press.inks if name not in form.press.spots]
    for index, name in enumerate(PLATES):
        if index > 2 or form.press.pictures == "color" or any(ink[index] for ink in inks):
            yield name
    yield from form.press.spots


def _crop_marks(plan: PagePlan, boxes: Boxes) -> Iterator[Stroke]:
    """Where the knife goes; they end where the bleed begins."""
    for x in (ROOM, plan.width - ROOM):
        for edge, way in ((ROOM - boxes.bleed, -1), (plan.height - ROOM + boxes.bleed, 1)):
            yield Stroke(x, edge, x, edge + way * _MARK, _HAIR, REGISTER)
    for y in (ROOM, plan.height - ROOM):
        for edge, way in ((ROOM - boxes.bleed, -1), (plan.width - ROOM + boxes.bleed, 1)):
            yield Stroke(edge, y, edge + way * _MARK, y, _HAIR, REGISTER)


def _register_marks(plan: PagePlan, boxes: Boxes) -> Iterator[Stroke]:
    """A cross at the middle of each side, halfway between the bleed and the edge of the sheet."""
    out, arm = (ROOM - boxes.bleed) / 2, _MARK / 2
    middles = (
        (plan.width / 2, out), (plan.width / 2, plan.height - out), (out, plan.height / 2),
        (plan.width - out, plan.height / 2),
    )  # fmt: skip
    for x, y in middles:
        yield Stroke(x - arm, y, x + arm, y, _HAIR, REGISTER)
        yield Stroke(x, y - arm, x, y + arm, _HAIR, REGISTER)


def _patches(plan: PagePlan, boxes: Boxes, names: Sequence[str]) -> Iterator[Panel]:
    top = plan.height - (ROOM - boxes.bleed + _PATCH) / 2
    for index, name in enumerate(names):
        yield Panel(Box(ROOM + _MARK + index * _PATCH, top, _PATCH, _PATCH), name)


def press_ticket(
    form: Format, profile: str, pictures: Sequence[tuple[int, str, int, float]], messages: Messages
) -> str:
    """The paper that goes with the pages: sizes, inks, profile, and each picture as (page, file, dpi, most ink).

    Lines end as editors on Windows need it.
    """
    sheet, press = form.page, form.press
    lines = [
        messages.text(
            "print.press.size", width=f"{sheet.width:g}", height=f"{sheet.height:g}", bleed=f"{sheet.bleed:g}"
        ),
        messages.text("print.press.inks", limit=f"{press.ink_limit:g}", profile=profile),
        messages.text(f"print.press.pictures-{press.pictures}"),
        *(messages.text("print.press.spot", name=name) for name in press.spots.values()),
        messages.text("print.press.standard"),
        "",
    ]
    for page, file, dpi, ink in pictures:
        key = "print.press.picture-coarse" if dpi < press.least_dpi else "print.press.picture"
        lines.append(messages.text(key, page=page, file=file, dpi=dpi, ink=f"{ink:.0f}", least=f"{press.least_dpi:g}"))
    return "\r\n".join(lines).rstrip() + "\r\n"
