"""Headlines: where their rows end, how large they are, and what a page's lead has before all others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.build.theme_files import package_themes
from site_builder.model.story import Genre
from site_builder.paper.page.candidates import make_candidates
from site_builder.paper.page.format import parse_format
from site_builder.paper.page.headings import Headings, cells, split_rows, unevenness, vertical_breadth
from site_builder.paper.page.plan import Span
from site_builder.paper.page.request import Copy, Passage, Picture
from site_builder.paper.setting.widths import Widths

LATIN = {chr(code): 0.55 for code in range(0x20, 0x7F)}
WIDTHS = Widths({("song", 400): LATIN, ("hei", 700): LATIN})
FILE = package_themes() / "print/formats/broadsheet.toml"
PAGE = parse_format("broadsheet", FILE.read_text(encoding="utf-8"), str(FILE))
TEXT = "职工之家不是摆设，要让大家用得上、用得起、愿意用。"


def make_copy(headline: tuple[str, ...], paragraphs: int = 8, **more: object) -> Copy:
    passages = tuple(Passage("body", (Span(TEXT * 3, "song"),), 2.0, number) for number in range(1, paragraphs + 1))
    return replace(Copy("s", 7, Genre.NEWS, headline, passages), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (("旧", "仓库", "变", "身", "停车场"), ("旧仓库", "变身停车场")),
        (("企业", "点单", "　", "学院", "授课", "　", "进厂", "实训"), ("企业点单", "学院授课　进厂实训")),
        (("暑期", "托管班", "解", "了", "“", "看护", "难", "”"), ("暑期托管班", "解了“看护难”")),
    ],
)
def test_rows_end_where_words_and_clauses_do(words: tuple[str, ...], rows: tuple[str, ...]) -> None:
    assert split_rows(words, 2) == rows


def test_only_rows_of_very_different_length_look_uneven() -> None:
    assert unevenness(("骑手有了自己的集体合同",)) == 0
    assert unevenness(("稳住一支", "一支队伍呢")) == 0
    assert unevenness(("骑手有了", "自己的集体合同")) > unevenness(("骑手有了自己", "的集体合同")) >= 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(("职工", "代表", "巡视", "安全", "生产", "“家”")), min_size=2, max_size=8),
    st.integers(12, 110),
    st.booleans(),
    st.booleans(),
)
def test_a_standing_headline_keeps_to_its_column_and_its_story(
    words: list[str], lines: int, kicker: bool, deck: bool
) -> None:
    copy = make_copy(tuple(words), kicker=("市总工会",) * kicker, deck=("夜班津贴同步提高",) * deck)
    depth, breadth = PAGE.depth(lines), PAGE.breadth(1)
    for head in Headings(copy, PAGE, WIDTHS).vertical(depth, breadth):
        assert vertical_breadth(head, PAGE) <= breadth
        for rows, size in ((head.rows, head.size), (head.kicker, head.kicker_size), (head.deck, head.deck_size)):
            assert all(cells(row) * size <= depth for row in rows)


def test_a_long_lead_is_half_a_page_wide_and_its_largest_headlines_are_the_cheapest() -> None:
    shapes = make_candidates(make_copy(("叉车班", "开课", "了"), lead=True, priority=10), PAGE, WIDTHS)

    assert min(c.shape.columns for c in shapes) == PAGE.grid.columns // 2
    assert shapes[0].shape.head.size > PAGE.weight(10).smallest


def test_a_few_words_under_a_picture_do_not_stand_in_many_short_columns() -> None:
    picture = Picture(0, 1.5, "春天的田垄　林一舟 摄", "田垄")
    copy = make_copy(("青春", "测土", "备", "春耕"), 1, genre=Genre.PHOTO, pictures=(picture,))
    best = {c.shape.columns: c.shape for c in reversed(make_candidates(copy, PAGE, WIDTHS))}

    assert {columns: shape.text_columns for columns, shape in best.items() if columns >= 3} == {3: 1, 4: 2}
