"""What the commands share: the ``--root`` option, the language of help texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from site_builder.messages import Messages


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
    """A command with help in the chosen language and a ``--root`` option."""

    def __init__(
        self, name: str, messages: Messages, callback: Callable[..., Any], params: list[click.Parameter], help: str
    ) -> None:
        root = click.Option(
            ["--root"],
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            default=None,
            help=messages.text("cli.help-root"),
        )
        lang = click.Option(
            ["--lang"], type=click.Choice(["zh-CN", "en"]), expose_value=False, help=messages.text("cli.help-lang")
        )
        super().__init__(name, callback=callback, params=[*params, root, lang], help=help)
        self.messages = messages


class CommandGroup(_Spoken, click.Group):
    """The group with help in the chosen language."""

    def __init__(self, name: str, messages: Messages, help: str) -> None:
        super().__init__(name, help=help)
        self.messages = messages


def newsroom_root(root: Path | None) -> Path:
    """The newsroom that the command is about. Raises ``UsageError`` when there is none."""
    from site_builder.api import find_root

    return find_root(root or Path.cwd())
