"""Mastheads, folio lines and inserts: what they say and that they keep to their cells."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.messages import load_messages
from site_builder.model.edition import Advertisement, Edition, EditionPage, Pin
from site_builder.model.settings import Publication, Settings
from site_builder.paper.page.format import Format, parse_format
from site_builder.paper.page.furniture import Furnisher, Nameplate, Placed
from site_builder.paper.page.inserts import (
    Entry,
    advertisement,
    banner,
    cells_box,
    contents,
    filler,
)
from site_builder.paper.page.plan import Box, Cells

FORMATS = Path(__file__).resolve().parents[4] / "themes/print/formats"
MESSAGES = load_messages("zh-CN")
PAGES = (EditionPage(1, "要闻", ()), EditionPage(2, "工会新闻", (), ("王伟",), ("赵启明",), ("孙立",)))
EDITION = Edition(date(2024, 4, 8), 4128, PAGES)
SETTINGS = Settings(
    "小港工人报", "https://paper.example.org/",
    publication=Publication("XIAOGANG", "CN 37-0000", "小港区总工会主办", "人民路1号", "266000", "0532-1234567"),
)  # fmt: skip


@cache
def form(name: str = "broadsheet") -> Format:
    return parse_format(name, (FORMATS / f"{name}.toml").read_text(encoding="utf-8"), name)


def furnisher(name: str = "broadsheet", settings: Settings = SETTINGS, lunar: str = "") -> Furnisher:
    return Furnisher(form(name), settings, MESSAGES, EDITION, lunar=lunar)


def words(placed: Placed) -> list[str]:
    return [line.text for piece in placed.furniture.pieces for line in piece.lines]


def inside(inner: Box, outer: Box, slack: float = 0.6) -> bool:
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.x + inner.width <= outer.x + outer.width + slack
        and inner.y + inner.height <= outer.y + outer.height + slack
    )


def test_the_masthead_says_what_a_first_page_must_say() -> None:
    told = words(furnisher(lunar="农历二月三十").head(PAGES[0]))

    assert told == [
        "小港工人报", "XIAOGANG", "2024年4月8日　星期一　农历二月三十", "第4128期　今日2版", "第1版　要闻", "小港区总工会主办",
        "CN 37-0000", "paper.example.org",
    ]  # fmt: skip


def test_what_the_settings_leave_empty_is_left_out() -> None:
    told = words(furnisher(settings=Settings("小港工人报", "https://paper.example.org/")).head(PAGES[0]))

    assert told == ["小港工人报", "2024年4月8日　星期一", "第4128期　今日2版", "第1版　要闻", "paper.example.org"]


def test_a_page_inside_has_its_number_name_staff_and_day() -> None:
    placed = furnisher().head(PAGES[1])

    assert words(placed) == [
        "02", "工会新闻", "小港工人报　2024年4月8日　星期一",
        "责任编辑：王伟　版面编辑：赵启明　校对：孙立　新闻热线：0532-1234567",
    ]  # fmt: skip
    assert placed.cells is None
    assert placed.furniture.box.y + placed.furniture.box.height <= form().y(0)


@pytest.mark.parametrize("number", [2, 3])
def test_the_number_of_a_page_stands_at_its_outer_edge(number: int) -> None:
    pieces = furnisher().folio(EditionPage(number, "副刊", ())).furniture.pieces
    area = form().type_area

    assert (pieces[0].box.x == area.x) == (number == 2)
    assert (pieces[0].box.x + pieces[0].box.width == pytest.approx(area.x + area.width)) == (number == 3)


def test_a_drawn_name_stands_in_the_place_of_type_with_the_name_as_its_text() -> None:
    maker = Furnisher(form(), SETTINGS, MESSAGES, EDITION, Nameplate("masthead.svg", 5.0))
    furniture = maker.head(PAGES[0]).furniture

    assert (furniture.picture, furniture.alt) == ("masthead.svg", "小港工人报")
    assert furniture.picture_box is not None
    assert inside(furniture.picture_box, furniture.box)
    assert furniture.picture_box.width / furniture.picture_box.height == pytest.approx(5.0)
    assert "小港工人报" not in [line.text for piece in furniture.pieces for line in piece.lines]


NAMES = st.text(st.sampled_from("小港工人报 ABCabc"), min_size=1, max_size=30).filter(str.strip)


@given(NAMES, NAMES, st.sampled_from(["broadsheet", "tabloid", "a4-page"]))
def test_a_masthead_keeps_to_its_cells_whatever_the_paper_is_called(name: str, sponsor: str, size: str) -> None:
    settings = Settings(name, "https://paper.example.org/", publication=Publication(name, sponsor, sponsor))
    placed = furnisher(size, settings).head(PAGES[0])
    assert placed.cells is not None
    room = cells_box(form(size), placed.cells)

    pieces = placed.furniture.pieces
    # A name with white between its signs is set off by half of that white.
    assert [piece for piece in pieces if piece.tracking == 0 and not inside(piece.box, room)] == []
    assert [piece for piece in pieces if not room.y <= piece.box.y <= room.y + room.height - piece.size + 0.6] == []
    for one, other in combinations((piece.box for piece in pieces), 2):
        level = abs(one.y - other.y) < 1
        assert not level or one.x + one.width <= other.x + 0.01 or other.x + other.width <= one.x + 0.01


CELLS = Cells(5, 0, 3, 16)
ENTRIES = [Entry("从“人找政策”到“政策找人”：一座城的困难职工帮扶这样做", 3), Entry("灯下读书人", 4)]


def test_contents_name_headlines_and_pages() -> None:
    placed = contents(form(), MESSAGES, CELLS, ENTRIES)
    told = words(placed)

    assert told[0] == "今日导读"
    assert [word for word in told if word.startswith("▶")] == ["▶3版", "▶4版"]
    assert "".join(word for word in told[1:] if not word.startswith("▶")) == "".join(
        entry.headline for entry in ENTRIES
    )
    assert all(inside(piece.box, placed.furniture.box) for piece in placed.furniture.pieces)


def test_contents_of_one_entry_fill_their_box_and_stand_in_its_middle() -> None:
    """导读 with one entry was a small line at the top of an empty box."""
    placed = contents(form(), MESSAGES, CELLS, ENTRIES[1:])
    room, row = placed.furniture.box, placed.furniture.pieces[1]
    below_head = placed.furniture.strokes[1].y1

    assert row.size > contents(form(), MESSAGES, CELLS, ENTRIES * 2).furniture.pieces[1].size
    above, below = row.box.y - below_head, room.y + room.height - row.box.y - row.size
    assert abs(above - below) < row.size
    assert inside(row.box, room)


def test_contents_that_do_not_fit_are_left_out_whole() -> None:
    placed = contents(form(), MESSAGES, Cells(5, 0, 3, 8), ENTRIES * 6)
    numbers = [word for word in words(placed) if word.startswith("▶")]

    assert 0 < len(numbers) < 12
    assert all(inside(piece.box, placed.furniture.box) for piece in placed.furniture.pieces)


def test_an_advertisement_says_that_it_is_one() -> None:
    advert = Advertisement("ads/a.jpg", "安全生产", Pin(3, 10, 2, 16))
    placed = advertisement(form(), MESSAGES, advert)
    public = advertisement(form(), MESSAGES, Advertisement("ads/a.jpg", "安全生产", Pin(3, 10, 2, 16), public=True))

    assert placed.cells == Cells(2, 9, 2, 16)
    assert (words(placed), words(public)) == (["广告"], ["公益广告"])
    assert placed.furniture.picture_box is not None
    assert inside(placed.furniture.picture_box, cells_box(form(), placed.cells))


@given(st.integers(1, 3), st.integers(8, 40))
def test_a_filler_keeps_to_its_cells(columns: int, lines: int) -> None:
    placed = filler(form(), SETTINGS, MESSAGES, Cells(0, 0, columns, lines))

    assert all(inside(piece.box, placed.furniture.box) for piece in placed.furniture.pieces)


def test_a_banner_runs_over_its_cells() -> None:
    placed = banner(form(), Cells(0, 20, 8, 8), "奋进新征程　建功新时代")

    assert placed.furniture.box.width == pytest.approx(form().type_area.width)
    assert placed.furniture.pieces[0].size < placed.furniture.box.height
