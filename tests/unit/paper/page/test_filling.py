"""Shapes and what is set in them: nothing lost, nothing outside, nothing over another, columns that end on the last line."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.build.theme_files import package_themes
from site_builder.model.story import Genre
from site_builder.paper.page.areas import column_lines, column_tops
from site_builder.paper.page.candidates import Candidate, make_candidates
from site_builder.paper.page.filling import Overset, fill
from site_builder.paper.page.format import parse_format
from site_builder.paper.page.headings import split_rows
from site_builder.paper.page.judging import Block, judge
from site_builder.paper.page.plan import Box, Cells, Module, Piece, Span
from site_builder.paper.page.request import Copy, Passage, Picture
from site_builder.paper.page.shapes import Chosen
from site_builder.paper.setting.widths import Widths

LATIN = {chr(code): 0.55 for code in range(0x20, 0x7F)}
WIDTHS = Widths({("song", 400): LATIN, ("hei", 700): LATIN})
FILE = package_themes() / "print/formats/broadsheet.toml"
PAGE = parse_format("broadsheet", FILE.read_text(encoding="utf-8"), str(FILE))
SENTENCES = (
    "职工之家不是摆设，要让大家用得上、用得起、愿意用。", "截至7月20日，平台共受理职工诉求4500件，办结率达98.6%。",
    "“先把图纸看懂，再去摸机器。”刘𬭎常对徒弟这样说。", "方案先后改了三稿——第一稿讲原则，第二稿列清单。", "有人问：钱从哪里来……",
)  # fmt: skip
SHORTEST = [SENTENCES[0], SENTENCES[4], 2 * SENTENCES[0]]
"""With a crosshead they have shapes on a tight page only."""
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map("".join), min_size=3, max_size=14
)


def make_copy(paragraphs: list[str], *, crossheads: bool = False, pictures: int = 0, **more: object) -> Copy:
    passages: list[Passage] = []
    for number, text in enumerate(paragraphs):
        if crossheads and number in (2, 5, 8):
            passages.append(Passage("crosshead", (Span("把账算到每个人", "hei", 700),), 0.0, len(passages) + 1))
        passages.append(Passage("body", (Span(text, "song"),), 2.0, len(passages) + 1))
    shown = tuple(Picture(n, 1.5, "图为职工走进新建成的书屋。　林一舟 摄", "书屋") for n in range(pictures))
    copy = Copy("s", 6, Genre.NEWS, ("一线", "岗位", "平均", "增资"), tuple(passages), pictures=shown)
    return replace(copy, **more)  # type: ignore[arg-type]


def set_one(copy: Copy, candidate: Candidate) -> Module:
    shape = candidate.shape
    made = fill(copy, Chosen("s", Cells(1, 4, shape.columns, shape.lines), shape), PAGE, WIDTHS)
    assert isinstance(made, Module)
    return made


def signs(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def overlap(a: Box, b: Box) -> bool:
    slack = 0.01
    return (
        a.x + slack < b.x + b.width and b.x + slack < a.x + a.width
        and a.y + slack < b.y + b.height and b.y + slack < a.y + a.height
    )  # fmt: skip


def sample(copy: Copy) -> list[Candidate]:
    """Some shapes of every width, form and frame; of a very short story those of a tight page, if it has no others."""
    kinds: dict[tuple[object, ...], Candidate] = {}
    for candidate in make_candidates(copy, PAGE, WIDTHS) or make_candidates(copy, PAGE, WIDTHS, tight=True):
        shape = candidate.shape
        kinds.setdefault((shape.columns, shape.head.form, shape.boxed, shape.text_columns), candidate)
    return list(kinds.values())


def test_a_story_whose_crosshead_fits_no_column_is_told_what_to_cut() -> None:
    """Six lines in two columns: the crosshead would stand at the foot of the first, and advice ended in a refusal."""
    words = (("短句。", False), ("短句。", False), ("小标题", True), ("短句。", False), ("短句。", False))
    passages = tuple(
        Passage("crosshead", (Span(text, "hei", 700),), 0.0, number)
        if heads
        else Passage("body", (Span(text, "song"),), 2.0, number)
        for number, (text, heads) in enumerate(words, 1)
    )
    place = Cells(0, 0, 2, 12)
    copy = Copy("s", 6, Genre.NEWS, ("开课", "了"), passages, place=place, columns=2)

    assert make_candidates(copy, PAGE, WIDTHS, tight=True) == ()
    assert {c.shape.cut for c in make_candidates(copy, PAGE, WIDTHS, tight=True, cuts=True)} == {1}


@settings(max_examples=15, deadline=None)
@given(PARAGRAPHS, st.booleans(), st.integers(0, 2), st.booleans())
@example(SHORTEST, True, 0, True)
def test_every_sign_stands_once_in_its_own_place(texts: list[str], crossheads: bool, pictures: int, lead: bool) -> None:
    more = {
        "lead": True,
        "tips": "家怎么建？钱怎么花？好不好谁说了算？",
        "tips_label": "阅读提示",
        "byline": ("林一舟",),
    }
    copy = make_copy(texts, crossheads=crossheads, pictures=pictures, **(more if lead else {}))
    candidates = sample(copy)
    assert candidates
    for candidate in candidates:
        module = set_one(copy, candidate)
        said = "".join(line.text for piece in module.pieces for line in piece.lines)
        wanted = [*copy.headline, copy.tips, copy.tips_label, *copy.byline, *(p.caption for p in copy.pictures)]
        wanted += [span.text for passage in copy.passages for span in passage.spans]
        cells = module.cells
        outer = Box(
            PAGE.x(cells.column),
            PAGE.y(cells.line),
            PAGE.breadth(cells.columns),
            PAGE.depth(cells.lines - PAGE.grid.gap),
        )

        assert signs(said) == signs("".join(wanted))
        boxes = [piece.box for piece in module.pieces] + [frame.box for frame in module.pictures]
        for box in boxes:
            assert outer.x - 0.01 <= box.x
            assert box.x + box.width <= outer.x + outer.width + 0.01
            assert outer.y - 0.01 <= box.y
            assert box.y + box.height <= outer.y + outer.height + 0.01
        for one, other in combinations(boxes, 2):
            assert not overlap(one, other)


@settings(max_examples=15, deadline=None)
@given(PARAGRAPHS, st.integers(0, 1))
def test_columns_end_on_the_last_line_and_crossheads_keep_their_text(texts: list[str], pictures: int) -> None:
    copy = make_copy(texts, crossheads=True, pictures=pictures)
    for candidate in sample(copy):
        shape, module = candidate.shape, set_one(copy, candidate)
        body = [piece for piece in module.pieces if piece.role in ("body", "crosshead")]
        feet: dict[float, list[Piece]] = {}
        for piece in body:
            feet.setdefault(round(piece.box.x, 2), []).append(piece)
        lowest = {x: max(pieces, key=lambda piece: piece.box.y) for x, pieces in feet.items()}

        assert all(piece.role == "body" for piece in lowest.values())
        if not shape.short:
            full = sum(lines > 0 for lines in column_lines(shape))
            bottoms = {round(piece.box.y + piece.box.height, 2) for piece in lowest.values()}
            assert len(feet) == full
            assert len(bottoms) == 1


def test_changed_copy_of_the_same_length_keeps_its_shape_and_longer_copy_says_by_how_much() -> None:
    texts = [SENTENCES[n % 3] * 4 for n in range(8)]
    copy = make_copy(texts)
    shape = make_candidates(copy, PAGE, WIDTHS)[0].shape
    chosen = Chosen("s", Cells(0, 0, shape.columns, shape.lines), shape)
    changed = make_copy([text.replace("职工", "工人") for text in texts])
    longer = fill(make_copy([*texts, SENTENCES[0] * 20]), chosen, PAGE, WIDTHS)
    shorter = fill(make_copy(texts[:4]), chosen, PAGE, WIDTHS)

    assert isinstance(fill(changed, chosen, PAGE, WIDTHS), Module)
    assert isinstance(longer, Overset)
    assert longer.lines > 20
    assert 10 * longer.lines < longer.characters < 20 * longer.lines
    assert isinstance(shorter, Overset)
    assert shorter.lines < 0


def test_the_editors_wishes_are_kept() -> None:
    copy = make_copy([SENTENCES[0] * 3] * 6)

    assert {c.shape.columns for c in make_candidates(replace(copy, columns=3), PAGE, WIDTHS)} == {3}
    assert {c.shape.head.form for c in make_candidates(replace(copy, form="vertical"), PAGE, WIDTHS)} == {"vertical"}
    assert all(c.shape.boxed for c in make_candidates(replace(copy, boxed=True, form="horizontal"), PAGE, WIDTHS))
    size = make_candidates(copy, PAGE, WIDTHS)[3].shape
    place = Cells(2, 10, size.columns, size.lines)
    assert {c.shape.lines for c in make_candidates(replace(copy, place=place), PAGE, WIDTHS)} == {size.lines}


def test_the_lead_has_the_biggest_headline() -> None:
    copy = make_copy([SENTENCES[0] * 4] * 10)
    lead = make_candidates(replace(copy, lead=True, priority=10), PAGE, WIDTHS)
    other = make_candidates(replace(copy, priority=9), PAGE, WIDTHS)

    assert max(c.shape.head.size for c in other) <= PAGE.weight(10).smallest
    assert lead[0].shape.head.size >= PAGE.weight(10).smallest


ROWS = {
    ("一线", "岗位", "平均", "增资"): ("一线岗位", "平均增资"),
    ("深夜", "书房", "\u3000", "灯火", "可亲"): ("深夜书房", "灯火可亲"),
    ("一纸", "合同", "｜", "稳住", "一支", "队伍"): ("一纸合同", "稳住一支队伍"),
    ("企业", "点单", "\u3000", "学院", "授课", "\u3000", "进厂", "实训"): ("企业点单", "学院授课\u3000进厂实训"),
    ("法律", "援助", "跑", "出", "“加速度”"): ("法律援助跑出", "“加速度”"),
}


@pytest.mark.parametrize("words", ROWS)
def test_rows_of_a_headline_end_where_words_do(words: tuple[str, ...]) -> None:
    assert split_rows(words, 2) == ROWS[words]


def test_straight_cuts_and_colliding_headlines_are_seen() -> None:
    quarters = [Block(Cells(x, y, 2, 10)) for x in (0, 2) for y in (0, 10)]
    wheel = [
        Block(Cells(0, 0, 3, 5)),
        Block(Cells(3, 0, 2, 15)),
        Block(Cells(2, 15, 3, 5)),
        Block(Cells(0, 5, 2, 15)),
        Block(Cells(2, 5, 1, 10)),
    ]

    assert judge(quarters, 4, 20).collisions == 2
    assert judge(quarters, 4, 20).level == 1
    assert judge(quarters, 4, 20).upright == 1
    assert judge(wheel, 5, 20).cuts == 0


def test_a_picture_is_an_obstacle() -> None:
    shape = next(
        c.shape
        for c in make_candidates(make_copy([SENTENCES[0] * 4] * 9, pictures=1), PAGE, WIDTHS)
        if c.shape.text_columns > 2
    )
    opening = shape.pictures

    assert opening is not None
    tops = column_tops(shape)
    assert tops[opening.column : opening.column + opening.columns] == (opening.lines,) * opening.columns
    assert not any(tops[: opening.column])


@given(PARAGRAPHS)
@settings(max_examples=10)
def test_the_rule_of_a_standing_head_runs_between_its_name_and_the_headline(paragraphs: list[str]) -> None:
    copy = make_copy(paragraphs, column="一线见闻")
    for candidate in sample(copy):
        if candidate.shape.head.form == "vertical":
            continue
        module = set_one(copy, candidate)
        rule = next(stroke for stroke in module.strokes if stroke.color == "accent")
        name, headline = (next(p for p in module.pieces if p.role == role) for role in ("column-head", "headline"))
        assert name.box.y + PAGE.looks["column-head"].size <= rule.y1 <= headline.box.y
