"""``bulletin check``"""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import format_option, show_problems, summary
from site_builder.messages import Messages

FOR_PROGRAMS = ("json", "sarif")
"""Formats whose readers do not want a line of numbers beside it."""


def make(messages: Messages) -> Command:
    """The command."""

    def run(style: str, strict: bool, root: Path | None) -> int:
        from site_builder import api
        from site_builder.problems import has_errors

        newsroom = newsroom_root(root)
        checked = api.check(newsroom, jobs=None)
        show_problems(checked.problems, messages, style, newsroom)
        if style not in FOR_PROGRAMS:
            click.echo(summary(checked.problems, checked.files, messages), err=True)
        return int(has_errors(checked.problems, strict=strict))

    options: list[click.Parameter] = [
        format_option(messages),
        click.Option(["--strict"], is_flag=True, help=messages.text("cli.check-strict")),
    ]
    return Command("check", messages, run, options, messages.text("cli.check-help"))
