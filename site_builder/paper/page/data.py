"""Laid-out pages as the JSON that ``themes/print/page/`` reads: every number in points, all words as strings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from site_builder.paper.page.format import Ink
from site_builder.paper.page.order import Drawing, Element, reading_order
from site_builder.paper.page.plan import Box, Line, PagePlan, Panel, PictureFrame, Piece, Span, Stroke
from site_builder.paper.page.upright import upright_cells
from site_builder.paper.sheet import picture_name

TIGHT = frozenset({"headline", "column-head", "furniture", "page-name"})
"""Roles set with half-width marks and without a gap between Han and Latin signs."""
CLOSE = TIGHT | {"kicker", "deck"}
"""Roles set without that gap. At the sizes of kickers and decks a half-width comma would look Latin."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a plan leaves to the hand that sets it."""

    title: str
    """Of the document, for readers' programs and screen readers."""
    fonts: Mapping[str, Sequence[str]]
    """``song``, ``hei``, ``kai`` → families, first choice first."""
    heavy: Sequence[str] = ()
    """Families of a heavy Song; when there are none, an outline makes the Song heavy."""
    colors: Mapping[str, str | Ink] = field(default_factory=dict)
    """Name in the plan → ``#rrggbb`` or inks in per cent; ``ink`` must be there."""
    language: str = "zh-CN"


def pages_json(pages: Sequence[PagePlan], look: Look) -> bytes:
    """The JSON of *pages*."""
    table = {
        "title": look.title,
        "language": look.language,
        "fonts": {role: list(names) for role, names in look.fonts.items()},
        "heavy": list(look.heavy),
        "colors": dict(look.colors),
        "pages": [_page(page) for page in pages],
    }
    return json.dumps(table, ensure_ascii=False, sort_keys=True).encode()


def frame_name(page: int, picture: PictureFrame) -> str:
    """The file of *picture* as it is cut for its frame on the page of that number."""
    return picture_name(f"{page}-{picture.story}", picture.photo)


def drawing_name(drawing: Drawing) -> str:
    """The file of a picture of the furniture."""
    return f"furniture/{drawing.file}"


def _page(page: PagePlan) -> dict[str, object]:
    grounds = [panel for module in page.modules for panel in module.panels]
    grounds += [panel for furniture in page.furniture for panel in furniture.panels]
    strokes = [stroke for module in page.modules for stroke in module.strokes]
    strokes += [*page.strokes, *(stroke for furniture in page.furniture for stroke in furniture.strokes)]
    return {
        "width": page.width,
        "height": page.height,
        "panels": [_panel(panel) for panel in grounds],
        "strokes": [_stroke(stroke) for stroke in strokes],
        "elements": [_element(element, page.number) for passage in reading_order(page) for element in passage.elements],
    }


def _element(element: Element, page: int) -> dict[str, object]:
    part = element.part
    if isinstance(part, Piece):
        return {"kind": "text", "tag": element.tag, **_piece(part)}
    name = frame_name(page, part) if isinstance(part, PictureFrame) else drawing_name(part)
    return {"kind": "picture", "tag": element.tag, "file": name, "alt": part.alt, **_box(part.box)}


def _piece(piece: Piece) -> dict[str, object]:
    table = {
        **_box(piece.box),
        "size": piece.size,
        "pitch": piece.pitch,
        "align": piece.align,
        "tracking": piece.tracking,
        "color": piece.color,
        "tight": piece.role in TIGHT,
        "close": piece.role in CLOSE,
    }
    if piece.vertical:
        cells = [
            {"x": cell.x, "y": cell.y, **_span(Span(cell.text, cell.span.face, cell.span.weight, cell.span.dotted))}
            for cell in upright_cells(piece)
        ]
        return {**table, "cells": cells}
    return {**table, "lines": [_line(line) for line in piece.lines]}


def _line(line: Line) -> dict[str, object]:
    """*line*, with the space that parts its last word from the next line apart: it must not take room from it."""
    spans, space = line.spans, False
    if spans and spans[-1].text.endswith(" "):
        kept = spans[-1].text.rstrip(" ")
        spans, space = (*spans[:-1], replace(spans[-1], text=kept)), kept[-1:].isascii()
    return {"indent": line.indent, "last": line.last, "space": space, "spans": [_span(span) for span in spans]}


def _span(span: Span) -> dict[str, object]:
    return {"text": span.text, "face": span.face, "weight": span.weight, "dotted": span.dotted}


def _box(box: Box) -> dict[str, object]:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _panel(panel: Panel) -> dict[str, object]:
    return {**_box(panel.box), "fill": panel.fill, "stroke": panel.stroke}


def _stroke(stroke: Stroke) -> dict[str, object]:
    ends = {"x1": stroke.x1, "y1": stroke.y1, "x2": stroke.x2, "y2": stroke.y2}
    return {**ends, "weight": stroke.weight, "color": stroke.color}
