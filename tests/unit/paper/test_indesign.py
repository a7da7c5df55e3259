"""Pages as InDesign packages: what can be known without InDesign."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_plans import box_at, broken, column_pieces, page

from site_builder.paper.indesign.chains import LINE_BREAK, chains
from site_builder.paper.indesign.marks import NONE
from site_builder.paper.indesign.package import MIMETYPE, Job, Picture, package
from site_builder.paper.indesign.styles import OBJECTS, Fonts, Names, font_list
from site_builder.paper.page.format import Format, parse_format
from site_builder.paper.page.plan import Face, PagePlan, Piece, Role

FILE = Path(__file__).parents[3] / "themes/print/formats/broadsheet.toml"
REFERENCES = ("ParentStory", "AppliedMaster", "AppliedParagraphStyle", "AppliedCharacterStyle", "AppliedObjectStyle",
              "FillColor", "StrokeColor", "ItemLayer", "PreviousTextFrame", "NextTextFrame")  # fmt: skip
BUILT_IN = {"n", NONE}
WORDS = "小港区总工会把夜校办到车间旁边职工课程由老师傅排定"


@pytest.fixture(scope="module")
def form() -> Format:
    parsed = parse_format("broadsheet", FILE.read_text(encoding="utf-8"), str(FILE))
    # The page by hand draws a rule in a colour of its own.
    press = replace(parsed.press, inks={**parsed.press.inks, "red": (0.0, 100.0, 100.0, 0.0)})
    return replace(parsed, press=press)


def job(form: Format) -> Job:
    roles = (*get_args(Role), "headline-soft", "headline-minor")
    names = Names(
        {role: f"样式 {role}" for role in roles},
        {name: f"框 {name}" for name in OBJECTS},
        "着重",
        {face: f"字 {face}" for face in get_args(Face)},
    )
    fonts = Fonts({face: "Noto Serif SC" if "song" in face else "Noto Sans CJK SC" for face in get_args(Face)})
    return Job(
        form, names, fonts, "工会快报", {("night-school", 0): Picture("night-school-1.jpg", 1600, 1200, 300)}, {}
    )


@pytest.fixture(scope="module")
def made(form: Format) -> bytes:
    return package([page(1), page(2)], job(form))


def documents(data: bytes) -> dict[str, Element]:
    """Name → root of every XML file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {n: ElementTree.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith(".xml")}


def everything(data: bytes) -> Iterator[Element]:
    for root in documents(data).values():
        yield from root.iter()


def text_of(story: Element) -> str:
    found = (e.text or "" if e.tag == "Content" else "\n" for e in story.iter() if e.tag in ("Content", "Br"))
    return "".join(found)


