from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.build.cache import KEEP_SECONDS, SMALL_BYTES, DamagedEntry, DiskCache
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


def test_the_bytes_of_a_large_entry_stay_on_the_disk_until_they_are_needed(tmp_path: Path) -> None:
    """All pictures of an archive were once in memory at the same time, in every build."""
    large = Artifact("photo.webp", bytes(range(256)) * SMALL_BYTES)
    cache = DiskCache(tmp_path)

    kept = cache.put(KEY, [large])
    found = cache.get(KEY)

    assert found is not None
    for (artifact,) in (kept, found):
        assert not isinstance(artifact.content, bytes)
        assert (artifact.size, artifact.digest, artifact.data) == (large.size, large.digest, large.data)


@given(contents=st.lists(st.binary(max_size=2 * SMALL_BYTES), max_size=4))
@settings(max_examples=30)
def test_whatever_was_put_is_given_back(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    cache = DiskCache(tmp_path_factory.mktemp("cache"))
    made = [Artifact(f"{number}", data) for number, data in enumerate(contents)]

    kept = cache.put(KEY, made)

    for artifacts in (kept, cache.get(KEY) or ()):
        assert [(a.path, a.data, a.digest, a.size) for a in artifacts] == [
            (a.path, a.data, a.digest, a.size) for a in made
        ]


def test_damaged_bytes_of_a_large_entry_are_noticed_when_they_are_read(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    (kept,) = cache.put(KEY, [Artifact("photo.webp", bytes(2 * SMALL_BYTES))])
    entry = next(path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-1] + b"x")

    with pytest.raises(DamagedEntry):
        _ = kept.data
    cache.thorough = True
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


def test_a_file_that_is_on_its_way_to_its_name_does_not_hinder_pruning(tmp_path: Path) -> None:
    """A check runs without the build's lock; its file beside is gone before it is looked at."""
    cache = DiskCache(tmp_path)
    cache.put(KEY, [Artifact("a", b"whole")])
    (tmp_path / KEY[:2] / "gone.tmp").symlink_to(tmp_path / "nowhere")

    assert cache.prune() == 0
    assert cache.get(KEY) == (Artifact("a", b"whole"),)
