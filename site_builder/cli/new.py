"""``bulletin new``"""

from __future__ import annotations

import os
from pathlib import Path

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.messages import Messages


def make(messages: Messages) -> Command:
    """The command."""

    def run(headline: str, story_id: str, genre: str, section: str, region: str, root: Path | None) -> int:
        from site_builder import api

        story = api.NewStory(headline, story_id, genre, section, region)
        path = api.new_story(newsroom_root(root), story)
        click.echo(messages.text("cli.created", path=_shown(path)))
        return 0

    options: list[click.Parameter] = [
        click.Argument(["headline"], metavar=messages.text("cli.new-headline")),
        click.Option(["--id", "story_id"], default="", help=messages.text("cli.new-id")),
        click.Option(["--genre"], default="消息", show_default=True, help=messages.text("cli.new-genre")),
        click.Option(["--section"], default="", help=messages.text("cli.new-section")),
        click.Option(["--region"], default="", help=messages.text("cli.new-region")),
    ]
    return Command("new", messages, run, options, messages.text("cli.new-help"))


def _shown(path: Path) -> str:
    """*path* as seen from here, where it can be (on Windows there may be another drive between)."""
    try:
        return os.path.relpath(path)
    except ValueError:
        return str(path)
