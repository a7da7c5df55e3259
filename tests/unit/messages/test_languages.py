"""Every language says the same things, and Click's own words are among them."""

from __future__ import annotations

import ast
import gettext
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from string import Formatter

import click
import pytest
from babel import Locale

from site_builder.cli.wording import catalogue, click_words, compile_catalogue
from site_builder.messages import DEFAULT_LANGUAGE, Messages, available_languages, load_messages

LANGUAGES = available_languages()
OTHERS = [language for language in LANGUAGES if language != DEFAULT_LANGUAGE]


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_default_language_comes_first() -> None:
    assert LANGUAGES[0] == DEFAULT_LANGUAGE


@pytest.mark.parametrize("language", OTHERS)
def test_languages_say_the_same_things(language: str) -> None:
    ours, theirs = load_messages(DEFAULT_LANGUAGE).table, load_messages(language).table

    assert sorted(ours.keys() ^ theirs.keys()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_languages_fill_the_same_places(language: str) -> None:
    """Click leaves places of its phrases empty where a translation does not want them, so its own may be fewer."""
    ours, theirs = load_messages(DEFAULT_LANGUAGE).table, load_messages(language).table
    differ = {key for key in ours if _places(ours[key]) != _places(theirs[key])}

    assert differ == {key for key in differ if key.startswith("click.") and _places(ours[key]) < _places(theirs[key])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_names_itself_and_what_babel_and_the_theme_call_it(language: str) -> None:
    messages = load_messages(language)

    assert messages.text("language.name")
    assert Locale.parse(messages.locale).language == language.split("-")[0]
    material = find_spec("material")
    assert material
    assert material.origin
    assert (
        Path(material.origin).parent / f"templates/partials/languages/{messages.text('language.theme')}.html"
    ).is_file()


# Click's words

PROGRAMMERS = (
    "DeprecationWarning", "defined twice", "Could not determine name", "No options defined", "take exactly one",
    "cannot use the same flag", "Invalid start character", "Unknown standard stream", "Unknown color", "Choice({",
)  # fmt: skip
"""What Click says to whoever writes a command, not to whoever calls it."""
UNUSED = {"Show this message and exit.", "Show the version and exit.", "%(prog)s, version %(version)s"}
"""What our commands say in words of their own."""
UNSEEN_MODULES = {"_termui_impl.py", "_winconsole.py", "shell_completion.py"}
"""Editor, console and shell machinery that no command of ours calls."""


def _click_phrases() -> Iterator[str]:
    for file in Path(click.__file__).parent.glob("*.py"):
        if file.name in UNSEEN_MODULES:
            continue
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_", "ngettext"):
                yield from (a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def test_every_phrase_that_click_says_to_users_is_translated() -> None:
    known = set(load_messages("en").section("click").values())
    wanted = {p for p in _click_phrases() if p not in UNUSED and not any(word in p for word in PROGRAMMERS)}

    assert len(wanted) > 40
    assert wanted - known == set()


def test_english_phrases_are_clicks_own() -> None:
    """A phrase that Click does not say would never be looked up."""
    own = {key: text for key, text in load_messages("en").section("click").items() if not key.startswith("metavar-")}

    said = {*_click_phrases(), "required"}

    assert {key for key, text in own.items() if text not in said} == set()


def test_english_needs_no_catalogue() -> None:
    assert catalogue(load_messages("en")) == {}


def test_a_catalogue_is_read_back_by_gettext(tmp_path: Path) -> None:
    phrases = {"One": "一", "a {n}\0many {n}": "一个 {n}\0许多 {n}", "Zoë": "左"}
    (tmp_path / "x.mo").write_bytes(compile_catalogue(phrases))
    with (tmp_path / "x.mo").open("rb") as file:
        read = gettext.GNUTranslations(file)

    assert (read.gettext("One"), read.gettext("Zoë"), read.gettext("other")) == ("一", "左", "other")
    assert (read.ngettext("a {n}", "many {n}", 1), read.ngettext("a {n}", "many {n}", 2)) == ("一个 {n}", "许多 {n}")


def test_the_process_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    domain = gettext.textdomain()
    with click_words(load_messages("zh-CN")):
        assert gettext.gettext("Usage:") == "用法:"
    assert (gettext.textdomain(), gettext.gettext("Usage:")) == (domain, "Usage:")
    with click_words(Messages("xx", {**load_messages("en").table, "language.locale": "eo", "click.usage": "Uzo:"})):
        assert gettext.gettext("Usage:") == "Uzo:"
        assert gettext.gettext("Options") == "Options"
