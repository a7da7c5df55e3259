"""Photographs: measured, turned upright, and made smaller for the web. Never enlarged, metadata left behind.

Pixels are made once for each original (``make_pixels``); what is written about them comes later (``publish``).
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps, features

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.pictures.containers import AVIF_STAND_IN, embed
from site_builder.render.pictures.label import Label, iim_records, xmp_packet
from site_builder.render.pictures.tones import nearest_tone

VARIANT_WIDTHS = (240, 520, 840, 1360, 1680)
"""Of AVIF and WebP: a thumbnail; one on a sharp screen; the front's lead; the widest figure; that on a sharp screen."""
JPEG_WIDTHS = (480, 1200)
"""For feeds, sharing, and browsers that know neither format (Safari 14 before macOS 11)."""
MAX_PIXELS = 120_000_000
"""More than any newspaper's camera; beyond it a picture is taken for a decompression bomb."""
MAX_SIDE = 16383
"""Longest side in px of a WebP picture: a strip that no variant brings below it cannot be published."""
_WEBP = {"quality": 80, "method": 2}
_JPEG = {"quality": 85, "progressive": True, "optimize": True}
_FINE = {"quality": 95, "optimize": True}
"""For a picture that somebody works on further."""
_ORIENTATION = 0x0112
_DENSEST = 10_000
"""More px per inch than any picture has."""
"""The EXIF tag that says how a camera was held."""
_LYING = frozenset({5, 6, 7, 8})
"""Its values for pictures whose width is their height when they are turned upright."""
_AVIF = {"quality": 60, "speed": 8, "max_threads": 1}
"""By tests/benchmarks/bench_pictures.py: 0.72 of the WebP's bytes for 4.8 times its time; a step slower takes 1.6 times
as long for one per cent less, a step faster gives up most of the gain. One thread: the build runs pictures side by
side."""
_RECIPE = repr((VARIANT_WIDTHS, JPEG_WIDTHS, _WEBP, _JPEG, _AVIF))


@dataclass(frozen=True, slots=True)
class PhotoInput:
    """A picture to be made ready for the web. ``digest`` is that of the bytes that come with it."""

    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class PublishInput:
    """A picture whose pixels are ready, and what is to be written about it into each file."""

    file: str
    digest: str
    """Of the original."""
    label: Label

    @property
    def tag(self) -> str:
        """What tells these files from all others of the same name, so that readers may keep them for ever.

        Of everything that makes their bytes: the original, the label, how pixels are encoded.
        """
        seen = f"{self.digest} {_RECIPE} ".encode() + xmp_packet(self.label)
        return hashlib.sha256(seen).hexdigest()[:8]


class Measures(NamedTuple):
    """What is known of a picture before it is made ready."""

    width: int
    height: int
    """In px, upright."""
    tone: str
    """Name of a tone (``tones``): about the picture's average colour."""


_BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error,
    Pillow.DecompressionBombError,
)  # fmt: skip
"""What Pillow's decoders raise for damaged files."""


