from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageCms, IptcImagePlugin

from site_builder.model.byline import Credit, Role
from site_builder.model.story import Photo, PhotoKind
from site_builder.render.artifact import Artifact
from site_builder.render.pictures.images import (
    MAX_SIDE,
    PublishInput,
    cut,
    make_pixels,
    measure,
    open_small,
    publish,
    variant_widths,
)
from site_builder.render.pictures.label import LONGEST, Label, label_of

LABEL = Label(("王松", "张 翀"), "新华社记者 王松 摄", "“送岗”现场 <左二> & 其他人", "一间亮着灯的教室")
PHOTO = PublishInput("2024/a.png", "0123456789abcdef", LABEL)
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=60)


def picture(size: tuple[int, int], mode: str = "RGB", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form)
    return out.getvalue()


def opened(file: Artifact) -> Image.Image:
    image = Image.open(io.BytesIO(file.data))
    image.load()
    return image


def xmp_texts(image: Image.Image, path: str) -> list[str]:
    return [str(node.text or "") for node in etree.fromstring(image.info["xmp"]).iterfind(path, NAMESPACES)]


@pytest.mark.parametrize(
    ("native", "widths"),
    [
        (3000, (240, 520, 840, 1360, 1680)),
        (1680, (240, 520, 840, 1360, 1680)),
        (1000, (240, 520, 840, 1000)),
        (240, (240,)),
        (100, (100,)),
    ],
)
def test_variants_are_never_larger_than_the_picture(native: int, widths: tuple[int, ...]) -> None:
    assert variant_widths(native) == widths


@given(st.tuples(st.integers(1, 1700), st.integers(1, 1700)), st.sampled_from(["RGB", "L", "RGBA", "CMYK"]))
@settings(max_examples=12, deadline=None)
def test_any_picture_keeps_its_shape_and_is_never_enlarged(size: tuple[int, int], mode: str) -> None:
    data = picture(size, mode, "TIFF")

    for file in make_pixels(data):
        made = opened(file)
        assert made.mode == "RGB"
        assert made.width <= size[0]
        assert abs(made.height - size[1] * made.width / size[0]) < 1 or made.height == 1


def test_every_width_comes_in_every_format() -> None:
    variants = publish(PHOTO, make_pixels(picture((1000, 500))))

    assert [v.path for v in variants] == [
        f"photos/2024/a.png.{PHOTO.tag}-{width}.{form}"
        for width, form in (
            *((width, form) for width in (240, 520, 840, 1000) for form in ("avif", "webp")),
            (480, "jpg"),
            (1000, "jpg"),
        )
    ]
    assert [opened(v).size for v in variants[-2:]] == [(480, 240), (1000, 500)]
    assert [opened(v).format for v in variants[:2]] == ["AVIF", "WEBP"]


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = picture((700, 400))

    assert make_pixels(data) == make_pixels(data)


