"""``bulletin print``: newspaper pages, or the A4 bulletin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import show_text, tell_missing
from site_builder.messages import Messages

if TYPE_CHECKING:
    from site_builder.api import PagesOptions, PagesReport, PrintReport
    from site_builder.model.story import Audience

SHEET: Final = "a4"
"""The format that is no page but a bulletin of as many sheets as it takes."""


def make(messages: Messages) -> Command:
    """The command."""

    def run(
        edition: str,
        story: str,
        form: str,
        page: tuple[int, ...],
        alternatives: int,
        choose: int,
        anew: bool,
        output: Path | None,
        preview: bool,
        keep_going: bool,
        root: Path | None,
    ) -> int:
        from site_builder import api

        if edition and story:
            raise click.UsageError(messages.text("print.both"))
        newsroom = newsroom_root(root)
        audience: Audience = "preview" if preview else "public"
        only_pages = {"--page": page, "--alternatives": alternatives > 1, "--choose": choose, "--anew": anew}
        name = SHEET if story else form or api.edition_format(newsroom, edition, audience) or SHEET
        if name == SHEET:
            _refuse(only_pages, messages)
            options = api.PrintOptions(edition, story, SHEET, audience, keep_going, output)
            report = api.print_sheet(newsroom, options)
            show_text(report.problems, messages)
            _conclude_sheet(report, messages)
            return int(report.failed)
        return _print_pages(
            newsroom,
            api.PagesOptions(edition, page, form, audience, keep_going, output, anew, alternatives, choose),
            messages,
        )

    options: list[click.Parameter] = [
        click.Argument(["edition"], required=False, default="", metavar=messages.text("print.edition")),
        click.Option(["--story"], default="", metavar="ID", help=messages.text("print.story")),
        click.Option(["--format", "form"], default="", metavar="NAME", help=messages.text("print.format")),
        click.Option(
            ["--page"], type=click.IntRange(1), multiple=True, metavar="N", help=messages.text("print.page-option")
        ),
        click.Option(
            ["--alternatives"],
            type=click.IntRange(1, 9),
            default=1,
            metavar="N",
            help=messages.text("print.alternatives"),
        ),
        click.Option(["--choose"], type=click.IntRange(0), default=0, metavar="N", help=messages.text("print.choose")),
        click.Option(["--anew"], is_flag=True, help=messages.text("print.anew")),
        click.Option(
            ["--output"], type=click.Path(file_okay=False, path_type=Path), help=messages.text("print.output")
        ),
        click.Option(["--preview"], is_flag=True, help=messages.text("print.preview")),
        click.Option(["--keep-going"], is_flag=True, help=messages.text("print.keep-going")),
    ]
    return Command("print", messages, run, options, messages.text("print.help"))


def _refuse(given: Mapping[str, object], messages: Messages) -> None:
    """Options that a bulletin does not know are a mistake, not a wish to be passed over."""
    for option, value in given.items():
        if value:
            raise click.UsageError(messages.text("print.only-pages", option=option))


def _print_pages(root: Path, options: PagesOptions, messages: Messages) -> int:
    from site_builder import api
    from site_builder.cli.progress import page_reporter

    with page_reporter(messages) as listener:
        report = api.print_pages(root, options, listener=listener)
    show_text(report.problems, messages)
    _conclude_pages(report, options, messages)
    return int(report.failed)


def _conclude_pages(report: PagesReport, options: PagesOptions, messages: Messages) -> None:
    """How each page came out, what to cut where one did not, and where the files are."""
    if report.stopped:
        click.echo(messages.text("print.stopped"), err=True)
        return
    click.echo(report.text(messages), nl=False, err=True)
    tell_missing(report.missing, messages)
    folders: dict[Path, list[str]] = {}
    for file in report.files:
        folders.setdefault(file.parent, []).append(file.name)
    for folder, names in folders.items():
        click.echo(messages.text("print.pages-done", folder=folder, files="  ".join(names)), err=True)
    if report.alternatives:
        sheet = next(file for file in report.files if file.suffix == ".png")
        said = {"edition": report.edition, "format": report.format, "page": report.pages[0].number}
        click.echo(messages.text("print.offered", number=report.alternatives, file=sheet, **said), err=True)


def _conclude_sheet(report: PrintReport, messages: Messages) -> None:
    """What was written, and what the fonts lack."""
    if report.path is None:
        click.echo(messages.text("print.stopped"), err=True)
        return
    if report.failed:
        click.echo(messages.text("print.left-out"), err=True)
    tell_missing(report.missing, messages)
    numbers = {"pages": report.pages, "seconds": f"{report.seconds:.1f}"}
    click.echo(messages.text("print.done", path=report.path, **numbers), err=True)
