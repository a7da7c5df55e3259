"""Pictures for the press: in the printer's four inks, or in black alone, with no more ink than the paper takes."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image as Pillow
from PIL import ImageCms, ImageMath

from site_builder.render.pictures.images import cut, open_picture

MOST_DPI = 300
"""Three times the screen of newsprint; more is only slower."""
_QUALITY = (92, 92, 94, 96, 98, 100)
"""Of the JPEG, one try after another: a softer one may give back more ink than it got."""
_FULL = 255
_KEEP_BLACK = ImageCms.Flags.BLACKPOINTCOMPENSATION


@dataclass(frozen=True, slots=True)
class PressPicture:
    """A picture that is ready for the plates."""

    data: bytes
    """A JPEG of four channels, or of one where it is printed in black alone."""
    dpi: int
    """Pixels of the original to an inch of paper, as far as they were looked at: at most ``MOST_DPI``."""
    ink: float
    """The most ink at any place, in per cent."""


class PressColors:
    """The way from a screen's colours to a printer's inks.

    *profile* is an ICC profile for CMYK output; *ink_limit* is in per cent. Raises ``ValueError`` for another profile.
    """

    def __init__(self, profile: bytes, ink_limit: float) -> None:
        self._limit = ink_limit * _FULL / 100
        own, screen = _open(profile), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        try:
            # Perceptual: newsprint shows so few colours that cutting off what it lacks would flatten faces and skies.
            self._inks = ImageCms.buildTransform(
                screen, own, "RGB", "CMYK", ImageCms.Intent.PERCEPTUAL, flags=_KEEP_BLACK
            )
            self._ramp = _black_ramp(own, screen, lab)
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError) as error:
            raise ValueError(str(error)) from error

    def prepare(self, data: bytes, inches: tuple[float, float], focus: tuple[int, int], *, grey: bool) -> PressPicture:
        """The picture in *data*, cut round *focus* to a frame of so many *inches*; never enlarged."""
        width, height = inches
        most = (max(round(width * MOST_DPI), 1), max(round(height * MOST_DPI), 1))
        with open_picture(data, most) as image:
            dpi = min(image.width / width, image.height / height, MOST_DPI)
            size = (max(round(width * dpi), 1), max(round(height * dpi), 1))
            made = cut(image, size, focus)
        if grey:
            black = made.convert("L").point(self._ramp)
            return PressPicture(_jpeg(black, _QUALITY[0]), int(dpi), 100 - min(black.tobytes()) / _FULL * 100)
        separated = ImageCms.applyTransform(made, self._inks)
        assert separated is not None
        return self._within(separated, int(dpi))

    def _within(self, image: Pillow.Image, dpi: int) -> PressPicture:
        """*image* as a JPEG which, when it is opened again, has no place with more ink than is allowed."""
        limit = self._limit
        for quality in _QUALITY:
            data = _jpeg(_limited(image, limit), quality)
            with Pillow.open(io.BytesIO(data)) as again:
                most = _most_ink(again)
            if most <= self._limit:
                return PressPicture(data, dpi, most / _FULL * 100)
            limit -= most - self._limit + 1
        # So much was taken off that the little which the best JPEG adds can no longer matter to any press.
        return PressPicture(data, dpi, most / _FULL * 100)


def profile_name(data: bytes) -> str | None:
    """What the ICC profile in *data* calls itself; ``None`` when it is none for CMYK output."""
    try:
        PressColors(data, 400)
        name = ImageCms.getProfileDescription(_open(data)).strip()
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None
    return " ".join(name.split()) or "CMYK"


def _open(profile: bytes) -> ImageCms.ImageCmsProfile:
    # ICC.1:2022, 7.2: the class of the profile and its colours stand in the header.
    if profile[12:20] != b"prtrCMYK" or profile[36:40] != b"acsp":
        raise ValueError("no profile for CMYK output")
    return ImageCms.ImageCmsProfile(io.BytesIO(profile))


def _black_ramp(
    own: ImageCms.ImageCmsProfile, screen: ImageCms.ImageCmsProfile, lab: ImageCms.ImageCmsProfile
) -> list[int]:
    """For each grey of a screen the grey that black ink alone must be set in, from 0 (black) to 255 (paper).

    Dots grow on newsprint; so middle tones are set lighter, until they look as the screen showed them.
    """
    relative = ImageCms.Intent.RELATIVE_COLORIMETRIC
    inks = Pillow.merge("CMYK", [*(Pillow.new("L", (_FULL + 1, 1)) for _ in range(3)), _steps()])
    printed = _lightness(inks, ImageCms.buildTransform(own, lab, "CMYK", "LAB", relative))
    shown = _lightness(
        Pillow.merge("RGB", [_steps()] * 3), ImageCms.buildTransform(screen, lab, "RGB", "LAB", relative)
    )
    darkest, paper = printed[-1], printed[0]
    ramp = []
    for light in shown:
        wanted = darkest + light / _FULL * (paper - darkest)
        ramp.append(_FULL - min(range(_FULL + 1), key=lambda ink: abs(printed[ink] - wanted)))
    return ramp


def _steps() -> Pillow.Image:
    return Pillow.frombytes("L", (_FULL + 1, 1), bytes(range(_FULL + 1)))


def _lightness(image: Pillow.Image, transform: ImageCms.ImageCmsTransform) -> list[int]:
    made = ImageCms.applyTransform(image, transform)
    assert made is not None
    return list(made.tobytes()[::3])


def _most_ink(image: Pillow.Image) -> float:
    total = ImageMath.lambda_eval(lambda a: a["c"] + a["m"] + a["y"] + a["k"], **_wide(image))
    return float(total.getextrema()[1])


def _wide(image: Pillow.Image) -> dict[str, Pillow.Image]:
    return {name: band.convert("F") for name, band in zip("cmyk", image.split(), strict=True)}


def _limited(image: Pillow.Image, limit: float) -> Pillow.Image:
    """*image* with less cyan, magenta and yellow, in equal shares, where its inks come to more than *limit*."""
    if _most_ink(image) <= limit:
        return image
    bands = _wide(image)
    # As much less as three roundings can bring back.
    share = ImageMath.lambda_eval(
        lambda a: a["min"]((limit - 1.5 - a["k"]) / a["max"](a["c"] + a["m"] + a["y"], 1.0), 1.0), **bands
    )
    less = [
        ImageMath.lambda_eval(
            lambda a: a["convert"](a["max"](a["band"] * a["share"], 0.0), "L"), band=bands[n], share=share
        )
        for n in "cmy"
    ]
    return Pillow.merge("CMYK", [*less, image.getchannel("K")])


def _jpeg(image: Pillow.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.info = {}
    image.save(out, "JPEG", quality=quality, subsampling=0, optimize=True)
    return out.getvalue()
