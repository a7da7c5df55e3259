"""Every problem that the product can find: shown by a newsroom that has it, gone when its fix is typed.

A case is a folder `tests/sites/problems/<code>/`: `bad/` and `good/` are laid over the minimal newsroom; `good` is
`bad` with the fix of the message applied. `expected.<language>.txt` is all that `bulletin check` says of the bad
one, positions and carets included; `UPDATE_GOLDEN=1 pytest …` writes them anew, to be read before they are committed.
"""

from __future__ import annotations

import ast
import os
import string
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from fake_host import FakeHost
from faulty import FaultyExecutor, is_marked
from newsroom_samples import FIRST_STORY, PROBLEMS, SITES, make_newsroom, minimal_text

import site_builder
from site_builder import api
from site_builder.formats.text import format_text
from site_builder.messages import Messages, available_languages, load_messages
from site_builder.problems import Problem, sort_problems
from site_builder.schema.lead import _CODES
from site_builder.schema.printed_text import Reason

SOURCE = Path(site_builder.__file__).parent
LANGUAGES = available_languages()
PARTS = {"what", "why", "fix"}
WHILE_BUILDING = {"theme-template", "card-sign-missing"}
"""Codes that a check cannot find, since nothing is rendered."""
CRASHES = {"task-failed", "task-died"}
"""Codes for faults of the program, which no newsroom has by itself: an executor brings them about."""
SPEAKING = (
    "schema",
    "build/check.py",
    "build/fonts.py",
    "build/locks.py",
    "build/logo.py",
    "build/executing/renderers.py",
    "build/executing/tasks.py",
    "build/sources.py",
)
"""Where problems are made; elsewhere the same words may be codes of exceptions."""


@cache
def _catalogue(language: str) -> dict[str, str]:
    return load_messages(language).section("problems")


def _codes(language: str = "zh-CN") -> set[str]:
    return {key.rpartition(".")[0] for key in _catalogue(language)}


CODES = sorted(_codes())
CASES = sorted(path.name for path in PROBLEMS.iterdir() if path.is_dir())


def _problems(root: Path, code: str) -> Sequence[Problem]:
    if code in CRASHES:
        executor = FaultyExecutor(is_marked, die=code == "task-died")
        return api.build(root, host=FakeHost(), executor=executor).problems
    if code in WHILE_BUILDING:
        return api.build(root, host=FakeHost()).problems
    return api.check(root).problems


def _report(problems: Sequence[Problem], messages: Messages) -> str:
    return "\n\n".join(format_text(problem, messages) for problem in problems) + "\n"


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_minimal_newsroom_has_no_problem(tmp_path: Path) -> None:
    assert api.check(make_newsroom(tmp_path)).problems == ()


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert CASES == CODES


