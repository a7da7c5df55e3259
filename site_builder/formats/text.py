"""Problems for people: the whole finding with its source line, or one line each."""

from __future__ import annotations

import unicodedata

from site_builder.formats.wording import say, visible
from site_builder.messages import Messages
from site_builder.problems import Problem

_TAB_WIDTH = 4
_LINE_CELLS = 100
"""A longer source line is shown in part: a paragraph would wrap, and its caret would stand under nothing."""
_BEFORE_CELLS = 32
_CUT = "..."


def format_text(problem: Problem, messages: Messages) -> str:
    """The whole finding: position, what, the source line with a caret, why, fix. Several lines."""
    lines = [_headline(problem, messages)]
    if problem.source_line.strip():
        lines += _excerpt(problem)
    for part in ("why", "fix"):
        text = say(problem, messages, part)
        lines.append(f"  {messages.text(f'report.{part}')}{text}")
    return "\n".join(lines)


def format_short(problem: Problem, messages: Messages) -> str:
    """One line: ``file:line:column: error[code]: what``, as editors' problem matchers read it."""
    return _headline(problem, messages)


def _headline(problem: Problem, messages: Messages) -> str:
    what = say(problem, messages, "what")
    severity = messages.text(f"report.{problem.severity}")
    return f"{problem.path}:{problem.span.line}:{problem.span.column}: {severity}[{problem.code}]: {what}"


def _excerpt(problem: Problem) -> list[str]:
    """The source line and a caret line under it, aligned by display cells (a Han character takes two)."""
    text = visible(problem.source_line)
    start = min(problem.span.column - 1, len(text))
    stop = min(start + max(problem.span.length, 1), max(len(text), start + 1))
    first, last = _window(text, start)
    before = _CUT if first > 0 else ""
    after = _CUT if last < len(text) else ""
    pad = _cells(before + text[first:start])
    width = max(_cells(text[start : min(stop, last)]), 1)
    number = str(problem.span.line)
    shown = (before + text[first:last] + after).replace("\t", " " * _TAB_WIDTH)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * pad}{'^' * width}"]


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
