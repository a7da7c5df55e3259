from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, IptcImagePlugin

from site_builder.render.pictures.crops import LEAST_PIXELS, SHAPES, CropInput, make_crops
from site_builder.render.pictures.label import Label

LABEL = Label(("王松",), "新华社记者 王松 摄", "", "", generated=True)
sides = st.integers(1, 9000)


def crop(width: int, height: int, focus: tuple[int, int] = (50, 50)) -> CropInput:
    return CropInput("2024/a.jpg", "0123", width, height, focus, LABEL)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def halves(width: int, height: int) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), (200, 0, 0))
    image.paste((0, 0, 200), (width // 2, 0, width, height))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@given(sides, sides)
def test_a_crop_has_its_shape_and_is_never_larger_than_the_picture(width: int, height: int) -> None:
    for shape, (across, down) in crop(width, height).sizes().items():
        wide, high = map(int, shape.split("x"))
        assert across <= width
        assert down <= height
        assert abs(across / down - wide / high) < 0.02
        assert across <= SHAPES[shape][0]
        assert across * down >= LEAST_PIXELS


@pytest.mark.parametrize(
    ("size", "shapes"),
    [
        ((4000, 3000), {"1x1": (900, 900), "4x3": (1200, 900), "16x9": (1200, 675)}),
        ((600, 900), {"1x1": (600, 600), "4x3": (600, 450), "16x9": (600, 338)}),
        ((2000, 240), {"1x1": (240, 240), "4x3": (320, 240), "16x9": (427, 240)}),
        ((256, 240), {"1x1": (240, 240)}),
        ((200, 150), {}),
    ],
)
def test_a_small_picture_gives_small_crops_or_none(size: tuple[int, int], shapes: dict[str, tuple[int, int]]) -> None:
    assert crop(*size).sizes() == shapes


def test_the_files_are_what_the_page_is_told() -> None:
    wanted = crop(1500, 1000)
    made = make_crops(wanted, halves(1500, 1000))

    assert [artifact.path for artifact in made] == [wanted.url(shape) for shape in wanted.sizes()]
    assert [opened(artifact.data).size for artifact in made] == list(wanted.sizes().values())


@pytest.mark.parametrize(("focus", "channel"), [((0, 50), 0), ((100, 50), 2)])
def test_the_focus_stays_in_sight(focus: tuple[int, int], channel: int) -> None:
    """Of a strip whose halves differ, the square shows the half with the focus and nothing else."""
    square = make_crops(crop(1200, 600, focus), halves(1200, 600))[0]
    middle = opened(square.data).getpixel((300, 300))

    assert isinstance(middle, tuple)
    assert middle.index(max(middle)) == channel
    assert len(opened(square.data).quantize(4).getcolors() or ()) <= 2


def test_every_crop_says_whom_it_is_owed_to() -> None:
    for artifact in make_crops(crop(1200, 900), halves(1200, 900)):
        image = opened(artifact.data)
        iim = IptcImagePlugin.getiptcinfo(image)
        assert "新华社记者 王松 摄".encode() in image.info["xmp"]
        assert b"trainedAlgorithmicMedia" in image.info["xmp"]
        assert iim is not None
        assert iim[2, 110] == "新华社记者 王松 摄".encode()


def test_a_picture_too_small_is_not_even_opened() -> None:
    assert make_crops(crop(100, 100), b"no picture") == ()


def test_another_focus_or_credit_has_another_address() -> None:
    tags = {
        crop(900, 900).tag,
        crop(900, 900, (0, 0)).tag,
        CropInput("2024/a.jpg", "4567", 900, 900, (50, 50), LABEL).tag,
        CropInput("2024/a.jpg", "0123", 900, 900, (50, 50), Label((), "插图", "", "")).tag,
    }

    assert len(tags) == 4
