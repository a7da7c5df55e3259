"""What it costs to invert a volume of the search index, with NumPy and without.

    python tests/benchmarks/bench_postings.py [--stories 1500] [--seed 7]

Each row is a way of inverting the same stories: milliseconds of the processor a story, the best of three, and the ratio
to the way without NumPy. Loading the library is not in it, and told apart. Machines differ and are shared, so the
ratios are the figures to watch; no test asserts them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.search.stories import Archive

from site_builder.render.searching.arrays import invert_runs
from site_builder.render.searching.postings import invert, ranged
from site_builder.render.searching.terms import cut
from site_builder.text.folding import fold

LOAD = "import time; import array; t = time.process_time(); import numpy; print(time.process_time() - t)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    archive = Archive(arguments.stories, arguments.seed)
    samples = map(archive.story, range(arguments.stories))
    stories = [[cut(fold(text)) for text in (s.headline, s.tips, s.body)] for s in samples]
    ways: dict[str, Callable[[], Iterable[object]]] = {
        "dictionaries": lambda: ranged(invert([[own.run_terms() for own in row] for row in stories])),
        "NumPy": lambda: invert_runs([[own.runs for own in row] for row in stories]),
    }
    rows = {name: best(way) / len(stories) * 1000 for name, way in ways.items()}
    loading = float(subprocess.run([sys.executable, "-c", LOAD], check=True, capture_output=True, text=True).stdout)
    print(f"{'':14}  ms a story  ratio")
    for name, spent in rows.items():
        print(f"{name:14}  {spent:10.3f}  {spent / rows['dictionaries']:.2f}")
    print(f"loading NumPy takes as long as {loading * 1000 / rows['dictionaries']:.0f} stories without it")


def best(work: Callable[[], Iterable[object]]) -> float:
    """The least seconds of the processor."""
    found = []
    for _ in range(3):
        began = time.process_time()
        deque(work(), maxlen=0)
        found.append(time.process_time() - began)
    return min(found)


if __name__ == "__main__":
    main()
