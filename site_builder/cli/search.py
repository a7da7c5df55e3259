"""``bulletin search``"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.messages import Messages

if TYPE_CHECKING:
    from site_builder.api import Findings

FACETS = ("section", "region", "topic", "person", "genre", "edition")
_HIT = "yellow"


def make(messages: Messages) -> Command:
    """The command."""

    def run(
        words: Sequence[str],
        sort: Literal["relevance", "date"],
        limit: int,
        site_dir: Path | None,
        root: Path | None,
        **chosen: tuple[str, ...],
    ) -> int:
        from site_builder import api

        facets = {facet: chosen[facet] for facet in FACETS if chosen[facet]}
        query = " ".join(words)
        options = api.FindOptions(query, facets, sort, limit, site_dir)
        found = api.find_stories(newsroom_root(root), options)
        _show(found, messages)
        if found.changed:
            click.echo(messages.text("search.changed", number=found.changed), err=True)
        return int(not found.stories)

    options: list[click.Parameter] = [
        click.Argument(["words"], nargs=-1, required=True, metavar=messages.text("search.words")),
        *(_facet(name, messages) for name in FACETS),
        click.Option(
            ["--sort"],
            type=click.Choice(("relevance", "date")),
            default="relevance",
            show_default=True,
            help=messages.text("search.sort"),
        ),
        click.Option(
            ["--limit"], type=click.IntRange(1), default=10, show_default=True, help=messages.text("search.limit")
        ),
        click.Option(
            ["--site-dir"],
            type=click.Path(file_okay=False, path_type=Path),
            help=messages.text("explain.site-dir"),
        ),
    ]
    return Command("search", messages, run, options, messages.text("search.help"))


def _facet(name: str, messages: Messages) -> click.Option:
    said = messages.text(f"search.facet-{name}")
    return click.Option([f"--{name}"], multiple=True, metavar=messages.text("search.key"), help=said)


def _show(found: Findings, messages: Messages) -> None:
    """The hits, each with its file, which is what an editor opens next; then how many there are."""
    for story in found.stories:
        click.echo(f"{story.day}  {story.section}  {_parts(story.headline)}")
        if story.excerpt:
            click.echo(f"    {_parts(story.excerpt)}")
        if story.file:
            click.echo(f"    {story.file}")
    key = "search.count" if found.exact else "search.about"
    click.echo(messages.text(key if found.stories else "search.none", number=found.count), err=True)


def _parts(parts: Sequence[tuple[str, bool]]) -> str:
    """Hits in colour on a terminal, bare where the output goes elsewhere."""
    return "".join(click.style(text, fg=_HIT, bold=True) if hit else text for text, hit in parts)
