"""Pictures in a printer's inks."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from site_builder.render.pictures.press import MOST_DPI, PressColors, profile_name

PROFILE = (Path(__file__).resolve().parents[4] / "themes/print/profiles/coldset-newsprint.icc").read_bytes()
MIDDLE = (50, 50)


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.integers(110, 400), st.integers(0, 255))
def test_what_is_opened_again_has_no_more_ink_than_allowed(seed: int, limit: int, dark: int) -> None:
    noise = Image.frombytes("RGB", (60, 40), random.Random(seed).randbytes(60 * 40 * 3))
    picture = png(noise.point(lambda level: min(level, dark)))

    made = PressColors(PROFILE, limit).prepare(picture, (0.2, 0.13), MIDDLE, grey=False)

    with Image.open(io.BytesIO(made.data)) as again:
        assert again.mode == "CMYK"
        most = max(map(sum, zip(*(band.tobytes() for band in again.split()), strict=True))) / 2.55
    assert most == pytest.approx(made.ink, abs=0.01)
    assert most <= limit


def test_white_stays_paper_and_black_is_dark() -> None:
    colors = PressColors(PROFILE, 240)
    white, black = (
        colors.prepare(png(Image.new("RGB", (90, 60), color)), (0.3, 0.2), MIDDLE, grey=grey).ink
        for color, grey in (("white", False), ("black", True))
    )

    assert white == 0
    assert black > 90


def test_resolution_is_that_of_the_original_on_paper() -> None:
    colors, picture = PressColors(PROFILE, 240), png(Image.new("RGB", (400, 300), "grey"))

    assert colors.prepare(picture, (4, 3), MIDDLE, grey=False).dpi == 100
    assert colors.prepare(picture, (4, 1), MIDDLE, grey=False).dpi == 100
    assert colors.prepare(picture, (1, 0.75), MIDDLE, grey=True).dpi == MOST_DPI


def test_only_profiles_for_inks_are_taken() -> None:
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    assert profile_name(PROFILE) == "Coldset newsprint, CGATS/SNAP TR 002-2007 (Bulletin)"
    assert profile_name(screen) is None
    assert profile_name(PROFILE[:400]) is None
    assert profile_name(b"") is None
