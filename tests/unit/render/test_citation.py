from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from site_builder.model.story import Genre
from site_builder.render.citation import citation
from site_builder.render.inputs import Folio, Link, StoryInput

ADDRESS = "https://paper.example/stories/x/"
STORY = StoryInput(
    id="x",
    url="stories/x/",
    headline="厂里的事一起议　创新的利一起分",
    kicker="",
    subhead="",
    genre=Genre.FEATURE,
    section=Link("工会新闻"),
    column=None,
    region=None,
    date=datetime(2026, 7, 21, 6, tzinfo=UTC),
    updated=None,
    byline_lines=(),
    authors=("王伟", "陆阳丽"),
    description="",
    reading_tips="",
    image=None,
    more_images=(),
    body_html="",
    headings=(),
    minutes=1,
    topics=(),
    editors=(),
    source="",
    note="",
    folio=Folio(2, "要闻", date(2026, 7, 22), 4129, "editions/2026-07-22/"),
    previous=None,
    following=None,
    same_page=(),
    related=(),
)


def cited(story: StoryInput) -> str:
    return "[2026-08-01]".join(citation(story, "江口工人报", ADDRESS, "等"))


def test_a_printed_story_names_issue_and_page() -> None:
    assert cited(STORY) == (
        "王伟, 陆阳丽. 厂里的事一起议 创新的利一起分[N/OL]. 江口工人报, 2026-07-22(02)[2026-08-01]. "
        "https://paper.example/stories/x/."
    )


def test_a_story_that_is_only_on_the_web_names_its_day() -> None:
    assert "[EB/OL]. 江口工人报, (2026-07-21)[2026-08-01]." in cited(replace(STORY, folio=None))


def test_of_many_authors_three_are_named() -> None:
    assert cited(replace(STORY, authors=("甲", "乙", "丙", "丁"))).startswith("甲, 乙, 丙, 等. 厂里")
    assert cited(replace(STORY, authors=("甲", "乙", "丙"))).startswith("甲, 乙, 丙. 厂里")


def test_without_authors_the_headline_comes_first() -> None:
    assert cited(replace(STORY, authors=())).startswith("厂里的事")
