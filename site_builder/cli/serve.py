"""``bulletin serve``"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import show_text, summary
from site_builder.messages import Messages

if TYPE_CHECKING:
    from site_builder.api import Rebuilt, ServeEvent, Serving
    from site_builder.problems import Problem

_NAMED = 3
"""More files of one change are only counted."""


def make(messages: Messages) -> Command:
    """The command."""

    def run(host: str, port: int | None, open_browser: bool, root: Path | None) -> int:
        from site_builder import api

        _heed_signals()
        folder = newsroom_root(root)
        click.echo(messages.text("serve.starting"), err=True)
        try:
            api.serve(
                folder,
                api.Address(host, port),
                _Speaker(folder, messages, open_browser),
                language=messages.language,
                jobs=None,
            )
        except KeyboardInterrupt:
            click.echo(messages.text("serve.stopped"), err=True)
        return 0

    options: list[click.Parameter] = [
        click.Option(["--host"], default="127.0.0.1", show_default=True, help=messages.text("serve.help-host")),
        click.Option(["--port"], type=click.IntRange(0, 65535), help=messages.text("serve.help-port")),
        click.Option(["--open", "open_browser"], is_flag=True, help=messages.text("serve.help-open")),
    ]
    return Command("serve", messages, run, options, messages.text("serve.help"))


def _heed_signals() -> None:
    """Ctrl-C and a polite end from a process manager both stop the preview; a shell may have left them unheard."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


class _Speaker:
    """Says what happens: problems on standard output as ``bulletin check`` prints them, the rest beside it."""

    def __init__(self, root: Path, messages: Messages, open_browser: bool) -> None:
        self.root = root
        self.messages = messages
        self.open_browser = open_browser
        self.told: tuple[Problem, ...] | None = None

    def __call__(self, event: ServeEvent) -> None:
        """Tell one event."""
        from site_builder import api

        if isinstance(event, api.Rebuilt):
            self._rebuilt(event)
        elif isinstance(event, api.Serving):
            self._serving(event)
        else:
            self._say("waiting")

    def _serving(self, event: Serving) -> None:
        if event.taken is not None:
            self._say("port-taken", port=event.taken)
        self._say("address", url=event.url)
        if event.open_to_others:
            self._say("open-to-others")
        if self.open_browser:
            import webbrowser

            webbrowser.open(event.url)

    def _rebuilt(self, event: Rebuilt) -> None:
        from site_builder.errors import describe

        if event.error is not None:
            click.echo(self._changed(event.changed) + describe(event.error, self.messages), err=True)
            self._say("old")
            return
        news = event.problems != self.told
        if news:
            show_text(event.problems, self.messages)
            self.told = event.problems
        if not (event.changed or news or event.written or event.removed):
            return
        numbers = self.messages.text(
            "serve.rebuilt",
            stories=event.stories,
            written=event.written,
            removed=event.removed,
            seconds=f"{event.seconds:.1f}",
        )
        outcome = numbers if event.published else self.messages.text("serve.old")
        click.echo(self._changed(event.changed) + outcome, err=True)
        if event.problems or news:
            click.echo("  " + summary(event.problems, event.files, self.messages), err=True)

    def _changed(self, paths: Iterable[Path]) -> str:
        """What a build was made for: a few names, or their number."""
        names = sorted(self._shown(path) for path in paths)
        if not names:
            return ""
        named = self.messages.text("serve.and").join(names[:_NAMED])
        rest = len(names) - _NAMED
        more = self.messages.text("serve.more", number=rest) if rest > 0 else ""
        return self.messages.text("serve.changed", names=named + more)

    def _shown(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.root)).as_posix() if path.is_relative_to(self.root) else path.name

    def _say(self, key: str, **values: object) -> None:
        click.echo(self.messages.text(f"serve.{key}", **values), err=True)
