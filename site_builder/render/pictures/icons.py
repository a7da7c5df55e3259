"""The icons of the installed site, of a newsroom's own logo or of the seal 工 that the site carries without one."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image as Pillow
from PIL import ImageDraw

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.pictures.images import open_picture

LEAST_SIDE = 192
"""Shortest side in px of a logo that icons can be made of: none is ever enlarged much."""
SIZES = (192, 512)
APPLE_SIZE = 180
SAFE_ZONE = 0.8
"""Part of a maskable icon's width that no mask cuts (W3C Web App Manifest, section on purpose)."""
_RED = "#ab1f1a"
_SEAL = ((0, 0), (14, 0), (14, 2.6), (8.4, 2.6), (8.4, 9.4), (15, 9.4), (15, 12), (-1, 12), (-1, 9.4), (5.6, 9.4),
         (5.6, 2.6), (0, 2.6))  # fmt: skip
"""The cut of themes/static/seal.svg from its upper left corner; the seal is 26 wide."""
_SEAL_SIDE = 26
_SEAL_CORNER = (6, 7)


@dataclass(frozen=True, slots=True)
class IconInput:
    """``digest`` is that of the logo's bytes, empty for the seal."""

    digest: str = ""


def make_icons(data: bytes) -> tuple[Artifact, ...]:
    """The icons as PNG; *data* is the logo's file, or empty for the seal."""
    logo = open_picture(data) if data else None
    plain = [(f"{size}", _square(logo, size, 1.0)) for size in SIZES]
    others = [("maskable-512", _square(logo, 512, SAFE_ZONE)), (f"apple-{APPLE_SIZE}", _square(logo, APPLE_SIZE, 0.9))]
    return tuple(Artifact(urls.icon(name), _png(image)) for name, image in (*plain, *others))


def _square(logo: Pillow.Image | None, size: int, part: float) -> Pillow.Image:
    """*size* px square; what must not be cut takes *part* of its width."""
    if logo is None:
        return _seal(size, part)
    paper = Pillow.new("RGB", (size, size), "white")
    scale = size * part / max(logo.size)
    width, height = (max(round(side * scale), 1) for side in logo.size)
    small = logo.resize((width, height), Pillow.Resampling.LANCZOS)
    paper.paste(small, ((size - width) // 2, (size - height) // 2))
    return paper


def _seal(size: int, part: float) -> Pillow.Image:
    """The seal: its ground fills the square, the sign shrinks. Drawn four times as large for smooth edges."""
    large = size * 4
    unit = large * part / _SEAL_SIDE
    margin = large * (1 - part) / 2
    image = Pillow.new("RGB", (large, large), _RED)
    points = [(margin + (x + _SEAL_CORNER[0]) * unit, margin + (y + _SEAL_CORNER[1]) * unit) for x, y in _SEAL]
    ImageDraw.Draw(image).polygon(points, fill="white")
    return image.resize((size, size), Pillow.Resampling.LANCZOS)


def _png(image: Pillow.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
