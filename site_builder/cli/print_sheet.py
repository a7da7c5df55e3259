"""``bulletin print``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import show_text
from site_builder.messages import Messages

if TYPE_CHECKING:
    from site_builder.api import PrintReport

SHEETS = ("a4",)


def make(messages: Messages) -> Command:
    """The command."""

    def run(
        edition: str,
        story: str,
        sheet: Literal["a4"],
        output: Path | None,
        preview: bool,
        keep_going: bool,
        root: Path | None,
    ) -> int:
        from site_builder import api

        if edition and story:
            raise click.UsageError(messages.text("print.both"))
        options = api.PrintOptions(
            edition=edition,
            story=story,
            format=sheet,
            audience="preview" if preview else "public",
            keep_going=keep_going,
            output=output,
        )
        report = api.print_sheet(newsroom_root(root), options)
        show_text(report.problems, messages)
        _conclude(report, messages)
        return int(report.failed)

    options: list[click.Parameter] = [
        click.Argument(["edition"], required=False, default="", metavar=messages.text("print.edition")),
        click.Option(["--story"], default="", metavar="ID", help=messages.text("print.story")),
        click.Option(
            ["--format", "sheet"],
            type=click.Choice(SHEETS),
            default="a4",
            show_default=True,
            help=messages.text("print.format"),
        ),
        click.Option(
            ["--output"], type=click.Path(file_okay=False, path_type=Path), help=messages.text("print.output")
        ),
        click.Option(["--preview"], is_flag=True, help=messages.text("print.preview")),
        click.Option(["--keep-going"], is_flag=True, help=messages.text("print.keep-going")),
    ]
    return Command("print", messages, run, options, messages.text("print.help"))


def _conclude(report: PrintReport, messages: Messages) -> None:
    """What was written, and what the fonts lack."""
    if report.path is None:
        click.echo(messages.text("print.stopped"), err=True)
        return
    if report.failed:
        click.echo(messages.text("print.left-out"), err=True)
    if report.missing:
        signs = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in report.missing)
        click.echo(messages.text("print.missing", signs=signs), err=True)
    numbers = {"pages": report.pages, "seconds": f"{report.seconds:.1f}"}
    click.echo(messages.text("print.done", path=report.path, **numbers), err=True)
