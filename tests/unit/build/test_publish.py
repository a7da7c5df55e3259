"""Writing and undoing: the site is either the old one or the new one, and foreign files are never touched."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from site_builder.build import publish as module
from site_builder.build.manifest import Manifest, manifest_path, read_manifest, write_manifest
from site_builder.build.publish import STAGE, publish, recover
from site_builder.build.writer import check_paths, plan_changes
from site_builder.errors import BuildError
from site_builder.render.artifact import Artifact


def build(site: Path, manifest: Manifest, **files: str) -> Manifest:
    artifacts = [Artifact.text(name.replace("__", "/") + ".html", text) for name, text in files.items()]
    return publish(plan_changes(artifacts, manifest, site), site)


def tree(site: Path) -> dict[str, str]:
    return {p.relative_to(site).as_posix(): p.read_text() for p in sorted(site.rglob("*")) if p.is_file()}


def test_new_files_are_written_and_old_ones_removed(tmp_path: Path) -> None:
    manifest = build(tmp_path, Manifest(), a="1", b__c="2")

    build(tmp_path, manifest, a="1", d="3")

    assert tree(tmp_path) == {"a.html": "1", "d.html": "3"}
    assert not (tmp_path / "b").exists()


def test_an_unchanged_file_is_not_written_again(tmp_path: Path) -> None:
    manifest = build(tmp_path, Manifest(), a="1")
    before = (tmp_path / "a.html").stat()

    build(tmp_path, manifest, a="1")

    assert (tmp_path / "a.html").stat().st_ino == before.st_ino


def test_an_equal_file_is_recognised_without_a_manifest(tmp_path: Path) -> None:
    build(tmp_path, Manifest(), a="1")

    changes = plan_changes([Artifact.text("a.html", "1")], Manifest(), tmp_path)

    assert (changes.write, changes.keep) == ((), ("a.html",))


def test_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("paper.example")
    manifest = build(tmp_path, Manifest(), a="1")

    build(tmp_path, manifest, b="2")

    assert tree(tmp_path) == {"CNAME": "paper.example", "b.html": "2"}


def test_a_file_that_somebody_changed_since_is_not_removed(tmp_path: Path) -> None:
    manifest = build(tmp_path, Manifest(), a="1")
    (tmp_path / "a.html").write_text("a stranger's text")

    build(tmp_path, manifest, b="2")

    assert tree(tmp_path) == {"a.html": "a stranger's text", "b.html": "2"}


def test_a_file_that_somebody_changed_is_made_right_again(tmp_path: Path) -> None:
    manifest = build(tmp_path, Manifest(), a="1")
    (tmp_path / "a.html").write_text("2")

    build(tmp_path, manifest, a="1")

    assert tree(tmp_path) == {"a.html": "1"}


@pytest.mark.parametrize("stop_at", [0, 1, 2, 3])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_failure_at_any_step_leaves_the_previous_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_at: int, error: BaseException
) -> None:
    manifest = build(tmp_path, Manifest(), a="1", b="2", gone="3")
    before = tree(tmp_path)
    real, calls = os.replace, []

    def failing(source: Path, target: Path) -> Path:
        if Path(source).parent.name == "new":
            calls.append(target)
            if len(calls) > stop_at:
                raise error
        real(source, target)
        return Path(target)

    monkeypatch.setattr(Path, "replace", failing)
    if stop_at == 3:
        monkeypatch.setattr(module, "_entry", lambda *_: (_ for _ in ()).throw(error))
    with pytest.raises(type(error)):
        build(tmp_path, manifest, a="new", b="new", c="new")
    monkeypatch.undo()

    after = tree(tmp_path)
    assert after == before if stop_at < 3 else after == {"a.html": "new", "b.html": "new", "c.html": "new"}


def test_a_power_cut_is_undone_by_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = build(tmp_path, Manifest(), a="1", b="2")
    before = tree(tmp_path)
    real = os.replace

    def cut(source: Path, target: Path) -> Path:
        real(source, target)
        if Path(target).name == "a.html":
            raise SystemExit
        return Path(target)

    monkeypatch.setattr(Path, "replace", cut)
    monkeypatch.setattr(module, "recover", lambda _site: False)
    with pytest.raises(SystemExit):
        build(tmp_path, manifest, a="new", b="new", c="new")
    monkeypatch.undo()
    assert (tmp_path / STAGE).is_dir()

    assert recover(tmp_path)
    assert tree(tmp_path) == before


def test_an_unfinished_preparation_is_only_swept_up(tmp_path: Path) -> None:
    (tmp_path / STAGE / "new").mkdir(parents=True)

    assert recover(tmp_path)
    assert not (tmp_path / STAGE).exists()


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\b", "", "a//b", "./a"])
def test_paths_outside_the_site_are_refused(path: str) -> None:
    with pytest.raises(BuildError) as caught:
        check_paths([path])

    assert caught.value.code == "path-unsafe"


def test_two_artifacts_of_one_place_are_refused_also_by_case() -> None:
    with pytest.raises(BuildError) as caught:
        check_paths(["a/Index.html", "a/index.html"])

    assert caught.value.code == "path-collision"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_is_written_through_a_linked_folder(tmp_path: Path) -> None:
    outside, site = tmp_path / "outside", tmp_path / "site"
    outside.mkdir()
    site.mkdir()
    (site / "stories").symlink_to(outside)

    with pytest.raises(BuildError):
        build(site, Manifest(), stories__x="1")

    assert list(outside.iterdir()) == []


def test_a_damaged_manifest_is_an_empty_one(tmp_path: Path) -> None:
    path = manifest_path(tmp_path, tmp_path / "site")
    write_manifest(path, build(tmp_path / "site", Manifest(), a="1"))
    assert read_manifest(path).files.keys() == {"a.html"}

    path.write_text("{")

    assert read_manifest(path) == Manifest()
