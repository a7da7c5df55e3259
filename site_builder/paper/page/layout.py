"""The layout of pages as JSON: which story stands where, for e-papers with pages to click on and other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from site_builder.paper.page.order import reading_order
from site_builder.paper.page.plan import Box, Furniture, Module, PagePlan

VERSION = 1
"""Grows when a key goes or changes its meaning; docs/reference/layout-json.md describes them."""
_DIGITS = 2


def layout_json(pages: Sequence[PagePlan]) -> bytes:
    """The layout of *pages*, of one edition."""
    table = {
        "version": VERSION,
        "unit": "pt",
        "edition": pages[0].edition.isoformat() if pages else "",
        "pages": [_page(page) for page in pages],
    }
    return (json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _page(page: PagePlan) -> dict[str, object]:
    titles = {passage.story: passage.title for passage in reading_order(page) if passage.story}
    return {
        "number": page.number,
        "name": page.name,
        "format": page.format,
        "width": round(page.width, _DIGITS),
        "height": round(page.height, _DIGITS),
        "stories": [_story(module, titles.get(module.story, "")) for module in page.modules],
        "furniture": [_furniture(one) for one in page.furniture],
    }


def _story(module: Module, headline: str) -> dict[str, object]:
    outline = _around(
        [
            *(piece.box for piece in module.pieces),
            *(picture.box for picture in module.pictures),
            *(panel.box for panel in module.panels),
        ]
    )
    return {
        "story": module.story,
        "headline": headline,
        "polygons": [_polygon(outline)],
        "pictures": [{"photo": picture.photo, "polygon": _polygon(picture.box)} for picture in module.pictures],
        "cells": {
            "column": module.cells.column,
            "line": module.cells.line,
            "columns": module.cells.columns,
            "lines": module.cells.lines,
        },
    }


def _furniture(one: Furniture) -> dict[str, object]:
    return {"kind": one.kind, "polygon": _polygon(one.box), "alt": one.alt}


def _around(boxes: Iterable[Box]) -> Box:
    """The smallest box round *boxes*."""
    found = list(boxes)
    if not found:
        return Box(0, 0, 0, 0)
    left, top = min(box.x for box in found), min(box.y for box in found)
    right, bottom = max(box.x + box.width for box in found), max(box.y + box.height for box in found)
    return Box(left, top, right - left, bottom - top)


def _polygon(box: Box) -> list[list[float]]:
    """The corners of *box*, clockwise from the upper left."""
    right, bottom = box.x + box.width, box.y + box.height
    corners = ((box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom))
    return [[round(x, _DIGITS), round(y, _DIGITS)] for x, y in corners]
