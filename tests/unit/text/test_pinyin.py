"""The shipped table of pinyin says what the library says that it is made from."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from site_builder.text.pinyin import HAN, MAX_SLUG, Readings, shipped_readings, spell, to_slug

CORRECTED = {word for word, _ in shipped_readings() if len(word) > 1}
WORDS = [word for word in phrases_dict if "，" not in word]
HAN_CHARACTER = re.compile(f"[{HAN}]")
SYLLABLE = re.compile("[a-z]+")
LONELY = "㐀"
"""A character of no word: the library takes the end of a text that might go on as a word for single characters."""


def _is_corrected(text: str) -> bool:
    return any(word in text for word in CORRECTED)


def test_every_character_is_read_alike() -> None:
    read = {char: lazy_pinyin(char)[0] for char in map(chr, pinyin_dict) if HAN_CHARACTER.match(char)}
    known = {char: syllable for char, syllable in read.items() if SYLLABLE.fullmatch(syllable)}
    assert len(known) > 40_000
    assert {char: spell(char)[0] for char in read if spell(char)[0] != known.get(char, "")} == {}


def test_every_word_is_read_alike() -> None:
    words = [word for word in WORDS if not _is_corrected(word)]
    assert len(words) > 40_000
    assert {word: spell(word) for word in words if list(spell(word)) != lazy_pinyin(word)} == {}


@given(st.lists(st.sampled_from(WORDS[::50]) | st.sampled_from("行长重庆的了和职工会"), max_size=6).map("".join))
def test_texts_are_cut_into_the_same_words(text: str) -> None:
    assume(not _is_corrected(text))
    assert list(spell(text + LONELY))[:-1] == lazy_pinyin(text + LONELY)[:-1]


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("重庆工会", "chong qing gong hui"),
        ("行长在银行", "hang zhang zai yin hang"),
        ("吕女士", "lv nv shi"),
        ("朝朝暮", "chao zhao mu"),
    ],
)
def test_words_go_before_characters(text: str, syllables: str) -> None:
    assert " ".join(spell(text)) == syllables


def test_what_is_not_chinese_has_no_syllable() -> None:
    assert spell("第1章，ok") == ("di", "", "zhang", "", "", "")
    assert spell("") == ()


def test_a_newsroom_s_own_reading_goes_first() -> None:
    assert spell("浒湾工会", Readings((("浒湾", "xu wan"),))) == ("xu", "wan", "gong", "hui")


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("青岛工会", "qing-dao-gong-hui"),
        ("AI体检 10分钟", "ai-ti-jian-10-fen-zhong"),
        ("——", ""),
        ("女职工", "nv-zhi-gong"),
        ("Ünïon ２号", "union-2-hao"),
        ("青岛：逐条销号", "qing-dao-zhu-tiao-xiao-hao"),
        ("２０２４年Über豈", "2024-nian-uber-qi"),
        ("吕梁AI智能", "lv-liang-ai-zhi-neng"),
    ],
)
def test_slugs(headline: str, slug: str) -> None:
    assert to_slug(headline) == slug


def test_slugs_are_cut_at_a_syllable() -> None:
    assert len(to_slug("庄" * 50)) <= MAX_SLUG
    assert not to_slug("庄" * 50).endswith("-")
