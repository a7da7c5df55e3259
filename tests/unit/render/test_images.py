from __future__ import annotations

import io

import pytest
from PIL import Image

from site_builder.render.images import PhotoInput, make_variants, measure, variant_widths

PHOTO = PhotoInput("2024/a.png", "0123456789abcdef")


def picture(size: tuple[int, int], mode: str = "RGB", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("native", "widths"),
    [(3000, (480, 960, 1600)), (1600, (480, 960, 1600)), (1000, (480, 960, 1000)), (300, (300,)), (480, (480,))],
)
def test_variants_are_never_larger_than_the_picture(native: int, widths: tuple[int, ...]) -> None:
    assert variant_widths(native) == widths


def test_variants_are_named_after_the_digest() -> None:
    variants = make_variants(PHOTO, picture((1000, 500)))

    assert [v.path for v in variants] == [
        "photos/2024/a.01234567-480.webp",
        "photos/2024/a.01234567-960.webp",
        "photos/2024/a.01234567-1000.webp",
        "photos/2024/a.01234567-1000.jpg",
    ]
    assert [Image.open(io.BytesIO(v.data)).size for v in variants] == [(480, 240), (960, 480), (1000, 500), (1000, 500)]


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = picture((700, 400))

    assert make_variants(PHOTO, data) == make_variants(PHOTO, data)


@pytest.mark.parametrize(
    ("mode", "form"), [("RGBA", "PNG"), ("P", "PNG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("LA", "PNG")]
)
def test_every_mode_becomes_rgb(mode: str, form: str) -> None:
    jpeg = make_variants(PHOTO, picture((20, 10), mode, form))[-1]

    assert Image.open(io.BytesIO(jpeg.data)).mode == "RGB"


def test_a_transparent_drawing_lies_on_white_paper() -> None:
    jpeg = make_variants(PHOTO, picture((20, 10), "RGBA"))[-1]

    assert Image.open(io.BytesIO(jpeg.data)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"no picture", picture((50, 50))[:60], b"\xff\xd8\xff\xe0"])
def test_what_is_no_whole_picture_has_no_size(data: bytes) -> None:
    assert measure(data) is None


def test_a_picture_has_its_size() -> None:
    assert measure(picture((30, 20))) == (30, 20)
