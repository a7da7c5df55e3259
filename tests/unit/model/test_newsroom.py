from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.newsroom import Newsroom, build_newsroom
from site_builder.model.settings import Settings
from site_builder.model.story import Genre, Status, Story, tombstone, visible
from site_builder.model.taxonomy import Region, Taxonomy

NOW = datetime(2024, 4, 8, 12, tzinfo=UTC)
SETTINGS = Settings("报", "https://paper.example/")


def story(story_id: str, day: int = 8, **values: object) -> Story:
    fixed = Story(story_id, story_id, Genre.NEWS, datetime(2024, 4, day, tzinfo=UTC), "union", "正文")
    return replace(fixed, **values)  # type: ignore[arg-type]


def edition(*pages: tuple[int, list[str]], day: int = 8) -> Edition:
    made = tuple(EditionPage(n, f"第{n}版", tuple(Placement(i) for i in ids)) for n, ids in pages)
    return Edition(date(2024, 4, day), day, made)


def newsroom(stories: list[Story], *editions: Edition, now: datetime = NOW) -> Newsroom:
    return build_newsroom(SETTINGS, Taxonomy(), stories, editions, now)


@pytest.mark.parametrize(
    ("status", "offset", "public", "preview", "grave"),
    [
        (Status.PUBLISHED, 0, True, True, False),
        (Status.PUBLISHED, 1, False, True, False),
        (Status.DRAFT, -1, False, True, False),
        (Status.WITHDRAWN, -1, False, False, True),
        (Status.WITHDRAWN, 1, False, False, False),
    ],
)
def test_visibility(status: Status, offset: int, public: bool, preview: bool, grave: bool) -> None:
    it = story("a", status=status, date=NOW + timedelta(seconds=offset))

    assert (visible(it, NOW, "public"), visible(it, NOW, "preview"), tombstone(it, NOW, "public")) == (
        public,
        preview,
        grave,
    )


def test_stories_are_newest_first_and_within_a_day_in_printed_order() -> None:
    room = newsroom(
        [story("old", 7), story("web"), story("b"), story("a"), story("c")],
        edition((2, ["c"]), (1, ["b", "a"])),
    )

    assert [s.id for s in room.stories] == ["b", "a", "c", "web", "old"]


def test_hidden_stories_leave_no_gap_in_an_edition() -> None:
    room = newsroom([story("a"), story("b", status=Status.DRAFT), story("c")], edition((1, ["a", "b", "c"])))

    assert room.neighbours(room.by_id["a"]) == (None, room.by_id["c"])


def test_neighbours_run_over_pages() -> None:
    room = newsroom([story("a"), story("b"), story("c")], edition((2, ["c"]), (1, ["a", "b"])))

    assert [s and s.id for s in room.neighbours(room.by_id["b"])] == ["a", "c"]
    assert room.neighbours(room.by_id["c"])[1] is None


def test_future_and_empty_editions_are_not_shown() -> None:
    room = newsroom([story("a")], edition((1, ["a"]), day=8), edition((1, ["a"]), day=9), edition((1, []), day=7))

    assert [e.id for e in room.editions] == ["2024-04-08"]


def test_related_stories_share_topics_and_are_never_newer() -> None:
    stories = [
        story("now", 5, topics=("甲", "乙")),
        story("both", 4, topics=("甲", "乙")),
        story("one", 4, topics=("甲",)),
        story("none", 4, topics=("丙",)),
        story("later", 6, topics=("甲", "乙")),
    ]

    room = newsroom(stories)

    assert [s.id for s in room.related(room.by_id["now"])] == ["both", "one"]


def test_related_stories_of_the_region_and_the_section_come_first() -> None:
    stories = [
        story("now", 5, topics=("甲",), region="370200"),
        story("plain", 4, topics=("甲",), section="other", region="440100"),
        story("near", 1, topics=("甲",), section="other", region="370200"),
        story("nearest", 1, topics=("甲",), region="370200"),
    ]
    room = newsroom(stories)

    assert [s.id for s in room.related(room.by_id["now"])] == ["nearest", "near", "plain"]


def test_stories_without_a_region_have_none_in_common() -> None:
    room = newsroom(
        [story("now", 5, topics=("甲",)), story("a", 4, topics=("甲",), region="370200"), story("b", 3, topics=("甲",))]
    )

    assert [s.id for s in room.related(room.by_id["now"])] == ["a", "b"]


def test_a_place_knows_how_many_stories_stand_before_it() -> None:
    room = newsroom([story("a"), story("b"), story("c")], edition((2, ["c", "a"]), (1, ["b"])))

    assert {key: place.rank for key, place in room.places.items()} == {"b": 0, "c": 1, "a": 2}
    assert [s.id for s in room.edition_stories(room.editions[0])] == ["b", "c", "a"]


@given(st.lists(st.integers(1, 8), min_size=1, max_size=12), st.integers(1, 8))
def test_a_new_story_never_changes_what_older_ones_relate_to(days: list[int], day: int) -> None:
    stories = [story(f"s{n}", d, topics=("甲",)) for n, d in enumerate(days)]
    newer = story("new", day, topics=("甲",))
    before, after = newsroom(stories), newsroom([*stories, newer])

    for old in stories:
        if old.date < newer.date:
            assert before.related(old) == after.related(old)


def test_months_hold_their_stories() -> None:
    room = newsroom([story("a", 1), story("b", date=datetime(2024, 3, 31, tzinfo=UTC))])

    assert {month: [s.id for s in found] for month, found in room.by_month.items()} == {
        date(2024, 4, 1): ["a"],
        date(2024, 3, 1): ["b"],
    }


REGIONS = Taxonomy(
    regions=(
        Region("370000", "山东", "山东省", "shandong"),
        Region("370200", "青岛", "青岛市", "qingdao"),
    )
)


@pytest.mark.parametrize("name", ["青岛", "青岛市", "370200", "山东青岛", "山东省青岛市", "qingdao"])
def test_a_region_is_found_by_every_name(name: str) -> None:
    found = REGIONS.region(name)

    assert found is not None
    assert (found.code, found.province_code) == ("370200", "370000")


def test_an_unknown_region_is_none() -> None:
    assert REGIONS.region("火星") is None
