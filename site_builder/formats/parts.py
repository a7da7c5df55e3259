"""A problem in its parts, for who lays it out: a page of the preview."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.formats.excerpt import cut
from site_builder.formats.wording import say
from site_builder.messages import Messages
from site_builder.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: everything is plain text."""

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
    what, why, fix = (say(problem, messages, part) for part in ("what", "why", "fix"))
    place = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    excerpt = cut(problem) if problem.source_line.strip() else ("", "", "")
    return Told(place, problem.span.line, problem.severity, problem.code, what, why, fix, excerpt)
