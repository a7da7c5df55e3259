"""``bulletin build``"""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import FORMATS, show_problems
from site_builder.messages import Messages


def make(messages: Messages) -> Command:
    """The command."""

    def run(site_dir: Path | None, keep_going: bool, preview: bool, clean: bool, style: str, root: Path | None) -> int:
        from site_builder import api

        options = api.Options(
            audience="preview" if preview else "public", keep_going=keep_going, clean=clean, site_dir=site_dir
        )
        report = api.build(
            newsroom_root(root),
            options,
            listener=lambda stage: click.echo(messages.text(f"cli.stage-{stage.name}"), err=True),
        )
        show_problems(report.problems, messages, style)
        _conclude(report, messages)
        return int(report.failed)

    options: list[click.Parameter] = [
        click.Option(
            ["--site-dir"],
            type=click.Path(file_okay=False, path_type=Path),
            help=messages.text("cli.build-site-dir"),
        ),
        click.Option(["--keep-going"], is_flag=True, help=messages.text("cli.build-keep-going")),
        click.Option(["--preview"], is_flag=True, help=messages.text("cli.build-preview")),
        click.Option(["--clean"], is_flag=True, help=messages.text("cli.build-clean")),
        click.Option(
            ["--format", "style"],
            type=click.Choice(FORMATS),
            default="text",
            show_default=True,
            help=messages.text("cli.check-format"),
        ),
    ]
    return Command("build", messages, run, options, messages.text("cli.build-help"))


def _conclude(report: object, messages: Messages) -> None:
    """The last line: numbers, and where the site is."""
    from site_builder.api import Report

    assert isinstance(report, Report)
    if report.site_dir is None:
        click.echo(messages.text("cli.stopped"), err=True)
        return
    if report.failed:
        click.echo(messages.text("cli.left-out"), err=True)
    for path in report.damaged:
        click.echo(messages.text("cli.damaged", path=path), err=True)
    numbers = messages.text(
        "cli.done",
        stories=report.stories,
        written=len(report.written),
        unchanged=report.unchanged,
        removed=len(report.removed),
        seconds=f"{report.seconds:.1f}",
    )
    click.echo(numbers, err=True)
    click.echo(messages.text("cli.where", path=report.site_dir), err=True)
