"""Findings in an editor's files, as values: where, what, why, how to mend it.

A :class:`Problem` names a stable code and the words that fill its message; the words themselves live in the
message files, one per language. Positions are 1-based and count code points (SARIF ``unicodeCodePoints``).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from site_builder.messages import Messages

Severity = Literal["error", "warning"]

_TAB_WIDTH = 4
_LINE_CELLS = 100
"""A longer source line is shown in part: a paragraph would wrap, and its caret would stand under nothing."""
_BEFORE_CELLS = 32
_CUT = "..."
_FOUND_CHARACTERS = 60
"""More of what was found is not repeated in a message."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of one line of a file."""

    line: int = 1
    column: int = 1
    length: int = 1
    """In code points; the caret line is drawn under so many characters."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``values`` fill the ``{name}`` places of its message."""

    code: str
    path: str
    """Relative to the newsroom, with forward slashes."""
    span: Span = Span()
    values: tuple[tuple[str, str], ...] = ()
    severity: Severity = "error"
    source_line: str = ""
    """The text of the line, for the excerpt; empty when there is none to show."""

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Problems are told in the order of the files."""
        return (self.path, self.span.line, self.span.column, self.code)


def problem(
    code: str, path: str, span: Span = Span(), *, severity: Severity = "error", source_line: str = "", **values: object
) -> Problem:
    """Make a :class:`Problem`; the values are turned into text."""
    texts = tuple((name, str(value)) for name, value in sorted(values.items()))
    return Problem(code, path, span, texts, severity, source_line)


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """*problems* once each, in the order of files and lines; at one place, in the order they were found."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: p.sort_key))


def has_errors(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Whether a build must stop: any error, or with *strict* any problem at all."""
    return any(strict or p.severity == "error" for p in problems)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, for who lays it out: everything is plain text."""

    place: str
    """``file:line:column``"""
    line: int
    severity: Severity
    code: str
    what: str
    why: str
    fix: str
    excerpt: tuple[str, str, str]
    """The source line: before the caret, above it (may be empty), after it. All empty when there is none to show."""


def tell(problem: Problem, messages: Messages) -> Told:
    """*problem* in the language of *messages*."""
    what, why, fix = (_say(problem, messages, part) for part in ("what", "why", "fix"))
    place = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    excerpt = _cut(problem) if problem.source_line.strip() else ("", "", "")
    return Told(place, problem.span.line, problem.severity, problem.code, what, why, fix, excerpt)


def format_text(problem: Problem, messages: Messages) -> str:
    """The whole finding: position, what, the source line with a caret, why, fix. Several lines."""
    lines = [_headline(problem, messages)]
    if problem.source_line.strip():
        lines += _excerpt(problem)
    for part in ("why", "fix"):
        text = _say(problem, messages, part)
        lines.append(f"  {messages.text(f'report.{part}')}{text}")
    return "\n".join(lines)


def format_short(problem: Problem, messages: Messages) -> str:
    """One line: ``file:line:column: error[code]: what``, as editors' problem matchers read it."""
    return _headline(problem, messages)


def advice(problem: Problem, messages: Messages) -> str:
    """What is wrong and how to mend it, without a place: for what was typed at a question."""
    return "; ".join(_say(problem, messages, part) for part in ("what", "fix"))


def format_json(problems: Sequence[Problem], messages: Messages) -> str:
    """All findings as a JSON array. The keys are stable; see docs/reference/cli.md."""
    return json.dumps([_as_dict(p, messages) for p in problems], ensure_ascii=False, indent=2)


def _as_dict(problem: Problem, messages: Messages) -> dict[str, object]:
    parts = {part: _say(problem, messages, part) for part in ("what", "why", "fix")}
    return {
        "file": problem.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "length": problem.span.length,
        "severity": problem.severity,
        "code": problem.code,
        **parts,
    }


def _say(problem: Problem, messages: Messages, part: str) -> str:
    """One part of the message, on one line.

    A value ``@kind.…`` names another message: words, not text of a file; it may have places of its own.
    """
    typed = {name: _shortened(name, value) for name, value in problem.values}
    spoken = {
        name: messages.text(value[1:], **typed)
        for name, value in typed.items()
        if value.startswith("@kind.") and messages.has(value[1:])
    }
    return messages.text(f"problems.{problem.code}.{part}", **{**typed, **spoken}).rstrip()


def _shortened(name: str, value: str) -> str:
    line = visible(" ".join(value.strip("\n").split("\n")))
    return line[:_FOUND_CHARACTERS] + "……" if name == "found" and len(line) > _FOUND_CHARACTERS else line


def visible(text: str) -> str:
    """*text* with a sign for each control character, so that none reaches a terminal."""
    return "".join(_picture(char) if unicodedata.category(char) == "Cc" and char != "\t" else char for char in text)


def _picture(char: str) -> str:
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else "\u2421" if char == "\x7f" else "\ufffd"


def _headline(problem: Problem, messages: Messages) -> str:
    what = _say(problem, messages, "what")
    severity = messages.text(f"report.{problem.severity}")
    return f"{problem.path}:{problem.span.line}:{problem.span.column}: {severity}[{problem.code}]: {what}"


def _excerpt(problem: Problem) -> list[str]:
    """The source line and a caret line under it, aligned by display cells (a Han character takes two)."""
    before, found, after = _cut(problem)
    pad, width = _cells(before), max(_cells(found), 1)
    number = str(problem.span.line)
    shown = (before + found + after).replace("\t", " " * _TAB_WIDTH)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * pad}{'^' * width}"]


def _cut(problem: Problem) -> tuple[str, str, str]:
    """What is shown of the source line: before the span, the span (empty at the end of the line), after it."""
    text = visible(problem.source_line)
    start = min(problem.span.column - 1, len(text))
    stop = min(start + max(problem.span.length, 1), len(text))
    first, last = _window(text, start)
    stop = min(stop, last)
    before = _CUT if first > 0 else ""
    after = _CUT if last < len(text) else ""
    return before + text[first:start], text[start:stop], text[stop:last] + after


def _window(text: str, start: int) -> tuple[int, int]:
    """Which part of *text* to show around *start*: all of it when it fits."""
    if _cells(text) <= _LINE_CELLS:
        return 0, len(text)
    first, room = start, _BEFORE_CELLS
    while first > 0 and room > 0:
        first -= 1
        room -= _cell_width(text[first])
    last, room = first, _LINE_CELLS
    while last < len(text) and room > 0:
        room -= _cell_width(text[last])
        last += 1
    return first, last


def _cells(text: str) -> int:
    return sum(_cell_width(char) for char in text)


def _cell_width(char: str) -> int:
    if char == "\t":
        return _TAB_WIDTH
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
