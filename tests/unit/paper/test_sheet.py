from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from site_builder.messages import load_messages
from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.settings import Settings
from site_builder.model.story import Body, Genre, Photo, PhotoKind, Story
from site_builder.paper.blocks import Block, Cell, Run
from site_builder.paper.data import sheet_json
from site_builder.paper.sheet import LABELS, LONG_SHEET, Composer, Sheet, SheetPhoto, SheetSection, SheetStory

REPOSITORY = Path(__file__).parents[3]

DAY = date(2024, 4, 8)
SETTINGS = Settings("小港工人报", "https://minimal.example/paper/")


def make_story(story_id: str, **values: object) -> Story:
    story = Story(story_id, "主题", Genre.NEWS, datetime(2024, 4, 8, tzinfo=UTC), "news", "字")
    return replace(story, **values)  # type: ignore[arg-type]


def compose(
    pages: list[EditionPage], *stories: Story, language: str = "zh-CN", body: Body = Body("<p>字</p>", "字")
) -> Sheet:
    sizes = {"a.png": (40, 30), "b.png": (40, 30)}
    composer = Composer(SETTINGS, load_messages(language), {story.id: body for story in stories}, sizes)
    return composer.edition(Edition(DAY, 12, tuple(pages)), {story.id: story for story in stories})


def page(number: int, *rows: str | tuple[str, int], editors: tuple[str, ...] = ()) -> EditionPage:
    placements = (Placement(row) if isinstance(row, str) else Placement(*row) for row in rows)
    return EditionPage(number, "要闻", tuple(placements), editors)


def test_stories_stand_by_page_then_weight_then_order_each_once() -> None:
    stories = [make_story(name) for name in "abcde"]

    sheet = compose([page(2, "e", "a"), page(1, "c", ("b", 5), ("a", 9), "d")], *stories)

    assert [story.id for story in sheet.stories()] == ["a", "b", "c", "d", "e"]
    assert [section.title for section in sheet.sections] == ["第1版　要闻", "第2版　要闻"]


def test_headlines_are_as_big_as_their_weight() -> None:
    rows = [("lead", 9), ("big", 8), ("middle", 5), ("small", 1), "brief"]
    stories = [make_story(name, genre=Genre.BRIEF if name == "brief" else Genre.NEWS) for name in
               ("lead", "big", "middle", "small", "brief")]  # fmt: skip

    sheet = compose([page(1, *rows)], *stories)

    assert [story.level for story in sheet.stories()] == [1, 2, 3, 4, 5]


def test_without_priorities_the_place_decides() -> None:
    stories = [make_story(name) for name in "abcdefgh"]

    sheet = compose([page(1, *"ab"), page(2, *"cdefgh")], *stories)

    assert [story.level for story in sheet.stories()] == [1, 3, 2, 3, 3, 3, 3, 4]


def test_what_is_not_visible_is_not_printed_and_empty_pages_go() -> None:
    sheet = compose([page(1, "hidden"), page(2, "a")], make_story("a"))

    assert [section.title for section in sheet.sections] == ["第2版　要闻"]
    assert sheet.stories()[0].level == 1


def test_the_edition_line_speaks_the_language_of_the_site() -> None:
    pages = [page(1, "a"), page(2, "b")]
    stories = make_story("a"), make_story("b")

    assert compose(pages, *stories).edition_line == ("2024年4月8日", "星期一", "第12期", "今日2版")
    assert compose(pages, *stories, language="en").edition_line == ("8 April 2024", "Monday", "No. 12", "2 pp. today")


def test_long_sheets_get_contents() -> None:
    names = [f"s{number:02d}" for number in range(LONG_SHEET)]
    stories = [make_story(name) for name in names]

    assert compose([page(1, *names)], *stories).contents
    assert not compose([page(1, *names[1:])], *stories).contents


def test_editors_that_the_page_names_are_not_repeated() -> None:
    stories = make_story("a", editors=("张三",), source="某报"), make_story("b", editors=("李四",))

    sheet = compose([page(1, "a", "b", editors=("张三",))], *stories)

    assert [story.tail for story in sheet.stories()] == [("来源：某报",), ("责任编辑：李四",)]
    assert sheet.sections[0].staff == "责任编辑：张三"


def test_pictures_that_the_body_places_do_not_open_the_story() -> None:
    photo = Photo("a.png", "一间教室", "张三 摄", kind=PhotoKind.ARCHIVE)
    photos = (photo, replace(photo, file="b.png"))

    (story,) = compose([page(1, "a")], make_story("a", photos=photos), body=Body("", "", figures=("a.png",))).stories()

    assert story.opening == (1,)
    assert story.photos[0].file == "pictures/a-1.jpg"
    assert story.photos[0].credit == "张三 摄（资料图）"


def test_links_lead_to_the_site_or_stay_text() -> None:
    body = '<p><a href="/stories/b/">一</a><a href="#x">二</a><a href="https://a.example/">三</a></p>'

    (story,) = compose([page(1, "a")], make_story("a"), body=Body(body, "")).stories()

    runs = getattr(story.blocks[0], "runs")  # noqa: B009 - the union has blocks without runs
    assert [run.link for run in runs] == ["https://minimal.example/paper/stories/b/", "", "https://a.example/"]


def test_the_reference_names_every_field_that_a_template_gets() -> None:
    reference = (REPOSITORY / "docs/reference/print-data.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", reference))
    values = (Sheet, SheetSection, SheetStory, SheetPhoto, Run, Cell, *get_args(Block))

    assert {field.name for value in values for field in fields(value)} - named == set()
    assert set(LABELS) - named == set()


@given(st.text())
def test_the_json_holds_text_as_strings_and_only_what_fonts_draw(text: str) -> None:
    sheet = compose([page(1, "a")], make_story("a", headline=text))
    drawable = frozenset(map(ord, text[::2])) | {ord("〓")}

    data, missing = sheet_json(sheet, {"song": ("甲",)}, drawable)

    headline = "".join(json.loads(data)["sections"][0]["stories"][0]["headline"])
    assert all(ord(char) in drawable or char in " \u3000" for char in headline)
    assert ("〓" in headline) == ("〓" in text or bool(set(missing) & set(text)))
