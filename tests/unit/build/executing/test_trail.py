from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from site_builder.build.executing.tasks import Task
from site_builder.build.executing.trail import Change, changes, read_trail, trail_of

TEXT = st.text("工会“”ab#\n", max_size=6)


@dataclass(frozen=True)
class Row:
    id: str
    headline: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Front:
    url: str
    title: str
    lead: Row | None = None
    rows: tuple[Row, ...] = ()


ROWS = st.lists(st.builds(Row, st.sampled_from("abc"), TEXT, st.lists(TEXT, max_size=2).map(tuple)), max_size=3)
FRONTS = st.builds(Front, st.just("x/"), TEXT, st.none() | st.builds(Row, TEXT, TEXT), ROWS.map(tuple))


def told(before: object, after: object) -> list[Change]:
    old, new = (read_trail(trail_of(Task("page", "x", value))) for value in (before, after))
    return list(changes(old, new))


@given(FRONTS, FRONTS)
def test_values_that_differ_are_told_apart_and_equal_ones_are_not(one: Front, other: Front) -> None:
    assert bool(told(one, other)) == (one != other)


def test_a_field_is_told_with_what_it_was_and_is() -> None:
    assert told(Front("x/", "旧"), Front("x/", "新")) == [Change("", "title", "旧", "新")]


def test_a_value_inside_a_story_is_told_with_the_story() -> None:
    before, after = (Front("x/", "", lead=Row("night-school", headline)) for headline in ("旧", "新"))

    assert told(before, after) == [Change("night-school", "headline", "旧", "新")]


def test_a_story_that_came_does_not_make_the_others_look_changed() -> None:
    rows = (Row("a", "甲"), Row("b", "乙"))

    assert told(Front("x/", "", rows=rows), Front("x/", "", rows=(Row("c", "丙"), *rows))) == [
        Change("c", "", None, "丙")
    ]
    assert told(Front("x/", "", rows=rows), Front("x/", "", rows=rows[1:])) == [Change("a", "", "甲", None)]


def test_another_order_is_told_as_such() -> None:
    rows = (Row("a", "甲"), Row("b", "乙"))

    assert told(Front("x/", "", rows=rows), Front("x/", "", rows=rows[::-1])) == [Change("", "order", None, None)]


def test_a_long_text_is_only_known_to_differ() -> None:
    assert told(Front("x/", "长" * 300), Front("x/", "长" * 301)) == [Change("", "title", None, None)]


def test_an_address_is_shortened_to_the_name_in_it() -> None:
    before, after = ([{"id": "tag:x,2024:story/night", "title": t}] for t in ("旧", "新"))
    found: list[Any] = list(changes({"items": before}, {"items": after}))

    assert found == [Change("night", "title", "旧", "新")]
