from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from site_builder.render.pictures.images import MAX_SIDE, PhotoInput, make_variants, measure, variant_widths

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
        "photos/2024/a.png.01234567-480.webp",
        "photos/2024/a.png.01234567-960.webp",
        "photos/2024/a.png.01234567-1000.webp",
        "photos/2024/a.png.01234567-1000.jpg",
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


def test_a_long_strip_is_measured_only_when_its_variants_fit() -> None:
    assert measure(picture((3200, 2 * MAX_SIDE))) == (3200, 2 * MAX_SIDE)
    assert measure(picture((4, MAX_SIDE + 1))) is None
    assert [Image.open(io.BytesIO(v.data)).height for v in make_variants(PHOTO, picture((4, MAX_SIDE)))] == [
        MAX_SIDE
    ] * 2


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_is_published(form: str) -> None:
    out = io.BytesIO()
    secret = b"SECRET 13800000000"
    exif = Image.Exif()
    exif[0x013B] = secret.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    extra = {"comment": secret} if form == "JPEG" else {}
    Image.new("RGB", (20, 10)).save(out, form, exif=exif, icc_profile=profile, **extra)

    assert secret in out.getvalue()
    for variant in make_variants(PHOTO, out.getvalue()):
        assert secret not in variant.data
        assert not {"comment", "exif", "icc_profile", "xmp"} & Image.open(io.BytesIO(variant.data)).info.keys()


def swapped_profile() -> bytes:
    """An RGB profile whose red and green are exchanged, so that a conversion shows."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(128 + 4, 128 + 4 + 12 * int.from_bytes(data[128:132]), 12):
        data[at : at + 4] = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(bytes(data[at : at + 4]), data[at : at + 4])
    return bytes(data)


@pytest.mark.parametrize(("mode", "colour"), [("RGB", (255, 0, 0)), ("RGBA", (255, 0, 0, 255)), ("P", (255, 0, 0))])
def test_colours_of_another_profile_are_brought_to_srgb(mode: str, colour: tuple[int, ...]) -> None:
    out = io.BytesIO()
    image = Image.new("RGB" if mode == "P" else mode, (20, 10), colour)
    image.convert(mode).save(out, "PNG", icc_profile=swapped_profile())
    jpeg = make_variants(PHOTO, out.getvalue())[-1]

    red, green, _ = Image.open(io.BytesIO(jpeg.data)).getpixel((5, 5))  # type: ignore[misc]  # an RGB picture's
    assert (red < 30, green > 220) == (True, True)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_profile_that_does_not_fit_is_left_aside(mode: str) -> None:
    for profile in (b"no profile at all", b"\0" * 200, swapped_profile() if mode != "RGB" else b"x"):
        out = io.BytesIO()
        Image.new(mode, (20, 10)).save(out, "JPEG", icc_profile=profile)
        plain = make_variants(PHOTO, picture((20, 10), mode, "JPEG"))

        assert [v.data for v in make_variants(PHOTO, out.getvalue())] == [v.data for v in plain]
