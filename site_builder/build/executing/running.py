"""Running tasks through the cache, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from site_builder.build.cache import Cache
from site_builder.build.events import Listener, Progress, silent
from site_builder.build.executing.dispatch import dispatch, seconds_worth_sending
from site_builder.build.executing.executors import Crew
from site_builder.build.executing.tasks import Outcome, Shared, Task, task_keys
from site_builder.build.executing.trail import NAME as TRAIL
from site_builder.build.executing.trail import trail_of
from site_builder.render.artifact import Artifact

Supply = Callable[[Sequence[Task]], Sequence[Task | None]]
"""Gives tasks that will really run what they need of other tasks; ``None`` for those that cannot have it."""


def run_tasks(
    tasks: Sequence[Task],
    shared: Shared,
    cache: Cache,
    executor: Executor,
    listener: Listener = silent,
    supply: Supply | None = None,
    *,
    keys: Sequence[str] | None = None,
    trails: bool = True,
) -> list[Outcome]:
    """The outcomes of *tasks* in their order, from the cache where it has them.

    What is done is kept at once, so that a build that is stopped has not worked for nothing. A task that *supply* has
    nothing for has an empty outcome. *keys* are those of ``task_keys``, where somebody has them. Without *trails* it is
    not kept what tasks saw: for those of which no record asks.
    """
    keys = keys or task_keys(tasks, shared)
    outcomes: list[Outcome | None] = []
    for key in keys:
        artifacts = cache.get(key)
        outcomes.append(None if artifacts is None else Outcome(_without_trail(artifacts), cached=True, key=key))
    missing = [index for index, outcome in enumerate(outcomes) if outcome is None]
    todo = [tasks[index] for index in missing]
    if supply and todo:
        supplied = list(zip(missing, supply(todo), strict=True))
        for index, task in supplied:
            outcomes[index] = Outcome() if task is None else None
        missing = [index for index, task in supplied if task]
        todo = [task for _, task in supplied if task]
    if isinstance(executor, Crew):
        executor.expect(seconds_worth_sending(todo))
    done = 0
    if todo:
        listener(Progress(todo[0].kind, 0, len(todo)))
    for batch in dispatch(todo, shared, executor):
        for outcome in batch:
            index = missing[done]
            outcomes[index] = outcome = replace(outcome, key=keys[index])
            if outcome.problem is None and outcome.crash is None:
                trail = (trail_of(tasks[index]),) if trails else ()
                kept = cache.put(keys[index], (*outcome.artifacts, *trail))
                outcomes[index] = replace(outcome, artifacts=_without_trail(kept))
            done += 1
        listener(Progress(todo[min(done, len(todo) - 1)].kind, done, len(todo)))
    return [outcome for outcome in outcomes if outcome is not None]


def _without_trail(artifacts: tuple[Artifact, ...]) -> tuple[Artifact, ...]:
    return tuple(artifact for artifact in artifacts if artifact.path != TRAIL)
