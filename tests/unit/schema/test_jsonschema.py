"""The schemas for editor programs say what the check says, as far as a schema can."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel

from site_builder.messages import available_languages, load_messages
from site_builder.schema import data, edition, lead, readings, settings, story
from site_builder.schema.jsonschema import FILES, KINDS, SETTINGS, Known, make_schema
from site_builder.schema.keys import key_table
from site_builder.schema.text import SourceText, find_control
from site_builder.schema.validate import validate
from site_builder.schema.yamltext import parse_yaml

ROOT = Path(__file__).parents[3]
ZH = load_messages("zh-CN")
SCHEMAS = {kind: make_schema(kind, ZH) for kind in KINDS}
MODELS: dict[type[BaseModel], tuple[str, dict[str, Any]]] = {
    story.StoryFile: ("story", {"id": "abc", "headline": "题", "genre": "消息", "date": "2024-04-08", "section": "s"}),
    story.PhotoFile: ("story", {"file": "2024/04/a.png"}),
    story.CorrectionFile: ("story", {"date": "2024-04-10", "text": "应为8人。"}),
    lead.BylineEntry: ("story", {"name": "王伟"}),
    edition.EditionFile: ("edition", {"date": "2024-04-08"}),
    edition.PageFile: ("edition", {"number": "1", "name": "要闻"}),
    edition.PlacementFile: ("edition", {"id": "abc"}),
    edition.UnplacedFile: ("edition", {"id": "abc"}),
    edition.JumpFile: ("edition", {"page": "3", "paragraphs": "4"}),
    edition.PinFile: ("edition", {"column": "1", "line": "1", "columns": "2", "lines": "20"}),
    edition.AdvertisementFile: (
        "edition",
        {"file": "a.png", "alt": "植树", "pin": {"column": "1", "line": "1", "columns": "2", "lines": "20"}},
    ),
    edition.BannerFile: (
        "edition",
        {"words": "建功新时代", "pin": {"column": "1", "line": "1", "columns": "8", "lines": "6"}},
    ),
    data.SectionEntry: ("sections", {"slug": "a", "name": "甲"}),
    data.RegionEntry: ("regions", {"code": "370000", "name": "山东", "full_name": "山东省", "slug": "shandong"}),
    data.OrganisationEntry: ("organisations", {"slug": "a", "name": "甲"}),
    data.PersonEntry: ("people", {"key": "a", "name": "甲"}),
    readings.ReadingEntry: ("pinyin", {"word": "浒湾", "pinyin": "xu wan"}),
    settings.BulletinBlock: ("settings", {"feed_authority": "bulletin.example,2024"}),
}
"""Model → the schema that holds it, and the least that is right."""


def _fields(*types: str) -> list[tuple[type[BaseModel], str]]:
    """The fields whose value may be of one of *types*."""
    found = []
    for model in MODELS:
        for name in model.model_fields:
            declared = _field_schema(model, name).get("type", ())
            found += [(model, name)] if set(types) & set([declared] if isinstance(declared, str) else declared) else []
    return found


def _model_schema(model: type[BaseModel]) -> dict[str, Any]:
    whole = SCHEMAS[MODELS[model][0]]
    root = whole if FILES.get(MODELS[model][0]) is model else whole["definitions"][model.__name__]
    return {**root, "definitions": whole["definitions"]}


def _field_schema(model: type[BaseModel], name: str) -> dict[str, Any]:
    found: dict[str, Any] = _model_schema(model)["properties"][name]
    return found


def _passes_schema(model: type[BaseModel], values: object) -> bool:
    return bool(jsonschema.Draft7Validator(_model_schema(model)).is_valid(values))


def _passes_check(model: type[BaseModel], text: str) -> bool:
    document = parse_yaml(SourceText("a.yml", text), key_table(model))
    return not document.problems and not isinstance(validate(document, model), list)


def _agree(model: type[BaseModel], name: str, value: object, typed: str | None = None) -> None:
    """The schema and the check say the same of *value*, which stands in the file as *typed* (quoted, if not given)."""
    rest = {key: text for key, text in MODELS[model][1].items() if key != name}
    flow = "".join(f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in rest.items())
    flow += f"{name}: {json.dumps(value, ensure_ascii=False) if typed is None else typed}\n"

    assert _passes_schema(model, {**rest, name: value}) == _passes_check(model, flow), flow


# --- shape


@pytest.mark.parametrize("language", available_languages())
@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_draft_07_in_every_language(kind: str, language: str) -> None:
    schema = make_schema(kind, load_messages(language))
    jsonschema.Draft7Validator.check_schema(schema)

    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("language", available_languages())
def test_every_field_has_a_hover_text_and_every_hover_text_a_field(language: str) -> None:
    models = {*MODELS, *FILES.values(), settings.PublicationBlock, settings.FilingBlock, settings.PrintBlock}
    fields = {f"{model.__name__}.{name}" for model in models for name in model.model_fields}
    told = {key for key in load_messages(language).section("fields") if not key.startswith("mkdocs.")}

    assert told == fields


def test_hover_texts_are_chinese_in_chinese() -> None:
    texts = load_messages("zh-CN").section("fields")

    assert [key for key, text in texts.items() if not re.search(r"[\u4e00-\u9fff]", text)] == []


@pytest.mark.parametrize("model", MODELS)
def test_every_spelling_of_a_key_is_known(model: type[BaseModel]) -> None:
    assert set(_model_schema(model)["properties"]) == set(key_table(model).fields)


def test_one_chinese_and_one_english_spelling_are_offered() -> None:
    properties = SCHEMAS["story"]["properties"]
    offered = {key for key, value in properties.items() if not value.get("doNotSuggest")}

    assert {"headline", "主题"} <= offered
    assert {"标题", "肩题"} <= properties.keys() - offered


def test_words_of_a_choice_come_in_both_languages() -> None:
    assert {"消息", "news", "通讯", "feature"} <= set(SCHEMAS["story"]["properties"]["体裁"]["enum"])


def test_known_names_are_offered_and_others_stay_right() -> None:
    known = Known(sections=("工会新闻",), topics=("夜校",), stories=("first-story",), people=("wang-wei",))
    schema = make_schema("story", ZH, known)
    placed = make_schema("edition", ZH, known)["definitions"]["PageFile"]["properties"]["稿件"]["items"]["anyOf"][0]

    assert schema["properties"]["频道"]["examples"] == ["工会新闻"]
    assert schema["properties"]["topics"]["items"]["examples"] == ["夜校"]
    assert schema["definitions"]["BylineEntry"]["properties"]["人物"]["examples"] == ["wang-wei"]
    assert placed["examples"] == ["first-story"]
    assert jsonschema.Draft7Validator(schema).is_valid(
        {**MODELS[story.StoryFile][1], "频道": "别的"} | {"section": "别的"}
    )


# --- whole files


class _CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, by which editor programs read: dates are text, numbers are numbers."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


_CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), list("-+0123456789"))


def _documents() -> list[tuple[str, Path]]:
    content = ROOT / "content"
    files = [(kind, content / f"{kind}.yml") for kind in FILES if (content / f"{kind}.yml").is_file()]
    files += [("edition", path) for path in sorted((content / "editions").glob("*.yml"))]
    return files + [("story", path) for path in sorted((content / "stories").rglob("*.md"))]


@pytest.mark.parametrize(("kind", "path"), _documents(), ids=lambda value: getattr(value, "stem", value))
def test_the_demonstration_newsroom_passes_its_schemas(kind: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    front = text.split("\n---\n")[0].removeprefix("---\n") if kind == "story" else text
    values = yaml.load(front, Loader=_CoreLoader)

    assert [error.message for error in jsonschema.Draft7Validator(SCHEMAS[kind]).iter_errors(values)] == []


def test_mkdocs_yml_passes_and_its_slips_are_seen() -> None:
    values = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_CoreLoader)
    check = jsonschema.Draft7Validator(SCHEMAS[SETTINGS]).is_valid

    assert check({**values, "site_url": "https://paper.example/x/", "extra": {"any": "thing"}})
    assert check({**values, "plugins": {"bulletin": {"feed_authority": "a,2024"}}})
    assert not check({**values, "site_url": "paper.example"})
    assert not check({**values, "theme": {"name": "mkdocs"}})
    assert not check({**values, "plugins": ["search"]})
    assert not check({**values, "plugins": [{"bulletin": {"feed_autority": "a,2024"}}]})
    assert not check({key: value for key, value in values.items() if key != "site_name"})


@pytest.mark.parametrize("model", MODELS)
def test_what_is_obligatory_may_have_any_spelling(model: type[BaseModel]) -> None:
    least = MODELS[model][1]
    assert _passes_schema(model, least)
    for name, spellings in key_table(model).spellings():
        if name in least:
            rest = {key: value for key, value in least.items() if key != name}
            assert not _passes_schema(model, rest)
            assert [s for s in spellings if not _passes_schema(model, {**rest, s: least[name]})] == []


@pytest.mark.parametrize("model", MODELS)
def test_unknown_keys_are_refused_by_both(model: type[BaseModel]) -> None:
    _agree(model, "no_such_key", "x")


def test_a_byline_is_text_or_a_list_and_a_placement_an_id_or_a_mapping() -> None:
    for byline, right in (("王伟", True), ([{"role": "记者", "姓名": ["王伟"]}], True), ([{"role": "x"}], False)):
        assert _passes_schema(story.StoryFile, {**MODELS[story.StoryFile][1], "byline": byline}) is right
    for placement, right in (("abc", True), ({"id": "abc", "优先级": 3}, True), ({"priority": 3}, False)):
        assert _passes_schema(edition.PageFile, {**MODELS[edition.PageFile][1], "stories": [placement]}) is right


# --- values

_LOOSE = st.text(st.sampled_from("a9-,/ .:、工会Z+T@"), max_size=12)
_MOMENTS = st.from_regex(
    r"\A ?[0-9]{4}-[01]?[0-9]-[0-2]?[0-8]([T ][0-2]?[0-9]:[0-6][0-9](:[0-6]0)? ?(Z|[+-]0[0-9]:?[0-5]0)?)?\Z"
)
_NUMBERS = st.from_regex(r"\A ?0{0,9}[0-9]{0,10}\Z")
_SLUGS = st.from_regex(r"\A ?[A-Za-z0-9-]{1,6}(-[a-z0-9]+)? ?\Z")
_LONG = st.integers(78, 82).map(lambda length: "a" * length)
_AUTHORITIES = st.from_regex(r"\A ?[A-Za-z0-9.@_-]+,[0-9]{3,4}(-[0-9]{1,2}){0,2}\Z")
_FOCUSES = st.from_regex(r"\A ?([左中右]?[上下中]?|top|top left|[0-9]{1,3}%?[ ,，、]{1,2}[0-9]{1,3}%?) ?\Z")
_HAN_WORDS = st.text(st.sampled_from("浒湾〇𬭚 a·（"), min_size=1, max_size=4)
_SYLLABLES = st.text(st.sampled_from("ylivüǚ 'Y\u3000"), min_size=1, max_size=6)
_IDS = st.from_regex(r"\A[a-z0-9-]{2,5}([、,;] ?[a-z0-9-]{2,4}){0,2}[、,]?\Z")
TEXT_FIELDS: list[tuple[type[BaseModel], str, st.SearchStrategy[str]]] = [
    (story.StoryFile, "headline", _LOOSE),
    (story.StoryFile, "kicker", _LOOSE),
    (story.StoryFile, "topics", _LOOSE),
    (story.StoryFile, "id", _SLUGS | _LONG),
    (story.StoryFile, "aliases", _IDS | _LONG),
    (story.StoryFile, "date", _MOMENTS),
    (story.StoryFile, "updated", _MOMENTS),
    (edition.EditionFile, "date", _MOMENTS),
    (edition.EditionFile, "number", _NUMBERS),
    (edition.PageFile, "number", _NUMBERS),
    (edition.PlacementFile, "priority", _NUMBERS),
    (story.PhotoFile, "focus", _FOCUSES),
    (data.SectionEntry, "slug", _SLUGS),
    (data.RegionEntry, "code", _NUMBERS),
    (lead.BylineEntry, "name", _LOOSE),
    (readings.ReadingEntry, "word", _HAN_WORDS),
    (readings.ReadingEntry, "pinyin", _SYLLABLES),
    (settings.BulletinBlock, "feed_items", _NUMBERS),
    (settings.BulletinBlock, "feed_authority", _AUTHORITIES),
]
"""A field of each form, and texts on both sides of its border."""


def test_a_field_of_every_form_is_tried() -> None:
    tried = {_field_schema(model, name).get("pattern") for model, name, _ in TEXT_FIELDS}

    assert {_field_schema(model, name).get("pattern") for model, name in _fields("string")} <= tried


@pytest.mark.parametrize(("model", "name", "texts"), TEXT_FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_text_is_judged_as_the_check_judges_it(
    model: type[BaseModel], name: str, texts: st.SearchStrategy[str]
) -> None:
    """Not so: days that their month lacks, zones that nobody knows, minutes of an offset above 59, digits of other
    scripts: no pattern tells those."""

    @given(texts | _LOOSE)
    def judge(value: str) -> None:
        assume(not find_control(value))
        _agree(model, name, value)

    judge()


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (edition.PlacementFile, "priority", "000000010"),
        (edition.PlacementFile, "priority", "0000000010"),
        (edition.PageFile, "number", "000000000"),
        (story.StoryFile, "aliases", "abc、、def,"),
        (story.StoryFile, "date", "2024-4-8 6:30:59 +08:00"),
        (story.StoryFile, "date", "2024-12-31T23:59Z"),
        (story.StoryFile, "date", "2024-12-31T24:00"),
        (story.StoryFile, "date", "2024-13-01"),
        (story.StoryFile, "date", "0000-01-01"),
        (settings.BulletinBlock, "feed_authority", "desk@paper.example,2024-01"),
    ],
)
def test_borders_are_where_the_check_has_them(model: type[BaseModel], name: str, value: str) -> None:
    _agree(model, name, value)


_WHOLE = st.integers(-20, 10**10) | st.sampled_from(
    [0, 1, 10, 11, 99, 100, 99_999, 100_000, 999_999, 10**6, 10**9 - 1, 10**9]
)


@pytest.mark.parametrize(
    ("model", "name"), [f[:2] for f in TEXT_FIELDS], ids=lambda value: getattr(value, "__name__", value)
)
def test_plain_numbers_are_judged_as_the_check_judges_them(model: type[BaseModel], name: str) -> None:
    """An editor program sees a number where our parser keeps the text."""

    @given(_WHOLE)
    def judge(value: int) -> None:
        assume(not (value < 0 and name in ("id", "aliases")))  # "-12" is an id of three characters.
        _agree(model, name, value, str(value))

    judge()


@given(st.sampled_from(_fields("array")), st.lists(_SLUGS | _LOOSE, max_size=4))
def test_lists_are_judged_as_the_check_judges_them(field: tuple[type[BaseModel], str], values: list[str]) -> None:
    model, name = field
    assume(name not in ("photos", "pages", "stories", "unplaced"))

    _agree(model, name, values)


@given(st.sampled_from(["genre", "status"]), st.data())
def test_words_are_judged_as_the_check_judges_them(name: str, drawn: st.DataObject) -> None:
    """Not so: English words in capitals, and blanks around a word in quotes, which the check bears."""
    words = _field_schema(story.StoryFile, name)["enum"]
    value = drawn.draw(st.sampled_from(words) | st.text(st.sampled_from("消息通讯草稿发布"), min_size=1, max_size=3))

    _agree(story.StoryFile, name, value)


@pytest.mark.parametrize("value", [True, False, "是", "否", "yes", "no"])
def test_yes_and_no_are_understood_by_both(value: object) -> None:
    _agree(edition.EditionFile, "partial", value)
