from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.text.lines import CLOSING, OPENING, atoms, break_lines

SIGNS = st.text("工会送岗技能进万家，。、“”《》（）——……　123.5%年AIGB/T ", max_size=40)


def lines(text: str, limit: float, most: int = 4, *, tear: bool = True) -> tuple[str, ...] | None:
    return break_lines(atoms(text), len, limit, most, tear=tear)


def test_a_full_width_space_is_where_a_headline_breaks() -> None:
    assert lines("工会送岗位　技能进万家", 8) == ("工会送岗位", "技能进万家")
    assert lines("工会送岗位　技能进万家", 11) == ("工会送岗位　技能进万家",)


def test_whole_phrases_are_kept_together_where_they_fit() -> None:
    text = "细化招聘服务，精准送岗上门！——广西“春风行动”招聘会现场见闻"

    assert lines(text, 10, tear=False) == ("细化招聘服务，", "精准送岗上门！——", "广西“春风行动”", "招聘会现场见闻")
    assert lines(text, 6, tear=False) is None


def test_numbers_and_words_are_never_torn() -> None:
    assert [atom.text for atom in atoms("涨3.5%，GB/T 20092-2013")] == ["涨", "3.5%，", "GB/T ", "20092-2013"]


@given(SIGNS)
def test_atoms_are_the_text(text: str) -> None:
    assert "".join(atom.text for atom in atoms(text)) == text.lstrip()


@given(SIGNS, st.integers(3, 12))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, limit: int) -> None:
    made = lines(text, limit, most=30) or ()

    assert all(len(line) <= limit for line in made)
    assert not [line for line in made[1:] if line[0] in CLOSING]
    assert not [line for line in made[:-1] if line[-1] in OPENING]


def test_an_opening_mark_keeps_what_it_opens_across_a_space() -> None:
    assert [atom.text for atom in atoms("《 11》")] == ["《 11》"]


def test_an_empty_headline_has_no_lines() -> None:
    assert lines("", 5) == ()
