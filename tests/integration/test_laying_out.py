"""Whole pages from made-up newsrooms: full, nothing over another, nothing lost, the same twice; or what to cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from benchmarks.pages.edition import make_page_newsroom
from benchmarks.pages.judging import count_forbidden, leftover_lines, lost_characters
from benchmarks.pages.laying import Ready, prepare
from newsroom_samples import files

from site_builder.build.printing.laying_out import CannotFit, LaidOut, Progress, lay_out
from site_builder.build.printing.packing import Effort
from site_builder.paper.page.candidates import make_candidates
from site_builder.paper.page.composing import compose_page

QUICK = Effort(0.6, (1,))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    return prepare(tmp_path_factory.mktemp("page") / "newsroom", 2, "tabloid")


@pytest.fixture(scope="module")
def laid(ready: Ready) -> LaidOut:
    heard: list[Progress] = []
    found = lay_out(ready.request, ready.page, ready.widths, QUICK, heard.append)
    assert isinstance(found, tuple)
    costs = [progress.best for progress in heard if progress.best is not None]
    assert costs
    assert costs == sorted(costs, reverse=True)
    return found[0]


def test_stories_fill_the_page_and_none_lies_over_another(ready: Ready, laid: LaidOut) -> None:
    grid = ready.page.grid
    cells = [*(entry.cells for entry in laid.chosen), *ready.request.taken]
    area = sum(c.columns * c.lines for c in cells)

    assert [entry.story for entry in laid.chosen] == [copy.story for copy in ready.request.stories]
    assert area == grid.columns * (grid.lines + grid.gap)
    for a, b in combinations(cells, 2):
        apart = a.column + a.columns <= b.column or b.column + b.columns <= a.column
        assert apart or a.line + a.lines <= b.line or b.line + b.lines <= a.line
    assert all(c.column >= 0 and c.column + c.columns <= grid.columns for c in cells)
    assert all(c.line >= 0 and c.line + c.lines <= grid.lines + grid.gap for c in cells)


def test_every_sign_is_set_once_and_no_line_breaks_a_rule(ready: Ready, laid: LaidOut) -> None:
    assert lost_characters(ready.request, laid.plan) == 0
    assert count_forbidden(laid.plan) == 0
    assert leftover_lines(laid.chosen) == 0
    assert laid.plan.modules[0].story == ready.request.stories[0].story


def test_a_page_is_the_same_twice_and_is_set_again_from_what_was_chosen(ready: Ready, laid: LaidOut) -> None:
    again = lay_out(ready.request, ready.page, ready.widths, QUICK)

    assert isinstance(again, tuple)
    assert again[0] == laid
    assert compose_page(ready.request, laid.chosen, ready.page, ready.widths) == laid.plan


def test_a_pinned_story_stays_where_it_is_pinned(ready: Ready, laid: LaidOut) -> None:
    pinned = laid.chosen[2]
    stories = tuple(
        replace(copy, place=pinned.cells) if copy.story == pinned.story else copy for copy in ready.request.stories
    )
    found = lay_out(replace(ready.request, stories=stories), ready.page, ready.widths, QUICK)

    assert isinstance(found, tuple)
    assert found[0].chosen[2].cells == pinned.cells


def test_too_much_copy_is_told_in_lines_and_characters(ready: Ready) -> None:
    first = ready.request.stories[0]
    long = replace(first, passages=first.passages * 4)
    stories = (long, *ready.request.stories[1:])
    found = lay_out(replace(ready.request, stories=stories), ready.page, ready.widths, QUICK)

    assert isinstance(found, CannotFit)
    assert found.least > found.room
    assert found.over == found.least - found.room


def test_a_little_too_much_copy_says_which_story_to_cut(ready: Ready) -> None:
    copy = replace(ready.request.stories[0], columns=3)
    grid = replace(ready.page.grid, columns=3)
    page = replace(ready.page, grid=grid)
    least = min(candidate.shape.lines for candidate in make_candidates(copy, page, ready.widths))
    low = replace(page, grid=replace(grid, lines=least - grid.gap - 3))
    alone = replace(ready.request, stories=(copy,), furniture=())
    found = lay_out(alone, low, ready.widths, QUICK)

    assert isinstance(found, CannotFit)
    assert found.homeless == (copy.story,)
    assert [cut.story for cut in found.cuts] == [copy.story]
    assert 1 <= found.cuts[0].lines <= 12
    assert 5 * found.cuts[0].lines < found.cuts[0].characters < 25 * found.cuts[0].lines


def test_too_little_copy_is_told(ready: Ready) -> None:
    found = lay_out(replace(ready.request, stories=ready.request.stories[-1:]), ready.page, ready.widths, QUICK)

    assert isinstance(found, CannotFit)
    assert found.under > 0


def test_a_tight_page_is_laid_out_with_shapes_that_others_do_without(tmp_path: Path) -> None:
    """By a line this page was too full for the usual shapes, and was refused."""
    ready = prepare(tmp_path / "newsroom", 10, "a4-page")
    usual = [make_candidates(copy, ready.page, ready.widths) for copy in ready.request.stories]

    found = lay_out(ready.request, ready.page, ready.widths, QUICK)

    assert isinstance(found, tuple)
    assert leftover_lines(found[0].chosen) == lost_characters(ready.request, found[0].plan) == 0
    shapes = [{candidate.shape for candidate in candidates} for candidates in usual]
    assert any(entry.shape not in known for entry, known in zip(found[0].chosen, shapes, strict=True))


def test_a_made_up_newsroom_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_page_newsroom(tmp_path / name, 5, "a4-page")

    assert files(tmp_path / "one") == files(tmp_path / "two")
