"""What stands on a page besides stories, as editors and the settings ask for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from benchmarks.pages.edition import make_edition_newsroom

from site_builder.build.checking import check
from site_builder.build.printing.lockfile import LockFile
from site_builder.build.printing.makeup import MakeUp, edition_to_print
from site_builder.errors import UsageError
from site_builder.paper.page.plan import Furniture

DAY = "2026-07-20"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 100"><rect width="500" height="100"/></svg>'
CONTENTS = {"column": 4, "line": 20, "columns": 2, "lines": 14}
BANNER = {"words": "当好主人翁　建功新时代", "pin": {"column": 1, "line": 50, "columns": 6, "lines": 5}}


@pytest.fixture(scope="module")
def makeup(tmp_path_factory: pytest.TempPathFactory) -> MakeUp:
    root = tmp_path_factory.mktemp("furniture") / "newsroom"
    make_edition_newsroom(root, 1, "tabloid", pages=2, stories=6)
    path = root / f"content/editions/{DAY}.yml"
    edition = yaml.safe_load(path.read_text(encoding="utf-8"))
    stories = [story["id"] for story in edition.pop("unplaced")]
    edition["pages"][0] |= {"stories": stories[:3], "contents": CONTENTS}
    edition["pages"][1] |= {"stories": stories[3:], "banners": [BANNER]}
    path.write_text(yaml.safe_dump(edition, allow_unicode=True), encoding="utf-8")
    (root / "assets/name.svg").write_text(DRAWING, encoding="utf-8")
    settings = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    (plugin,) = (entry["bulletin"] for entry in settings["plugins"] if isinstance(entry, dict) and "bulletin" in entry)
    plugin["publication"] = {"nameplate": "assets/name.svg"}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    checked = check(root)
    assert [problem.code for problem in checked.problems if problem.severity == "error"] == []
    newsroom, found = edition_to_print(checked, DAY, datetime(2026, 7, 20, tzinfo=UTC), "public")
    return MakeUp(root, checked, newsroom, found, "", LockFile(root / "none.layout.lock", (1, 2)))


def furniture(makeup: MakeUp, number: int) -> dict[str, Furniture]:
    placed = makeup.request(makeup.edition.pages[number - 1]).furniture
    return {one.furniture.kind: one.furniture for one in placed}


def words(one: Furniture) -> str:
    return " ".join(line.text for piece in one.pieces for line in piece.lines)


def test_the_masthead_has_the_newsrooms_drawing_and_the_day_of_both_calendars(makeup: MakeUp) -> None:
    masthead = furniture(makeup, 1)["masthead"]

    assert "2026年7月20日　星期一　农历丙午年六月初七" in words(masthead)
    assert (masthead.picture, masthead.alt) == ("assets/name.svg", "小港工人报")
    assert masthead.picture_box is not None
    assert masthead.picture_box.width == pytest.approx(5 * masthead.picture_box.height)
    assert makeup.material().drawings["assets/name.svg"] == DRAWING.encode()


def test_the_contents_tell_what_stands_on_the_other_pages(makeup: MakeUp) -> None:
    told = words(furniture(makeup, 1)["contents"])
    other, own = (makeup.edition.pages[index].placements[0].story for index in (1, 0))

    assert makeup.newsroom.by_id[other].headline[:4] in told
    assert "2版" in told
    assert makeup.newsroom.by_id[own].headline not in told


def test_a_banner_stands_where_the_editor_wants_it_and_keeps_stories_away(makeup: MakeUp) -> None:
    request = makeup.request(makeup.edition.pages[1])

    assert words(furniture(makeup, 2)["banner"]) == BANNER["words"]
    assert [(cells.line, cells.columns, cells.lines) for cells in request.taken if cells.lines == 5] == [(49, 6, 5)]


@pytest.mark.parametrize("pin", [{"column": 6, "columns": 2}, {"line": 80, "lines": 20}])
def test_a_banner_that_would_leave_the_type_area_is_refused(makeup: MakeUp, pin: dict[str, int]) -> None:
    page = makeup.edition.pages[1]
    banner = replace(page.banners[0], pin=replace(page.banners[0].pin, **pin))

    with pytest.raises(UsageError, match="pin-outside"):
        makeup.request(replace(page, banners=(banner,)))
