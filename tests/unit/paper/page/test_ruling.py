"""Hairlines: between stories and nowhere else, unbroken where they can be."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.paper.page.format import Format, parse_format
from site_builder.paper.page.plan import Cells
from site_builder.paper.page.ruling import Plot, page_strokes

FORMATS = Path(__file__).resolve().parents[4] / "themes/print/formats"


@cache
def form() -> Format:
    return parse_format("broadsheet", (FORMATS / "broadsheet.toml").read_text(encoding="utf-8"), "broadsheet")


WIDTH, HEIGHT = form().grid.columns, form().grid.lines + form().grid.gap


def rules(*plots: Plot) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Upright rules from top to foot, and level rules from left to right, in whole points."""
    strokes = page_strokes(plots, form())
    upright = [(round(s.y1), round(s.y2)) for s in strokes if s.x1 == s.x2]
    return upright, [(round(s.x1), round(s.x2)) for s in strokes if s.y1 == s.y2]


def span(column: int, columns: int) -> tuple[float, float]:
    return round(form().x(column)), round(form().x(column) + form().breadth(columns))


WHOLE = round(form().y(0)), round(form().y(0) + form().depth(form().grid.lines))


def test_the_rule_beside_a_long_story_runs_through_the_gap_of_two_short_ones() -> None:
    upright, level = rules(Plot(Cells(0, 0, 4, 60)), Plot(Cells(0, 60, 4, HEIGHT - 60)), Plot(Cells(4, 0, 4, HEIGHT)))

    assert (upright, level) == ([WHOLE], [span(0, 4)])


def test_stories_that_end_on_one_line_have_one_rule_below_them_and_none_through_it() -> None:
    upright, level = rules(Plot(Cells(0, 0, 4, 60)), Plot(Cells(4, 0, 4, 60)), Plot(Cells(0, 60, 8, HEIGHT - 60)))

    foot = round(form().y(0) + form().depth(58))
    assert (upright, level) == ([(WHOLE[0], foot)], [span(0, 8)])


def test_a_box_needs_no_rule_on_any_side() -> None:
    upright, level = rules(
        Plot(Cells(0, 0, 8, 40)),
        Plot(Cells(0, 40, 4, 40), edged=True),
        Plot(Cells(4, 40, 4, 40)),
        Plot(Cells(0, 80, 8, HEIGHT - 80)),
    )

    assert (upright, level) == ([], [span(4, 4), span(4, 4)])


def test_the_masthead_ends_in_its_own_rule_but_is_parted_from_the_story_beside_it() -> None:
    upright, level = rules(
        Plot(Cells(0, 0, 5, 16), footed=True), Plot(Cells(0, 16, 5, HEIGHT - 16)), Plot(Cells(5, 0, 3, HEIGHT))
    )

    assert (upright, level) == ([WHOLE], [])


@st.composite
def pages(draw: st.DrawFn) -> list[Plot]:
    """Full pages, cut again and again."""
    plots = [Cells(0, 0, WIDTH, HEIGHT)]
    for _ in range(draw(st.integers(1, 8))):
        cells = plots.pop(draw(st.integers(0, len(plots) - 1)))
        if draw(st.booleans()) and cells.columns > 1:
            first = draw(st.integers(1, cells.columns - 1))
            plots.append(Cells(cells.column, cells.line, first, cells.lines))
            plots.append(Cells(cells.column + first, cells.line, cells.columns - first, cells.lines))
        elif cells.lines > 16:
            first = draw(st.integers(8, cells.lines - 8))
            plots.append(Cells(cells.column, cells.line, cells.columns, first))
            plots.append(Cells(cells.column, cells.line + first, cells.columns, cells.lines - first))
        else:
            plots.append(cells)
    return [Plot(cells, edged=draw(st.booleans())) for cells in plots]


@settings(max_examples=40)
@given(pages())
def test_no_rule_runs_over_what_stands_on_the_page(plots: list[Plot]) -> None:
    page = form()
    for stroke in page_strokes(plots, page):
        for plot in plots:
            cells = plot.cells
            left, right = page.x(cells.column), page.x(cells.column) + page.breadth(cells.columns)
            top, foot = page.y(cells.line), page.y(cells.line) + page.depth(cells.lines - page.grid.gap)
            over = stroke.x1 < right and stroke.x2 > left and stroke.y1 < foot and stroke.y2 > top

            assert not over, (stroke, plot)
