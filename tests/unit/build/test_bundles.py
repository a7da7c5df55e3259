"""Entries that lie together in one file of the cache."""

from __future__ import annotations

from pathlib import Path

from site_builder.build.bundles import Bundles, bundle_key
from site_builder.build.cache import DiskCache
from site_builder.render.artifact import Artifact

BUNDLE_OF = {"a" * 64: "one", "b" * 64: "one", "c" * 64: "other"}
A, B, C = BUNDLE_OF


def _made(text: str) -> tuple[Artifact, ...]:
    return (Artifact.text("record", text), Artifact.text("x/terms", text * 2), Artifact.text("empty", ""))


def _texts(artifacts: tuple[Artifact, ...] | None) -> list[tuple[str, bytes]] | None:
    return None if artifacts is None else [(artifact.path, artifact.data) for artifact in artifacts]


def test_what_is_kept_comes_back_as_it_was_put(tmp_path: Path) -> None:
    bundles = Bundles(DiskCache(tmp_path), BUNDLE_OF)
    for key, text in ((A, "甲"), (B, "乙" * 20_000), (C, "丙")):
        assert bundles.get(key) is None
        assert _texts(bundles.put(key, _made(text))) == _texts(_made(text))
    bundles.keep()

    later = Bundles(DiskCache(tmp_path), BUNDLE_OF)
    assert [_texts(later.get(key)) for key in BUNDLE_OF] == [_texts(_made(t)) for t in ("甲", "乙" * 20_000, "丙")]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def test_what_is_not_kept_is_lost(tmp_path: Path) -> None:
    Bundles(DiskCache(tmp_path), BUNDLE_OF).put(A, _made("甲"))
    assert Bundles(DiskCache(tmp_path), BUNDLE_OF).get(A) is None


def test_a_bundle_holds_what_is_asked_for_now_and_nothing_older(tmp_path: Path) -> None:
    bundles = Bundles(DiskCache(tmp_path), BUNDLE_OF)
    bundles.put(A, _made("甲"))
    bundles.put(B, _made("乙"))
    bundles.keep()

    new = "d" * 64
    later = Bundles(DiskCache(tmp_path), {A: "one", new: "one"})
    assert _texts(later.get(A)) == _texts(_made("甲"))
    later.put(new, _made("丁"))
    later.keep()

    last = Bundles(DiskCache(tmp_path), {**BUNDLE_OF, new: "one"})
    assert [_texts(last.get(key)) for key in (A, B, new)] == [_texts(_made("甲")), None, _texts(_made("丁"))]


def test_what_lay_in_a_bundle_that_is_written_anew_can_still_be_read(tmp_path: Path) -> None:
    bundles = Bundles(DiskCache(tmp_path), BUNDLE_OF)
    bundles.put(B, _made("乙" * 20_000))  # too much to be read at once
    bundles.keep()

    later = Bundles(DiskCache(tmp_path), BUNDLE_OF)
    later.get(B)
    later.put(A, _made("甲" * 10_000))
    later.keep()

    assert [_texts(later.get(key)) for key in (A, B)] == [_texts(_made(t)) for t in ("甲" * 10_000, "乙" * 20_000)]


def test_a_bundle_that_did_not_change_is_not_written(tmp_path: Path) -> None:
    bundles = Bundles(DiskCache(tmp_path), BUNDLE_OF)
    bundles.put(A, _made("甲"))
    bundles.keep()
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    before = file.stat().st_ino

    later = Bundles(DiskCache(tmp_path), BUNDLE_OF)
    later.get(A)
    later.touch(A)
    later.keep()

    assert file.stat().st_ino == before


def test_a_damaged_bundle_is_missing_and_made_anew(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    bundles = Bundles(cache, BUNDLE_OF)
    bundles.put(A, _made("甲"))
    bundles.keep()
    file = tmp_path / bundle_key("one")[:2] / bundle_key("one")[2:]
    file.write_bytes(file.read_bytes()[:-3])

    later = Bundles(cache, BUNDLE_OF)
    assert later.get(A) is None
    assert cache.damaged == [file]
    later.put(A, _made("甲"))
    later.keep()
    assert _texts(Bundles(cache, BUNDLE_OF).get(A)) == _texts(_made("甲"))
