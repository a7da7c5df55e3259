"""What tasks and processes cost: the figures behind ``dispatch.SECONDS`` and ``executors.POOL_START_SECONDS``.

    python tests/benchmarks/bench_tasks.py [--stories 200] [--photos 6]

Processor milliseconds of one task of each kind in this process; what the shared setting costs each batch that carries it; how
long a pool takes to its first result.
"""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench_build import timed, write_story
from fake_host import FakeHost
from newsroom_samples import make_newsroom

from site_builder.build.clock import SystemClock
from site_builder.build.executing.dispatch import in_batches
from site_builder.build.executing.executors import Crew, SerialExecutor
from site_builder.build.executing.renderers import run_batch
from site_builder.build.executing.tasks import Shared, Task, load
from site_builder.build.hosting import host_output
from site_builder.build.indexing import index
from site_builder.build.making import Options, page_setting
from site_builder.build.origins import Origins
from site_builder.build.pipeline import prepare
from site_builder.build.rendering import Run, card_tasks, page_tasks
from site_builder.render.compose import Desk


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--photos", type=int, default=6)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = make_newsroom(Path(folder))
        for number in range(arguments.stories):
            write_story(root, number, photo=number < arguments.photos)
        tasks, shared = all_tasks(root)
        run_batch(
            shared, [load(task) for task in tasks if task.kind not in ("pixels", "measure", "card")]
        )  # imports and caches, as in a worker at work
        seconds: dict[str, float] = defaultdict(float)
        counts = Counter[str]()
        for task in tasks:
            work = load(task)
            start = time.process_time()  # other programs share the machine
            run_batch(shared, [work])
            seconds[task.kind] += time.process_time() - start
            counts[task.kind] += 1
    for kind, spent in sorted(seconds.items(), key=lambda row: -row[1]):
        print(f"{kind:10} {1000 * spent / counts[kind]:8.2f} ms each   {counts[kind]} tasks")
    tell_batches(tasks, shared)
    tell_pool()


def all_tasks(root: Path) -> tuple[list[Task], Shared]:
    """Every task of a clean build of *root*, and what pages share."""
    prepared = prepare(root, Options(), SerialExecutor())
    assert not hasattr(prepared, "written"), "the newsroom has errors"
    output = host_output(prepared.host_request(), root / "content/pages", prepared.theme, prepared.cache, FakeHost())
    run = Run(prepared.cache, SerialExecutor(), Origins(prepared.checked))
    newsroom = index(prepared, SystemClock().now(), "public", set())
    photos = run.photos(newsroom, prepared.checked)
    desk = Desk(newsroom, run.bodies(newsroom), {file: picture for file, (picture, _) in photos.items()})
    # Labels need the pixels that were just made; they are timed in bench_pictures.py.
    pictures = [made.task for made in run.made if made.task.kind != "photo"]
    measures = [Task("measure", t.name, t.input, t.blob) for t in pictures if t.kind == "pixels"]
    return [*measures, *pictures, *card_tasks(desk, prepared.checked), *page_tasks(desk, output)], page_setting(
        prepared, output
    )


def tell_batches(tasks: list[Task], shared: Shared) -> None:
    pages = next(batch for batch in in_batches([task for task in tasks if task.kind == "page"]))
    works = [load(task) for task in pages]
    travel, data = timed(lambda: pickle.dumps(shared))
    travel += timed(lambda: pickle.loads(data))[0]
    work = timed(lambda: run_batch(shared, works))[0]
    print(f"shared     {1000 * travel:8.2f} ms, {len(data)} bytes; a batch of {len(works)} pages {1000 * work:.2f} ms")


def tell_pool() -> None:
    start = time.perf_counter()
    with Crew(2) as crew:
        crew.expect(1)
        crew.submit(os.getpid).result()
        first = time.perf_counter() - start
        trip = timed(lambda: crew.submit(os.getpid).result())[0]
    print(f"pool       {1000 * first:8.2f} ms to its first result, then {1000 * trip:.2f} ms for a trip")


if __name__ == "__main__":
    main()
