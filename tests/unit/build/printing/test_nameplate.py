"""The newsroom's drawing of its name: how wide it is by its height, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.build.printing.nameplate import read_nameplate
from site_builder.errors import BuildError


def ratio(root: Path, svg: str) -> float:
    (root / "name.svg").write_text(svg, encoding="utf-8")
    found = read_nameplate(root, "name.svg")
    assert found is not None
    return found[0].ratio


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 120"/>',
        '<?xml version="1.0"?>\n<svg width="10" height="10"\n viewBox=\'-3,-3,60,12\'></svg>',
        '<svg height="12mm" stroke-width="3" width="60mm"></svg>',
    ],
)
def test_a_drawing_is_as_wide_as_it_says(tmp_path: Path, svg: str) -> None:
    assert ratio(tmp_path, svg) == 5


def test_a_newsroom_without_one_has_none(tmp_path: Path) -> None:
    assert read_nameplate(tmp_path, "") is None


@pytest.mark.parametrize("file", ["none.svg", "../name.svg", "text.png", "sizeless.svg"])
def test_what_is_no_drawing_of_the_newsroom_is_refused_by_name(tmp_path: Path, file: str) -> None:
    root = tmp_path / "newsroom"
    root.mkdir()
    (tmp_path / "name.svg").write_text('<svg viewBox="0 0 5 1"/>', encoding="utf-8")
    (root / "text.png").write_text("no picture", encoding="utf-8")
    (root / "sizeless.svg").write_text("<svg/>", encoding="utf-8")

    with pytest.raises(BuildError) as caught:
        read_nameplate(root, file)

    assert (caught.value.args[0], file in str(caught.value.args)) == ("print.nameplate", True)
