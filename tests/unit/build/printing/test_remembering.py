"""What fonts can draw is read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.build.font_packages import package_folder
from site_builder.build.printing.remembering import Coverage
from site_builder.errors import BuildError

FONT = next(package_folder("pylopdf_fonts_zh_cn").rglob("*Serif*.otf"))


def test_what_is_remembered_is_what_the_font_says(tmp_path: Path) -> None:
    read = Coverage(None).of(FONT)

    assert Coverage(tmp_path).of(FONT) == read
    assert [*tmp_path.glob("signs/*.json")]
    assert Coverage(tmp_path).of(FONT) == read
    assert {ord("工"), ord("A")} < read


def test_a_damaged_note_is_read_again_from_the_font(tmp_path: Path) -> None:
    read = Coverage(tmp_path).of(FONT)
    (note,) = tmp_path.glob("signs/*.json")
    for damage in ("[[1", "{}x", "[[1, null]]", '["ab"]', "[1]", "{}", "[]", ""):
        note.write_text(damage, encoding="utf-8")

        assert Coverage(tmp_path).of(FONT) == read


def test_what_is_no_font_is_told_and_not_remembered(tmp_path: Path) -> None:
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"OTTO and nothing else")

    for _ in range(2):
        with pytest.raises(BuildError):
            Coverage(tmp_path / "work").of(broken)
