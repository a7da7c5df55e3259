"""``bulletin build``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import format_option, show_problems
from site_builder.messages import Messages

if TYPE_CHECKING:
    from site_builder.api import Report  # heavy: only when a command runs

AUTO = "auto"


def make(messages: Messages) -> Command:
    """The command."""

    def run(
        site_dir: Path | None,
        keep_going: bool,
        preview: bool,
        clean: bool,
        jobs: int | None,
        style: str,
        debug: bool,
        root: Path | None,
    ) -> int:
        from site_builder import api
        from site_builder.cli.progress import reporter

        options = api.Options(
            audience="preview" if preview else "public",
            keep_going=keep_going,
            clean=clean,
            site_dir=site_dir,
            jobs=jobs,
        )
        newsroom = newsroom_root(root)
        with reporter(messages) as listener:
            report = api.build(newsroom, options, listener=listener)
        show_problems(report.problems, messages, style, newsroom)
        if debug:
            click.echo("\n".join(report.tracebacks), err=True)
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
        _jobs_option(messages),
        format_option(messages),
        click.Option(["--debug"], is_flag=True, help=messages.text("progress.debug")),
    ]
    return Command("build", messages, run, options, messages.text("cli.build-help"))


def _jobs_option(messages: Messages) -> click.Option:
    """``--jobs``: a number of processes, or ``None`` for as many as pay."""

    def read(_context: click.Context, _option: click.Parameter, value: str) -> int | None:
        if value == AUTO:
            return None
        if not (value.isascii() and value.isdecimal() and int(value)):
            raise click.BadParameter(messages.text("progress.jobs-wrong", found=value))
        return int(value)

    return click.Option(
        ["--jobs"],
        default=AUTO,
        show_default=True,
        metavar="N|auto",
        callback=read,
        help=messages.text("progress.jobs"),
    )


def _conclude(report: Report, messages: Messages) -> None:
    """The last line: numbers, and where the site is."""
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
