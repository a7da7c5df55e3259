"""Locks of layouts: what goes in comes out, and a damaged one is told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.errors import BuildError
from site_builder.model.story import Genre
from site_builder.paper.page.lock import Assigned, Lock, LockedPage, LockedStory, asked, lock_text, parse_lock
from site_builder.paper.page.plan import Cells
from site_builder.paper.page.request import Copy
from site_builder.paper.page.shapes import Chosen, Head, Opening, Shape

PATH = "content/editions/2024-04-08.layout.lock"
NUMBERS = st.integers(0, 200)
WORDS = st.text(max_size=6)
ROWS = st.lists(WORDS, max_size=2).map(tuple)
CELLS = st.builds(Cells, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
OPENINGS = st.none() | st.builds(Opening, NUMBERS, NUMBERS, NUMBERS)
SIZES = st.integers(0, 720).map(lambda tenths: tenths / 10)
HEADS = st.builds(Head, st.sampled_from(["", "horizontal", "vertical"]), SIZES, ROWS, ROWS, deck_size=SIZES)
SHAPES = st.builds(
    Shape, NUMBERS, NUMBERS, HEADS, NUMBERS, NUMBERS, NUMBERS, OPENINGS, OPENINGS, boxed=st.booleans(), cut=NUMBERS
)
STORIES = st.lists(st.builds(LockedStory, st.builds(Chosen, WORDS, CELLS, SHAPES), WORDS), max_size=2).map(tuple)
FILLERS = st.none() | CELLS
ASSIGNED = st.lists(st.builds(Assigned, NUMBERS, st.lists(WORDS, max_size=3).map(tuple)), max_size=2).map(tuple)
LOCKS = st.builds(
    Lock, st.lists(st.builds(LockedPage, NUMBERS, WORDS, STORIES, FILLERS), max_size=2).map(tuple), ASSIGNED
)


@given(LOCKS)
def test_a_lock_comes_out_of_its_text_as_it_went_in(lock: Lock) -> None:
    again = parse_lock(lock_text(lock), PATH)

    assert again == lock


@given(LOCKS)
def test_a_story_takes_one_line_of_the_file(lock: Lock) -> None:
    stories = sum(len(page.stories) for page in lock.pages)

    assert sum(line.startswith("    {") for line in lock_text(lock).split("\n")) == stories


@given(LOCKS.filter(lambda lock: bool(lock.pages)), st.data())
def test_a_lock_that_was_cut_is_refused(lock: Lock, data: st.DataObject) -> None:
    text = lock_text(lock).rstrip()

    with pytest.raises(BuildError) as caught:
        parse_lock(text[: data.draw(st.integers(0, len(text) - 1))], PATH)
    assert caught.value.code == "print.lock-broken"


@pytest.mark.parametrize("page", [{"number": "1"}, {"number": True, "format": "a4", "stories": []}, {"numbre": 1}, 3])
def test_what_is_no_page_is_refused(page: object) -> None:
    with pytest.raises(BuildError) as caught:
        parse_lock(json.dumps({"version": 1, "pages": [page]}), PATH)
    assert caught.value.values[0] == PATH


def test_a_lock_of_another_version_is_told() -> None:
    with pytest.raises(BuildError) as caught:
        parse_lock('{"version": 99, "pages": []}', PATH)
    assert caught.value.code == "print.lock-version"


@pytest.mark.parametrize("words", [("一纸合同｜稳住队伍",), ("一纸", "合同", "｜", "稳住", "队伍")])
def test_marked_rows_are_the_same_wish_with_and_without_a_dictionary(words: tuple[str, ...]) -> None:
    """A page with a marked headline was laid out anew, or refused, where the dictionary is not installed."""
    copy = Copy("a", 5, Genre.NEWS, ("一纸合同", "｜", "稳住队伍"), ())

    assert asked(replace(copy, headline=words)) == asked(copy)
    assert asked(replace(copy, headline=("一纸", "｜", "合同稳住队伍"))) != asked(copy)
