"""The newsroom's own drawing of its name (报名题字), from its file."""

from __future__ import annotations

import re
from pathlib import Path

from site_builder.errors import BuildError
from site_builder.paper.page.furniture import Nameplate
from site_builder.render.pictures.images import measure

_OPENING = re.compile(rb"<svg\b[^>]*>", re.S)
_VIEW_BOX = re.compile(rb"""\bviewBox\s*=\s*["']\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']""")
_WIDTH, _HEIGHT = (re.compile(rb"""\s%b\s*=\s*["']\s*([\d.]+)""" % name) for name in (b"width", b"height"))


def read_nameplate(root: Path, file: str) -> tuple[Nameplate, bytes] | None:
    """The drawing *file* of the newsroom at *root* with its bytes; ``None`` when there is no such setting.

    Raises ``BuildError`` when the file is missing, lies outside the newsroom, or is no picture.
    """
    if not file:
        return None
    path = (root / file).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        raise BuildError("print.nameplate", file)
    data = path.read_bytes()
    ratio = _drawn_ratio(data) if path.suffix.lower() == ".svg" else _picture_ratio(data)
    if not ratio:
        raise BuildError("print.nameplate", file)
    return Nameplate(file, ratio), data


def _drawn_ratio(data: bytes) -> float:
    """Width by height of an SVG, by its viewBox or else its own size; 0 when it tells neither."""
    opening = _OPENING.search(data)
    if not opening:
        return 0.0
    box = _VIEW_BOX.search(opening[0])
    if box:
        width, height = map(float, box.groups())
    else:
        found = _WIDTH.search(opening[0]), _HEIGHT.search(opening[0])
        width, height = (float(size[1]) if size else 0.0 for size in found)
    return width / height if height else 0.0


def _picture_ratio(data: bytes) -> float:
    size = measure(data)
    return size.width / size.height if size else 0.0
