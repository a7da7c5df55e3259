from __future__ import annotations

import os
import time
from pathlib import Path

from site_builder.build.cache import KEEP_SECONDS, DiskCache
from site_builder.build.fingerprint import digest
from site_builder.render.artifact import Artifact

KEY = digest("key")


def test_what_was_put_is_given_back(tmp_path: Path) -> None:
    artifacts = (Artifact("甲/a.html", "正文\n第二行".encode()), Artifact("b", b""))
    cache = DiskCache(tmp_path)

    cache.put(KEY, artifacts)

    assert cache.get(KEY) == artifacts


def test_unknown_keys_give_nothing(tmp_path: Path) -> None:
    assert DiskCache(tmp_path).get(KEY) is None


def test_a_damaged_entry_counts_as_missing_and_is_named(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    cache.put(KEY, [Artifact("a", b"whole")])
    entry = next(path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-2])

    assert cache.get(KEY) is None
    assert cache.damaged == [entry]


def test_entries_that_no_build_used_are_removed(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    cache.put(KEY, [Artifact("a", b"old")])
    cache.put(digest("other"), [Artifact("a", b"new")])
    old = tmp_path / KEY[:2] / KEY[2:]
    long_ago = time.time() - KEEP_SECONDS - 60
    os.utime(old, (long_ago, long_ago))

    assert cache.prune() == 1
    assert (cache.get(KEY), cache.get(digest("other"))) == (None, (Artifact("a", b"new"),))
