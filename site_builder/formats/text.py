"""Problems for people: the whole finding with its source line, or one line each."""

from __future__ import annotations

from site_builder.formats.excerpt import TAB_WIDTH, cells, cut
from site_builder.formats.wording import say
from site_builder.messages import Messages
from site_builder.problems import Problem


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


def advice(problem: Problem, messages: Messages) -> str:
    """What is wrong and how to mend it, without a place: for what was typed at a question."""
    return messages.text("report.advice", **{part: say(problem, messages, part) for part in ("what", "fix")})


def _headline(problem: Problem, messages: Messages) -> str:
    what = say(problem, messages, "what")
    severity = messages.text(f"report.{problem.severity}")
    return f"{problem.path}:{problem.span.line}:{problem.span.column}: {severity}[{problem.code}]: {what}"


def _excerpt(problem: Problem) -> list[str]:
    """The source line and a caret line under it, aligned by display cells."""
    before, found, after = cut(problem)
    pad, width = cells(before), max(cells(found), 1)
    number = str(problem.span.line)
    shown = (before + found + after).replace("\t", " " * TAB_WIDTH)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * pad}{'^' * width}"]
