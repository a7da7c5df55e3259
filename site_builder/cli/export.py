"""``bulletin export``"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import show_text, tell_missing
from site_builder.messages import Messages

if TYPE_CHECKING:
    from site_builder.api import DeskReport, EditionWish, ExportReport, InDesignReport, PressReport
    from site_builder.paper.page.copyfit import PageFit

Laid = TypeVar("Laid", "PressReport", "InDesignReport", "DeskReport")
KINDS = ("offline", "press", "indesign", "desk")
_WITH_FORMAT = frozenset({"press", "indesign", "desk"})
"""Kinds that know formats of pages."""
_WITH_PAGES = frozenset({"press", "indesign"})
"""Kinds of which single pages can be had."""


def make(messages: Messages) -> Command:
    """The command."""

    def run(
        kind: str,
        edition: str,
        form: str,
        page: tuple[int, ...],
        output: Path | None,
        keep_going: bool,
        root: Path | None,
    ) -> int:
        from site_builder import api

        for option, given, kinds in (("--format", form, _WITH_FORMAT), ("--page", page, _WITH_PAGES)):
            if given and kind not in kinds:
                raise click.UsageError(messages.text("export.not-for", option=option, kind=kind))
        newsroom = newsroom_root(root)
        if kind == "offline":
            return _offline(newsroom, edition, output, keep_going, messages)
        wish = api.EditionWish(edition, page, form, keep_going)
        if kind == "press":
            return _laid_out(api.export_press, _conclude_press, newsroom, wish, output, messages)
        if kind == "indesign":
            return _laid_out(api.export_indesign, _conclude_indesign, newsroom, wish, output, messages)
        return _laid_out(api.export_desk, _conclude_desk, newsroom, wish, output, messages)

    options: list[click.Parameter] = [
        click.Argument(["kind"], type=click.Choice(KINDS)),
        click.Argument(["edition"], required=False, default="", metavar=messages.text("print.edition")),
        click.Option(["--format", "form"], default="", metavar="NAME", help=messages.text("export.format")),
        click.Option(["--page"], type=click.IntRange(1), multiple=True, metavar="N", help=messages.text("export.page")),
        click.Option(
            ["--output"], type=click.Path(file_okay=False, path_type=Path), help=messages.text("export.output")
        ),
        click.Option(["--keep-going"], is_flag=True, help=messages.text("export.keep-going")),
    ]
    return Command("export", messages, run, options, messages.text("export.help"))


def _offline(root: Path, edition: str, output: Path | None, keep_going: bool, messages: Messages) -> int:
    from site_builder import api

    report = api.export_offline(root, api.ExportOptions(edition=edition, output=output, keep_going=keep_going))
    show_text(report.problems, messages)
    _conclude_offline(report, messages)
    return int(report.failed)


def _laid_out(
    export: Callable[..., Laid],
    conclude: Callable[[Laid, Messages], None],
    root: Path,
    wish: EditionWish,
    output: Path | None,
    messages: Messages,
) -> int:
    """Export pages with *export*, a progress bar before them and *conclude* after them."""
    from site_builder.cli.progress import page_reporter

    with page_reporter(messages) as listener:
        report = export(root, wish, output, listener=listener)
    show_text(report.problems, messages)
    if report.stopped:
        click.echo(messages.text("export.stopped"), err=True)
    else:
        conclude(report, messages)
    return int(report.failed)


def _conclude_offline(report: ExportReport, messages: Messages) -> None:
    """What was written, or why nothing was."""
    if report.path is None:
        click.echo(messages.text("export.stopped"), err=True)
        return
    if report.failed:
        click.echo(messages.text("export.left-out"), err=True)
    numbers = {"stories": report.stories, "kilobytes": -(-report.bytes // 1000), "seconds": f"{report.seconds:.1f}"}
    click.echo(messages.text("export.done", path=report.path, **numbers), err=True)


def _conclude_press(report: PressReport, messages: Messages) -> None:
    """What was written, which pictures are coarse, and which pages are not there."""
    for picture in report.coarse:
        key = "export.coarse" if picture.headline else "export.coarse-advertisement"
        said = {"page": picture.page, "headline": picture.headline, "file": picture.file}
        click.echo(messages.text(key, dpi=picture.dpi, least=picture.least, **said), err=True)
    tell_missing(report.missing, messages)
    _tell_pages_left_out(report.pages, messages)
    _tell_files(report.files, messages)


def _conclude_indesign(report: InDesignReport, messages: Messages) -> None:
    """What was written, and which pages are not there."""
    _tell_pages_left_out(report.pages, messages)
    _tell_files(report.files, messages)


def _conclude_desk(report: DeskReport, messages: Messages) -> None:
    """What was written, and why there are no pages where there are none."""
    tell_missing(report.missing, messages)
    if not report.laid_out:
        click.echo(messages.text("export.desk-without-pages"), err=True)
    click.echo(messages.text("export.desk-done", stories=report.stories, pictures=report.pictures), err=True)
    click.echo(str(report.folder), err=True)


def _tell_pages_left_out(pages: Sequence[PageFit], messages: Messages) -> None:
    for page in pages:
        if not page.full:
            click.echo(messages.text("export.page-not-full", number=page.number), err=True)


def _tell_files(files: Sequence[Path], messages: Messages) -> None:
    folders: dict[Path, list[str]] = {}
    for file in files:
        folders.setdefault(file.parent, []).append(file.name)
    for folder, names in folders.items():
        click.echo(messages.text("print.pages-done", folder=folder, files="  ".join(names)), err=True)
