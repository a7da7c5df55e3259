"""Assigning stories to pages: every story once, the editor's wishes kept, the same answer every time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.paper.page.assigning import Area, Failure, Movable, Room, choose_leads

pytest.importorskip("ortools")

from site_builder.build.printing.assigning import assign

FORM = "tabloid"


def story(number: int, size: int, priority: int = 5, **wishes: object) -> Movable:
    area = Area(int(size * 0.85), size, int(size * 1.25))
    return replace(Movable(f"s{number:02}", priority, {FORM: area}), **wishes)


def rooms(*areas: int, most: int = 8, led: tuple[int, ...] = ()) -> list[Room]:
    return [Room(n, f"第{n}版", area, most, FORM, led=n in led) for n, area in enumerate(areas, 1)]


def assigned(stories: list[Movable], pages: list[Room], *failures: Failure) -> dict[int, tuple[str, ...]]:
    return assign(stories, pages, choose_leads(stories, pages), failures)


@st.composite
def editions(draw: st.DrawFn) -> tuple[list[Movable], list[Room]]:
    pages = draw(st.integers(1, 4))
    numbers = st.none() | st.integers(1, pages)
    stories = []
    for number in range(draw(st.integers(1, 12))):
        placed = draw(st.booleans()) and draw(st.booleans())
        page = draw(st.integers(1, pages)) if placed else draw(numbers)
        before = None if placed else draw(numbers)
        wishes = {"page": page, "before": before, "placed": placed, "pictures": draw(st.integers(0, 2))}
        stories.append(story(number, draw(st.integers(20, 200)), draw(st.integers(1, 10)), **wishes))
    led = tuple({one.page for one in stories if one.placed and one.page})
    return stories, rooms(*(draw(st.integers(200, 500)) for _ in range(pages)), led=led)


@settings(max_examples=40, deadline=None)
@given(editions())
def test_every_story_gets_one_page_and_the_editor_is_obeyed(edition: tuple[list[Movable], list[Room]]) -> None:
    stories, pages = edition

    found = assigned(stories, pages)

    movable = [one for one in stories if not one.placed]
    assert sorted(name for names in found.values() for name in names) == sorted(one.story for one in movable)
    assert found.keys() <= {room.number for room in pages}
    for one in movable:
        assert one.page is None or one.story in found[one.page]
    assert assigned(stories, pages) == found, "the same again"


@settings(max_examples=40, deadline=None)
@given(editions())
def test_the_most_important_story_leads_page_one(edition: tuple[list[Movable], list[Room]]) -> None:
    stories, pages = edition
    free = [one for one in stories if not one.placed and one.page in (None, 1)]
    if pages[0].led or not free:
        return

    top = max(free, key=lambda one: one.priority)

    assert assigned(stories, pages)[1][0] == top.story


def test_pages_are_filled_alike_and_each_has_one_weighty_story() -> None:
    stories = [story(n, 100, 9 if n < 3 else 4) for n in range(12)]

    found = assigned(stories, rooms(400, 400, 400))

    assert [len(names) for names in found.values()] == [4, 4, 4]
    assert [sum(name in ("s00", "s01", "s02") for name in names) for names in found.values()] == [1, 1, 1]


def test_a_story_goes_to_the_page_named_after_its_section() -> None:
    stories = [story(n, 100, sections=("基层",) if n >= 4 else ("要闻",)) for n in range(8)]
    pages = [replace(room, name=name) for room, name in zip(rooms(400, 400), ("基层·综合", "要闻"), strict=True)]

    found = assigned(stories, pages)

    assert sum(name >= "s04" for name in found[1]) >= 3, "all but the lead of page 1"


def test_what_has_a_page_stays_there_when_a_story_comes() -> None:
    old = [story(n, 100, page_of % 9 + 1) for n, page_of in enumerate([8, 7, 3, 3, 3])]
    first = assigned(old, rooms(300, 400))
    where = {name: number for number, names in first.items() for name in names}
    heads = {names[0] for names in first.values()}
    kept = [replace(one, before=where[one.story], led=one.story in heads) for one in old]

    found = assigned([*kept, story(9, 100, 2)], rooms(300, 400))

    assert {name: number for number, names in found.items() for name in names if name != "s09"} == where


def test_what_was_tried_is_not_tried_again() -> None:
    stories = [story(n, 100) for n in range(6)]
    first = assigned(stories, rooms(300, 300))

    over = Failure(1, frozenset(first[1]), over=True)
    second = assigned(stories, rooms(300, 300), over)
    assert not set(first[1]) <= set(second[1])

    under = Failure(2, frozenset(first[2]), under=True)
    third = assigned(stories, rooms(300, 300), under)
    assert not set(third[2]) <= set(first[2])


def test_too_much_copy_still_has_pages() -> None:
    stories = [story(n, 300) for n in range(6)]

    found = assigned(stories, rooms(300, 300))

    assert sorted(name for names in found.values() for name in names) == [one.story for one in stories]
