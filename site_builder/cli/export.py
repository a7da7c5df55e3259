"""``bulletin export``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import show_text
from site_builder.messages import Messages

if TYPE_CHECKING:
    from site_builder.api import ExportReport

KINDS = ("offline",)


def make(messages: Messages) -> Command:
    """The command."""

    def run(kind: str, edition: str, output: Path | None, keep_going: bool, root: Path | None) -> int:
        from site_builder import api

        options = api.ExportOptions(edition=edition, output=output, keep_going=keep_going)
        report = api.export_offline(newsroom_root(root), options)
        show_text(report.problems, messages)
        _conclude(report, messages)
        return int(report.failed)

    options: list[click.Parameter] = [
        click.Argument(["kind"], type=click.Choice(KINDS)),
        click.Argument(["edition"], required=False, default="", metavar=messages.text("print.edition")),
        click.Option(
            ["--output"], type=click.Path(file_okay=False, path_type=Path), help=messages.text("export.output")
        ),
        click.Option(["--keep-going"], is_flag=True, help=messages.text("export.keep-going")),
    ]
    return Command("export", messages, run, options, messages.text("export.help"))


def _conclude(report: ExportReport, messages: Messages) -> None:
    """What was written, or why nothing was."""
    if report.path is None:
        click.echo(messages.text("export.stopped"), err=True)
        return
    if report.failed:
        click.echo(messages.text("export.left-out"), err=True)
    numbers = {"stories": report.stories, "kilobytes": -(-report.bytes // 1000), "seconds": f"{report.seconds:.1f}"}
    click.echo(messages.text("export.done", path=report.path, **numbers), err=True)
