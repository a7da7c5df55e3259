"""An executor in which some work goes wrong: a renderer that raises, or a process that dies."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import Any

from site_builder.build.executing.executors import SerialExecutor
from site_builder.build.executing.tasks import Work

MARK = "这一句会让程序出错。"
"""A story whose text holds it is the one that goes wrong."""


class FaultyExecutor(SerialExecutor):
    """Gives the renderer of *broken* work nothing to work on, or lets the process *die* over it.

    As a crew does, it takes new work after a death.
    """

    def __init__(self, broken: Callable[[Work], bool], *, die: bool = False) -> None:
        self.broken = broken
        self.die = die

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        shared, works = args
        if self.die and any(map(self.broken, works)):
            future: Future[Any] = Future()
            future.set_exception(BrokenProcessPool("a process was terminated abruptly"))
            return future
        return super().submit(fn, shared, [replace(w, input=None) if self.broken(w) else w for w in works])


def is_marked(work: Work) -> bool:
    return work.kind == "body" and MARK in work.input.markdown
