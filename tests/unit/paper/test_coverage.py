from __future__ import annotations

from pathlib import Path

import manimgx_fonts_cjk
import pylopdf_fonts_zh_cn
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from site_builder.paper.coverage import SUBSTITUTE, covered

SERIF = pylopdf_fonts_zh_cn.serif_path()
COLLECTION = Path(manimgx_fonts_cjk.__file__).parent / "NotoSansCJK-VF.otf.ttc"


@pytest.fixture(scope="module")
def serif() -> frozenset[int]:
    return covered(SERIF.read_bytes())


def test_a_font_covers_what_it_draws_and_nothing_else(serif: frozenset[int]) -> None:
    assert {ord(sign) for sign in "职工堃喆𬭎，“”……—①Ж" + SUBSTITUTE} <= serif
    assert not {ord("😀"), ord("𪚥"), 0xE000, 0x10FFFF} & serif


def test_coverage_agrees_with_the_glyphs_that_freetype_draws(serif: frozenset[int]) -> None:
    font = ImageFont.truetype(str(SERIF), 20)
    nothing = bytes(font.getmask("\U0010ffff"))
    for code in range(0x4E00, 0x9FFF, 97):
        assert (bytes(font.getmask(chr(code))) != nothing) == (code in serif), hex(code)


def test_every_face_of_a_collection_must_have_the_sign() -> None:
    signs = covered(COLLECTION.read_bytes())

    assert {ord(sign) for sign in "职工𠮷"} <= signs
    assert ord("😀") not in signs


@settings(max_examples=60)
@given(st.binary(max_size=300) | st.integers(0, 4000).map(lambda size: SERIF.read_bytes()[:size]))
def test_a_broken_font_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="font"):
        covered(data)
