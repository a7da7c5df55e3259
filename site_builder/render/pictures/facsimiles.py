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
_WEBP = {"quality": 72, "method": 4}
_TAG_CHARACTERS = 8


def facsimile_pictures(page: bytes, folder: str) -> tuple[Artifact, ...]:
    """*page* (PNG, ``WIDEST`` px wide or nearly so) in all widths, narrowest first, at their places in *folder*."""
    picture = Image.open(io.BytesIO(page)).convert("RGB")
    tag = hashlib.sha256(page).hexdigest()[:_TAG_CHARACTERS]
    return tuple(Artifact(urls.facsimile_picture(folder, tag, width), _webp(picture, width)) for width in WIDTHS)


def _webp(picture: Image.Image, width: int) -> bytes:
    height = round(picture.height * width / picture.width)
    out = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(out, "WEBP", **_WEBP)
    return out.getvalue()
