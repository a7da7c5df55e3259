"""A pool of processes that neither hears Ctrl-C nor outlives its owner.

Processes come from a fork server where there is one, since a preview runs threads, and forking those is not safe;
it imports the renderers once for all of them. Elsewhere they are spawned.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

PRELOADED = ["site_builder.build.executing.renderers"]
_SAFE_PATH = "PYTHONSAFEPATH"


class Pool(Executor):
    """*jobs* processes. ``stop`` ends them at once; so does the end of this process, whatever its reason."""

    def __init__(self, jobs: int) -> None:
        context = _context()
        # Workers read one end of a pipe on which nothing ever comes but its end.
        theirs, self._lifeline = context.Pipe(duplex=False)
        self._theirs = theirs
        self._pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(theirs,))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As every executor; ``BrokenProcessPool`` once a worker has died."""
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when their work is done."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            self._hang_up()

    def stop(self) -> None:
        """End the processes now, whatever they are doing."""
        self._hang_up()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _hang_up(self) -> None:
        self._lifeline.close()
        self._theirs.close()


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    # The tracker unblocks signals when it starts, so it comes first. What the server blocks, its children block.
    resource_tracker.ensure_running()
    with _interrupts_held(), _working_folder_ignored():
        forkserver.ensure_running()
    return context


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes that start meanwhile never hear Ctrl-C: it goes to all of a terminal's, and this one decides."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _working_folder_ignored() -> Iterator[None]:
    """Processes that start meanwhile import nothing from the folder that the command runs in.

    The fork server would look there first, and serve another program's code under the name of ours.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def _begin(lifeline: Connection) -> None:
    """A worker begins."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os._exit(1)
