from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.paper.blocks import (
    Block,
    Cell,
    Crosshead,
    Figure,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
    parse_blocks,
)
from site_builder.render.html import plain_text
from site_builder.render.markdown import BodyInput, fill_figures, render_body


def blocks(text: str, **values: object) -> tuple[Block, ...]:
    html = render_body(BodyInput(text, **values)).html  # type: ignore[arg-type]
    return parse_blocks(html, lambda target: target if target.startswith("https:") else "")


def words(found: object) -> str:
    """All text below a block, in order."""
    if isinstance(found, Run):
        return found.text + words(found.note)
    if isinstance(found, tuple):
        return "".join(map(words, found))
    fields = [getattr(found, name) for name in ("runs", "rows", "items", "blocks") if hasattr(found, name)]
    return "".join(map(words, fields))


def test_the_lead_is_runs_of_one_paragraph() -> None:
    found = blocks("湖北省总……", dateline="本报讯", gap=" ", byline="（记者张翀）")

    expected = (
        Run("本报讯", ("dateline",)),
        Run(" "),
        Run("（记者张翀）", ("byline",)),
        Run("湖北省总……"),
    )
    assert found == (Paragraph(expected),)


def test_marks_add_up_and_links_are_kept_where_paper_has_an_address() -> None:
    assert blocks("**一*二***[三](https://a.example/)[四](/stories/x/)") == (
        Paragraph(
            (
                Run("一", ("strong",)),
                Run("二", ("strong", "em")),
                Run("三", (), "https://a.example/"),
                Run("四"),
            )
        ),
    )


def test_no_level_of_crossheads_is_skipped() -> None:
    found = blocks("### 甲\n\n字\n\n## 乙\n\n字\n\n### 丙\n\n字")

    assert [b.level for b in found if isinstance(b, Crosshead)] == [1, 1, 2]


def test_lists_quotes_tables_figures_and_rules() -> None:
    found = blocks(
        "3. 甲\n4. 乙\n    - 丙\n\n> 引一\n>\n> 引二\n\n| 名 | 数 |\n| --- | ---: |\n| 电工 | 24 |\n\n![](a.png)\n\n---",
        photos=("a.png",),
    )

    numbered, quote, table, figure, rule = found
    assert isinstance(numbered, ListBlock)
    assert (numbered.ordered, numbered.start, len(numbered.items)) == (True, 3, 2)
    assert isinstance(numbered.items[1][1], ListBlock)
    assert quote == Quote((Paragraph((Run("引一"),)), Paragraph((Run("引二"),))))
    assert table == Table(
        (
            (Cell((Run("名"),), ""), Cell((Run("数"),), "right")),
            (Cell((Run("电工"),), ""), Cell((Run("24"),), "right")),
        )
    )
    assert (figure, rule) == (Figure(0), Rule())


def test_a_footnote_moves_to_its_first_call() -> None:
    (paragraph,) = blocks("甲[^1]乙[^1]\n\n[^1]: 注*文*")

    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (
        Run("甲"),
        Run(note=(Run("注"), Run("文", ("em",))), note_id="fn:1"),
        Run("乙"),
        Run(again="fn:1"),
    )


def test_the_byline_at_the_end_is_told_apart() -> None:
    found = blocks("字", end_byline="（记者 马尚龙）")

    assert found[-1] == Paragraph((Run("（记者 马尚龙）"),), end_byline=True)


PIECES = st.sampled_from(
    ["职工", "**重**", "*轻*", "[链](https://a.example/)", "# 题", "## 题\n\n", "- 项\n", "1. 项\n", "> 引\n", "\n\n", "\n",
     "| 甲 | 乙 |\n| - | - |\n| 1 | 2 |\n", "---\n", "<b>", "&amp;", "&lt;", "\\*", "`码`", "　", " ", "  \n", "![](a.png)", "12351"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=6), max_size=25))
def test_every_word_of_a_body_is_in_its_blocks_in_order(pieces: list[str]) -> None:
    html = render_body(BodyInput("".join(pieces).replace("[^", "["), photos=("a.png",))).html
    expected = plain_text(fill_figures(html, lambda _: ""))

    found = words(parse_blocks(html, lambda target: target))

    assert "".join(found.split()) == "".join(expected.split())
