"""The layout of pages as other programs read it."""

from __future__ import annotations

import json

from page_plans import LEFT, page

from site_builder.paper.page.layout import layout_json


def test_each_story_has_its_polygon_headline_and_pictures() -> None:
    told = json.loads(layout_json([page(1), page(2)]))

    assert (told["version"], told["unit"], told["edition"]) == (1, "pt", "2024-04-08")
    assert [sheet["number"] for sheet in told["pages"]] == [1, 2]
    lead, boxed = told["pages"][0]["stories"]
    assert (lead["story"], lead["headline"]) == ("night-school", "一盏“灯”照亮60名职工")
    assert lead["polygons"][0][0] == [LEFT, 60]
    assert lead["pictures"][0]["photo"] == 0
    # The frame of a boxed story belongs to it.
    assert boxed["polygons"][0][0] == [LEFT + 4 * 130.5 - 6, 54]
    assert told["pages"][0]["furniture"] == [
        {"kind": "folio", "alt": "", "polygon": [[40, 30], [740, 30], [740, 42], [40, 42]]}
    ]


def test_all_corners_lie_on_the_page_and_run_clockwise() -> None:
    sheet = json.loads(layout_json([page()]))["pages"][0]

    for story in sheet["stories"]:
        for (left, top), (right, _), (_, bottom), _ in story["polygons"]:
            assert 0 <= left < right <= sheet["width"]
            assert 0 <= top < bottom <= sheet["height"]
