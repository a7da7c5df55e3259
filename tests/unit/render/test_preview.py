"""What a preview lays over pages is words, whatever stands in the files."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build.preview.answers import read_preview_theme
from site_builder.problems import Span, problem
from site_builder.render.preview import Bar, PreviewPages, ProblemPage, Stamp, add_panel, finish

THEME = read_preview_theme()
PAGES = PreviewPages(THEME, "zh-CN")
STAMP = Stamp("tag", "styles", "/")


def broken(line: str, column: int = 1, length: int = 1) -> str:
    found = problem(
        "key-unknown", "content/<b>.md", Span(2, column, length), source_line=line, key=line, suggestion=line
    )
    return PAGES.report(ProblemPage("标题", "说明", PAGES.told([found]), "/"))


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], include_characters="<>&\"'"), max_size=90),
    st.integers(1, 95),
    st.integers(0, 99),
)
def test_the_source_line_is_shown_whole_and_as_text(line: str, column: int, length: int) -> None:
    tree = lxml.html.document_fromstring(broken(line, column, length))

    shown = tree.xpath("string(//p[@class='pv-source']/code)")
    names = {element.tag for element in tree.xpath("//p[@class='pv-source']//*")}
    if len(line) <= 45:  # longer ones are shown in part
        assert shown.rstrip("\u00a0") == line.rstrip("\u00a0") if line.strip() else shown == ""
    assert names <= {"span", "code", "mark"}
    assert tree.xpath("//b") == []


def test_the_caret_stands_under_what_was_found() -> None:
    tree = lxml.html.document_fromstring(broken("体裁: 消息稿", 5, 3))

    assert tree.xpath("string(//mark)") == "消息稿"
    assert tree.xpath("string(//*[@class='pv-caret'])") == "消"
    assert "content/<b>.md:2:5" in tree.xpath("string(//*[@class='pv-problem__place'])")


def test_errors_come_before_warnings() -> None:
    row = [
        problem("headline-long", "a.md", Span(1), severity="warning", found=40),
        problem("body-empty", "a.md", Span(9)),
    ]

    assert [told.code for told in PAGES.told(row)] == ["body-empty", "headline-long"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_bar_says_only_what_there_is(language: str) -> None:
    pages = PreviewPages(THEME, language)

    assert pages.bar(Bar()) == ""
    assert "<span>" in pages.bar(Bar(stopped=True))
    assert pages.bar(Bar(warnings=3)).count("3") == 1
    assert "0" not in pages.bar(Bar(errors=2))


def test_panel_bar_and_script_stand_in_the_body_and_head_of_a_page() -> None:
    html = finish(
        add_panel("<html><head></head><body class=x><p>a</p></body></html>", "<i>panel</i>"), STAMP, "<b>bar</b>"
    )

    assert html.index("preview.js") < html.index("</head>") < html.index("<body class=x><i>panel</i>")
    assert html.endswith('<div id="pv-foot"><b>bar</b></div></body></html>')


def test_a_page_without_head_and_body_still_reloads() -> None:
    assert "preview.js" in finish(add_panel("plain", "panel"), STAMP, "")
