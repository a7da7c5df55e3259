"""Findings as the terminal and other programs want them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from site_builder.formats.data import format_json
from site_builder.formats.github import format_github
from site_builder.formats.sarif import format_sarif
from site_builder.formats.text import format_short, format_text
from site_builder.messages import Messages
from site_builder.problems import Problem

FORMATS = ("text", "short", "json", "github", "sarif")


def format_option(messages: Messages) -> click.Option:
    """``--format``."""
    return click.Option(
        ["--format", "style"],
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help=messages.text("formats.help"),
    )


def show_problems(problems: Sequence[Problem], messages: Messages, style: str, root: Path) -> None:
    """Print *problems* of the newsroom at *root* on standard output in *style*."""
    if style == "json":
        click.echo(format_json(problems, messages))
    elif style == "sarif":
        click.echo(format_sarif(problems, messages, folder_in_repository(root)))
    elif style == "github" and problems:
        click.echo(format_github(problems, messages, folder_in_repository(root)))
    elif style == "short":
        for problem in problems:
            click.echo(format_short(problem, messages))
    elif style == "text":
        show_text(problems, messages)


def show_text(problems: Sequence[Problem], messages: Messages) -> None:
    """Print *problems* for people."""
    for problem in problems:
        click.echo(format_text(problem, messages) + "\n")


def tell_missing(missing: Sequence[str], messages: Messages) -> None:
    """Say which signs no font has, if any."""
    if missing:
        signs = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in missing)
        click.echo(messages.text("print.missing", signs=signs), err=True)


def folder_in_repository(root: Path) -> str:
    """Where the newsroom lies below the repository's root: ``""``, or a path with a slash at its end.

    GitHub tells the repository's place in ``GITHUB_WORKSPACE``; elsewhere it is the nearest folder with ``.git``,
    and a newsroom outside any repository counts as one by itself.
    """
    root = root.resolve()
    workspace = os.environ.get("GITHUB_WORKSPACE")
    top = (
        Path(workspace).resolve()
        if workspace
        else next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    )
    folder = root.relative_to(top).as_posix() if root.is_relative_to(top) else "."
    return "" if folder == "." else f"{folder}/"


def summary(problems: Sequence[Problem], files: int, messages: Messages) -> str:
    """One line of numbers."""
    if not problems:
        return messages.text("report.clean", files=files)
    errors = sum(problem.severity == "error" for problem in problems)
    return messages.text("report.summary", files=files, errors=errors, warnings=len(problems) - errors)
