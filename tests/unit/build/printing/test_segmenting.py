"""Words of headlines, and widths of the fonts that come with Bulletin."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from site_builder.build.printing.fonts import find_fonts
from site_builder.build.printing.measuring import measure_fonts
from site_builder.build.printing.segmenting import segment_words
from site_builder.build.theme_files import read_format


@given(st.text(st.sampled_from("一线岗位平均增资6.5%“家”《合同》　｜，5G吊车𬭎㙍䶮abc "), max_size=24))
def test_words_joined_are_the_headline(text: str) -> None:
    assert "".join(segment_words(text)) == text


def test_figures_keep_their_units_and_short_quotations_their_marks() -> None:
    assert "6.5%" in segment_words("一线岗位平均增资6.5%")
    assert "“数据档案”" in segment_words("六部门联手建“数据档案”")
    assert "28年" in segment_words("锉刀尖上28年")


def test_fonts_are_measured(tmp_path: Path) -> None:
    widths = measure_fonts(find_fonts(tmp_path), read_format(tmp_path, "broadsheet"))
    song, light, heavy = widths.table("song", 400), widths.table("hei", 400), widths.table("hei", 800)

    assert song["—"] == song["…"] == song["“"] == 1.0
    assert 0.4 < song["1"] < 0.6
    assert light["A"] < heavy["A"]
    assert widths.table("hei", 799) is heavy
