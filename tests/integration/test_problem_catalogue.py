"""Every problem that the product can find: shown by a newsroom that has it, gone when its fix is typed.

A case is a folder `tests/sites/problems/<code>/`: `bad/` and `good/` are laid over the minimal newsroom; `good` is
`bad` with the fix of the message applied. `expected.<language>.txt` is all that `bulletin check` says of the bad
one, positions and carets included; `UPDATE_GOLDEN=1 pytest …` writes them anew, to be read before they are committed.
"""

from __future__ import annotations

import ast
import os
import string
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from fake_host import FakeHost
from newsroom_samples import PROBLEMS, make_newsroom

import site_builder
from site_builder import api
from site_builder.messages import Messages, available_languages, load_messages
from site_builder.problems import Problem, format_text

SOURCE = Path(site_builder.__file__).parent
LANGUAGES = available_languages()
PARTS = {"what", "why", "fix"}
WHILE_BUILDING = {"theme-template"}
"""Codes that a check cannot find, since nothing is rendered."""
SPEAKING = ("schema", "build/check.py", "build/tasks.py", "build/sources.py")
"""Where problems are made; elsewhere the same words may be codes of exceptions."""


@cache
def _catalogue(language: str) -> dict[str, str]:
    return load_messages(language).section("problems")


def _codes(language: str = "zh-CN") -> set[str]:
    return {key.rpartition(".")[0] for key in _catalogue(language)}


CODES = sorted(_codes())
CASES = sorted(path.name for path in PROBLEMS.iterdir() if path.is_dir())


def _problems(root: Path, code: str) -> Sequence[Problem]:
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
    from typing import get_args

    from site_builder.schema.lead import _CODES
    from site_builder.schema.printed_text import Reason

    assert set(_CODES) == set(get_args(Reason))
    assert set(_CODES.values()) <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_the_catalogue_is_used(code: str) -> None:
    assert code in _strings_used()
