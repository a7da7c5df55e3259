from __future__ import annotations

from pathlib import Path

import manimgx_fonts_cjk
import pylopdf_fonts_zh_cn
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.paper.faces import Face, read_faces

SERIF = pylopdf_fonts_zh_cn.serif_path().read_bytes()
COLLECTION = (Path(manimgx_fonts_cjk.__file__).parent / "NotoSansCJK-VF.otf.ttc").read_bytes()


def test_a_font_says_its_family_and_its_weight() -> None:
    assert read_faces(SERIF) == (Face(0, "Noto Serif SC", 400, 400),)


def test_a_variable_collection_says_its_faces_and_the_range_of_weights() -> None:
    faces = read_faces(COLLECTION)

    assert [face.family for face in faces] == [f"Noto Sans CJK {place}" for place in ("JP", "KR", "SC", "TC", "HK")]
    assert {(face.lightest, face.heaviest) for face in faces} == {(100, 900)}
    assert [face.index for face in faces] == [0, 1, 2, 3, 4]


@given(st.binary(max_size=200))
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="font"):
        read_faces(data)


@given(st.integers(1, 180))
def test_a_font_whose_table_of_tables_was_cut_off_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="font"):
        read_faces(SERIF[:length])