def test_the_first_file_says_what_the_package_is_and_is_not_compressed(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype").decode() == MIMETYPE


def test_the_map_names_every_file_of_the_package_once(made: bytes) -> None:
    files = documents(made)
    named = [element.get("src") for element in files["designmap.xml"].iter() if element.get("src")]

    assert sorted(map(str, named)) == sorted(set(files) - {"designmap.xml", "META-INF/container.xml"})


def test_every_id_stands_for_one_thing_and_every_reference_for_something(made: bytes) -> None:
    ids = [element.get("Self") for element in everything(made) if element.get("Self")]
    wanted = {e.get(key) for e in everything(made) for key in REFERENCES if e.get(key)}

    assert len(ids) == len(set(ids))
    assert wanted - set(ids) - BUILT_IN == set()


def test_threads_lead_there_and_back_within_one_story(made: bytes) -> None:
    frames = {e.get("Self"): e for e in everything(made) if e.tag == "TextFrame"}
    threaded = 0
    for name, frame in frames.items():
        onward = frame.get("NextTextFrame")
        if onward != "n":
            threaded += 1
            assert frames[onward].get("PreviousTextFrame") == name
            assert frames[onward].get("ParentStory") == frame.get("ParentStory")

    assert threaded == 8  # The lead goes through five places, on each page.


def test_frames_stand_on_their_page(made: bytes) -> None:
    for name, root in documents(made).items():
        if not name.startswith(("Spreads/", "MasterSpreads/")):
            continue
        leaf = next(root.iter("Page"))
        top, left, foot, right = map(float, str(leaf.get("GeometricBounds")).split())
        for item in root.iter():
            if item.tag in ("TextFrame", "Rectangle", "GraphicLine"):
                assert item.get("ItemTransform") == leaf.get("ItemTransform")
                for point in item.iter("PathPointType"):
                    x, y = map(float, str(point.get("Anchor")).split())
                    assert left <= x <= right
                    assert top <= y <= foot


def test_every_word_of_the_page_is_there_once_and_in_whole_paragraphs(made: bytes) -> None:
    plan = page(1)
    stories = [text_of(r) for n, r in documents(made).items() if n.startswith("Stories/")]
    pieces = [piece for module in plan.modules for piece in module.pieces]
    pieces += [piece for furniture in plan.furniture for piece in furniture.pieces]
    letters = sorted("".join(line.text for piece in pieces for line in piece.lines) * 2)

    assert sorted("".join(stories).replace("\n", "").replace(LINE_BREAK, "")) == letters
    # Paragraphs that ran over columns are whole again.
    words = "".join(line.text for line in broken(WORDS_OF_LEAD))
    assert any(words in story for story in stories)


WORDS_OF_LEAD = (
    "小港区总工会把夜校办到车间旁边三个月里六十名职工学完一门手艺课程由职工自己排定"
    "教师是厂里的老师傅学员下了班就能来听课不收一分钱的学费"
) * 3


def test_a_vertical_headline_runs_down_with_its_numbers_across(made: bytes) -> None:
    vertical = [
        root
        for name, root in documents(made).items()
        if name.startswith("Stories/") and next(root.iter("StoryPreference")).get("StoryOrientation") == "Vertical"
    ]
    across = [e.find("Content").text for e in vertical[0].iter() if e.get("Tatechuyoko")]  # type: ignore[union-attr]

    assert len(vertical) == 2
    assert across == ["110"]


def test_a_picture_fills_its_frame_round_its_focus_and_has_words_for_it(made: bytes) -> None:
    spread = next(r for n, r in documents(made).items() if n.startswith("Spreads/"))
    frame = next(e for e in spread.iter("Rectangle") if e.get("ContentType") == "GraphicType")
    points = [tuple(map(float, str(p.get("Anchor")).split())) for p in frame.iter("PathPointType")]
    image = next(frame.iter("Image"))
    scale, _, _, _, x, y = map(float, str(image.get("ItemTransform")).split())

    assert x <= points[0][0] + 0.01
    assert y <= points[0][1] + 0.01
    # The file says 300 px per inch: by itself it is 384 × 288 points.
    assert x + 384 * scale >= points[2][0] - 0.01
    assert y + 288 * scale >= points[2][1] - 0.01
    assert min(x + 384 * scale - points[2][0], y + 288 * scale - points[2][1]) == pytest.approx(0, abs=0.01) or (
        min(points[0][0] - x, points[0][1] - y) == pytest.approx(0, abs=0.01)
    )
    assert image.get("ActualPpi") == "300 300"
    bounds = next(image.iter("GraphicBounds"))
    assert (bounds.get("Right"), bounds.get("Bottom")) == ("384", "288")
    assert next(frame.iter("Link")).get("LinkResourceURI") == "file:Links/night-school-1.jpg"
    assert next(frame.iter("ObjectExportOption")).get("CustomAltText") == "一间亮着灯的教室"


def test_styles_break_lines_by_the_rules_of_simplified_chinese(made: bytes) -> None:
    styles = [e for e in documents(made)["Resources/Styles.xml"].iter("ParagraphStyle") if "样式" in str(e.get("Name"))]

    assert {e.find("Properties/KinsokuSet").text for e in styles} == {"SimplifiedChineseKinsoku"}  # type: ignore[union-attr]


def test_the_same_pages_are_the_same_bytes(made: bytes, form: Format) -> None:
    assert package([page(1), page(2)], job(form)) == made


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.lists(st.integers(3, 30), min_size=3, max_size=8))
def test_however_paragraphs_are_cut_into_columns_they_are_joined_again(lengths: list[int], rooms: list[int]) -> None:
    texts = [(WORDS * 3)[:length] for length in lengths]
    columns = [*rooms, *(20 for _ in range(40))]
    pieces: list[Piece] = []
    column, line = 0, 0
    for number, text in enumerate(texts):
        lines = broken(text)
        boxes = []
        left = len(lines)
        while left:
            room = min(columns[column] - line, left)
            if not room:
                column, line = column + 1, 0
                continue
            boxes.append(box_at(column, line, 1, room))
            line, left = line + room, left - room
        pieces.extend(column_pieces(lines, boxes, number))
    (chain,) = chains(pieces, page_height())

    assert ["".join(span.text for span in p.spans) for p in chain.paragraphs] == texts
    assert len(chain.frames) == column + 1


def page_height() -> float:
    plan: PagePlan = page(1)
    return plan.height


@pytest.mark.parametrize(
    ("family", "style", "name"),
    [
        ("Noto Sans CJK SC", "Bold", "NotoSansCJKsc-Bold"),
        ("Noto Serif SC", "Regular", "NotoSerifSC-Regular"),
        ("Source Han Serif SC", "Heavy", "SourceHanSerifSC-Heavy"),
    ],
)
def test_fonts_are_known_by_the_names_that_they_have_in_their_files(family: str, style: str, name: str) -> None:
    (listed,) = font_list([(family, style)])

    assert [font.get("PostScriptName") for font in listed] == [name]
