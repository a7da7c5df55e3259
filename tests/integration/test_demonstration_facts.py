"""The demonstration stories say what `tests/data/facts.yml` lists, and no other figure.

The stories are read here with PyYAML alone, so that a fault in the product's own reader cannot
hide a fault in a story.

How a listed value is looked for: a date 2023-12-25 is printed 2023年12月25日; a value with ； or 、
lists several, and each must occur; everything else occurs as it is listed.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[2]
STORIES = ROOT / "content" / "stories" / "2024" / "04"
PHOTOS = ROOT / "assets" / "photos"
DRAW = ROOT / "assets" / "illustrations" / "draw.py"

NOTE = "演示稿·据公开报道事实重写"
PHOTOGRAPHER = "王松"
CONTINUED = "　"
"""The full-width space between parallel clauses of a headline."""

Mapping = dict[str, Any]


def _read_yaml(path: Path) -> Any:
    """Return a YAML file with every scalar as the text that was typed."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


FACTS: Mapping = _read_yaml(ROOT / "tests" / "data" / "facts.yml")
LISTED: list[Mapping] = FACTS["stories"]
EDITION_DATE: str = FACTS["edition"]["date"]


@dataclass(frozen=True)
class Story:
    """A story file: its front matter and its body."""

    fields: Mapping
    body: str

    @property
    def display(self) -> str:
        """Everything around the body that a reader sees, one field a line."""
        lines = [self.fields.get(key, "") for key in ("引题", "主题", "副题", "阅读提示")]
        for picture in self.fields.get("图片", []):
            lines += [picture["图说"], picture["替代文字"]]
        return "\n".join(line for line in lines if line)

    @property
    def text(self) -> str:
        """Everything that a reader sees, the byline apart."""
        return f"{self.display}\n{self.body}"


def _read_story(story_id: str) -> Story:
    source = (STORIES / f"{story_id}.md").read_text("utf-8")
    _, front, body = source.split("---\n", 2)
    return Story(yaml.load(front, Loader=yaml.BaseLoader), body.strip())


def _per_story(stories: list[Mapping] = LISTED) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("listed", stories, ids=[story["id"] for story in stories])


def _of_genre(*genres: str) -> list[Mapping]:
    return [story for story in LISTED if story["genre"] in genres]


def _as_printed(value: str) -> str:
    """Return a date in the printed form, any other value unchanged."""
    date = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    if date is None:
        return value
    year, month, day = map(int, date.groups())
    return f"{year}年{month}月{day}日"


def _expected_strings() -> list[Any]:
    """List every string that must occur as a case of story, label and string."""
    cases = []
    for story in LISTED:
        wanted = [("人物", person["name"]) for person in story["people"]]
        wanted += [("单位", name) for name in story["organisations"]]
        for fact in story["facts"]:
            values = [*re.split("[；、]", fact["value"]), fact.get("period", "")]
            wanted += [(fact["label"], _as_printed(value)) for value in values if value]
        cases += [
            pytest.param(story["id"], label, text, id=f"{story['id']}-{i:02}")
            for i, (label, text) in enumerate(wanted, 1)
        ]
    return cases


def _numbers(text: str) -> set[str]:
    """Return the Arabic numbers of a text, each with its measure word's first character.

    The marks of dates and spans (年, 月, 日) are left out, for a listed span need not carry one.
    """
    found = re.findall(r"\d+(?:\.\d+)?[\u4e00-\u9fff%]?", text)
    return {number.rstrip("年月日") for number in found}


def _all_strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [_as_printed(value)]
    parts = value.values() if isinstance(value, dict) else value
    return [text for part in parts for text in _all_strings(part)]


@pytest.mark.parametrize(("story_id", "label", "expected"), _expected_strings())
def test_listed_value_occurs_in_the_body(story_id: str, label: str, expected: str) -> None:
    assert expected in _read_story(story_id).body, f"{story_id}: {label} {expected}"


@_per_story()
def test_every_number_is_a_listed_one(listed: Mapping) -> None:
    told = {key: listed[key] for key in ("working_title", "gist", "organisations", "facts")}
    allowed = _numbers("\n".join([_as_printed(EDITION_DATE), *_all_strings(told)]))

    assert _numbers(_read_story(listed["id"]).text) - allowed == set()


@_per_story()
def test_numbers_around_the_body_occur_in_it(listed: Mapping) -> None:
    story = _read_story(listed["id"])

    assert _numbers(story.display) - _numbers(story.body) == set()


@_per_story(_of_genre("消息"))
def test_news_story_opens_with_dateline_and_byline_as_printed(listed: Mapping) -> None:
    story = _read_story(listed["id"])

    assert story.body.startswith(f"{listed['dateline']} {listed['byline_printed']}")
    assert "署名" not in story.fields


@_per_story(_of_genre("通讯"))
def test_feature_has_its_byline_as_printed_and_no_dateline(listed: Mapping) -> None:
    story = _read_story(listed["id"])

    assert story.fields["署名"] == listed["byline_printed"]
    assert "本报讯" not in story.body


@_per_story(_of_genre("图片"))
def test_drawn_picture_is_never_credited_to_the_photographer(listed: Mapping) -> None:
    source = (STORIES / f"{listed['id']}.md").read_text("utf-8")

    assert PHOTOGRAPHER not in source
    assert "新华社" not in source
    assert "署名" not in _read_story(listed["id"]).fields


