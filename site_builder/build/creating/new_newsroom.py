"""A new newsroom: files of the package's ``starter/`` folder, filled with the answers to a few questions.

In the files stand places, ``[[kind:name]]``: *kind* says how the value is to be written there (``yaml`` quotes it,
``markdown`` escapes it, ``json`` encodes it, ``plain`` is for what Bulletin itself made, ``say`` is a message).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from site_builder import __version__
from site_builder.build.atomic import in_the_way, write_new_files
from site_builder.build.clock import Clock
from site_builder.build.creating.editorschemas import schema_text
from site_builder.errors import UsageError
from site_builder.messages import DEFAULT_LANGUAGE, Messages, available_languages, load_messages
from site_builder.problems import Problem
from site_builder.schema.data import DataFiles, parse_data
from site_builder.schema.fields import GENRES, STATUSES, suggest_id
from site_builder.schema.jsonschema import KINDS, Known
from site_builder.schema.settings import DEFAULT_TIMEZONE, parse_settings
from site_builder.schema.text import SourceText, find_control
from site_builder.schema.yamlquote import quoted

SCHEMAS = ".vscode/schemas"
EXAMPLE_URL = "https://paper.example/"
"""Of a domain that belongs to nobody (RFC 2606): to be changed before anything is published."""
_FOLDER = "starter"
_PROGRAMS = frozenset({"ci.sh", ".githooks/pre-commit"})
_PLACE = re.compile(r"\[\[(\w+):([\w-]+)\]\]")
_LIST_MARKS = re.compile("[、,，;；]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!|~-])")


@dataclass(frozen=True)
class Answers:
    """What a new newsroom is asked."""

    name: str
    """The paper's name."""
    url: str = EXAMPLE_URL
    authority: str = ""
    """Of feed ids; suggested from ``url`` and today's date when empty."""
    timezone: str = DEFAULT_TIMEZONE
    language: str = DEFAULT_LANGUAGE
    sections: str = ""
    """Names on one line, with 、 or commas between them; those of the message file when empty."""


def suggest_authority(url: str, today: date) -> str:
    """A feed authority (RFC 4151) for a site at *url* that belongs to the paper today."""
    with suppress(ValueError, UnicodeError):
        host = (urlsplit(url).hostname or "").encode("idna").decode()
        if re.fullmatch(r"[a-z0-9.-]+", host):
            return f"{host},{today.isoformat()}"
    return f"paper.example,{today.isoformat()}"


def check_answers(answers: Answers, today: date) -> dict[str, Problem]:
    """What is wrong with them, by field. Each is judged by itself, as ``bulletin check`` would judge it."""
    usual = Answers("报")
    found: dict[str, Problem] = {}
    for field in fields(Answers):
        alone = replace(usual, **{field.name: getattr(answers, field.name)})
        problem = (
            _line_problem(getattr(answers, field.name)) or _sections_problem(alone) or _settings_problem(alone, today)
        )
        found |= {field.name: problem} if problem else {}
    return found


def write_newsroom(folder: Path, answers: Answers, clock: Clock) -> tuple[Path, ...]:
    """Make a newsroom in *folder* from *answers*; its files, sorted.

    All or nothing: where any of the files is there already, or writing fails, nothing is changed.
    Raises ``UsageError`` for that, and for answers that ``check_answers`` refuses.
    """
    answers = Answers(**{field.name: getattr(answers, field.name).strip() for field in fields(Answers)})
    now = clock.now()
    wrong = check_answers(answers, now.date())
    if wrong:
        raise UsageError("init-answers", tuple(wrong))
    contents = starter_files(answers, now.astimezone(ZoneInfo(answers.timezone)).date())
    if folder.exists() and not folder.is_dir():
        raise UsageError("init-no-folder", str(folder))
    taken = sorted(name for name in contents if in_the_way(folder, name))
    if taken:
        raise UsageError("init-exists", str(folder), "\n  ".join(taken))
    write_new_files(folder, {name: text.encode() for name, text in contents.items()}, _PROGRAMS)
    return tuple(folder / name for name in sorted(contents))


