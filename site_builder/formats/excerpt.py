"""The source line of a problem, cut to what a terminal or a page can show, and how wide it is there."""

from __future__ import annotations

import unicodedata

from site_builder.formats.wording import visible
from site_builder.problems import Problem

TAB_WIDTH = 4
_LINE_CELLS = 100
"""A longer source line is shown in part: a paragraph would wrap, and its caret would stand under nothing."""
_BEFORE_CELLS = 32
_CUT = "..."


def cut(problem: Problem) -> tuple[str, str, str]:
    """What is shown of the source line: before the span, the span (empty at the end of the line), after it."""
    text = visible(problem.source_line)
    start = min(problem.span.column - 1, len(text))
    stop = min(start + max(problem.span.length, 1), len(text))
    first, last = _window(text, start)
    stop = min(stop, last)
    before = _CUT if first > 0 else ""
    after = _CUT if last < len(text) else ""
    return before + text[first:start], text[start:stop], text[stop:last] + after


def cells(text: str) -> int:
    """How many columns of a terminal *text* takes: a Han character takes two."""
    return sum(_cell_width(char) for char in text)


def _window(text: str, start: int) -> tuple[int, int]:
    """Which part of *text* to show around *start*: all of it when it fits."""
    if cells(text) <= _LINE_CELLS:
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


def _cell_width(char: str) -> int:
    if char == "\t":
        return TAB_WIDTH
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
