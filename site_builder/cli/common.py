"""What the commands share: the ``--root`` option, the language of help texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from site_builder.cli.wording import SpokenContext, name_values
from site_builder.messages import Messages, available_languages


class _Spoken:
    """Gives ``--help`` a text in the chosen language."""

    messages: Messages

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's own option with our words."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # from click.Command
        if option is not None:
            option.help = self.messages.text("cli.help-help")
        return option  # type: ignore[no-any-return]  # from click.Command


class Command(_Spoken, click.Command):
    """A command with help in the chosen language, and a ``--root`` option where it works in a newsroom."""

    context_class = SpokenContext

    def __init__(
        self,
        name: str,
        messages: Messages,
        callback: Callable[..., Any],
        params: list[click.Parameter],
        help: str,
        *,
        in_newsroom: bool = True,
    ) -> None:
        root = click.Option(
            ["--root"],
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            default=None,
            help=messages.text("cli.help-root"),
        )
        params = [*params, *([root] if in_newsroom else []), language_option(messages)]
        name_values(params, messages)
        usage = messages.text("click.metavar-options")
        super().__init__(
            name, callback=callback, params=params, help=help, short_help=first_sentence(help), options_metavar=usage
        )
        self.messages = messages


class CommandGroup(_Spoken, click.Group):
    """The group with help in the chosen language."""

    context_class = SpokenContext

    def __init__(self, name: str, messages: Messages, help: str) -> None:
        options, command = messages.text("click.metavar-options"), messages.text("click.metavar-command")
        super().__init__(name, help=help, options_metavar=options, subcommand_metavar=command)
        self.messages = messages


def first_sentence(text: str) -> str:
    """What the list of commands says: Click would cut longer texts in the middle of a word."""
    return re.split(r"(?<=。)|(?<=\.) ", text, maxsplit=1)[0]


def language_option(messages: Messages) -> click.Option:
    """``--lang``: every language that has a message file. Read before parsing, so its value is not passed on."""
    languages = click.Choice(available_languages())
    return click.Option(["--lang"], type=languages, expose_value=False, help=messages.text("cli.help-lang"))


def newsroom_root(root: Path | None) -> Path:
    """The newsroom that the command is about. Raises ``UsageError`` when there is none."""
    from site_builder.api import find_root

    return find_root(root or Path.cwd())
