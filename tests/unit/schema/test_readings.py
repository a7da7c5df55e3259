"""``content/pinyin.yml``: what is read, what is refused and where, and that nothing wrong gets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.taxonomy import Taxonomy
from site_builder.problems import Problem
from site_builder.schema.data import DataFiles, parse_data
from site_builder.schema.text import SourceText
from site_builder.text.pinyin import Readings, spell, spell_name


def _parse(text: str) -> tuple[Taxonomy, tuple[Problem, ...]]:
    return parse_data(DataFiles(pinyin=SourceText("content/pinyin.yml", text)))


def _told(text: str) -> list[str]:
    return [f"{p.span.line}:{p.span.column}+{p.span.length} {p.code}" for p in _parse(text)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "读音:\n  - {词: 浒湾, 拼音: xu wan}\n  - 词: 闾山\n    拼音: lü  shan\n",
        "readings:\n  - {word: 浒湾, pinyin: xu wan}\n  - {word: 闾山, pinyin: ' lv shan '}\n",
    ],
    ids=["Chinese", "English"],
)
def test_words_and_readings_are_read_in_both_languages(text: str) -> None:
    taxonomy, problems = _parse(text)

    assert problems == ()
    assert taxonomy.readings == (("浒湾", "xu wan"), ("闾山", "lv shan"))


@pytest.mark.parametrize("text", ["", "读音: []\n", "读音:\n"])
def test_no_reading_is_right(text: str) -> None:
    assert _parse(text) == (Taxonomy(), ())


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{词: 浒湾, 拼音: xuwan}", "2:17+5 reading-length"),
        ("{词: 浒湾, 拼音: xu wan zhen}", "2:17+11 reading-length"),
        ("{词: 浒湾, 拼音: xu wān}", "2:17+6 reading-syllables"),
        ("{词: 浒湾, 拼音: xu3 wan1}", "2:17+8 reading-syllables"),
        ("{词: 浒湾, 拼音: xu-wan}", "2:17+6 reading-syllables"),
        ("{词: 浒湾, 拼音: Xu wan}", "2:17+6 reading-syllables"),
        ("{词: xuwan, 拼音: xu wan}", "2:9+5 reading-word"),
        ("{词: 浒·湾, 拼音: xu wan}", "2:9+3 reading-word"),
        ("{词: 浒湾}", "2:5+1 field-missing"),
        ("{词: 浒湾, 拼音: xu wan, 声调: 34}", "2:25+2 key-unknown"),
        ("{词: 浒湾, 拼音: [xu, wan]}", "2:17+1 wrong-type"),
    ],
)
def test_a_wrong_entry_is_told_at_its_place(entry: str, told: str) -> None:
    assert _told(f"读音:\n  - {entry}\n") == [told]


def test_a_word_given_twice_is_told_at_the_second_and_read_by_the_first() -> None:
    text = "读音:\n  - {词: 浒湾, 拼音: xu wan}\n  - {词: 浒湾, 拼音: hu wan}\n"

    assert _told(text) == ["3:9+2 entry-duplicate"]
    assert _parse(text)[0].readings == (("浒湾", "xu wan"),)


def test_the_message_says_how_many_there_are_of_each() -> None:
    (problem,) = _parse("读音:\n  - {词: 浒湾镇, 拼音: xu wan}\n")[1]

    assert dict(problem.values) == {"word": "浒湾镇", "characters": "3", "syllables": "2"}


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [("Xǔ-wān", "xu wan"), ("LǛ shān", "lv shan"), ("lü4 shan1", "lv shan"), ("xi'an", "xi an"), ("浒湾", "xu wan")],
)
def test_what_is_suggested_is_right_itself(typed: str, suggested: str) -> None:
    (problem,) = _parse(f'读音:\n  - {{词: 浒湾, 拼音: "{typed}"}}\n')[1]

    assert dict(problem.values)["suggestion"] == suggested
    assert _told(f"读音:\n  - {{词: 浒湾, 拼音: {suggested}}}\n") == []


_WORDS = st.text(st.sampled_from("浒湾都昌单〇𬭚"), min_size=1, max_size=3)
_SOUNDS = st.lists(st.sampled_from(["xu", "wan", "lü", "lv", "a"]), min_size=1, max_size=3).map(" ".join)


@given(st.lists(st.tuples(_WORDS, _SOUNDS), max_size=4), st.text(st.sampled_from("浒湾都昌单〇𬭚a、县"), max_size=8))
def test_every_character_keeps_its_syllable_whatever_is_in_the_file(entries: list[tuple[str, str]], text: str) -> None:
    """A reading of another length would shift what follows; with ``--keep-going`` a file with errors is used too."""
    lines = "".join(f"  - {{词: {word}, 拼音: {sounds}}}\n" for word, sounds in entries)
    taxonomy, _ = _parse(f"读音:\n{lines}")
    syllables = spell(text, Readings(taxonomy.readings))

    assert len(syllables) == len(text)
    assert [bool(syllable) for syllable in syllables] == [char not in "a、" for char in text]


def test_own_readings_go_before_the_shipped_ones_and_the_longest_word_first() -> None:
    own = Readings((("重庆", "zhong qing"), ("浒", "hu"), ("浒湾", "xu wan")))

    assert spell("重庆浒湾浒墅", own)[:5] == ("zhong", "qing", "xu", "wan", "hu")


def test_own_readings_go_before_what_is_known_of_surnames() -> None:
    assert spell_name("单小明") == ("shan", "xiao", "ming")
    assert spell_name("单小明", Readings((("单小明", "chan xiao ming"),))) == ("chan", "xiao", "ming")
    assert spell_name("单小明", Readings((("单", "dan"),))) == ("dan", "xiao", "ming")
