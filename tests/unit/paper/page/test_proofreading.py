"""The check of finished pages finds what is not as planned, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_plans import page, set_rows

from site_builder.paper.page.plan import Box, Cells, Line, Module, PagePlan, Piece, Span
from site_builder.paper.page.proofreading import NOT_AT_END, NOT_AT_START, Drawn, Fault, Sign, proofread
from site_builder.paper.setting.atoms import NO_END, NO_START

SIZE = 10.0


def plan(*rows: str, role: str = "body", last: bool = False) -> PagePlan:
    """A page with one piece of *rows*."""
    piece = Piece(Box(100, 100, 200, 60), role, set_rows(*rows, last=last), SIZE, 14)  # type: ignore[arg-type]
    lines = tuple(replace(line, last=False) for line in piece.lines[:-1]) + piece.lines[-1:]
    return replace(page(), modules=(Module("story", Cells(0, 0, 1, 1), (replace(piece, lines=lines),)),), furniture=())


def signs(*rows: str) -> Iterator[Sign]:
    """*rows* as they should stand on that page."""
    for index, row in enumerate(rows):
        for place, sign in enumerate(row):
            x = 100 + place * SIZE
            yield Sign(sign, x, 100 + index * 14 + 8.8, x + 0.5, x + 9.5)


def found(*rows: str, outside: int = 0) -> Drawn:
    return Drawn(900, 500, tuple(signs(*rows)), outside)


def kinds(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.kind, fault.sign) for fault in faults]


def test_a_page_as_planned_has_no_faults() -> None:
    assert proofread(plan("夜校开课", "不收学费"), found("夜校开课", "不收学费")) == ()


def test_a_lost_sign_is_told_with_its_story_and_line() -> None:
    faults = proofread(plan("夜校开课", "不收学费"), found("夜校开课", "不学费"))

    assert faults == (Fault("lost", 1, "story", "不收学费", "收"),)


@pytest.mark.parametrize(
    ("rows", "kind", "sign"),
    [
        (("夜校开课", "不收学费吗"), "stray", "吗"),
        (("夜校开课", "不收字费"), "wrong", "字"),
        (("夜校开课", "收不学费"), "wrong", "收"),
        (("夜校开课",), "lost", "不"),
    ],
)
def test_what_is_not_as_planned_is_told(rows: tuple[str, ...], kind: str, sign: str) -> None:
    assert kinds(proofread(plan("夜校开课", "不收学费"), found(*rows))) == [(kind, sign)]


def test_a_line_that_moved_is_told_as_lost_and_then_as_stray() -> None:
    page_found = found("夜校", "学费")
    moved = tuple(replace(sign, y=sign.y + 0.5) if sign.y > 110 else sign for sign in page_found.signs)

    faults = proofread(plan("夜校", "学费"), replace(page_found, signs=moved))

    assert kinds(faults) == [("lost", "学"), ("stray", "学"), ("stray", "费")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("夜校“", "开课"), [("forbidden-end", "“")]),
        (("夜校", "，开课"), [("forbidden-start", "，")]),
        (("——夜校", "开课。"), []),
    ],
)
def test_forbidden_ends_of_lines_are_told(rows: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert kinds(proofread(plan(*rows), found(*rows))) == expected


def test_lines_are_broken_by_all_rules_that_they_are_checked_by() -> None:
    """A line that begins with ％ was made, and then refused."""
    assert NOT_AT_START <= NO_START
    assert NOT_AT_END <= NO_END


def test_a_paragraph_may_begin_with_a_dash_and_end_with_an_opening_mark() -> None:
    assert proofread(plan("——夜校“", last=True), found("——夜校“")) == ()


def test_the_rules_go_on_from_one_column_to_the_next() -> None:
    one = plan("夜校").modules[0].pieces[0]
    other = replace(one, box=Box(400, 100, 200, 60), lines=(Line((Span("，开课", "song"),)),))
    both = replace(plan("夜校"), modules=(Module("story", Cells(0, 0, 1, 1), (one, other)),))
    right = [replace(sign, x=sign.x + 300, left=sign.left + 300, right=sign.right + 300) for sign in signs("，开课")]

    faults = proofread(both, Drawn(900, 500, (*signs("夜校"), *right)))

    assert kinds(faults) == [("forbidden-start", "，")]


def test_headlines_may_begin_a_row_with_a_dash() -> None:
    rows = ("夜校开课", "——不收学费")

    assert proofread(plan(*rows, role="headline"), found(*rows)) == ()


def test_ink_out_of_the_frame_is_told() -> None:
    long = "一二三四五六七八九十" * 2

    assert proofread(plan(long), found(long)) == ()
    assert kinds(proofread(plan(long + "百"), found(long + "百"))) == [("outside-frame", "百")]


def test_what_stands_out_of_the_page_is_told() -> None:
    away = Sign("远", 1200, 108.8, 1200, 1209)
    faults = proofread(plan("夜校"), replace(found("夜校", outside=2), signs=(*signs("夜校"), away)))

    assert kinds(faults) == [("stray", "远"), ("outside-page", "远"), ("outside-page", "")]


def test_an_opening_mark_without_its_white_half_keeps_its_place() -> None:
    line = (Sign(")", 100, 108.8, 101, 103), Sign("“", 98.4, 108.8, 104, 108), Sign("夜", 108.4, 108.8, 109, 117))

    assert proofread(plan(")“夜"), Drawn(900, 500, line)) == ()


def test_an_opening_mark_belongs_to_its_own_column_though_its_origin_does_not() -> None:
    """Half an em before its frame lies nearer to the column on the left when the gutter is one em."""
    one = plan("夜校").modules[0].pieces[0]
    other = replace(one, box=Box(310, 100, 200, 60), lines=set_rows("“开课"), paragraph=2)
    both = replace(plan("夜校"), modules=(Module("story", Cells(0, 0, 1, 1), (one, other)),))
    mark = Sign("“", 304.9, 108.8, 311, 314)
    right = [replace(sign, x=sign.x + 215, left=sign.left + 215, right=sign.right + 215) for sign in signs("开课")]

    assert proofread(both, Drawn(900, 500, (*signs("夜校"), mark, *right))) == ()


def test_signs_that_a_pdf_cannot_tell_apart_pass() -> None:
    assert proofread(plan("⼀㎏"), found("一kg")) == ()


WORDS = st.text(st.sampled_from("夜校开课不收学费工会职工"), min_size=2, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_any_sign_that_goes_missing_is_noticed(rows: list[str], data: st.DataObject) -> None:
    whole = found(*rows)
    gone = data.draw(st.integers(0, len(whole.signs) - 1))
    left = whole.signs[:gone] + whole.signs[gone + 1 :]

    assert proofread(plan(*rows, role="headline"), whole) == ()
    assert proofread(plan(*rows, role="headline"), replace(whole, signs=left)) != ()