@pytest.mark.parametrize(
    ("mode", "form"), [("RGBA", "PNG"), ("P", "PNG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("LA", "PNG"), ("1", "PNG")]
)
def test_every_mode_becomes_rgb(mode: str, form: str) -> None:
    assert {opened(file).mode for file in make_pixels(picture((20, 10), mode, form))} == {"RGB"}


@pytest.mark.parametrize("value", [0, 20000, 65535])
def test_grey_of_sixteen_bits_keeps_its_tone(value: int) -> None:
    out = io.BytesIO()
    Image.new("I;16", (20, 10), value).save(out, "PNG")
    red, green, blue = opened(make_pixels(out.getvalue())[-1]).getpixel((5, 5))  # type: ignore[misc]

    assert abs(red - value / 257) < 2
    assert red == green == blue


def test_of_a_moving_picture_the_first_frame_is_shown() -> None:
    out = io.BytesIO()
    red, blue = Image.new("RGB", (20, 10), "red"), Image.new("RGB", (20, 10), "blue")
    red.save(out, "GIF", save_all=True, append_images=[blue], duration=100)
    made = opened(make_pixels(out.getvalue())[-1])

    assert made.getpixel((5, 5))[0] > 200  # type: ignore[index]  # an RGB picture's
    assert getattr(made, "n_frames", 1) == 1


def test_a_transparent_drawing_lies_on_white_paper() -> None:
    jpeg = make_pixels(picture((20, 10), "RGBA"))[-1]

    assert opened(jpeg).getpixel((5, 5)) == (255, 255, 255)


@given(texts, texts, texts, st.lists(texts.filter(str.strip), max_size=3, unique=True))
@settings(max_examples=40, deadline=None)
def test_what_is_said_of_a_picture_reads_back_from_every_format(
    credit: str, caption: str, alt: str, names: list[str]
) -> None:
    label = Label(tuple(names), credit, caption, alt)

    for file in publish(PublishInput("a.png", "0" * 64, label), PIXELS):
        image = opened(file)
        assert xmp_texts(image, ".//dc:creator//rdf:li") == names
        assert "".join(xmp_texts(image, ".//dc:description//rdf:li")) == caption or alt
        assert "".join(xmp_texts(image, ".//photoshop:Credit")) == credit
        assert "".join(xmp_texts(image, ".//dc:rights//rdf:li")) == credit
        assert "".join(xmp_texts(image, ".//core:AltTextAccessibility//rdf:li")) == alt


PIXELS = make_pixels(picture((250, 120)))


def test_labels_leave_every_pixel_as_it_is() -> None:
    for pixel, file in zip(PIXELS, publish(PHOTO, PIXELS), strict=True):
        assert opened(pixel).tobytes() == opened(file).tobytes()


def test_old_programs_read_chinese_from_a_jpeg() -> None:
    jpeg = opened(publish(PHOTO, PIXELS)[-1])
    found = IptcImagePlugin.getiptcinfo(jpeg)  # type: ignore[arg-type]
    assert found is not None

    assert found[1, 90] == b"\x1b%G"
    assert [name.decode() for name in found[2, 80]] == ["王松", "张 翀"]  # type: ignore[union-attr]
    assert found[2, 110] == "新华社记者 王松 摄".encode()
    assert found[2, 120] == LABEL.caption.encode()


def test_a_label_of_any_length_fits_into_a_jpeg() -> None:
    long = "&" * (2 * LONGEST)
    names = tuple(Credit(Role.PHOTOGRAPHER, "&" * 50 + str(n)) for n in range(100))
    label = label_of(Photo("a.png", long, long, long, PhotoKind.AI, names))
    jpeg = publish(PublishInput("a.png", "0", label), PIXELS)[-1]

    assert xmp_texts(opened(jpeg), ".//photoshop:Credit") == ["&" * LONGEST]


def test_a_picture_made_by_a_machine_says_so() -> None:
    label = label_of(Photo("a.png", "图", "AI生成", kind=PhotoKind.AI))
    webp = publish(PublishInput("a.png", "0", label), PIXELS)[1]

    assert xmp_texts(opened(webp), ".//ext:DigitalSourceType")[0].endswith("trainedAlgorithmicMedia")


def test_addresses_change_with_the_label_and_with_the_original() -> None:
    others = (
        PublishInput(PHOTO.file, "f" * 16, LABEL),
        PublishInput(PHOTO.file, PHOTO.digest, Label((), "插图", "", "")),
    )

    assert len({PHOTO.tag, *(other.tag for other in others)}) == 3


@pytest.mark.parametrize(("focus", "colour"), [((0, 50), "red"), ((100, 50), "blue")])
def test_a_cut_keeps_the_focus(focus: tuple[int, int], colour: str) -> None:
    wide = Image.new("RGB", (300, 100), "blue")
    wide.paste(Image.new("RGB", (150, 100), "red"), (0, 0))
    out = io.BytesIO()
    wide.save(out, "PNG")
    square = cut(open_small(out.getvalue(), 100), (50, 50), focus)

    assert square.getpixel((25, 25)) == Image.new("RGB", (1, 1), colour).getpixel((0, 0))


@pytest.mark.parametrize("data", [b"", b"no picture", picture((50, 50))[:60], b"\xff\xd8\xff\xe0"])
def test_what_is_no_whole_picture_has_no_size(data: bytes) -> None:
    assert measure(data) is None


def test_a_picture_has_its_size() -> None:
    assert measure(picture((30, 20))) == (30, 20, "ink")


def test_a_long_strip_is_measured_only_when_its_variants_fit() -> None:
    assert measure(picture((3360, 2 * MAX_SIDE))) == (3360, 2 * MAX_SIDE, "ink")
    assert measure(picture((4, MAX_SIDE + 1))) is None
    assert {opened(v).height for v in make_pixels(picture((4, MAX_SIDE)))} == {MAX_SIDE}


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
    for variant in publish(PHOTO, make_pixels(out.getvalue())):
        assert secret not in variant.data
        assert not {"comment", "exif", "icc_profile"} & opened(variant).info.keys()


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
    jpeg = make_pixels(out.getvalue())[-1]

    red, green, _ = Image.open(io.BytesIO(jpeg.data)).getpixel((5, 5))  # type: ignore[misc]  # an RGB picture's
    assert (red < 30, green > 220) == (True, True)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_profile_that_does_not_fit_is_left_aside(mode: str) -> None:
    for profile in (b"no profile at all", b"\0" * 200, swapped_profile() if mode != "RGB" else b"x"):
        out = io.BytesIO()
        Image.new(mode, (20, 10)).save(out, "JPEG", icc_profile=profile)
        plain = make_pixels(picture((20, 10), mode, "JPEG"))

        assert [v.data for v in make_pixels(out.getvalue())] == [v.data for v in plain]
