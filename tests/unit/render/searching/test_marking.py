"""What of a record is shown as a hit: nothing is lost, nothing else is marked, and the excerpt shows the hit."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.render.searching.marking import BEFORE, CUT, LENGTH, Part, mark_excerpt, mark_text
from site_builder.render.searching.query import parse_query
from site_builder.render.searching.records import Record


def _shown(parts: Sequence[Part]) -> str:
    """Hits in brackets."""
    return "".join(f"[{text}]" if hit else text for text, hit in parts)


def _marked(text: str, query: str) -> str:
    return _shown(mark_text(text, parse_query(query).terms))


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("小港工会办起夜校", "夜校", "小港工会办起[夜校]"),
        ("夜校又见夜校", "夜校", "[夜校]又见[夜校]"),
        ("小港工会办起夜校", "夜校 工会", "小港[工会]办起[夜校]"),
        ("建成“求学圆梦”工程", "求学圆梦工程", "建成“[求学圆梦”工程]"),
        ("建成“求学圆梦”工程", '"求学圆梦"', "建成“[求学圆梦]”工程"),
        ("ＡＩ智能体检", "ai智能", "[ＡＩ智能]体检"),
        ("勞動競賽", "劳动", "[勞動]競賽"),
        ("5125个和35125个", "5125个", "[5125个]和35125个"),
        ("夜校开课", "高温", "夜校开课"),
        ("夜校开课", "", "夜校开课"),
        ("", "夜校", ""),
    ],
)
def test_hits_are_marked_as_they_stand_in_the_text(text: str, query: str, shown: str) -> None:
    assert _marked(text, query) == shown


def test_hits_that_overlap_are_marked_once() -> None:
    assert _marked("中华全国总工会", "总工会 全国总工") == "中华[全国总工]会"


def test_what_pinyin_spells_is_marked_in_its_text_and_nowhere_else() -> None:
    record: Record = {"h": "浒湾夜校", "z": [["浒湾夜校", ["xu", "wan", "ye", "xiao"]]]}

    assert _shown(mark_text("浒湾夜校", ("yexiao",), record)) == "浒湾[夜校]"
    assert _shown(mark_text("浒湾夜校", ("xw",), record)) == "[浒湾]夜校"
    assert _shown(mark_text("另一所夜校", ("yexiao",), record)) == "另一所夜校"


def _record(**texts: str) -> Record:
    return {"h": "题目", "e": ["union-news", "工会新闻"], **texts}


def test_an_excerpt_shows_the_first_hit_with_some_text_before_it_and_says_that_it_is_cut() -> None:
    body = "甲" * 40 + "夜校" + "乙" * 80
    shown = _shown(mark_excerpt(_record(b=body), ("夜校",)))

    assert shown == f"{CUT}{'甲' * BEFORE}[夜校]{'乙' * (LENGTH - BEFORE - 2)}{CUT}"


def test_an_excerpt_of_a_short_text_is_all_of_it_and_paragraphs_stand_apart() -> None:
    assert _shown(mark_excerpt(_record(b="第一段。\n夜校开课。"), ("夜校",))) == "第一段。\u3000[夜校]开课。"


def test_an_excerpt_is_not_the_headline_again() -> None:
    record = _record(b="正文里没有。") | {"h": "夜校"}

    assert _shown(mark_excerpt(record, ("夜校",))) == "正文里没有。"
    assert _shown(mark_excerpt(record | {"t": "先读提示。"}, ("夜校",))) == "先读提示。"
    assert mark_excerpt({"h": "夜校", "e": ["a", "乙"]}, ("夜校",)) == ()


_TEXT = st.text(st.sampled_from("夜校工会ＡＩai5个. “”\n勞"), max_size=30)


@given(_TEXT, _TEXT)
def test_marks_lose_nothing_and_hold_what_was_asked_for(text: str, query: str) -> None:
    parts = mark_text(text, parse_query(query).terms)

    assert "".join(piece for piece, _ in parts) == text
    assert all(piece for piece, _ in parts)


@given(_TEXT, _TEXT)
def test_an_excerpt_is_a_piece_of_the_text_of_bounded_length(body: str, query: str) -> None:
    terms = parse_query(query).terms
    shown = "".join(piece for piece, _ in mark_excerpt(_record(b=body), terms))
    bare = shown.removeprefix(CUT).removesuffix(CUT)

    assert bare == "工会新闻" or bare in body.replace("\n", "\u3000")
    assert len(bare) <= LENGTH
