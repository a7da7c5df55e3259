"""Crops of a story's first picture for search engines: square, 4:3 and 16:9 (schema.org ``image`` of an article).

They show pictures in all three shapes and cut them somewhere, unless they are given a cut that keeps the focus.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.pictures.containers import embed
from site_builder.render.pictures.images import cut, open_small
from site_builder.render.pictures.label import Label, iim_records, xmp_packet

SHAPES = {"1x1": (900, 900), "4x3": (1200, 900), "16x9": (1200, 675)}
"""Name of the shape → largest size in px. 1200 px wide is what large previews ask for; the square has as many pixels
as the widest."""
LEAST_PIXELS = 50_000
"""Width times height: what is smaller is no picture of an article to search engines (Google, "Article structured
data")."""
_JPEG = {"quality": 80, "progressive": True, "optimize": True}
_RECIPE = repr((SHAPES, _JPEG))


@dataclass(frozen=True, slots=True)
class CropInput:
    """A picture that is to be cut. ``digest`` is that of the original, whose bytes come with the task."""

    file: str
    digest: str
    width: int
    height: int
    """Of the original in px, upright."""
    focus: tuple[int, int]
    """Per cent from left and top."""
    label: Label

    @property
    def tag(self) -> str:
        """What tells these files from all others of the same name, as for the variants of a picture."""
        seen = f"{self.digest} {self.focus} {_RECIPE} ".encode() + xmp_packet(self.label)
        return hashlib.sha256(seen).hexdigest()[:8]

    def sizes(self) -> dict[str, tuple[int, int]]:
        """(width, height) in px of each crop that can be made, by its shape; never enlarged, so a small picture has
        small ones or none."""
        found = {shape: _within(self.width, self.height, size) for shape, size in SHAPES.items()}
        return {shape: size for shape, size in found.items() if size[0] * size[1] >= LEAST_PIXELS}

    def url(self, shape: str) -> str:
        """The address of a crop; *shape* is a key of ``SHAPES``."""
        return urls.crop(self.file, self.tag, shape)


def make_crops(crop: CropInput, data: bytes) -> tuple[Artifact, ...]:
    """The crops of the picture in *data* as JPEG, which every search engine reads, with the label in each."""
    sizes = crop.sizes()
    if not sizes:
        return ()
    xmp, iim = xmp_packet(crop.label), iim_records(crop.label)
    picture = open_small(data, _side_needed(crop, sizes.values()))
    made = []
    for shape, size in sizes.items():
        out = io.BytesIO()
        cut(picture, size, crop.focus).save(out, "JPEG", **_JPEG)
        made.append(Artifact(crop.url(shape), embed("jpg", out.getvalue(), xmp, iim)))
    return tuple(made)


def _side_needed(crop: CropInput, sizes: Iterable[tuple[int, int]]) -> int:
    """The shorter side, in px, from which on the picture is large enough for all *sizes*."""
    scale = max(max(width / crop.width, height / crop.height) for width, height in sizes)
    return ceil(min(crop.width, crop.height) * scale)


def _within(width: int, height: int, largest: tuple[int, int]) -> tuple[int, int]:
    """The size of the largest cut of that shape in a picture, no larger than *largest*."""
    scale = min(width / largest[0], height / largest[1], 1)
    return round(largest[0] * scale), round(largest[1] * scale)
