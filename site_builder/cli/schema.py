"""``bulletin schema``"""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.common import Command
from site_builder.messages import Messages

KINDS = ("story", "edition", "sections", "regions", "organisations", "people", "pinyin", "settings")
"""As in :data:`site_builder.schema.jsonschema.KINDS`, which is too heavy for ``--help``; a test compares."""


def make(messages: Messages) -> Command:
    """The command."""

    def run(kind: str | None, output: Path | None, root: Path | None) -> int:
        from site_builder import api

        if output is None:
            click.echo(api.schema_text(kind or _asked(messages), messages.language), nl=False)
            return 0
        kinds = (kind,) if kind else KINDS
        for path in api.write_schemas(output, kinds, messages.language, root or Path.cwd()):
            click.echo(messages.text("cli.created", path=path))
        return 0

    options: list[click.Parameter] = [
        click.Argument(["kind"], type=click.Choice(KINDS), required=False),
        click.Option(
            ["--output"],
            type=click.Path(file_okay=False, path_type=Path),
            help=messages.text("schema.help-output"),
        ),
    ]
    return Command("schema", messages, run, options, messages.text("schema.help"))


def _asked(messages: Messages) -> str:
    """Without a kind there would be many documents on one stream."""
    raise click.UsageError(
        messages.text("schema.which", kinds=messages.text("language.list").join(KINDS)), click.get_current_context()
    )
