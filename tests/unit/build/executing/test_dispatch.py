from __future__ import annotations

import os
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from site_builder.build.cache import DiskCache
from site_builder.build.events import Event, Progress
from site_builder.build.executing.dispatch import BATCH_SIZE, IN_FLIGHT, dispatch, in_batches
from site_builder.build.executing.executors import Crew, SerialExecutor
from site_builder.build.executing.running import run_tasks
from site_builder.build.executing.tasks import Blob, Outcome, Shared, Task
from site_builder.render.markdown import BodyInput
from site_builder.render.pictures.images import PhotoInput

SHARED = Shared()


def bodies(count: int) -> list[Task]:
    return [Task("body", f"story-{n}", BodyInput(f"第{n}段。")) for n in range(count)]


def outcomes(tasks: list[Task], executor: Executor) -> list[Outcome]:
    return [outcome for batch in dispatch(tasks, SHARED, executor) for outcome in batch]


def names_of_crashed(tasks: list[Task], found: list[Outcome]) -> list[str]:
    return [task.name for task, outcome in zip(tasks, found, strict=True) if outcome.crash]


def test_batches_keep_the_order_and_lose_nothing() -> None:
    tasks = bodies(60)

    batches = list(in_batches(tasks))

    assert [task for batch in batches for task in batch] == tasks
    assert max(map(len, batches)) == BATCH_SIZE


def test_a_photograph_is_a_batch_by_itself() -> None:
    tasks = [Task("pixels", f"{n}.jpg", PhotoInput(f"{n}.jpg", "")) for n in range(3)]

    assert [len(batch) for batch in in_batches(tasks)] == [1, 1, 1]


class LateExecutor(Executor):
    """Works only when somebody waits for it, and counts what it holds."""

    def __init__(self) -> None:
        self.held = 0
        self.most = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.held += 1
        self.most = max(self.most, self.held)
        executor = self

        class Late(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                executor.held -= 1
                return fn(*args, **kwargs)

        return Late()


def test_work_is_handed_out_a_bounded_number_of_batches_at_a_time() -> None:
    executor = LateExecutor()

    found = outcomes(bodies(BATCH_SIZE * IN_FLIGHT * 2), executor)

    assert executor.most == IN_FLIGHT
    assert len(found) == BATCH_SIZE * IN_FLIGHT * 2


def test_few_large_photographs_are_held_at_once(tmp_path: Path) -> None:
    """All of them used to be read before the first was handed out."""
    path = tmp_path / "large.jpg"
    path.write_bytes(bytes(40 << 20))
    tasks = [Task("measure", f"{n}.jpg", PhotoInput(f"{n}.jpg", ""), Blob(path, "")) for n in range(12)]
    executor = LateExecutor()

    outcomes(tasks, executor)

    assert executor.most == 1


def test_progress_counts_what_really_runs(tmp_path: Path) -> None:
    tasks = bodies(BATCH_SIZE + 5)
    cache = DiskCache(tmp_path)
    run_tasks(tasks[:3], SHARED, cache, SerialExecutor())
    told: list[Event] = []

    run_tasks(tasks, SHARED, cache, SerialExecutor(), told.append)

    total = BATCH_SIZE + 2
    assert told == [Progress("body", done, total) for done in (0, BATCH_SIZE, total)]


def test_a_renderer_that_raises_spares_its_batch() -> None:
    tasks = bodies(5)
    tasks[2] = Task("body", "bad", None)

    found = outcomes(tasks, SerialExecutor())

    assert names_of_crashed(tasks, found) == ["bad"]
    assert found[2].crash is not None
    assert "AttributeError" in found[2].crash.error
    assert "Traceback" in found[2].crash.traceback


class Breaking(SerialExecutor):
    """Dies over some stories, with everything that was handed out and not yet taken back."""

    def __init__(self, deadly: set[str]) -> None:
        self.deadly = deadly

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if any(work.name in self.deadly for work in args[1]):
            future: Future[Any] = Future()
            future.set_exception(BrokenProcessPool())
            return future
        return super().submit(fn, *args, **kwargs)


def test_tasks_that_kill_their_process_are_found_one_by_one() -> None:
    tasks = bodies(80)

    found = outcomes(tasks, Breaking({"story-3", "story-41", "story-42"}))

    assert names_of_crashed(tasks, found) == ["story-3", "story-41", "story-42"]
    assert sum(bool(outcome.artifacts) for outcome in found) == 77


class Stumbling(Executor):
    """Its first batch breaks while all later ones run on in the background; tells what ran beside a second try."""

    def __init__(self) -> None:
        self.first = True
        self.running: set[str] = set()
        self.beside: list[set[str]] = []
        self.threads = ThreadPoolExecutor(1)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        names = {work.name for work in args[1]}
        future: Future[Any] = Future()
        if self.first:
            self.first = False
            # Only once the next batch is out: that is when a fresh pool has it already.
            self.broken = future
            return future
        if not self.broken.done():
            self.running |= names
            self.threads.submit(self._work_slowly, future, fn, args, names)
            self.broken.set_exception(BrokenProcessPool())
            return future
        self.beside.append(set(self.running))
        future.set_result(fn(*args, **kwargs))
        return future

    def _work_slowly(self, future: Future[Any], fn: Any, args: Any, names: set[str]) -> None:
        time.sleep(0.05)
        self.running -= names
        future.set_result(fn(*args))


def test_a_broken_batch_is_tried_again_with_nothing_beside_it() -> None:
    """A batch in the fresh pool that also killed its process used to put the blame on the one that was tried."""
    executor = Stumbling()

    found = outcomes(bodies(BATCH_SIZE * 2), executor)

    executor.threads.shutdown()
    assert executor.beside == [set()]
    assert all(outcome.artifacts for outcome in found)


@dataclass(frozen=True)
class Bomb:
    """Kills the process that receives it, as a library's crash would."""

    markdown: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (3,)


@pytest.mark.slow
def test_a_process_that_really_dies_is_replaced_and_its_task_named() -> None:
    tasks = bodies(90)
    tasks[40] = Task("body", "bomb", Bomb())
    with Crew(2) as crew:
        crew.expect(1)
        found = outcomes(tasks, crew)
        again = outcomes(bodies(3), crew)

    assert names_of_crashed(tasks, found) == ["bomb"]
    assert [bool(outcome.artifacts) for outcome in found] == [n != 40 for n in range(90)]
    assert all(outcome.artifacts for outcome in again)


@pytest.mark.slow
def test_a_value_that_cannot_travel_is_named_too() -> None:
    tasks = bodies(30)
    tasks[7] = Task("body", "unsendable", BodyInput(lambda: None))  # type: ignore[arg-type]
    with Crew(2) as crew:
        crew.expect(1)
        found = outcomes(tasks, crew)

    assert names_of_crashed(tasks, found) == ["unsendable"]


@pytest.mark.slow
def test_processes_give_the_same_outcomes_as_serial() -> None:
    tasks = bodies(60)
    with Crew(2) as crew:
        crew.expect(1)
        parallel = outcomes(tasks, crew)

    assert parallel == outcomes(tasks, SerialExecutor())
