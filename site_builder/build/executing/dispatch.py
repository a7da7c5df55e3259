"""Handing out tasks: in batches, a bounded number at a time, results in the order of the tasks.

A batch whose process died is tried again alone, then task by task, each in a fresh process: so the task that is to
blame is named, and all others are done. This needs an executor that replaces a broken pool (``Crew``); with others,
a broken pool is an exception.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, wait

from site_builder.build.executing.tasks import Crash, Outcome, Shared, Task, Work, load

BATCH_SIZE = 25
BATCH_SECONDS = 0.2
"""Larger batches save little, and a photograph alone takes longer."""
IN_FLIGHT = 32
"""Batches handed out and not yet taken back."""
IN_FLIGHT_BYTES = 64 << 20
"""Of photographs that are held for them; one batch goes out whatever its size."""

SECONDS = {
    "pixels": 1.0, "crops": 0.1, "measure": 0.05, "card": 0.04, "feed": 0.004, "photo": 0.002, "page": 0.0006,
    "body": 0.0004, "facsimile": 3.0, "edition-pdf": 2.0,
}  # fmt: skip
"""About what one task of a kind takes (tests/benchmarks/bench_tasks.py); other kinds take ``OTHER_SECONDS``."""
OTHER_SECONDS = 0.001
WORTH_SENDING = frozenset({"pixels", "measure", "crops", "card", "facsimile", "edition-pdf"})
"""Kinds that two processes make faster. Pages are soon made and large to fetch: two thousand took a quarter longer."""


def expected_seconds(tasks: Sequence[Task]) -> float:
    """About how long *tasks* take in one process."""
    return sum(SECONDS.get(task.kind, OTHER_SECONDS) for task in tasks)


def seconds_worth_sending(tasks: Sequence[Task]) -> float:
    """The part of it that other processes can really take off this one."""
    return expected_seconds([task for task in tasks if task.kind in WORTH_SENDING])


def in_batches(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """*tasks* in their order, so many at a time that a batch is worth its way and is soon done."""
    batch: list[Task] = []
    for task in tasks:
        batch.append(task)
        if len(batch) == BATCH_SIZE or expected_seconds(batch) >= BATCH_SECONDS:
            yield batch
            batch = []
    if batch:
        yield batch


def dispatch(tasks: Sequence[Task], shared: Shared, executor: Executor) -> Iterator[list[Outcome]]:
    """The outcomes of *tasks*, in order, a batch at a time."""
    counter = _Counter(shared, executor)
    for batch in in_batches(tasks):
        counter.hand_out(batch)
        while counter.should_wait:
            yield counter.take_back()
    while counter.waiting:
        yield counter.take_back()


class _Counter:
    """Where batches are handed out and taken back, first come, first served."""

    def __init__(self, shared: Shared, executor: Executor) -> None:
        self.shared = shared
        self.executor = executor
        self.waiting: deque[tuple[list[Task], int, Future[list[Outcome]]]] = deque()
        self.bytes = 0

    def hand_out(self, batch: list[Task]) -> None:
        works = [load(task) for task in batch]
        size = sum(work.size for work in works)
        self.waiting.append((batch, size, self.submit(works)))
        self.bytes += size

    def submit(self, works: list[Work]) -> Future[list[Outcome]]:
        from site_builder.build.executing.renderers import run_batch  # not before there is work: see there

        return self.executor.submit(run_batch, self.shared, works)

    @property
    def should_wait(self) -> bool:
        """Whether the first batch has to be taken back before another goes out; what is done is taken at once."""
        full = len(self.waiting) >= IN_FLIGHT or self.bytes >= IN_FLIGHT_BYTES
        return bool(self.waiting) and (full or self.waiting[0][-1].done())

    def take_back(self) -> list[Outcome]:
        batch, size, future = self.waiting.popleft()
        self.bytes -= size
        try:
            return future.result()
        except Exception:
            # What was handed out since may run in a fresh pool already, and must not break it under this batch.
            wait([other for _, _, other in self.waiting])
            return self.alone(batch)

    def alone(self, batch: list[Task]) -> list[Outcome]:
        """The outcomes of *batch*, tried again with nothing beside it."""
        future = self.submit([load(task) for task in batch])
        try:
            return future.result()
        except Exception as error:
            if len(batch) == 1:
                return [
                    Outcome(crash=Crash(f"{type(error).__name__}: {error}", died=isinstance(error, BrokenExecutor)))
                ]
            return [outcome for task in batch for outcome in self.alone([task])]
