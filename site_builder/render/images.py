"""Pictures: measured, turned upright, and made smaller for the web. Never enlarged, metadata left behind."""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from site_builder.model import urls
from site_builder.render.artifact import Artifact

VARIANT_WIDTHS = (480, 960, 1600)
FALLBACK_WIDTH = 1200
MAX_PIXELS = 120_000_000
"""More than any newspaper's camera; beyond it a picture is taken for a decompression bomb."""
MAX_SIDE = 16383
"""Longest side in px of a WebP picture: a strip that no variant brings below it cannot be published."""
_WEBP_QUALITY = 82
_JPEG_QUALITY = 85


@dataclass(frozen=True, slots=True)
class PhotoInput:
    """A picture to be made ready for the web. ``digest`` is that of the bytes that come with it."""

    file: str
    digest: str


_BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error,
    Pillow.DecompressionBombError,
)  # fmt: skip
"""What Pillow's decoders raise for damaged files."""


def measure(data: bytes) -> tuple[int, int] | None:
    """Width and height in px of the whole, decodable picture in *data*, upright; ``None`` when it is none.

    What has a size here, ``make_variants`` can make.
    """
    try:
        with _open(data) as image:
            return image.size
    except _BROKEN:
        return None


def make_variants(photo: PhotoInput, data: bytes) -> tuple[Artifact, ...]:
    """WebP variants and one JPEG of a picture, named after its digest.

    Colours are brought to sRGB; EXIF (places, camera owners), comments and profiles are not carried over.
    """
    with _open(data) as image:
        webp = [
            Artifact(urls.photo(photo.file, photo.digest, width, ".webp"), _encode(image, width, "WEBP"))
            for width in variant_widths(image.width)
        ]
        width = min(FALLBACK_WIDTH, image.width)
        jpeg = Artifact(urls.photo(photo.file, photo.digest, width, ".jpg"), _encode(image, width, "JPEG"))
    return (*webp, jpeg)


def make_print(data: bytes, width: int) -> bytes:
    """The picture in *data* as a JPEG for paper, *width* px wide and never enlarged; sRGB, without metadata."""
    with _open(data) as image:
        return _encode(image, min(width, image.width), "JPEG")


def variant_widths(native: int) -> tuple[int, ...]:
    """The widths that are made of a picture *native* px wide."""
    narrower = tuple(width for width in VARIANT_WIDTHS if width < native)
    return narrower if len(narrower) == len(VARIANT_WIDTHS) else (*narrower, native)


def open_picture(data: bytes) -> Pillow.Image:
    """The picture in *data*, upright, in sRGB, on white."""
    return _open(data)


def _open(data: bytes) -> Pillow.Image:
    with warnings.catch_warnings():
        # Between Pillow's warning and our own limit a large scan is fine.
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        with Pillow.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValueError("too many pixels")
            image.load()
            upright = ImageOps.exif_transpose(image)
            if _scaled_height(upright, max(variant_widths(upright.width))) > MAX_SIDE:
                raise ValueError("too long for its width")
            flat = _flatten(_to_srgb(upright))
            # Pillow writes what it finds here (a JPEG's comment, a profile) into what it saves.
            flat.info = {}
            return flat


def _to_srgb(image: Pillow.Image) -> Pillow.Image:
    """*image* in sRGB, the colours that browsers take pictures without a profile for."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    if image.mode in ("P", "PA"):
        image = image.convert("RGBA" if image.mode == "PA" or "transparency" in image.info else "RGB")
    try:
        own, web = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, own, web, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image  # A broken profile, or one for other colours than the picture's.
    return converted or image


def _flatten(image: Pillow.Image) -> Pillow.Image:
    """RGB on white: transparent drawings keep their paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Pillow.new("RGBA", image.size, "white")
        return Pillow.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")


def _scaled_height(image: Pillow.Image, width: int) -> int:
    return max(round(image.height * width / image.width), 1)


def _encode(image: Pillow.Image, width: int, format_name: str) -> bytes:
    height = _scaled_height(image, width)
    small = image.resize((width, height), Pillow.Resampling.LANCZOS) if width != image.width else image
    out = io.BytesIO()
    if format_name == "WEBP":
        small.save(out, "WEBP", quality=_WEBP_QUALITY, method=4)
    else:
        small.save(out, "JPEG", quality=_JPEG_QUALITY, progressive=True, optimize=True)
    return out.getvalue()
