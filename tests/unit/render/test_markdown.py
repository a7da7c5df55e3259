from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.story import PhotoKind
from site_builder.render.compose_pictures import figure_html
from site_builder.render.html import plain_text, rebase, sanitise
from site_builder.render.inputs import Image
from site_builder.render.markdown import BodyInput, fill_figures, first_paragraphs, render_body


def html(text: str, **values: object) -> str:
    return render_body(BodyInput(text, **values)).html  # type: ignore[arg-type]


def test_paragraphs_and_emphasis() -> None:
    assert html("一**二**三\n\n四*五*") == "<p>一<strong>二</strong>三</p>\n<p>四<em>五</em></p>"


def test_a_line_end_between_han_characters_is_no_space() -> None:
    assert html("职工\n服务，\n“中心”\n5个 A\nB") == "<p>职工服务，“中心”\n5个 A\nB</p>"


def test_crossheads_get_stable_ids() -> None:
    body = render_body(BodyInput("## 制度\n\n字\n\n### 细则 & 附件\n\n字"))

    assert '<h2 id="crosshead-1">制度</h2>' in body.html
    assert [(h.level, h.id, h.title) for h in body.headings] == [
        (2, "crosshead-1", "制度"),
        (3, "crosshead-2", "细则 & 附件"),
    ]


def test_the_lead_stands_in_the_first_paragraph() -> None:
    body = BodyInput("湖北省总……\n\n第二段", dateline="本报讯", gap=" ", byline="（记者张翀）")

    assert render_body(body).html.startswith(
        '<p class="bu-lead"><span class="bu-dateline">本报讯</span> <span class="bu-byline">（记者张翀）</span>湖北省总'
    )


def test_a_lead_before_a_heading_stands_alone() -> None:
    assert html("## 小标题", dateline="本报讯").startswith(
        '<p class="bu-lead"><span class="bu-dateline">本报讯</span></p>'
    )


def test_the_lead_is_no_part_of_the_plain_text() -> None:
    assert render_body(BodyInput("正文。", dateline="本报讯")).text == "正文。"


def test_an_end_byline_is_the_last_line() -> None:
    assert html("正文。", end_byline="（马尚龙）").endswith('<p class="bu-end-byline">（马尚龙）</p>')


def test_a_pull_quote_says_who_speaks() -> None:
    quote = '<blockquote class="bu-pull">\n<p>“听不见响。”</p>\n<p class="bu-pull__who">——陶小军</p>\n</blockquote>'

    assert html("正文。\n\n>> “听不见响。”\n>>\n>> ——陶小军").endswith(quote)
    assert html("正文。\n\n>> “听不见响。”\n>> ——陶小军").endswith(quote)
    assert html("正文。\n\n> > “听不见响。”\n> > ——陶小军").endswith(quote)


def test_a_quote_within_a_quote_is_no_pull_quote() -> None:
    assert "bu-pull" not in html("> 引\n>\n>> 深")


def test_a_pull_quote_that_repeats_the_text_is_neither_read_nor_counted_twice() -> None:
    body = render_body(BodyInput("他说：“以前，听不见响。”\n\n>> “以前听不见响”\n>> ——他"))

    assert '<blockquote class="bu-pull" aria-hidden="true">' in body.html
    assert body.text == "他说：“以前，听不见响。”"


def test_a_pull_quote_of_its_own_is_part_of_the_text() -> None:
    body = render_body(BodyInput("正文。\n\n>> 另一句"))

    assert "aria-hidden" not in body.html
    assert body.text == "正文。\n另一句"


def test_a_run_in_another_language_is_marked() -> None:
    assert html("唱[Solidarity *Forever*](lang:en)。") == (
        '<p>唱<span lang="en">Solidarity <em>Forever</em></span>。</p>'
    )
    assert html("[ئەمگەك](lang:维吾尔语)") == '<p><span dir="rtl" lang="ug">ئەمگەك</span></p>'


def test_an_unknown_language_leaves_plain_words() -> None:
    assert html("[x](lang:qq)") == "<p><span>x</span></p>"


