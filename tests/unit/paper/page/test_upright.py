"""Vertical headlines: cells and where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page_plans import set_rows

from site_builder.paper.page.plan import Align, Box, Piece
from site_builder.paper.page.upright import cell_texts, upright_cells


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("查隐患", ("查", "隐", "患")),
        ("查110项", ("查", "110", "项")),
        ("「安」", ("「", "安", "」")),
        ("2024年", ("2", "0", "2", "4", "年")),
        ("安全　第一", ("安", "全", "第", "一")),
        ("6.5%", ("6", ".", "5", "%")),
        ("𬭎㙍", ("𬭎", "㙍")),
    ],
)
def test_what_stands_in_a_cell(text: str, cells: tuple[str, ...]) -> None:
    assert cell_texts(text) == cells


PIECE = Piece(Box(100, 50, 30, 60), "headline", set_rows("甲乙", "丙", last=False), 10, 20, "start", vertical=True)


def test_rows_run_down_and_from_the_right() -> None:
    places = [(cell.text, cell.x, cell.y) for cell in upright_cells(PIECE)]

    assert places == [("甲", 120, 50), ("乙", 120, 60), ("丙", 100, 50)]


@pytest.mark.parametrize(("align", "tops"), [("center", [70, 80]), ("end", [90, 100]), ("justify", [50, 100])])
def test_a_row_stands_in_its_frame_as_it_is_told(align: Align, tops: list[float]) -> None:
    cells = list(upright_cells(replace(PIECE, align=align)))

    assert [cell.y for cell in cells[:2]] == tops
