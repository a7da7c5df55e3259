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
        jobs: int | str,
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
            jobs=None if isinstance(jobs, str) else jobs,
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
        click.Option(["--jobs"], type=Jobs(), default=AUTO, show_default=True, help=messages.text("progress.jobs")),
        format_option(messages),
        click.Option(["--debug"], is_flag=True, help=messages.text("progress.debug")),
    ]
    return Command("build", messages, run, options, messages.text("cli.build-help"))


class Jobs(click.IntRange):
    """A number of processes, or ``auto``."""

    name = "jobs"

    def __init__(self) -> None:
        super().__init__(min=1)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> object:
        """The number; ``auto`` stays a word."""
        return value if value == AUTO else super().convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """How the help shows it."""
        return "N|auto"


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
