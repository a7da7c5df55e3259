"""The folder for a desk: texts with styles, pictures, captions, pages; nothing of what readers may not see."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from newsroom_samples import EDITION, FIRST_STORY, MINIMAL, make_newsroom, minimal_text

from site_builder import api
from site_builder.build.printing import makeup
from site_builder.cli.main import make_command
from site_builder.messages import load_messages

DAY = "2024-04-08"
DESK = f"print/{DAY}-broadsheet/desk"
OFFICE = shutil.which("soffice")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVERYTHING = FIRST_STORY.replace("first-story", "everything")
RICH = """---
编号: everything
主题: 码头上的「夜校」<开课> & 结业
引题: 小港区总工会
副题: 六十名职工学成手艺
体裁: 通讯
日期: 2024-04-08
频道: 工会新闻
署名: 本报记者 王松
图片:
  - 文件: first.png
    图说: =1+1 不是公式
    替代文字: 港口的清晨
    署名: 王松 摄
---

第一段有**重点**和*着重*。[^1]

## 从早到晚

- 一
- 二

> 引一句话。

| 甲 | 乙 |
| --- | --- |
| 1 | 2 |

[^1]: 这是注。
"""


@pytest.fixture(autouse=True)
def no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(makeup, "has_solver", lambda: False)


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    picture = next((MINIMAL / "assets/photos").rglob("*.png")).read_bytes()
    return make_newsroom(
        tmp_path,
        {
            EVERYTHING: RICH,
            "assets/photos/first.png": picture,
            EDITION: minimal_text(EDITION).replace("稿件: [second-story]", "稿件: [second-story, everything]"),
        },
    )


def export(root: Path) -> Path:
    report = api.export_desk(root)
    assert not report.failed, report.problems
    assert report.folder == root / DESK
    return root / DESK


def paragraphs(docx: Path) -> list[tuple[str, str]]:
    """(name of the style, text) as a word processor sees them."""
    with zipfile.ZipFile(docx) as archive:
        assert archive.testzip() is None
        styles = etree.fromstring(archive.read("word/styles.xml"))
        document = etree.fromstring(archive.read("word/document.xml"))
    names = {style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val") for style in styles.iter(f"{W}style")}
    return [
        (names[p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")], "".join(t.text for t in p.iter(f"{W}t")))
        for p in document.iter(f"{W}p")
    ]


def test_a_story_has_its_styles_in_docx_and_its_order_in_txt(newsroom: Path) -> None:
    desk = export(newsroom)

    (docx,) = (desk / "text").glob("*-everything.docx")
    told = paragraphs(docx)
    assert told[:7] == [
        ("引题", "小港区总工会"),
        ("主标题", "码头上的「夜校」<开课> & 结业"),
        ("副题", "六十名职工学成手艺"),
        ("署名", "本报记者 王松"),
        ("正文", "第一段有重点和着重。〔1〕"),
        ("小标题", "从早到晚"),
        ("列表", "• 一"),
    ]
    assert ("引文", "引一句话。") in told
    assert ("注释", "〔1〕 这是注。") in told
    assert told[-1] == ("图片说明", f"{docx.stem}-1.png　=1+1 不是公式　王松 摄")
    with zipfile.ZipFile(docx) as archive:
        styles = archive.read("word/styles.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert '<w:name w:val="引题"/><w:aliases w:val="Kicker"/>' in styles
    assert '<w:em w:val="dot"/>' in body
    data = docx.with_suffix(".txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in data.replace(b"\r\n", b"")
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    assert text.split("\n\n")[0].split("\n") == [words for _, words in told[:4]]
    assert "".join(text.split()) == "".join("".join(words.split()) for _, words in told)


@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="LibreOffice Writer is not here")
def test_a_word_processor_reads_every_story_as_its_txt_has_it(newsroom: Path, tmp_path: Path) -> None:
    texts = export(newsroom) / "text"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    stories = sorted(texts.glob("*.docx"))
    into = ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path / "read")]
    subprocess.run([str(OFFICE), profile, "--headless", *into, *stories], check=True, capture_output=True, timeout=120)

    assert stories
    for docx in stories:
        read = (tmp_path / "read" / docx.with_suffix(".txt").name).read_text(encoding="utf-8-sig")
        told = docx.with_suffix(".txt").read_text(encoding="utf-8-sig")
        assert [line.strip() for line in read.splitlines() if line.strip()] == [
            line.strip() for line in told.splitlines() if line.strip()
        ]


def test_pictures_are_the_originals_and_the_tables_name_them(newsroom: Path) -> None:
    desk = export(newsroom)

    rows = list(csv.DictReader(io.StringIO((desk / "captions.csv").read_bytes().decode("utf-8-sig"))))
    assert {row["文件"] for row in rows} == {path.name for path in (desk / "pictures").iterdir()}
    (row,) = [row for row in rows if row["编号"] == "everything"]
    assert (row["图片说明"], row["图片作者"]) == ("'=1+1 不是公式", "王松 摄")
    original = newsroom / "assets/photos/first.png"
    assert (desk / "pictures" / row["文件"]).read_bytes() == original.read_bytes()
    assert re.fullmatch(r"\d\d-\d\d-everything-1\.png", row["文件"])
    listed = list(csv.DictReader(io.StringIO((desk / "stories.csv").read_bytes().decode("utf-8-sig"))))
    assert {row["文件"] for row in listed} == {path.stem for path in (desk / "text").glob("*.docx")}


def test_the_same_bytes_on_another_path(newsroom: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(newsroom, tmp_path / "另 一处"))

    one, two = export(newsroom), export(other)

    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files
    assert [(one / file).read_bytes() for file in files] == [(two / file).read_bytes() for file in files]


@pytest.mark.parametrize("hide", ["状态: 撤稿", "状态: 草稿"])
def test_what_readers_may_not_see_is_taken_out_again(newsroom: Path, hide: str) -> None:
    desk = export(newsroom)
    assert list(desk.rglob("*-everything*"))
    kept = desk / "text" / "编辑的笔记.txt"
    kept.write_text("留着", encoding="utf-8")
    story = newsroom / EVERYTHING
    story.write_text(RICH.replace("---\n", f"---\n{hide}\n", 1), encoding="utf-8")

    api.export_desk(newsroom, api.EditionWish(keep_going=True))

    assert not list(desk.rglob("*-everything*"))
    assert "码头上" not in "".join(path.read_text(encoding="utf-8-sig") for path in desk.rglob("*.csv"))
    assert kept.is_file()


def test_the_command_says_that_there_are_no_pages(newsroom: Path) -> None:
    command = make_command(load_messages("zh-CN"))

    result = CliRunner().invoke(command, ["export", "desk", DAY, "--root", str(newsroom)])

    assert result.exit_code == 0, result.output
    assert "版面没有全部排好" in result.output
    assert str(newsroom / DESK) in result.output
    wrong = CliRunner().invoke(command, ["export", "desk", "--page", "1", "--root", str(newsroom)])
    assert wrong.exit_code == 2