def starter_files(answers: Answers, today: date) -> Mapping[str, str]:
    """The text of every file of the newsroom, by path."""
    messages = load_messages(answers.language)
    values = _values(answers, today, messages)
    names = {"YEAR": f"{today:%Y}", "MONTH": f"{today:%m}", "DATE.yml": f"{today.isoformat()}.yml"}
    contents = {}
    for path, text in _templates(files("site_builder").joinpath(_FOLDER)):
        target = "/".join(names.get(part, re.sub("^dot-", ".", part)) for part in path.split("/"))
        contents[target] = fill(text, values, messages)
    known = Known(sections=_section_names(answers, messages), stories=("sample-story",), people=("zhang-san",))
    for kind in KINDS:
        contents[f"{SCHEMAS}/{kind}.json"] = schema_text(kind, answers.language, known)
    return contents


def fill(text: str, values: Mapping[str, str], messages: Messages) -> str:
    """*text* with its places filled. Raises ``KeyError`` for a place that nobody fills."""

    def write(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "say":
            return messages.text(f"init.say.{name}")
        return _WRITERS[kind](values[name])

    return _PLACE.sub(write, text)


def _markdown(text: str) -> str:
    """*text* as itself in Markdown."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", escaped)


_WRITERS: Mapping[str, Callable[[str], str]] = {
    "yaml": quoted,
    "markdown": _markdown,
    "json": lambda text: json.dumps(text, ensure_ascii=False),
    "plain": str,
}


def _values(answers: Answers, today: date, messages: Messages) -> Mapping[str, str]:
    sections = _section_names(answers, messages)
    return {
        "name": answers.name.strip(),
        "url": answers.url.strip(),
        "authority": answers.authority.strip() or suggest_authority(answers.url, today),
        "timezone": answers.timezone.strip(),
        "language": answers.language,
        "about": messages.text("init.about", name=answers.name.strip()),
        "section": sections[0],
        "sections": _section_lines(sections),
        "date": today.isoformat(),
        "version": __version__,
        "genres": ",".join(GENRES),
        "statuses": ",".join(STATUSES),
        "error-line": _short_line("error"),
        "warning-line": _short_line("warning"),
        **messages.section("init.word"),
    }


def _short_line(severity: str) -> str:
    """A regular expression for the lines of ``check --format short`` of one severity, in any language."""
    words = "|".join(re.escape(load_messages(code).text(f"report.{severity}")) for code in available_languages())
    return rf"^(.+?):(\d+):(\d+): (?:{words})\[([\w-]+)\]: (.*)$"


def _section_names(answers: Answers, messages: Messages) -> tuple[str, ...]:
    usual = messages.text("init.sections")
    for line in (answers.sections, usual):
        names = tuple(dict.fromkeys(name.strip() for name in _LIST_MARKS.split(line) if name.strip()))
        if names:
            return names
    raise ValueError(usual)


def _section_lines(names: tuple[str, ...]) -> str:
    """The entries of ``sections.yml``, each with a slug of its own."""
    slugs: list[str] = []
    for number, name in enumerate(names, 1):
        slug = re.sub("-+", "-", suggest_id(name, f"section-{number}"))
        slugs.append(f"{slug}-{number}" if slug in slugs else slug)
    return "\n".join(f"  - 标识: {quoted(s)}\n    名称: {quoted(n)}" for s, n in zip(slugs, names, strict=True))


def _line_problem(value: str) -> Problem | None:
    """The problem of an answer that is not one line of text."""
    source = SourceText("", value)
    found = find_control(value.replace("\n", "\x0b").replace("\t", "\x0b"))
    return source.problem("control-character", source.span_at(0), character=found[1]) if found else None


def _settings_problem(answers: Answers, today: date) -> Problem | None:
    messages = load_messages(DEFAULT_LANGUAGE)
    text = files("site_builder").joinpath(_FOLDER, "mkdocs.yml").read_text(encoding="utf-8")
    checked = parse_settings(SourceText("mkdocs.yml", fill(text, _values(answers, today, messages), messages)))
    return next(iter(checked.problems), None)


def _sections_problem(answers: Answers) -> Problem | None:
    text = "频道:\n" + _section_lines(_section_names(answers, load_messages(DEFAULT_LANGUAGE)))
    _, problems = parse_data(DataFiles(sections=SourceText("content/sections.yml", text)))
    return next(iter(problems), None)


def _templates(folder: Traversable, path: str = "") -> list[tuple[str, str]]:
    """(path below *folder*, text) of every file in it."""
    found = []
    for entry in folder.iterdir():
        name = f"{path}{entry.name}"
        if entry.is_dir():
            found += _templates(entry, f"{name}/")
        else:
            found.append((name, entry.read_text(encoding="utf-8")))
    return found
