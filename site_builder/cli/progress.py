"""How a running build looks: a bar on a terminal, plain lines elsewhere, nothing at all when it is soon done.

Everything goes to standard error; standard output belongs to the problems. Only this module imports rich.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from site_builder.messages import Messages

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from site_builder.build.events import Event, Listener
    from site_builder.build.printing.laying_out import Progress as LayoutProgress
    from site_builder.build.printing.makeup import Listener as PageListener

PATIENCE_SECONDS = 1.0
"""Nobody wants to be told of what takes less."""
LINE_SECONDS = 5.0
"""Between two plain lines of one stage."""


@contextmanager
def reporter(messages: Messages) -> Iterator[Listener]:
    """A listener for one build, as standard error can show it."""
    if is_terminal():
        with _bar(messages) as listener:
            yield listener
    else:
        yield Lines(messages, lambda line: click.echo(line, err=True))


def is_terminal() -> bool:
    """Whether standard error is a terminal on which a line can be drawn again."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


class Lines:
    """Tells stages and, in long ones, how far they are, by *say*, once a build takes longer than its reader waits."""

    def __init__(self, messages: Messages, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic):
        self.messages = messages
        self.say = say
        self.clock = clock
        self.started = clock()
        self.told = self.started + PATIENCE_SECONDS - LINE_SECONDS
        self.unsaid = ""
        """The stage that runs, until it is told."""

    def __call__(self, event: Event) -> None:
        """Tell *event*, or keep it until it is time."""
        from site_builder.build.events import Stage

        now = self.clock()
        if isinstance(event, Stage):
            self.unsaid = self.messages.text(f"cli.stage-{event.name}")
            due = now - self.started >= PATIENCE_SECONDS
        else:
            due = now - self.told >= LINE_SECONDS
        if not due:
            return
        if self.unsaid:
            self.say(self.unsaid)
            self.unsaid = ""
        if not isinstance(event, Stage):
            self.say(describe(event.kind, event.done, event.total, self.messages))
        self.told = now


@contextmanager
def page_reporter(messages: Messages) -> Iterator[PageListener]:
    """A listener for the layout of pages: one line that is drawn again on a terminal, a line now and then elsewhere.

    It is called from threads of the search.
    """
    terminal, guard = is_terminal(), threading.Lock()
    told, width = 0.0, 0

    def listener(number: int, progress: LayoutProgress) -> None:
        nonlocal told, width
        with guard:
            now = time.monotonic()
            if not terminal and now - told < LINE_SECONDS:
                return
            told = now
            first = progress.best is None
            cost = "" if progress.best is None else f"{progress.best:.0f}"
            key = "edition" if not number else "first" if first else "best"  # numbers of pages begin with 1
            said = messages.text(f"print.progress.{key}", number=number, cost=cost)
            # Shorter words leave nothing of longer ones behind.
            click.echo(f"\r{said.ljust(width)}" if terminal else said, nl=not terminal, err=True)
            width = max(width, len(said))

    try:
        yield listener
    finally:
        if terminal and width:
            click.echo("\r" + " " * 2 * width + "\r", nl=False, err=True)


def describe(kind: str, done: int, total: int, messages: Messages) -> str:
    """``图片 12/40``"""
    return messages.text("progress.line", what=kind_name(kind, messages), done=done, total=total)


def kind_name(kind: str, messages: Messages) -> str:
    """What is being made, as editors call it."""
    key = f"progress.kind.{kind}"
    return messages.text(key if messages.has(key) else "progress.kind.other")


@contextmanager
def _bar(messages: Messages) -> Iterator[Listener]:
    """A bar that appears when patience ends and vanishes with the build."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from site_builder.build.events import Stage

    columns = (TextColumn("{task.description}"), BarColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    row = bar.add_task("", total=None)

    def listener(event: Event) -> None:
        if isinstance(event, Stage):
            bar.tasks[0].total = None  # no end in sight: the bar pulses
            bar.update(row, description=messages.text(f"cli.stage-{event.name}"))
        else:
            said = describe(event.kind, event.done, event.total, messages)
            bar.update(row, description=said, completed=event.done, total=event.total)

    # A stage may be long and silent, so it is a timer that brings the bar up, not the next event.
    timer = threading.Timer(PATIENCE_SECONDS, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield listener
    finally:
        _end(timer, bar)


def _end(timer: threading.Timer, bar: Bar) -> None:
    timer.cancel()
    timer.join()
    bar.stop()
