from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.text.typography import (
    count_characters,
    join_soft_breaks,
    phrases,
    summarise,
    unbroken_numbers,
)

chinese = st.text(st.sampled_from("工会报，。、：“”《》（）……——　ab12 345%\n"), max_size=40)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("职工\n服务", "职工服务"),
        ("服务，\n“中心”", "服务，“中心”"),
        ("用 AI\n体检", "用 AI\n体检"),
        ("the\nunion", "the\nunion"),
        ("𬭎\n字", "𬭎字"),
    ],
)
def test_soft_breaks(text: str, joined: str) -> None:
    assert join_soft_breaks(text) == joined


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("细化招聘服务　突出精准送岗", ["细化招聘服务　", "突出精准送岗"]),
        ("青岛：逐条销号", ["青岛：", "逐条销号"]),
        ("为职工建“数据档案”", ["为职工建", "“数据档案”"]),
        ("湖北培育“数智木兰”　中建三局先建", ["湖北培育", "“数智木兰”　", "中建三局先建"]),
        ("没有停顿", ["没有停顿"]),
        ("——推进民主管理", ["——推进民主管理"]),
        ("热点——解读", ["热点——", "解读"]),
        ("求助热线12351上半年办结率98.6%", ["求助热线12351", "上半年办结率98.6%"]),
        ("海棠区设饮水站36处", ["海棠区设饮水站36处"]),
        ("7月20日起全市开放3万平方米车间", ["7月20日", "起全市开放3万平方米车间"]),
    ],
)
def test_headlines_break_at_marks_and_never_before_a_space(headline: str, expected: list[str]) -> None:
    assert list(phrases(headline)) == expected


@given(chinese)
def test_phrases_lose_nothing(text: str) -> None:
    assert "".join(phrases(text)) == text


@given(chinese)
def test_numbers_lose_nothing(text: str) -> None:
    assert "".join(piece for piece, _ in unbroken_numbers(text)) == text


def test_a_number_keeps_its_unit_or_measure_word() -> None:
    assert unbroken_numbers("达94%，2024—2026年12月有3万名，共5本") == (
        ("达", False),
        ("94%", True),
        ("，", False),
        ("2024—2026年12月", True),
        ("有", False),
        ("3万名", True),
        ("，共", False),
        ("5", True),
        ("本", False),
    )


@pytest.mark.parametrize(
    ("text", "limit", "summary"),
    [
        ("第一句。第二句。", 90, "第一句。第二句。"),
        ("第一句。第二句很长很长。", 6, "第一句。"),
        ("没有句号的一长串文字", 6, "没有句号……"),
        ("短", 6, "短"),
        ("“他说。”然后呢。", 5, "“他说。”"),
        ("The union won. The rest follows.", 20, "The union won."),
        ("It said “we won.” The rest follows.", 20, "It said “we won.”"),
        ("Is it 3.5 or 4? Nobody knows.", 20, "Is it 3.5 or 4?"),
        ("达3.5万人。完", 90, "达3.5万人。"),
        ("the\nunion\n职工\n服务", 90, "the union 职工服务"),
    ],
)
def test_summaries_are_whole_sentences(text: str, limit: int, summary: str) -> None:
    assert summarise(text, limit) == summary


@given(chinese, st.integers(5, 40))
def test_summaries_fit(text: str, limit: int) -> None:
    assert len(summarise(text, limit)) <= limit


def test_length_counts_characters_not_marks() -> None:
    assert count_characters("工会，AI 5个。") == 6