def test_every_code_says_what_why_and_how_to_mend_it() -> None:
    assert set(_catalogue("zh-CN")) == {f"{code}.{part}" for code in CODES for part in PARTS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_messages_with_the_same_places(language: str) -> None:
    chinese = {key: _places(text) for key, text in _catalogue("zh-CN").items()}

    assert {key: _places(text) for key, text in _catalogue(language).items()} == chinese


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_of_values_are_said_in_every_language(language: str) -> None:
    expected = load_messages("zh-CN").section("kind")

    assert load_messages(language).section("kind").keys() == expected.keys()


@pytest.mark.parametrize("code", CASES)
def test_bad_newsroom_shows_the_code_as_told(code: str, tmp_path: Path) -> None:
    problems = _problems(make_newsroom(tmp_path, PROBLEMS / code / "bad"), code)

    assert code in {problem.code for problem in problems}
    if code == "yaml-syntax" and not yaml.__with_libyaml__:
        pytest.skip("quotes YAML's own words, which differ without libyaml")
    for language in LANGUAGES:
        golden = PROBLEMS / code / f"expected.{language}.txt"
        report = _report(problems, load_messages(language))
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_bytes(report.encode())
        assert report == golden.read_bytes().decode()


@pytest.mark.parametrize("code", CASES)
def test_every_place_of_the_message_is_filled(code: str, tmp_path: Path) -> None:
    problems = _problems(make_newsroom(tmp_path, PROBLEMS / code / "bad"), code)
    wanted = {name for part in PARTS for name in _places(_catalogue("zh-CN")[f"{code}.{part}"])}

    for problem in problems:
        if problem.code == code:
            assert wanted <= {name for name, _ in problem.values}


@pytest.mark.parametrize("code", CASES)
def test_mended_newsroom_has_no_problem(code: str, tmp_path: Path) -> None:
    """The fix works: the nearest neighbour of the bad newsroom passes."""
    assert _problems(make_newsroom(tmp_path, PROBLEMS / code / "good"), code) == ()


SLIPS = tomllib.loads((SITES / "slips.toml").read_text(encoding="utf-8"))["slip"]


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{number:02}" for number in range(1, len(SLIPS) + 1)])
def test_slip_of_the_keyboard_is_told_at_its_place(slip: dict[str, Any], tmp_path: Path) -> None:
    typed = minimal_text(slip["file"])
    problems = api.check(
        make_newsroom(tmp_path, {slip["file"]: typed.replace(slip["typed"], slip["slip"], 1)})
    ).problems
    told = [f"{p.span.line}:{p.span.column}+{p.span.length} {p.code}" for p in problems]

    assert slip["typed"] in typed
    assert told == slip["told"]
    assert {p.path for p in problems} <= {slip["file"]}


@pytest.mark.parametrize(
    ("name", "spoilt"),
    [("sections", b"x: [\n"), ("regions", b"\xff"), ("organisations", b"x: 1\n"), ("people", "人物：\n".encode())],
)
def test_broken_data_file_is_not_blamed_on_stories(name: str, spoilt: bytes, tmp_path: Path) -> None:
    """A slip in sections.yml used to make every story's section unknown, and every edition's stories too."""
    path = f"content/{name}.yml"
    root = make_newsroom(tmp_path, {path: spoilt + (make_newsroom(tmp_path / "other") / path).read_bytes()})
    problems = api.check(root).problems

    assert {problem.path for problem in problems} == {path}


def test_story_under_another_name_is_not_missed_by_its_edition_while_it_has_errors(tmp_path: Path) -> None:
    text = minimal_text(FIRST_STORY).replace("2024-04-08", "今天")
    overlay = {f"{FIRST_STORY}.delete": "", "content/stories/2024/04/night.md": text}

    assert [p.code for p in api.check(make_newsroom(tmp_path, overlay)).problems] == ["date-invalid"]


def test_problems_at_one_place_keep_the_order_in_which_they_were_found() -> None:
    """They used to come in the order of a set, another one in each run."""
    found = [
        Problem("field-missing", "a.md", values=(("key", key),)) for key in ("编号", "主题", "体裁", "日期", "频道")
    ]

    assert sort_problems([*found, *found]) == tuple(found)


def _modules() -> Iterator[ast.Module]:
    for name in SPEAKING:
        place = SOURCE / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            yield ast.parse(path.read_text(encoding="utf-8"))


def _strings_used() -> set[str]:
    """Every string in the modules that make problems."""
    nodes = (node for module in _modules() for node in ast.walk(module))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _codes_given() -> set[str]:
    """The first string of every call of `problem(…)`, `x.problem(…)` or `refuse(…)`."""
    found = set()
    for module in _modules():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name in ("problem", "refuse") and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def test_every_code_given_in_the_source_is_in_the_catalogue() -> None:
    assert _codes_given() - set(CODES) == set()


def test_every_reason_of_the_byline_grammar_has_a_code() -> None:
    assert set(_CODES) == set(get_args(Reason))
    assert set(_CODES.values()) <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_the_catalogue_is_used(code: str) -> None:
    assert code in _strings_used()
