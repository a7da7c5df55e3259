"""A newsroom on disk to what the check found in it, through the cache in the newsroom's own folder.

Whoever needs no site (the check itself, print) reads a newsroom here, and none of what makes sites is imported.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import Executor
from pathlib import Path

from site_builder.build.cache import DiskCache
from site_builder.build.check import CheckedNewsroom, check_sources
from site_builder.build.events import Listener, silent
from site_builder.build.executing.executors import SerialExecutor
from site_builder.build.sources import StatCache, read_sources

WORK_DIR = ".bulletin"


def check(root: Path, *, executor: Executor | None = None) -> CheckedNewsroom:
    """Everything that is wrong in the newsroom at *root*; nothing is written but the cache."""
    return check_with(root, open_cache(root), executor or SerialExecutor())


def check_with(root: Path, cache: DiskCache, executor: Executor, listener: Listener = silent) -> CheckedNewsroom:
    """As ``check``, with a *cache* that is used for more than the check."""
    stats = StatCache(root / WORK_DIR / "stat.json", fresh=cache.renew)
    checked = check_sources(read_sources(root), cache, stats, executor, listener)
    with contextlib.suppress(OSError):  # it only saves time
        stats.save()
    return checked


def open_cache(root: Path, *, renew: bool = False) -> DiskCache:
    """The cache of the newsroom at *root*; with *renew* nothing that it holds is used."""
    return DiskCache(root / WORK_DIR / "cache", renew=renew)