def test_a_listed_image_alone_in_its_paragraph_becomes_a_figure() -> None:
    body = render_body(BodyInput("前\n\n![](a.png)\n\n后", photos=("b.png", "a.png")))

    assert body.figures == ("a.png",)
    assert (
        fill_figures(body.html, lambda index: f"<figure>{index}</figure>") == "<p>前</p>\n<figure>1</figure>\n<p>后</p>"
    )


def test_images_on_consecutive_lines_become_a_figure_each() -> None:
    body = render_body(BodyInput("前\n\n![](a.png)\n![](b.png) ![](x.png)\n\n后", photos=("a.png", "b.png")))

    assert body.figures == ("a.png", "b.png")
    assert fill_figures(body.html, lambda index: f"<figure>{index}</figure>") == (
        "<p>前</p>\n<figure>0</figure>\n<figure>1</figure>\n<p>后</p>"
    )


def test_an_image_among_words_is_no_figure() -> None:
    assert render_body(BodyInput("见![](a.png)", photos=("a.png",))).figures == ()
    assert render_body(BodyInput("![](a.png)图", photos=("a.png",))).figures == ()


def test_the_lead_passes_over_a_picture_that_opens_the_body() -> None:
    body = BodyInput("![](a.png)\n![](b.png)\n\n正文。", dateline="本报讯", photos=("a.png", "b.png"))

    assert fill_figures(render_body(body).html, lambda index: f"<figure>{index}</figure>") == (
        '<figure>0</figure>\n<figure>1</figure>\n<p class="bu-lead"><span class="bu-dateline">本报讯</span>正文。</p>'
    )


@pytest.mark.parametrize("text", ["![](a.png)", "![](a.png)\n\n## 小标题\n\n正文。"])
def test_the_lead_never_stands_in_a_picture_or_behind_a_heading(text: str) -> None:
    filled = fill_figures(html(text, dateline="本报讯", photos=("a.png",)), lambda _: "<figure>")

    assert filled.startswith('<p class="bu-lead"><span class="bu-dateline">本报讯</span></p>\n<figure>')


def test_an_image_that_is_not_listed_is_dropped() -> None:
    assert "img" not in html("![](https://elsewhere.example/x.png)")


def test_tables_and_footnotes() -> None:
    body = html("| 县 | 数 |\n|---|--:|\n| 甲 | 3 |\n\n见注[^1]。\n\n[^1]: 来源。")

    assert '<td align="right">3</td>' in body
    assert 'href="#fn:1"' in body
    assert 'id="fn:1"' in body


def test_a_sign_that_marks_figures_cannot_be_typed() -> None:
    body = render_body(BodyInput("\ue0f00\ue0f1", photos=("a.png",)))

    assert fill_figures(body.html, lambda _: "FIGURE") == "<p>0</p>"


@pytest.mark.parametrize(
    "text",
    ["&#xe0f0;0&#xE0F1;", "&#57584;0&#57585", "&#x0E0F00&#xe0f1;", "&#xe0\x02f0;0&#xe0f1;", "&#xe0\ue0f0f0;0&#xe0f1;"],
)
def test_a_sign_that_marks_figures_cannot_be_written_as_a_reference(text: str) -> None:
    assert "FIGURE" not in fill_figures(html(text, photos=("a.png",)), lambda _: "FIGURE")
    assert not re.search("[\ue0f0\ue0f1]", html(text))


