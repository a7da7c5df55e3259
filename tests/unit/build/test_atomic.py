from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.build.atomic import in_the_way, replace_file, write_new_files


def test_new_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_new_files(tmp_path / "a", {"b/c.txt": b"c", "run": b"#!/bin/sh\n"}, frozenset({"run"}))

    assert (tmp_path / "a/b/c.txt").read_bytes() == b"c"
    assert (tmp_path / "a/run").stat().st_mode & 0o111


@pytest.mark.parametrize("bad", ["z/taken", "z\0"])
def test_when_one_fails_nothing_is_left_behind(bad: str, tmp_path: Path) -> None:
    (tmp_path / "z").mkdir()
    (tmp_path / "z/taken").write_text("before")
    with pytest.raises((OSError, ValueError)):
        write_new_files(tmp_path, {"a/b/c": b"", "d": b"", bad: b""})

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["taken", "z"]
    assert (tmp_path / "z/taken").read_text() == "before"


def test_files_folders_and_dead_links_are_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    assert [name for name in ("file", "file/x", "link", "link/x", "new", "new/x") if in_the_way(tmp_path, name)] == [
        "file",
        "file/x",
        "link",
        "link/x",
    ]


def test_a_file_that_cannot_take_its_place_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "page/inside").mkdir(parents=True)
    with pytest.raises((IsADirectoryError, PermissionError)):
        replace_file(tmp_path / "page", b"new")

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["inside", "page"]
