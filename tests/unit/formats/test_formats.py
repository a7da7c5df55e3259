"""Problems for GitHub and for code scanners."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.formats.github import format_github
from site_builder.formats.sarif import format_sarif
from site_builder.messages import load_messages
from site_builder.problems import Problem, Span, problem

ZH, EN = load_messages("zh-CN"), load_messages("en")
STORY = "content/stories/2024/04/夜校 1.md"
FOUND = problem("date-invalid", STORY, Span(4, 7, 10), key="日期", found="2024-13-01: 50%, 或\n第二行")
COMMAND = re.compile(r"::(error|warning) ([^\n]*?)::([^\n]*)")
TEXT = st.text("%,:=\r\n；夜a", max_size=8)


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub's runner reads it (actions/runner, ActionCommand.cs)."""
    match = COMMAND.fullmatch(line)
    assert match
    pairs = (pair.partition("=") for pair in match[2].split(","))
    unescape = {name: unquote(value) for name, _, value in pairs}
    return match[1], unescape, unquote(match[3])


def test_github_gets_place_title_reason_and_fix() -> None:
    kind, places, said = parsed(format_github([FOUND], ZH))

    assert kind == "error"
    assert {name: places[name] for name in ("file", "line", "col", "endColumn")} == {
        "file": STORY,
        "line": "4",
        "col": "7",
        "endColumn": "17",
    }
    assert places["title"].endswith("[date-invalid]")
    assert "原因：" in said
    assert "改法：" in said


def test_github_names_files_from_the_repository() -> None:
    assert parsed(format_github([FOUND], EN, "newsroom/"))[1]["file"] == f"newsroom/{STORY}"


def test_github_gets_nothing_where_nothing_is_wrong() -> None:
    assert format_github([], ZH) == ""


@given(TEXT, TEXT)
def test_no_text_breaks_out_of_a_workflow_command(path: str, found: str) -> None:
    wrong = problem("date-invalid", path, Span(1), key=found, found=found)

    _, places, _ = parsed(format_github([wrong], ZH))

    assert places["file"] == path
    assert set(places) == {"file", "line", "col", "endColumn", "title"}


def sarif(problems: list[Problem], folder: str = "") -> dict[str, Any]:
    log = json.loads(format_sarif(problems, ZH, folder))
    assert isinstance(log, dict)
    return log


def test_sarif_has_what_the_standard_requires() -> None:
    """SARIF 2.1.0: §3.13 log, §3.14 run, §3.18 tool, §3.19 driver, §3.27 result, §3.49 rule."""
    log = sarif([FOUND, problem("headline-full-stop", STORY, Span(3, 9), severity="warning")])
    (run,) = log["runs"]
    driver = run["tool"]["driver"]

    assert log["version"] == "2.1.0"
    assert driver["name"] == "Bulletin"
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in driver["rules"]] == ["date-invalid", "headline-full-stop"]
    assert all(rule[part]["text"] for rule in driver["rules"] for part in ("shortDescription", "help"))
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]


def test_sarif_places_are_relative_addresses_and_regions_end_after_the_last_column() -> None:
    (result,) = sarif([FOUND], "a b/")["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]

    assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    assert place["artifactLocation"]["uri"].isascii()
    assert unquote(place["artifactLocation"]["uri"]) == f"a b/{STORY}"
    assert place["region"] == {"startLine": 4, "startColumn": 7, "endColumn": 17}


def test_sarif_of_a_clean_newsroom_is_a_run_without_results() -> None:
    (run,) = sarif([])["runs"]

    assert run["results"] == []


@pytest.mark.parametrize("messages", [ZH, EN], ids=["zh-CN", "en"])
def test_rules_show_no_empty_places(messages: Any) -> None:
    rules = json.loads(format_sarif([FOUND], messages))["runs"][0]["tool"]["driver"]["rules"]

    assert "{" not in json.dumps([[rule[part]["text"] for part in ("shortDescription", "help")] for rule in rules])
