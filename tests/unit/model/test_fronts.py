"""Which names a story is filed under, and what a front gathers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import urls
from site_builder.model.byline import Byline, Credit, Group, Name, Role, byline_from_credits
from site_builder.model.fronts import Front, Kind, ambiguous_names, build_fronts, labels
from site_builder.model.story import Genre, Photo, Story
from site_builder.model.taxonomy import Organisation, Person, Region, Taxonomy

DAY = datetime(2024, 4, 8, tzinfo=UTC)
REGIONS = (
    Region("130000", "河北", "河北省", "hebei"),
    Region("130500", "邢台", "邢台市", "xingtai"),
    Region("130534", "清河", "清河县", "qinghe"),
)
WANG_A, WANG_B = Person("wang-wei-a", "王伟"), Person("wang-wei-b", "王伟")
ZHANG = Person("zhang-chong", "张翀")


def story(story_id: str = "a-story", **values: object) -> Story:
    return replace(Story(story_id, "题", Genre.NEWS, DAY, "union", "文"), **values)  # type: ignore[arg-type]


def signed(*names: str, role: Role = Role.REPORTER) -> Byline:
    return byline_from_credits([(role, names, None, None)])


def front(kind: Kind, slug: str, *stories: Story, taxonomy: Taxonomy = Taxonomy()) -> Front:
    return build_fronts(stories, taxonomy)[kind][slug]


def slugs(kind: Kind, one: Story, taxonomy: Taxonomy = Taxonomy()) -> list[str]:
    return [label.slug for label in labels(one, taxonomy) if label.kind is kind]


def test_a_district_counts_in_its_city_and_its_province() -> None:
    assert slugs(Kind.REGION, story(region="130534"), Taxonomy(regions=REGIONS)) == ["qinghe", "xingtai", "hebei"]
    assert slugs(Kind.REGION, story(region="130000"), Taxonomy(regions=REGIONS)) == ["hebei"]
    assert slugs(Kind.REGION, story(), Taxonomy(regions=REGIONS)) == []


def test_topics_that_differ_in_case_or_width_share_a_front_named_by_the_oldest_story() -> None:
    new, old = story("new", topics=("ＡＩ技能",)), story("old", topics=("AI技能",), date=DAY - timedelta(days=9))

    found = front(Kind.TOPIC, "ai技能", new, old)

    assert (found.name, [s.id for s in found.stories]) == ("AI技能", ["new", "old"])


def test_a_name_twice_on_a_story_counts_once() -> None:
    found = front(Kind.TOPIC, "维权", story(topics=("维权", "维权 ")))

    assert len(found.stories) == 1


def test_people_are_counted_by_role_and_pictures_count() -> None:
    photo = Photo("a.png", "甲", "张翀 摄", credits=(Credit("张翀", Role.PHOTOGRAPHER),))
    both = story("both", byline=signed("张翀"), photos=(photo,))
    other = story("other", byline=signed("张翀", role=Role.CORRESPONDENT))

    found = front(Kind.PERSON, "zhang-chong", both, other, taxonomy=Taxonomy(people=(ZHANG,)))

    assert found.roles == {"both": (Role.REPORTER, Role.PHOTOGRAPHER), "other": (Role.CORRESPONDENT,)}


def test_editors_are_no_authors() -> None:
    assert slugs(Kind.PERSON, story(byline=signed("张翀", role=Role.EDITOR)), Taxonomy(people=(ZHANG,))) == []


def test_namesakes_are_kept_apart_and_nobody_is_guessed() -> None:
    taxonomy = Taxonomy(people=(WANG_A, WANG_B))
    said = story(byline=signed("王伟"), byline_people=(("王伟", "wang-wei-b"),))
    unsaid = story(byline=signed("王伟"))

    assert slugs(Kind.PERSON, said, taxonomy) == ["wang-wei-b"]
    assert slugs(Kind.PERSON, unsaid, taxonomy) == []
    assert (ambiguous_names(said, taxonomy), ambiguous_names(unsaid, taxonomy)) == ((), ("王伟",))


@pytest.mark.parametrize(
    ("one", "other", "titles"),
    [
        (("本报", "记者"), ("港务局", "记者"), ["王伟（本报）", "王伟（港务局）"]),
        (("本报", "记者"), ("", "通讯员"), ["王伟（本报）", "王伟（通讯员）"]),
        (("本报", "记者"), ("本报", "摄影"), ["王伟（记者）", "王伟（摄影）"]),
        (("本报", "记者"), ("本报", "记者"), ["王伟（a）", "王伟（b）"]),
    ],
)
def test_lists_say_what_tells_namesakes_apart(one: tuple[str, str], other: tuple[str, str], titles: list[str]) -> None:
    """Two feeds of the same title stood in a reader, and nobody could tell whose was whose."""
    taxonomy = Taxonomy(people=(Person("a", "王伟", *one), Person("b", "王伟", *other), ZHANG))
    stories = [
        story(byline=signed("王伟"), byline_people=(("王伟", "a"),)),
        story(byline=signed("王伟"), byline_people=(("王伟", "b"),)),
        story(byline=signed("张翀")),
    ]

    fronts = build_fronts(stories, taxonomy)[Kind.PERSON]
    assert [fronts[key].title for key in ("a", "b")] == titles
    assert fronts["zhang-chong"].title == "张翀"


def test_two_namesakes_of_one_byline_are_told_apart_by_their_order() -> None:
    taxonomy = Taxonomy(people=(WANG_A, WANG_B))
    both = Byline((Group(role_word="记者", names=(Name("王伟"), Name("王伟")), name_seps=(" ",)),))
    keys = (("王伟", "wang-wei-b"), ("王伟", "wang-wei-a"))

    assert slugs(Kind.PERSON, story(byline=both, byline_people=keys), taxonomy) == ["wang-wei-b", "wang-wei-a"]
    # One key for two names says nothing of which.
    assert slugs(Kind.PERSON, story(byline=both, byline_people=keys[:1]), taxonomy) == []


def test_a_pen_name_leads_to_the_person_whom_the_editor_names() -> None:
    pen = story(byline=signed("江风"), byline_people=(("江风", "zhang-chong"),))

    assert slugs(Kind.PERSON, pen, Taxonomy(people=(ZHANG,))) == ["zhang-chong"]


def test_where_people_are_listed_only_listed_ones_have_fronts() -> None:
    unlisted = story(byline=signed("李四"), organisations=("某厂",))
    listed = Taxonomy(people=(ZHANG,), organisations=(Organisation("union", "市总工会", "市总"),))

    assert (slugs(Kind.PERSON, unlisted), slugs(Kind.ORGANISATION, unlisted)) == (["李四"], ["某厂"])
    assert (slugs(Kind.PERSON, unlisted, listed), slugs(Kind.ORGANISATION, unlisted, listed)) == ([], [])
    assert slugs(Kind.ORGANISATION, story(organisations=("市总",)), listed) == ["union"]


@given(st.text(min_size=1, max_size=90))
def test_every_name_makes_one_safe_folder_name(name: str) -> None:
    slug = urls.name_slug(name)

    assert slug
    assert not set(slug) & set('/\\?#%:*"<>|. \t\n')
    assert len(slug.encode()) <= 200
    assert urls.name_slug(slug) == slug or slug.startswith("x")
