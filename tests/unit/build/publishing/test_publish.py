"""Writing and undoing: the site is either the old one or the new one, and foreign files are never touched."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from site_builder.build.publishing import publish as module
from site_builder.build.publishing.manifest import NAME, Notes, make_manifest, read_manifest
from site_builder.build.publishing.publish import STAGE, publish, recover
from site_builder.build.publishing.writer import check_paths, plan_changes
from site_builder.errors import BuildError
from site_builder.render.artifact import Artifact


def build(site: Path, *files: str, **pages: str) -> None:
    """Publish *pages* (name=text, ``__`` for a slash) as .html, and *files* without an ending."""
    artifacts = [Artifact.text(name.replace("__", "/") + ".html", text) for name, text in pages.items()]
    artifacts += [Artifact.text(name, name) for name in files]
    publish(plan_changes(artifacts, site, {}), site)


def tree(site: Path) -> dict[str, str]:
    files = (p for p in sorted(site.rglob("*")) if p.is_file() and p.name != NAME)
    return {p.relative_to(site).as_posix(): p.read_text() for p in files}


def test_new_files_are_written_and_old_ones_removed(tmp_path: Path) -> None:
    build(tmp_path, a="1", b__c="2")

    build(tmp_path, a="1", d="3")

    assert tree(tmp_path) == {"a.html": "1", "d.html": "3"}
    assert not (tmp_path / "b").exists()


def test_an_unchanged_file_is_not_written_again(tmp_path: Path) -> None:
    build(tmp_path, a="1")
    before = (tmp_path / "a.html").stat()

    build(tmp_path, a="1")

    assert (tmp_path / "a.html").stat().st_ino == before.st_ino


def test_an_equal_file_is_recognised_without_notes(tmp_path: Path) -> None:
    build(tmp_path, a="1")

    changes = plan_changes([Artifact.text("a.html", "1")], tmp_path, {})

    assert (changes.write, changes.keep) == ((), ("a.html", NAME))


def test_notes_save_reading_and_may_be_lost(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, a="1")
    notes = Notes(tmp_path, site)
    notes.save(site, {"a.html": "not its digest"})

    seen = Notes(tmp_path, site).seen
    assert plan_changes([Artifact.text("a.html", "1")], site, seen).keep == (NAME,)
    notes.path.write_text("{")
    assert Notes(tmp_path, site).seen == {}


def test_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("paper.example")
    build(tmp_path, a="1")

    build(tmp_path, b="2")

    assert tree(tmp_path) == {"CNAME": "paper.example", "b.html": "2"}


def test_a_file_of_ours_goes_also_when_a_minifier_changed_it(tmp_path: Path) -> None:
    """It once stayed, and with it the text of a story that had become a draft."""
    build(tmp_path, a="1")
    (tmp_path / "a.html").write_text("minified")

    build(tmp_path, b="2")

    assert tree(tmp_path) == {"b.html": "2"}


def test_a_site_that_was_moved_still_knows_its_files(tmp_path: Path) -> None:
    build(tmp_path / "here", a="1")
    (tmp_path / "here").rename(tmp_path / "there")

    build(tmp_path / "there", b="2")

    assert tree(tmp_path / "there") == {"b.html": "2"}


def test_a_folder_with_pages_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("somebody's")

    with pytest.raises(BuildError) as caught:
        build(tmp_path, a="1")

    assert caught.value.code == "site-dir-foreign"
    assert tree(tmp_path) == {"index.html": "somebody's"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_nothing_is_removed_behind_a_link_out_of_the_site(tmp_path: Path) -> None:
    """Only writing used to look where a folder leads."""
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    build(site, a="1", press__old="2")
    (site / "press").rename(elsewhere)
    (site / "press").symlink_to(elsewhere)

    with pytest.raises(BuildError) as caught:
        build(site, a="1")

    assert caught.value.code == "path-unsafe"
    assert (elsewhere / "old.html").read_text() == "2"


@pytest.mark.parametrize("path", ["../precious.html", "/etc/passwd", "a/../../precious.html", "..\\precious.html"])
def test_a_manifest_that_names_other_places_is_none_of_ours(tmp_path: Path, path: str) -> None:
    site, precious = tmp_path / "site", tmp_path / "precious.html"
    build(site, "data")
    precious.write_text("mine")
    (site / NAME).write_bytes(make_manifest({path: "0"}).data)

    build(site, "data")

    assert read_manifest(site) is not None
    assert precious.read_text() == "mine"


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    build(tmp_path, "press", about__index="1")
    build(tmp_path, "about", press__index="2")

    assert tree(tmp_path) == {"about": "about", "press/index.html": "2"}


def test_a_foreign_file_in_the_way_is_told_and_nothing_changes(tmp_path: Path) -> None:
    build(tmp_path, a="1")
    (tmp_path / "stories").write_text("foreign")

    with pytest.raises(BuildError) as caught:
        build(tmp_path, a="2", stories__x="1")

    assert caught.value.code == "in-the-way"
    assert tree(tmp_path) == {"a.html": "1", "stories": "foreign"}


def test_a_site_dir_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("foreign")

    with pytest.raises(BuildError) as caught:
        build(tmp_path / "site", a="1")

    assert caught.value.code == "in-the-way"


def test_a_torn_journal_is_swept_up(tmp_path: Path) -> None:
    build(tmp_path, a="1")
    (tmp_path / STAGE).mkdir()
    (tmp_path / STAGE / "journal.json").write_bytes(b"")

    build(tmp_path, a="2")

    assert tree(tmp_path) == {"a.html": "2"}


def test_a_case_only_rename_keeps_the_file_where_the_disk_takes_both_for_one(tmp_path: Path) -> None:
    """Told to such a disk, removing the old name would remove the only file."""
    build(tmp_path, A="1")
    os.link(tmp_path / "A.html", tmp_path / "a.html")  # what a case-insensitive disk looks like

    assert plan_changes([Artifact.text("a.html", "1")], tmp_path, {}).remove == ()


def test_a_file_that_somebody_changed_is_made_right_again(tmp_path: Path) -> None:
    build(tmp_path, a="1")
    (tmp_path / "a.html").write_text("2")

    build(tmp_path, a="1")

    assert tree(tmp_path) == {"a.html": "1"}


@pytest.mark.parametrize("stop_at", [0, 1, 2, 3])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_failure_at_any_step_leaves_the_previous_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_at: int, error: BaseException
) -> None:
    build(tmp_path, a="1", b="2", gone="3")
    before, manifest = tree(tmp_path), read_manifest(tmp_path)
    real, calls = os.replace, []

    def failing(source: Path, target: Path) -> Path:
        if Path(source).parent.name == "new":
            calls.append(target)
            if len(calls) > stop_at:
                raise error
        real(source, target)
        return Path(target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(type(error)):
        build(tmp_path, a="new", b="new", c="new")
    monkeypatch.undo()

    assert tree(tmp_path) == before
    assert read_manifest(tmp_path) == manifest


def test_a_power_cut_is_undone_by_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, a="1", b="2")
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
        build(tmp_path, a="new", b="new", c="new")
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
        build(site, stories__x="1")

    assert list(outside.iterdir()) == []


def test_a_damaged_manifest_is_none(tmp_path: Path) -> None:
    build(tmp_path, a="1")
    assert read_manifest(tmp_path) is not None

    (tmp_path / NAME).write_text("{")

    assert read_manifest(tmp_path) is None


def test_the_manifest_is_the_same_for_the_same_files() -> None:
    assert make_manifest({"a": "1", "b": "2"}) == make_manifest({"b": "2", "a": "1"})
