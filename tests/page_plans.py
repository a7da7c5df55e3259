"""Pages laid out by hand: enough type of every kind to typeset, tag and check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from site_builder.paper.page.plan import (
    Box,
    Cells,
    Face,
    Furniture,
    Line,
    Module,
    PagePlan,
    Panel,
    PictureFrame,
    Piece,
    Span,
    Stroke,
)

SIZE = 9.0
PITCH = 11.7
MEASURE = 13
"""Characters of a column."""
STEP = (MEASURE + 1.5) * SIZE
"""From one column to the next."""
LEFT = 40.0
WORDS = (
    "小港区总工会把夜校办到车间旁边三个月里六十名职工学完一门手艺课程由职工自己排定"
    "教师是厂里的老师傅学员下了班就能来听课不收一分钱的学费"
)


def box_at(column: float, line: float, columns: float, lines: float) -> Box:
    """A box in a grid of columns and lines."""
    width = columns * STEP - (STEP - MEASURE * SIZE)
    return Box(LEFT + column * STEP, 60 + line * PITCH, width, (lines - 1) * PITCH + SIZE)


def set_rows(*texts: str, face: Face = "song", weight: int = 400, last: bool = True) -> tuple[Line, ...]:
    """One line each."""
    return tuple(
        Line((Span(text, face, weight),), last=last or index + 1 < len(texts)) for index, text in enumerate(texts)
    )


def broken(text: str, measure: int = MEASURE, indent: int = 2) -> tuple[Line, ...]:
    """*text*, of Han characters alone, in lines of *measure*."""
    cuts = [0, *range(measure - indent, len(text), measure), len(text)]
    return tuple(
        Line((Span(text[start:end], "song"),), indent if start == 0 else 0, end == len(text))
        for start, end in pairwise(cuts)
        if start < end
    )


def column_pieces(lines: Sequence[Line], boxes: Sequence[Box], paragraph: int) -> tuple[Piece, ...]:
    """*lines* of one paragraph poured into *boxes*."""
    pieces, rest = [], list(lines)
    for box in boxes:
        room = round((box.height - SIZE) / PITCH) + 1
        if rest:
            pieces.append(Piece(box, "body", tuple(rest[:room]), SIZE, PITCH, paragraph=paragraph))
        rest = rest[room:]
    assert not rest
    return tuple(pieces)


def first_story() -> Module:
    """A lead with kicker, headline, picture, caption, dotted words and a paragraph over two columns."""
    dotted = Line((Span("课", "song"), Span("不收学费", "song", 400, True), Span("，课表自己排。", "song")), 2.0)
    return Module(
        "night-school",
        Cells(0, 0, 4, 40),
        (
            Piece(box_at(0, 0, 4, 2), "kicker", set_rows("小港区总工会办起职工夜校", face="hei"), 16, 20, "center"),
            Piece(
                box_at(0, 2.2, 4, 4),
                "headline",
                set_rows("一盏“灯”照亮60名职工", face="song-heavy"),
                40,
                46,
                "center",
            ),
            Piece(
                box_at(0, 6.6, 4, 2),
                "byline",
                set_rows("本报记者　王伟", face="kai", weight=350),
                SIZE,
                PITCH,
                "center",
            ),
            *column_pieces(broken(WORDS * 3), (box_at(0, 9, 1, 10), box_at(1, 9, 1, 10)), 1),
            Piece(
                box_at(0, 20, 1, 1), "crosshead", set_rows("教室在车间旁", face="hei", weight=700), 11, PITCH, "center"
            ),
            Piece(box_at(1, 20, 1, 1), "body", (dotted,), SIZE, PITCH, paragraph=2),
            *column_pieces(broken(WORDS), (box_at(0, 21, 1, 9),), 3),
            Piece(
                box_at(2, 20, 2, 1),
                "caption",
                set_rows("教室里亮着灯。王伟　摄", face="kai", weight=350),
                7.5,
                9.75,
                "start",
            ),
        ),
        (PictureFrame(box_at(2, 9, 2, 10.5), "night-school", 0, "一间亮着灯的教室", (50, 40)),),
    )


def second_story() -> Module:
    """A boxed story with a vertical headline of two rows."""
    return Module(
        "safety",
        Cells(4, 0, 2, 30),
        (
            Piece(
                Box(LEFT + 4 * STEP, 70, 54, 200),
                "headline",
                set_rows("查隐患「110」项", "群众安全监督员", face="hei", weight=800),
                24,
                29,
                "start",
                vertical=True,
            ),
            *column_pieces(broken(WORDS * 2), (box_at(5, 0, 1, 14),), 1),
            Piece(box_at(5, 14, 1, 1), "end-byline", set_rows("（李敏）", face="kai", weight=350), SIZE, PITCH, "end"),
        ),
        panels=(Panel(Box(LEFT + 4 * STEP - 6, 54, 2 * STEP, 240), "tint", 0.5),),
        boxed=True,
    )


def page(number: int = 1) -> PagePlan:
    """A page with both stories, a masthead and a folio."""
    return PagePlan(
        date(2024, 4, 8),
        number,
        "要闻",
        "broadsheet",
        LEFT * 2 + 6 * STEP,
        480,
        (first_story(), second_story()),
        (
            Furniture("folio", Box(LEFT, 30, 700, 12), (
                Piece(Box(LEFT, 30, 200, 9), "page-name", set_rows("要闻", face="hei", weight=700), 9, 11.7, "start"),
                Piece(Box(LEFT + 400, 30, 300, 9), "furniture", set_rows("2024年4月8日　星期一", face="hei"), 9, 11.7, "end"),
            ), (Stroke(LEFT, 44, LEFT + 6 * STEP - 13.5, 44, 0.5, "red"),)),
        ),
        (Stroke(LEFT + 4 * STEP - 12, 60, LEFT + 4 * STEP - 12, 440),),
    )  # fmt: skip
