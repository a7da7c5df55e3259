"""What of ``mkdocs.yml`` is read, beyond what the problem catalogue shows."""

from __future__ import annotations

import pytest

from site_builder.model.settings import Settings
from site_builder.schema.located import Checked
from site_builder.schema.settings import parse_settings
from site_builder.schema.text import SourceText

PLAIN = """\
site_name: 报
site_url: https://paper.example/
theme: material
plugins:
  - bulletin:
      feed_authority: paper.example,2024
"""


def parse(typed: str = "", instead: str = "") -> Checked[Settings]:
    assert typed in PLAIN
    return parse_settings(SourceText("mkdocs.yml", PLAIN.replace(typed, instead) if typed else PLAIN))


def told(typed: str, instead: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.span.line, p.span.column) for p in parse(typed, instead).problems]


def test_the_plain_settings_have_no_problem() -> None:
    assert parse().problems == ()


@pytest.mark.parametrize(
    ("typed", "instead", "place"),
    [
        ("报", '!ENV [NAME, "x"]', (1, 12)),
        ("报", "!ENV NAME", (1, 12)),
        ("报", "[甲, 乙]", (1, 12)),
        ("报", "{甲: 乙}", (1, 12)),
        ("https://paper.example/", "!ENV URL", (2, 11)),
        ("theme:", "site_description: !ENV WORDS\ntheme:", (3, 19)),
        ("theme:", "site_dir: [a]\ntheme:", (3, 11)),
        ("paper.example,2024", "!ENV AUTHORITY", (6, 23)),
        ("paper.example,2024", "paper.example,2024\n      language: !ENV [L, en]", (7, 17)),
    ],
)
def test_a_value_that_only_mkdocs_understands_is_told_at_its_place(
    typed: str, instead: str, place: tuple[int, int]
) -> None:
    assert told(typed, instead) == [("wrong-type", *place)]


@pytest.mark.parametrize("instead", ["!!str 报", "'报'", "&name 报"])
def test_a_tag_that_changes_nothing_is_none(instead: str) -> None:
    checked = parse("报", instead)

    assert checked.value is not None
    assert checked.value.value.site_name == "报"


def test_tags_of_other_plugins_are_none_of_our_business() -> None:
    extension = 'markdown_extensions:\n  - x: {slug: !!python/name:a.b , y: "\\x01"}\ntheme:'

    assert told("theme:", extension) == []


@pytest.mark.parametrize(
    ("typed", "place"), [("报", (1, 12)), ("https://paper.example/", (2, 11)), ("paper.example,2024", (6, 23))]
)
def test_a_control_character_typed_as_an_escape_is_told(typed: str, place: tuple[int, int]) -> None:
    assert ("control-character", *place) in told(typed, '"报\\x07"')


@pytest.mark.parametrize("count", ["0", "00"])
@pytest.mark.parametrize("key", ["feed_items", "list_items"])
def test_no_list_is_empty_for_ever(key: str, count: str) -> None:
    assert told("paper.example,2024", f"paper.example,2024\n      {key}: {count}") == [
        ("number-too-small", 7, 7 + len(key) + 2)
    ]


@pytest.mark.parametrize("authority", ["paper.example", "paper.example,24", "paper.example,", "a b,2024"])
def test_a_feed_authority_has_a_date(authority: str) -> None:
    assert told("paper.example,2024", authority) == [("feed-authority", 6, 23)]


@pytest.mark.parametrize("authority", ["paper.example,2024-05", "desk@paper.example,2024-05-01"])
def test_a_feed_authority_may_be_precise(authority: str) -> None:
    checked = parse("paper.example,2024", authority)

    assert checked.value is not None
    assert checked.value.value.feed_authority == authority
