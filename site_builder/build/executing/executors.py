"""Where tasks run: anything with the standard ``concurrent.futures.Executor`` face.

``Crew`` is what the command uses: serial until work is announced that pays for processes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from types import TracebackType
from typing import ParamSpec, TypeVar

from site_builder.build.executing.processes import Pool
from site_builder.errors import BuildError

P = ParamSpec("P")
T = TypeVar("T")

POOL_START_SECONDS = 0.5
"""Until processes gave their first result: imports, and the main module once more in each of them."""
BATCH_TRIP_SECONDS = 0.01
"""What it costs to send work to processes that wait for it, and to fetch what they made."""
PAYS_TWICE = 2
"""Processes must be expected to save so many times what they cost to start: estimates err, and cores are shared."""


class SerialExecutor(Executor):
    """Runs everything at once in the caller's thread, in order. The default, and the measure of all others."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run ``fn(*args)`` now; the future is already done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            if not isinstance(error, Exception):
                raise
            future.set_exception(error)
        return future


class Crew(Executor):
    """At most *jobs* processes, started when the first work that pays is announced; else serial.

    ``None`` for *jobs* means one for each core, where processes pay; a number is an order, and 1 is always serial.
    A pool that a dying worker broke is replaced at the next ``submit``. Left by an exception (Ctrl-C), the crew drops
    its work and its processes at once.
    """

    def __init__(self, jobs: int | None = None, make_pool: Callable[[int], Pool] = Pool) -> None:
        self.make_pool = make_pool
        self.jobs = available_cores() if jobs is None else jobs
        self.ordered = jobs is not None
        self.pool: Pool | None = None
        self.parallel = False

    def expect(self, seconds: float) -> None:
        """Work comes next of which other processes can take about so many *seconds* off this one."""
        self.parallel = self.jobs > 1 and (self.ordered or pays(seconds, self.jobs, self.pool is None))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As every executor.

        Where fresh processes cannot do anything at all, the crew is serial from then on, or raises ``BuildError`` if
        processes were ordered.
        """
        if not self.parallel:
            return SerialExecutor().submit(fn, *args, **kwargs)
        if self.pool is None:
            self.pool = self.make_pool(self.jobs)
        try:
            return self.pool.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self.pool.stop()
            self.pool = None
        try:
            self.pool = self._fresh_pool()
        except BuildError:
            if self.ordered:
                raise
            self.jobs, self.parallel = 1, False
        return self.submit(fn, *args, **kwargs)

    def _fresh_pool(self) -> Pool:
        """A new pool that has shown that it can work, so that what breaks it next is to blame itself."""
        pool = self.make_pool(self.jobs)
        try:
            pool.submit(os.getpid).result()
        except BrokenExecutor as error:
            pool.stop()
            raise BuildError("workers-die", str(error)) from error
        return pool

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, if there are any."""
        if self.pool is not None:
            self.pool.shutdown(wait, cancel_futures=cancel_futures)
            self.pool = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and self.pool is not None:
            self.pool.stop()
            self.pool = None
        self.shutdown()


def pays(seconds: float, jobs: int, starting: bool) -> bool:
    """Whether *jobs* processes are worth it for *seconds* of work; *starting*: they have to be started first."""
    saved = seconds * (1 - 1 / jobs)
    return saved > (PAYS_TWICE * POOL_START_SECONDS if starting else BATCH_TRIP_SECONDS)


def available_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
