"""Running tasks through the cache, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from site_builder.build.cache import Cache
from site_builder.build.dispatch import dispatch, expected_seconds
from site_builder.build.events import Listener, Progress, silent
from site_builder.build.executors import Crew
from site_builder.build.tasks import Outcome, Shared, Task, task_keys


def run_tasks(
    tasks: Sequence[Task], shared: Shared, cache: Cache, executor: Executor, listener: Listener = silent
) -> list[Outcome]:
    """The outcomes of *tasks* in their order, from the cache where it has them.

    What is done is kept at once, so that a build that is stopped has not worked for nothing.
    """
    keys = task_keys(tasks, shared)
    outcomes: list[Outcome | None] = []
    for key in keys:
        artifacts = cache.get(key)
        outcomes.append(None if artifacts is None else Outcome(artifacts, cached=True))
    missing = [index for index, outcome in enumerate(outcomes) if outcome is None]
    todo = [tasks[index] for index in missing]
    if isinstance(executor, Crew):
        executor.expect(expected_seconds(todo))
    done = 0
    for batch in dispatch(todo, shared, executor):
        for outcome in batch:
            index = missing[done]
            outcomes[index] = outcome
            if outcome.problem is None and outcome.crash is None:
                cache.put(keys[index], outcome.artifacts)
            done += 1
        listener(Progress(todo[done - 1].kind, done, len(todo)))
    return [outcome for outcome in outcomes if outcome is not None]
