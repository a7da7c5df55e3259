from __future__ import annotations

import pickle
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from site_builder.build.cache import DiskCache
from site_builder.build.executing.executors import SerialExecutor
from site_builder.build.executing.renderers import run_batch
from site_builder.build.executing.running import run_tasks
from site_builder.build.executing.tasks import Outcome, Shared, Task, Work, unpack_body
from site_builder.errors import BuildError
from site_builder.problems import problem
from site_builder.render.artifact import Artifact
from site_builder.render.markdown import BodyInput


class NoCache:
    """Remembers nothing."""

    def get(self, key: str) -> None:
        return None

    def put(self, key: str, artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
        return tuple(artifacts)


TASKS = [Task("body", f"story-{n}", BodyInput(f"第{n}段。\n\n## 小标题")) for n in range(60)]


def test_outcomes_come_in_the_order_of_the_tasks(tmp_path: Path) -> None:
    outcomes = run_tasks(TASKS, Shared(), NoCache(), SerialExecutor())

    assert [unpack_body(o.artifacts[0]).text.split("\n")[0] for o in outcomes] == [f"第{n}段。" for n in range(60)]


def test_a_second_run_takes_everything_from_the_cache(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    first = run_tasks(TASKS[:3], Shared(), cache, SerialExecutor())

    second = run_tasks(TASKS[:3], Shared(), cache, SerialExecutor())

    assert [o.cached for o in second] == [True] * 3
    assert [o.artifacts for o in second] == [o.artifacts for o in first]


def test_a_changed_input_runs_again(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    run_tasks([Task("body", "s", BodyInput("旧"))], Shared(), cache, SerialExecutor())

    outcome = run_tasks([Task("body", "s", BodyInput("新"))], Shared(), cache, SerialExecutor())[0]

    assert not outcome.cached


@pytest.mark.slow
def test_processes_give_the_same_bytes_as_serial() -> None:
    serial = run_tasks(TASKS, Shared(), NoCache(), SerialExecutor())

    with ProcessPoolExecutor(2) as pool:
        parallel = run_tasks(TASKS, Shared(), NoCache(), pool)

    assert parallel == serial


def test_values_that_travel_survive_pickling() -> None:
    work = Work("body", "s", BodyInput("字"), b"")
    outcome = Outcome(problem=problem("theme-template", "themes/templates/x.html", detail="…"))
    error = BuildError("path-collision", "a", "b")

    assert pickle.loads(pickle.dumps((work, outcome))) == (work, outcome)
    assert pickle.loads(pickle.dumps(error)).values == ("a", "b")


def test_a_serial_executor_keeps_exceptions_in_the_future() -> None:
    def fail() -> None:
        raise ValueError("no")

    future = SerialExecutor().submit(fail)

    with pytest.raises(ValueError, match="no"):
        future.result()


def test_run_batch_is_callable_by_any_worker() -> None:
    assert pickle.loads(pickle.dumps(run_batch)) is run_batch
