"""What a section's front says of the stories it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from site_builder.model.byline import Byline, Role
from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.newsroom import build_newsroom
from site_builder.model.settings import Settings
from site_builder.model.story import Body, Genre, Story
from site_builder.model.taxonomy import Section, Taxonomy
from site_builder.render.compose import Desk
from site_builder.render.compose_sections import FREQUENT_NAMES, section_front
from site_builder.render.inputs import SectionInput
from site_builder.schema.printed import parse_byline

TODAY = datetime(2024, 4, 8, tzinfo=UTC)
SECTION = Section("union", "工会")


def story(number: int, byline: str = "", topics: tuple[str, ...] = (), age: int = 0) -> Story:
    made = Story(f"s{number}", f"题{number}", Genre.NEWS, TODAY - timedelta(days=age), "union", "正文")
    return replace(made, topics=topics, byline=signed(byline) if byline else None)


def signed(text: str) -> Byline:
    byline = parse_byline(text)
    assert isinstance(byline, Byline)
    return byline


def front(*stories: Story, editions: tuple[Edition, ...] = (), shown: int = 40) -> SectionInput:
    settings = Settings("报", "https://paper.example/", list_items=shown)
    newsroom = build_newsroom(settings, Taxonomy(sections=(SECTION,)), stories, editions, TODAY)
    bodies = {s.id: Body("<p>正文</p>", "正文", (), (), 2) for s in stories}
    return section_front(Desk(newsroom, bodies, {}), SECTION)


def names(page: SectionInput) -> list[tuple[str, Role, int]]:
    return [(link.title, role, count) for link, role, count in page.names]


def test_who_signs_several_stories_is_named_in_the_role_that_is_most_frequent() -> None:
    page = front(
        story(1, "本报记者 王伟"),
        story(2, "本报记者 王伟"),
        story(3, "本报通讯员 王伟 本报记者 张翀"),
        story(4, "本报记者 张翀"),
        story(5, "本报记者 李红"),
    )

    assert names(page) == [("王伟", Role.REPORTER, 3), ("张翀", Role.REPORTER, 2)]
    assert page.names[0][0].url == "people/王伟/"


def test_only_the_stories_shown_count_so_that_a_long_archive_costs_nothing() -> None:
    stories = [story(n, "本报记者 王伟", ("欠薪", "工伤"), age=n) for n in range(9)]

    assert names(front(*stories, shown=1)) == []
    assert front(*stories, shown=1).topics == ()
    assert names(front(*stories, shown=3)) == [("王伟", Role.REPORTER, 3)]


def test_names_are_few_and_in_an_order_that_does_not_hang_on_the_order_of_stories() -> None:
    people = ["甲丙", "甲乙", "甲丁", "甲戊", "甲己", "甲庚", "甲辛"]
    stories = [story(2 * n + twice, f"本报记者 {name}") for n, name in enumerate(people) for twice in (0, 1)]
    shown = names(front(*stories))

    assert len(shown) == FREQUENT_NAMES
    assert shown == names(front(*reversed(stories)))


def test_topics_that_stories_share_make_a_row() -> None:
    page = front(
        story(1, topics=("欠薪", "工伤")), story(2, topics=("工伤", "欠薪")), story(3, topics=("工伤", "夜校"))
    )

    assert [(link.title, link.url) for link in page.topics] == [("工伤", "topics/工伤/"), ("欠薪", "topics/欠薪/")]


def test_one_shared_topic_is_no_row() -> None:
    assert front(story(1, topics=("欠薪",)), story(2, topics=("欠薪",))).topics == ()


def test_a_day_names_its_edition_where_that_has_a_number() -> None:
    def edition(story_id: str, day: date, number: int | None) -> Edition:
        return Edition(day, number, (EditionPage(1, "要闻", (Placement(story_id),)),))

    today, before = TODAY.date(), TODAY.date() - timedelta(days=1)
    stories = story(1), story(2, age=1), story(3, age=5)
    # The third was printed later than it was published: its day had no edition.
    late = EditionPage(1, "要闻", (Placement("s1"), Placement("s3")))
    editions = Edition(today, 41, (late,)), edition("s2", before, None)

    assert front(*stories, editions=editions).issues == ((today, 41, "editions/2024-04-08/"),)