def measure(data: bytes) -> Measures | None:
    """The measures of the whole, decodable picture in *data*; ``None`` when it is none.

    What has measures here, ``make_pixels`` can make.
    """
    try:
        with open_picture(data) as image:
            small = image.reduce(max(min(image.size) // 16, 1)).resize((1, 1), Pillow.Resampling.BOX)
            red, green, blue = small.tobytes()
            return Measures(*image.size, nearest_tone((red, green, blue)))
    except _BROKEN:
        return None


def make_pixels(data: bytes) -> tuple[Artifact, ...]:
    """All variants of the picture in *data*, without any metadata, each from the original: ``480.avif`` …

    Colours are brought to sRGB; EXIF (places, camera owners), comments and profiles are not carried over. Where Pillow
    was built without AVIF there is none. The widest JPEG is last.
    """
    with open_picture(data) as image:
        made = []
        for width in variant_widths(image.width):
            small = _scaled(image, width)
            if features.check("avif"):
                made.append(Artifact(f"{width}.avif", _encoded(small, "AVIF", xmp=AVIF_STAND_IN, **_AVIF)))
            made.append(Artifact(f"{width}.webp", _encoded(small, "WEBP", **_WEBP)))
        jpegs = variant_widths(image.width, JPEG_WIDTHS)
        made += [Artifact(f"{width}.jpg", _encoded(_scaled(image, width), "JPEG", **_JPEG)) for width in jpegs]
    return tuple(made)


def publish(photo: PublishInput, pixels: tuple[Artifact, ...]) -> tuple[Artifact, ...]:
    """The files of the site: *pixels* of ``make_pixels`` with the label in each of them."""
    xmp, iim, tag = xmp_packet(photo.label), iim_records(photo.label), photo.tag
    made = []
    for pixel in pixels:
        width, form = pixel.path.split(".")
        path = urls.photo(photo.file, tag, int(width), f".{form}")
        made.append(Artifact(path, embed(form, pixel.data, xmp, iim)))
    return tuple(made)


def make_print(data: bytes, width: int) -> bytes:
    """The picture in *data* as a JPEG for paper, *width* px wide and never enlarged; sRGB, without metadata."""
    with open_picture(data) as image:
        return _encoded(_scaled(image, min(width, image.width)), "JPEG", **_JPEG)


def cut_print(data: bytes, size: tuple[int, int], focus: tuple[int, int], grey: bool) -> bytes:
    """The picture in *data* as a JPEG that fills a frame on paper: cut to the shape of *size* (px) round its focus.

    At most as large as *size*, and never enlarged; in grey for a page that has no colours.
    """
    with open_picture(data, size) as image:
        share = min(image.width / size[0], image.height / size[1], 1.0)
        target = (max(round(size[0] * share), 1), max(round(size[1] * share), 1))
        made = cut(image, target, focus)
        return _encoded(made.convert("L") if grey else made, "JPEG", **_JPEG)


def upright_picture(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """The picture in *data* as it was delivered, and its size in px; turned upright where it says that it lies.

    Only a picture that lies is encoded anew, since programs for pages take no notice of what a camera noted.
    """
    with Pillow.open(io.BytesIO(data)) as image:
        if image.getexif().get(_ORIENTATION, 1) == 1:
            return data, image.size
        turned = ImageOps.exif_transpose(image)
        fine = _FINE if image.format == "JPEG" else {}
        return _encoded(turned, image.format or "PNG", icc_profile=image.info.get("icc_profile"), **fine), turned.size


def stated_ppi(data: bytes) -> int:
    """Px per inch that the picture in *data* names itself; 0 when it names none, or nonsense."""
    with Pillow.open(io.BytesIO(data)) as image:
        across, _ = image.info.get("dpi", (0, 0))
    return round(float(across)) if 1 <= across < _DENSEST else 0


def variant_widths(native: int, widths: tuple[int, ...] = VARIANT_WIDTHS) -> tuple[int, ...]:
    """The widths that are made of a picture *native* px wide."""
    narrower = tuple(width for width in widths if width < native)
    return narrower if len(narrower) == len(widths) else (*narrower, native)


def open_small(data: bytes, at_least: int) -> Pillow.Image:
    """The picture in *data*; a JPEG is decoded to no more than twice *at_least* px a side, which is much faster."""
    return open_picture(data, (at_least, at_least))


def cut(image: Pillow.Image, size: tuple[int, int], focus: tuple[int, int]) -> Pillow.Image:
    """*image* cut to the shape of *size* round its focus (per cent from left and top), and scaled to it."""
    return ImageOps.fit(image, size, Pillow.Resampling.LANCZOS, centering=(focus[0] / 100, focus[1] / 100))


def open_picture(data: bytes, at_least: tuple[int, int] | None = None) -> Pillow.Image:
    """The picture upright, in sRGB, on white; with *at_least* maybe smaller, but not under that width and height."""
    with warnings.catch_warnings():
        # Between Pillow's warning and our own limit a large scan is fine.
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        with Pillow.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValueError("too many pixels")
            if at_least:
                lies = image.getexif().get(_ORIENTATION, 1) in _LYING
                image.draft(None, at_least[::-1] if lies else at_least)
            image.load()
            upright = ImageOps.exif_transpose(image)
            if _scaled_height(upright, max(variant_widths(upright.width))) > MAX_SIDE:
                raise ValueError("too long for its width")
            flat = _flatten(_to_srgb(_to_eight_bits(upright)))
            # Pillow writes what it finds here (a JPEG's comment, a profile) into what it saves.
            flat.info = {}
            return flat


def _to_eight_bits(image: Pillow.Image) -> Pillow.Image:
    """Grey of 16 bits brought to 8; Pillow itself would make all but the darkest tones white."""
    if not image.mode.startswith("I"):
        return image
    wide = image.convert("I")
    return wide.point(lambda value: value * (1 / 257)).convert("L")


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


def _scaled(image: Pillow.Image, width: int) -> Pillow.Image:
    if width == image.width:
        return image
    return image.resize((width, _scaled_height(image, width)), Pillow.Resampling.LANCZOS)


def _encoded(image: Pillow.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
