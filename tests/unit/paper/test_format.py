"""Formats as data: what comes with Bulletin, and what is said of a file that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.build.theme_files import package_themes, read_format
from site_builder.errors import BuildError, UsageError, describe
from site_builder.messages import available_languages, load_messages
from site_builder.paper.page.format import parse_format

FORMATS = sorted(package_themes().glob("print/formats/*.toml"))
BROADSHEET = (package_themes() / "print/formats/broadsheet.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FORMATS, ids=lambda file: file.stem)
def test_a_format_fits_its_paper(file: Path) -> None:
    page = parse_format(file.stem, file.read_text(encoding="utf-8"), str(file))
    area = page.type_area

    assert 0 < area.x < area.x + area.width < page.width
    assert 0 < area.y < area.y + area.height < page.height
    assert abs((page.width - area.width) / 2 - area.x) < 2  # the type area stands in the middle


def test_columns_and_lines_become_points() -> None:
    page = parse_format("broadsheet", BROADSHEET, "broadsheet.toml")

    assert page.characters(1) == 13
    assert page.characters(3) == 41
    assert page.breadth(2) == 27 * 9
    assert page.x(1) - page.x(0) == pytest.approx(14 * 9)
    assert page.depth(2) == pytest.approx(11.7 + 9)
    assert page.weight(9).largest == 54
    assert page.weight(2) == page.weight(1)


CASES = {
    "page.width": ("width = 390", "width = 100", "outside"),
    "grid.colums": ("columns = 8 ", "colums = 8 ", "unknown"),
    "text.pitch": ("pitch = 11.7\nindent", "pitch = 8\nindent", "pitch"),
    "grid.gap": ("gap = 2", 'gap = "two"', "number"),
    "colors.accent": ('"#c4161c"', '"red"', "color"),
    "looks.kicker.face": ('[looks.kicker]\nface = "hei"', '[looks.kicker]\nface = "arial"', "face"),
    "headline.kicker": ("[0.42, 11, 24]", "[0.42, 11]", "list"),
    "folio": ("[folio]", "[folios]", "unknown"),
    "looks.lead": ("[looks.lead] ", "[looks.led] ", "needed"),
}


@pytest.mark.parametrize("key", CASES)
def test_a_wrong_format_says_which_key_is_wrong(key: str) -> None:
    old, new, code = CASES[key]
    assert old in BROADSHEET

    with pytest.raises(BuildError) as caught:
        parse_format("mine", BROADSHEET.replace(old, new), "mine.toml")

    assert caught.value.code == f"print.format-{code}"
    for language in available_languages():
        said = describe(caught.value, load_messages(language))
        assert "mine.toml" in said
        assert key.removesuffix("s") in said
        assert not re.search(r"\{(first|second|third)\}", said)


def test_a_newsroom_has_formats_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "themes/print/formats/weekly.toml"
    own.parent.mkdir(parents=True)
    own.write_text(BROADSHEET.replace('"对开"', '"周报"'), encoding="utf-8")

    assert read_format(tmp_path, "weekly").title == "周报"
    assert read_format(tmp_path, "tabloid").title == "四开"
    with pytest.raises(UsageError, match="weekly"):
        read_format(tmp_path, "weakly")
