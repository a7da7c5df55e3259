"""A printed page as pictures for screens: one for strips of pages, one for a phone, two to read and to zoom."""

from __future__ import annotations

import hashlib
import io

from PIL import Image

from site_builder.model import urls
from site_builder.render.artifact import Artifact

WIDTHS = (240, 800, 1600, 2400)
WIDEST = WIDTHS[-1]
"""In px; on a broadsheet of 390 mm a sign of 10 points is then 22 px high."""
JPEG_WIDTHS = (240, 1600)
"""For browsers without WebP (Safari 14 on macOS 10.15 is one), which so get one that can be read, and a small one."""
_WEBP = {"quality": 72, "method": 4}
_JPEG = {"quality": 70, "progressive": True, "optimize": True}
_TAG_CHARACTERS = 8


def facsimile_pictures(page: bytes, folder: str) -> tuple[Artifact, ...]:
    """*page* (PNG, ``WIDEST`` px wide or nearly so) in all widths, narrowest first, at their places in *folder*."""
    picture = Image.open(io.BytesIO(page)).convert("RGB")
    tag = hashlib.sha256(page).hexdigest()[:_TAG_CHARACTERS]
    wanted = [(width, "webp") for width in WIDTHS] + [(width, "jpg") for width in JPEG_WIDTHS]
    return tuple(
        Artifact(urls.facsimile_picture(folder, tag, width, kind), _encoded(picture, width, kind))
        for width, kind in wanted
    )


def _encoded(picture: Image.Image, width: int, kind: str) -> bytes:
    height = round(picture.height * width / picture.width)
    scaled = picture.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if kind == "webp":
        scaled.save(out, "WEBP", **_WEBP)
    else:
        scaled.save(out, "JPEG", **_JPEG)
    return out.getvalue()
