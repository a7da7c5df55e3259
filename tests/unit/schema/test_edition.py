"""Edition files: what an editor may order for the printed page."""

from __future__ import annotations

from pathlib import Path

from newsroom_samples import make_newsroom

from site_builder import api
from site_builder.model.edition import Advertisement, HeadlineForm, Jump, Pin, Placement, Unplaced
from site_builder.schema.edition import parse_edition
from site_builder.schema.text import SourceText

EDITION = "content/editions/2024-04-08.yml"
ORDERED = """\
日期: 2024-04-08
版式: broadsheet
版面:
  - 版次: 1
    版名: 要闻
    版面编辑: 王五
    校对: 赵六、钱七
    版式: tabloid
    稿件:
      - 编号: first-story
        优先级: 9
        标题形式: 竖题
        标题分行: 小港工会 ｜ 办起夜校
        加框: 是
        位置: {栏: 1, 行: 20, 栏数: 4, 行数: 60}
      - second-story
    广告:
      - 文件: 2024/04/one.png
        替代文字: 公益广告：植一棵树
        公益: 是
        位置: {栏: 4, 行: 80, 栏数: 2, 行数: 20}
"""


def test_what_an_editor_orders_for_the_printed_page_is_read() -> None:
    checked = parse_edition(SourceText(EDITION, ORDERED))

    assert checked.problems == ()
    assert checked.value
    edition = checked.value.value
    (page,) = edition.pages
    rows = ("小港工会", "办起夜校")
    first = Placement("first-story", 9, HeadlineForm.VERTICAL, rows, True, Pin(1, 20, 4, 60))
    assert page.placements == (first, Placement("second-story"))
    assert page.advertisements == (Advertisement("2024/04/one.png", "公益广告：植一棵树", Pin(4, 80, 2, 20), True),)
    assert (page.designers, page.proofreaders) == (("王五",), ("赵六", "钱七"))
    assert (edition.format, page.format) == ("broadsheet", "tabloid")


def test_unplaced_stories_are_read_with_the_page_that_is_wanted() -> None:
    text = ORDERED + "待排稿件:\n  - third-story\n  - {编号: fourth-story, 优先级: 3, 版次: 1, 加框: 是}\n"
    checked = parse_edition(SourceText(EDITION, text))

    assert checked.problems == ()
    assert checked.value
    wanted = Unplaced(Placement("fourth-story", 3, boxed=True), 1)
    assert checked.value.value.unplaced == (Unplaced(Placement("third-story")), wanted)


def test_a_place_that_is_not_whole_is_told_at_its_line() -> None:
    checked = parse_edition(SourceText(EDITION, ORDERED.replace("栏: 1, ", "")))

    assert [(p.code, p.span.line) for p in checked.problems] == [("field-missing", 15)]


def test_the_picture_of_an_advertisement_must_be_there(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {EDITION: ORDERED.replace("one.png", "none.png")})

    assert [(p.code, p.path, p.span.line) for p in api.check(root).problems] == [("photo-missing", EDITION, 18)]


def test_the_path_of_an_advertisement_stays_in_its_folder(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {EDITION: ORDERED.replace("2024/04/one.png", "../secret.png")})

    assert [(p.code, p.path, p.span.line) for p in api.check(root).problems] == [("photo-path", EDITION, 18)]


def test_the_end_of_a_story_that_runs_on_stands_below_what_the_editor_placed() -> None:
    text = """\
日期: 2024-04-08
版面:
  - 版次: 1
    版名: 要闻
    稿件:
      - 编号: first-story
        转版: {版次: 2, 留段: 3, 标题: 后半篇}
  - 版次: 2
    版名: 特写
    稿件: [second-story]
"""
    edition = parse_edition(SourceText(EDITION, text)).value

    assert edition is not None
    first, second = edition.value.pages
    assert first.placements == (Placement("first-story", onward=Jump(2, 3, "后半篇")),)
    assert second.placements == (Placement("second-story"), Placement("first-story", back=Jump(1, 3, "后半篇")))
    given = edition.value.assign({2: ["third-story"]})
    assert [p.story for p in given.pages[1].placements] == ["second-story", "first-story"]