@pytest.mark.parametrize("text", ["甲&#1;乙", "甲&#xFFFE;乙", "甲&#x1F;乙", "甲\x01乙", "甲\ufffe乙", "甲&#11;乙"])
def test_characters_that_feeds_cannot_carry_are_dropped(text: str) -> None:
    assert html(text) == "<p>甲乙</p>"


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "![x](javascript:alert(1))",
    "<a href='https://x.example' onclick='x()'>x</a>",
    "<iframe src=https://x.example></iframe>",
    "<style>body{}</style>",
    "<svg/onload=alert(1)>",
    "<p style='position:fixed'>x</p>",
    "<math><mi//xlink:href='data:x,<script>'>",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[a](https://x.example "onmouseover=alert(1)")',
    "<!--><script>-->",
    "`<script>`",
    "**<b onmouseover=x>**",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_comes_out_harmless(text: str) -> None:
    assert_harmless(html(text))


@given(st.text(alphabet=st.sampled_from("<>/\"'=:&;#x09()[]!`*_ \njavascriptonerrorimgsvgstyle字"), max_size=60))
def test_no_text_becomes_active_html(text: str) -> None:
    assert_harmless(html(text))


@given(st.text(max_size=200))
def test_any_text_renders(text: str) -> None:
    body = render_body(BodyInput(text))

    assert sanitise(plain_text(body.html)) is not None


def assert_harmless(text: str) -> None:
    tags = re.findall(r"<(\w+)([^>]*)>", text)
    assert {name for name, _ in tags}.isdisjoint({"script", "img", "iframe", "style", "svg", "math", "object", "b"})
    for _, attributes in tags:
        values = re.sub(r'="[^"]*"', "=", attributes)
        assert not re.search(r"\bon\w+=|style=", values)
        assert not re.search(r'href="\s*(?:javascript|data|vbscript)', attributes, re.IGNORECASE)


def test_rebase_turns_root_links_into_relative_ones() -> None:
    source = '<a href="/stories/x/">x</a><a href="//e.example">y</a><img src="/p/a.jpg" srcset="/p/a.webp 480w, /p/b.webp 960w">'

    assert rebase(source, "../../") == (
        '<a href="../../stories/x/">x</a><a href="//e.example">y</a>'
        '<img src="../../p/a.jpg" srcset="../../p/a.webp 480w, ../../p/b.webp 960w">'
    )


def test_plain_text_has_one_block_a_line_and_no_footnote_marks() -> None:
    assert (
        plain_text("<p>一<strong>二</strong><sup>1</sup></p><ul><li>甲</li><li>乙 &amp; 丙</li></ul>")
        == "一二\n甲\n乙 & 丙"
    )


def test_links_in_the_words_of_a_story_are_left_alone() -> None:
    text = '<p>写 href="/x" 和 srcset="/a 1w"</p><td align="right"><a href="/y" title="a > b">y</a>'

    assert rebase(text, "../") == text.replace('href="/y"', 'href="../y"')


def test_plain_text_keeps_latin_words_apart() -> None:
    assert plain_text("<p>用 the\nunion\n和工\n会</p>") == "用 the union 和工会"


def test_first_paragraphs_lead_to_nothing_that_is_left_behind() -> None:
    body = render_body(BodyInput("一[^1]，见[下文](#crosshead-1)和[站外](https://e.example/)。\n\n[^1]: 来源。"))

    assert '<sup id="fnref:1">' in body.html
    assert first_paragraphs(body.html) == '<p>一，见下文和<a href="https://e.example/" rel="noopener">站外</a>。</p>'


def test_first_paragraphs_keep_the_lead_and_leave_figures_out() -> None:
    body = render_body(BodyInput("一\n\n![](a.png)\n\n二\n\n三", dateline="本报讯", photos=("a.png",)))

    assert plain_text(first_paragraphs(body.html)) == "本报讯一\n二"


def image(file: str, fallback: str, alt: str = "", credit: str = "", caption: str = "") -> Image:
    webp = ((f"{file}.webp", 480),)
    jpeg = ((fallback, 480),)
    return Image((), webp, jpeg, fallback, 1, 2, 3, 480, 320, "grey", (2, 2), alt, credit, caption, PhotoKind.PHOTO)


def test_a_figure_escapes_its_addresses() -> None:
    html = figure_html(image("a\"&',b", 'a"#?%&.jpg'))

    assert 'srcset="/a%22%26%27%2Cb.webp 480w"' in html
    assert 'src="/a%22%23%3F%25%26.jpg" srcset="/a%22%23%3F%25%26.jpg 480w"' in html


def test_a_figure_escapes_its_words() -> None:
    html = figure_html(image("a b", "a.jpg", '"><script>', "<i>", "甲 & 乙"))

    assert 'alt="&quot;&gt;&lt;script&gt;" loading="lazy"' in html
    assert '<figcaption>甲 &amp; 乙 <span class="bu-credit">&lt;i&gt;</span></figcaption>' in html
