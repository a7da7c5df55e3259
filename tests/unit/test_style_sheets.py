"""Rules that our style sheets keep everywhere, read from their text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).resolve().parents[2] / "themes/static").glob("*.css"))
PHYSICAL = re.compile(
    r"(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|float|clear|text-align)$"
)
SIDES = re.compile(r"\b(?:left|right)\b")
YOUNG = re.compile(r"(?:margin|padding)-(?:inline|block)$|inset$|inset-inline$")
"""Shorthands that Chrome 80 and Safari 14 do not know, where their absence would show."""


def declarations(sheet: Path) -> list[tuple[str, dict[str, str]]]:
    """(selector, declarations) of every rule."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", text)
    return [
        (selector.strip(), dict(part.strip().split(":", 1) for part in body.split(";") if ":" in part))
        for selector, body in rules
    ]


def directed(selector: str, rule: dict[str, str]) -> list[str]:
    """What in a rule would be on the wrong side in a right-to-left page."""
    wrong = [
        name for name, value in rule.items() if PHYSICAL.match(name) and (SIDES.search(value) or SIDES.search(name))
    ]
    if rule.get("left") != rule.get("right"):
        wrong += [name for name in ("left", "right") if name in rule]
    for name in ("margin", "padding", "border-width"):
        values = re.findall(r"var\([^)]*\)|calc\([^;]*?rem\)|[^\s()]+", rule.get(name, ""))
        if len(values) == 4 and values[1] != values[3]:
            wrong.append(name)
    return [f"{selector} {{ {name} }}" for name in wrong]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sides_are_logical_so_that_a_page_can_run_right_to_left(sheet: Path) -> None:
    rules = declarations(sheet)

    assert len(rules) > 10
    assert [finding for selector, rule in rules for finding in directed(selector, rule)] == []


@pytest.mark.parametrize(
    "rule",
    [
        {"margin-left": " 1px"},
        {"text-align": " left"},
        {"left": " 0"},
        {"float": " right"},
        {"padding": " 1px 2px 1px 0"},
        {"margin": " calc(7 * .05rem) calc(10 * .05rem) 1px 0"},
    ],
)
def test_a_side_of_the_paper_is_seen(rule: dict[str, str]) -> None:
    assert len(directed("p", rule)) == 1


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_old_browsers_know_what_places_things(sheet: Path) -> None:
    assert [(selector, name) for selector, rule in declarations(sheet) for name in rule if YOUNG.match(name)] == []
