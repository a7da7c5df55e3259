"""What story files mean, beyond what the problem catalogue shows."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from site_builder.model.byline import Role
from site_builder.model.story import Correction, Genre, Photo, PhotoKind, Status, Story
from site_builder.model.taxonomy import Region, Section, Taxonomy
from site_builder.schema.located import Checked
from site_builder.schema.story import PhotoFile, StoryContext, StoryFile, parse_story
from site_builder.schema.text import SourceText, decode

TAXONOMY = Taxonomy(
    sections=(Section("union", "工会"),),
    regions=(Region("370000", "山东", "山东省", "shandong"), Region("370200", "青岛", "青岛市", "qingdao")),
)
CONTEXT = StoryContext(TAXONOMY, ZoneInfo("Asia/Shanghai"))


def parse(body: str = "正文。", **front: str) -> Checked[Story]:
    keys = {"id": "a-story", "headline": "题", "genre": "消息", "date": "2024-04-08", "section": "工会", **front}
    lines = "\n".join(f"{key}: {value}" for key, value in keys.items())
    text = decode("content/stories/a-story.md", f"---\n{lines}\n---\n\n{body}\n".encode())
    assert isinstance(text, SourceText)
    return parse_story(text, CONTEXT)


def story(body: str = "正文。", **front: str) -> Story:
    checked = parse(body, **front)
    assert checked.value is not None, checked.problems
    return checked.value.value


def codes(body: str = "正文。", **front: str) -> list[str]:
    return [problem.code for problem in parse(body, **front).problems]


def test_no_field_of_the_file_is_lost() -> None:
    assert {*StoryFile.model_fields} <= {field.name for field in fields(Story)}
    assert {*PhotoFile.model_fields} | {"credits"} == {field.name for field in fields(Photo)}


def test_every_field_reaches_the_story() -> None:
    made = story(
        "本报讯 （记者张翀）第一段。\n\n![](b.png)",
        kicker="引",
        subhead="副",
        column="栏",
        region="青岛",
        topics="[甲, 乙]",
        organisations="市总、区总",
        editors="某人",
        reading_tips="提示",
        status="草稿",
        source="来",
        note="附",
        aliases="[old-id]",
        updated="2024-04-09 10:00",
        corrections="[{日期: 2024-04-09, 内容: 更}]",
        photos="[{file: b.png, alt: 图, credit: 插图, caption: 说, kind: 插图}]",
    )

    assert made == Story(
        id="a-story",
        headline="题",
        genre=Genre.NEWS,
        date=datetime(2024, 4, 7, 16, tzinfo=UTC),
        section="union",
        body="第一段。\n\n![](b.png)",
        kicker="引",
        subhead="副",
        column="栏",
        region="370200",
        topics=("甲", "乙"),
        organisations=("市总", "区总"),
        dateline=made.dateline,
        dateline_gap=" ",
        byline=made.byline,
        editors=("某人",),
        reading_tips="提示",
        photos=(Photo("b.png", "图", "插图", "说", PhotoKind.ILLUSTRATION),),
        status=Status.DRAFT,
        source="来",
        note="附",
        aliases=("old-id",),
        updated=datetime(2024, 4, 9, 2, tzinfo=UTC),
        corrections=(Correction(datetime(2024, 4, 8, 16, tzinfo=UTC), "更"),),
    )
    assert (str(made.dateline), str(made.byline)) == ("本报讯", "（记者张翀）")


def test_a_correction_is_an_update_and_the_latest_stands_first() -> None:
    made = story(
        "正文。", updated="2024-04-09", corrections="[{日期: 2024-04-10, 内容: 甲}, {日期: 2024-04-12, 内容: 乙}]"
    )

    assert [correction.text for correction in made.corrections] == ["乙", "甲"]
    assert made.updated == made.corrections[0].date


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ({}, "本报讯 （记者张翀 通讯员张茜）正文。"),
        ({"dateline": "本报讯 （记者张翀 通讯员张茜）"}, "正文。"),
        ({"dateline": "本报讯", "byline": "（记者张翀 通讯员张茜）"}, "正文。"),
        ({"dateline": "本报讯", "byline": "[{role: 记者, name: 张翀}, {身份: 通讯员, 姓名: 张茜}]"}, "正文。"),
        ({"dateline": "本报讯"}, "（记者张翀 通讯员张茜）正文。"),
        ({"byline": "（记者张翀 通讯员张茜）"}, "本报讯 正文。"),
    ],
)
def test_every_way_to_sign_a_news_item_gives_the_same_story(front: dict[str, str], body: str) -> None:
    made = story(body, **front)

    assert f"{made.dateline}{made.dateline_gap}{made.byline}" == "本报讯 （记者张翀 通讯员张茜）"
    assert [(c.name, c.role) for c in made.credits] == [("张翀", Role.REPORTER), ("张茜", Role.CORRESPONDENT)]
    assert (made.body.strip(), made.byline_in_lead) == ("正文。", True)


def test_an_agency_feature_keeps_the_agencys_own_line() -> None:
    body = "新华社北京4月3日电 题：让技能成为底气\n新华社“新华视点”记者伍岳、许可\n\n正文。"

    assert codes(body, genre="特写") == []


def test_an_agency_item_is_never_signed_by_this_paper() -> None:
    assert codes("新华社北京4月3日电 正文。", byline="本报记者 王伟") == ["agency-with-own-byline"]
    assert codes("新华社北京4月3日电 正文。", byline="王伟") == ["agency-with-own-byline"]
    assert codes("新华社北京4月3日电（记者罗沙）正文。") == []


def test_an_unsigned_feature_is_told_only_when_it_is_published() -> None:
    assert codes(genre="通讯") == ["feature-without-byline"]
    assert codes(genre="通讯", status="草稿") == []


def test_prose_in_brackets_is_no_byline() -> None:
    assert codes("（一）认真学习。") == []
    assert codes("（记者张翀）正文。") == ["byline-without-dateline"]


@pytest.mark.parametrize("value", ["''", "'  '", "~", '""', ""])
def test_an_empty_headline_is_a_missing_one(value: str) -> None:
    assert codes(headline=value) == ["field-missing"]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2024-04-08", datetime(2024, 4, 7, 16, tzinfo=UTC)),
        ("2024-4-8 6:30", datetime(2024, 4, 7, 22, 30, tzinfo=UTC)),
        ("2024-04-08T06:30:00Z", datetime(2024, 4, 8, 6, 30, tzinfo=UTC)),
        ("2024-04-08 06:30+09:00", datetime(2024, 4, 7, 21, 30, tzinfo=UTC)),
    ],
)
def test_dates_are_in_the_newsrooms_zone(typed: str, moment: datetime) -> None:
    assert story(date=f"'{typed}'").date == moment


@pytest.mark.parametrize(
    ("typed", "day"), [("2024-04-07T22:30:00Z", 8), ("2024-04-08 00:30+09:00", 7), ("2024-04-08 23:30+08:00", 8)]
)
def test_a_moment_with_an_offset_counts_on_the_newsrooms_day(typed: str, day: int) -> None:
    assert story(date=f"'{typed}'").date.day == day


def test_a_moment_at_the_end_of_the_calendar_is_a_moment() -> None:
    assert story(date="'9999-12-31 23:00-12:00'").date.year == 9999


@pytest.mark.parametrize("typed", ['"\\x01题"', '"题\\uFFFE"', '"\\u2028题"', '"题\\r"'])
def test_a_control_character_typed_as_an_escape_is_told_at_its_value(typed: str) -> None:
    found = [(p.code, p.span.line, p.span.column) for p in parse(headline=typed).problems]

    assert found == [("control-character", 3, 11)]


def test_a_date_with_a_digit_too_many_is_told_however_long() -> None:
    assert codes(date="999999999992024-04-08") == ["date-invalid"]
    assert codes(date="2024-04-99999999999999999999") == ["date-invalid"]


def test_the_same_photo_twice_on_one_line_is_told() -> None:
    photo = "{file: b.png, alt: 图, credit: 插图}"

    assert codes(photos=f"[{photo}, {photo}]") == ["photo-twice"]


def test_an_end_byline_is_taken_off_the_body() -> None:
    made = story("第一段。\n\n（记者 马尚龙）")

    assert (made.body, made.end_byline, str(made.byline)) == ("第一段。", True, "（记者 马尚龙）")


def test_a_wrong_field_hides_no_other_problem() -> None:
    body = "本报讯 （记者张翀 通讯员）正文。\n\n<b>x</b>"

    found = codes(body, genre="新闻", region="火星", nonsense="x", photos="[{file: ../x.png, credit: 插图, alt: 图}]")

    assert sorted(found) == [
        "byline-role-without-name",
        "choice-unknown",
        "key-unknown",
        "photo-path",
        "raw-html",
        "raw-html",
        "region-unknown",
    ]


def test_a_wrong_field_makes_nothing_else_look_wrong() -> None:
    assert codes(genre="新闻", byline="本报记者 王伟") == ["choice-unknown"]
    assert codes("![](a.png)", photos="[a.png]") == ["wrong-type"]
    assert codes(section="") == ["field-missing"]
