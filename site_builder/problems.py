"""Findings in an editor's files, as values: where, what, why, how to mend it.

A :class:`Problem` names a stable code and the words that fill its message; the words themselves live in the
message files, one per language. Positions are 1-based and count code points (SARIF ``unicodeCodePoints``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


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
