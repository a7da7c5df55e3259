"""``bulletin check``"""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import FORMATS, show_problems, summary
from site_builder.messages import Messages


def make(messages: Messages) -> Command:
    """The command."""

    def run(style: str, strict: bool, root: Path | None) -> int:
        from site_builder import api
        from site_builder.problems import has_errors

        checked = api.check(newsroom_root(root))
        show_problems(checked.problems, messages, style)
        if style != "json":
            click.echo(summary(checked.problems, checked.files, messages), err=True)
        return int(has_errors(checked.problems, strict=strict))

    options: list[click.Parameter] = [
        click.Option(
            ["--format", "style"],
            type=click.Choice(FORMATS),
            default="text",
            show_default=True,
            help=messages.text("cli.check-format"),
        ),
        click.Option(["--strict"], is_flag=True, help=messages.text("cli.check-strict")),
    ]
    return Command("check", messages, run, options, messages.text("cli.check-help"))
