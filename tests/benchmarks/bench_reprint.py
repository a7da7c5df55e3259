"""What it costs to print a page of the demonstration newsroom again from its lock, process start included.

    python tests/benchmarks/bench_reprint.py [--runs 7] [--format broadsheet]

Each row is the whole command, the best of so many runs: seconds on the clock, seconds of the processor, and their ratio
to the page that is laid out anew. Machines differ and are shared, so the ratios are the figures to watch; no test
asserts them.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EDITION = "2024-04-08"
IMPORTS = "from site_builder import api; api.PagesOptions()"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--format", default="broadsheet")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        newsroom = Path(folder)
        for name in ("content", "assets"):
            shutil.copytree(ROOT / name, newsroom / name)
        shutil.copy(ROOT / "mkdocs.yml", newsroom)
        command = [
            *(sys.executable, "-m", "site_builder.cli.main", "print", EDITION),
            *("--format", arguments.format, "--root", str(newsroom)),
        ]
        anew = spent([*command, "--anew"])
        rows = {
            "laid out anew": anew,
            "from the lock, pictures new": best(command, arguments.runs, newsroom / ".bulletin/cache"),
            "from the lock": best(command, arguments.runs),
            "of that, imports": best([sys.executable, "-c", IMPORTS], arguments.runs),
            "of that, Python itself": best([sys.executable, "-c", ""], arguments.runs),
        }
    print(f"{'':28}  clock s  processor s  ratio of processor")
    for name, (clock, processor) in rows.items():
        print(f"{name:28}  {clock:7.2f}  {processor:11.2f}  {processor / anew[1]:.3f}")


def best(command: Sequence[str], runs: int, forget: Path | None = None) -> tuple[float, float]:
    """The least seconds on the clock and of the processor; before each run the folder *forget* is removed."""
    found = []
    for _ in range(runs):
        if forget:
            shutil.rmtree(forget, ignore_errors=True)
        found.append(spent(command))
    return min(clock for clock, _ in found), min(processor for _, processor in found)


def spent(command: Sequence[str]) -> tuple[float, float]:
    """Seconds on the clock and of the processor that *command* takes."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main()
