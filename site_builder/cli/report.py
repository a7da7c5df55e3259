"""Findings as the terminal and other programs want them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from site_builder.messages import Messages
from site_builder.problems import Problem, format_json, format_short, format_text

FORMATS = ("text", "short", "json")


def show_problems(problems: Sequence[Problem], messages: Messages, style: str) -> None:
    """Print *problems* on standard output in *style*."""
    if style == "json":
        click.echo(format_json(problems, messages))
    elif style == "short":
        for problem in problems:
            click.echo(format_short(problem, messages))
    else:
        for problem in problems:
            click.echo(format_text(problem, messages) + "\n")


def summary(problems: Sequence[Problem], files: int, messages: Messages) -> str:
    """One line of numbers."""
    if not problems:
        return messages.text("report.clean", files=files)
    errors = sum(problem.severity == "error" for problem in problems)
    return messages.text("report.summary", files=files, errors=errors, warnings=len(problems) - errors)