@_per_story()
def test_pictures_are_credited_as_drawings(listed: Mapping) -> None:
    for picture in _read_story(listed["id"]).fields.get("图片", []):
        assert picture["署名"] == picture["类型"] == "插图"
        assert "示意图" in picture["图说"]
        assert (PHOTOS / picture["文件"]).is_file()


@_per_story()
def test_body_is_no_longer_than_the_ceiling(listed: Mapping) -> None:
    body = _read_story(listed["id"]).body

    assert len(re.sub(r"[\s#]", "", body)) <= int(listed["approx_chars"])


@_per_story()
def test_fields_equal_the_listed_ones(listed: Mapping) -> None:
    fields = _read_story(listed["id"]).fields

    assert fields["编号"] == listed["id"]
    assert fields["体裁"] == listed["genre"]
    assert fields["日期"] == EDITION_DATE
    assert fields["频道"] == listed["section"]
    assert fields["话题"] == listed["topics"]
    assert fields["单位"] == listed["organisations"]


@_per_story()
def test_region_is_the_listed_code(listed: Mapping) -> None:
    regions = _read_yaml(ROOT / "content" / "regions.yml")["地区"]
    codes = {region["名称"]: region["代码"] for region in regions}

    assert codes[_read_story(listed["id"]).fields["地区"]] == listed["region"]["adcode"]


@_per_story()
def test_note_and_source_are_there(listed: Mapping) -> None:
    fields = _read_story(listed["id"]).fields

    assert fields["附注"] == NOTE
    assert fields["来源"] == "据公开报道事实重写"


@_per_story()
def test_headline_is_short_and_unended(listed: Mapping) -> None:
    fields = _read_story(listed["id"]).fields
    headline = fields["主题"]

    assert len(headline) <= 30
    assert not headline.endswith("。")
    assert " " not in headline.replace(CONTINUED, "")
    assert ("引题" in fields) == ("has_kicker" in listed)


@_per_story()
def test_punctuation_and_spacing_are_chinese(listed: Mapping) -> None:
    text = _read_story(listed["id"]).text

    assert re.findall(r"[\u4e00-\u9fff][,.;:?!()\"']|[,.;:?!()\"'][\u4e00-\u9fff]", text) == []
    assert re.findall(r"[\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9%] [\u4e00-\u9fff]", text) == []
    assert text.count("“") == text.count("”")


@_per_story()
def test_reading_tips_stand_only_where_listed(listed: Mapping) -> None:
    story = _read_story(listed["id"])
    tips = story.fields.get("阅读提示", "")

    assert bool(tips) == (listed["has_reading_tips"] == "true")
    if tips:
        assert 40 <= len(tips) <= 120
        assert story.body.split("。")[0] not in tips


@_per_story()
def test_crossheads_are_as_many_as_listed_and_equally_long(listed: Mapping) -> None:
    crossheads = re.findall(r"^## (.+)$", _read_story(listed["id"]).body, re.MULTILINE)

    assert len(crossheads) == int(listed.get("crossheads", 0))
    assert len({len(crosshead) for crosshead in crossheads}) <= 1


def test_edition_places_every_story_once() -> None:
    edition = _read_yaml(ROOT / "content" / "editions" / f"{EDITION_DATE}.yml")
    (page,) = edition["版面"]
    placed = [item if isinstance(item, str) else item["编号"] for item in page["稿件"]]

    assert sorted(placed) == sorted(story["id"] for story in LISTED)
    assert page["版名"] == FACTS["edition"]["page_name"]
    assert edition["部分"] == "true"


def test_every_bylined_person_is_in_the_directory() -> None:
    people = {p["姓名"]: p for p in _read_yaml(ROOT / "content" / "people.yml")["人物"]}
    roles = {"reporter": "记者", "correspondent": "通讯员", "unstated": None}
    bylines = [b for story in _of_genre("消息", "通讯") for b in story["bylines"]]

    assert set(people) == {byline["name"] for byline in bylines}
    for byline in bylines:
        assert people[byline["name"]].get("身份") == roles[byline["role"]]


def test_every_organisation_is_in_the_directory() -> None:
    listed = {name for story in LISTED for name in story["organisations"]}
    directory = _read_yaml(ROOT / "content" / "organisations.yml")["单位"]

    assert {organisation["名称"] for organisation in directory} == listed


def test_regions_are_unique_and_hold_all_provinces() -> None:
    regions = _read_yaml(ROOT / "content" / "regions.yml")["地区"]

    assert len({region["标识"] for region in regions}) == len(regions)
    assert len({region["代码"] for region in regions}) == len(regions)
    assert sum(region["代码"].endswith("0000") for region in regions) == 34


def test_drawings_come_out_again_pixel_for_pixel(tmp_path: Path) -> None:
    """Decoded pixels are compared, since PNG encoders differ between Pillow versions."""
    subprocess.run([sys.executable, DRAW, "--output", tmp_path], check=True)
    names = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.png"))

    assert len(names) == 3
    for name in names:
        with Image.open(tmp_path / name) as drawn, Image.open(PHOTOS / name) as committed:
            assert drawn.size == (3000, 2000)
            assert ImageChops.difference(drawn, committed).getbbox() is None, name
