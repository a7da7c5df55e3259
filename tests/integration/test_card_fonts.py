"""Social cards in the newsroom's own fonts."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from fake_host import FakeHost
from newsroom_samples import FIRST_STORY, make_newsroom, minimal_text
from PIL import Image, ImageChops

from site_builder import api
from site_builder.build.fonts import FONTS, CardFonts, find_card_fonts
from site_builder.build.printing.fonts import find_fonts

SERIF = pylopdf_fonts_zh_cn.serif_path().read_bytes()
HEI = pylopdf_fonts_zh_cn.sans_path()
SECOND = "second-story"


def weighing(weight: int, plain: bytes = SERIF) -> bytes:
    """*plain*, saying that it has this weight: no package holds a 宋体 that really has."""
    tables = struct.unpack_from(">H", plain, 4)[0]
    rows = (struct.unpack_from(">4sIII", plain, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _, offset, _ in rows if tag == b"OS/2")
    font = bytearray(plain)
    struct.pack_into(">H", font, start + 4, weight)
    return bytes(font)


def put(root: Path, **fonts: bytes) -> None:
    (root / FONTS).mkdir(exist_ok=True)
    for name, data in fonts.items():
        (root / FONTS / f"{name}.otf").write_bytes(data)


def faces(root: Path) -> CardFonts:
    found, problems = find_card_fonts(root, lambda path: str(path.stat().st_size))
    assert problems == ()
    return found


def named(found: CardFonts) -> dict[str, list[str]]:
    roles = {"display": found.display, "text": found.text, "label": found.label}
    return {role: [Path(face.path).stem for face in row] for role, row in roles.items()}


def build(root: Path) -> api.Report:
    report = api.build(root, host=FakeHost())
    assert not report.failed
    return report


def card(root: Path) -> Path:
    (path,) = (root / "site/cards").glob(f"{SECOND}.*-wide.png")
    return path


def test_a_heavy_song_is_for_headlines_and_a_light_one_for_the_kicker(tmp_path: Path) -> None:
    put(tmp_path, 标题宋=weighing(900), 中宋=weighing(600), 书宋=SERIF, 楷体=SERIF)
    shutil.copy(HEI, tmp_path / FONTS / "hei.otf")

    assert named(faces(tmp_path)) == {"display": ["标题宋"], "text": ["楷体", "书宋"], "label": ["hei"]}


def test_a_light_song_alone_sets_no_headline(tmp_path: Path) -> None:
    put(tmp_path, 书宋=SERIF)

    assert named(faces(tmp_path)) == {"display": [], "text": ["书宋"], "label": []}


def test_a_heavy_song_alone_sets_no_kicker(tmp_path: Path) -> None:
    put(tmp_path, 标题宋=weighing(900))

    assert named(faces(tmp_path)) == {"display": ["标题宋"], "text": [], "label": []}


def test_paper_and_cards_take_a_font_for_the_same_thing(tmp_path: Path) -> None:
    put(tmp_path, 楷体=SERIF)

    assert find_fonts(tmp_path).roles["kai"][0] == "Noto Serif SC"
    assert named(faces(tmp_path))["text"] == ["楷体"]


def test_an_own_font_draws_the_cards_anew_and_another_place_of_it_does_not(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    build(root)
    plain = card(root)
    before = Image.open(plain).convert("RGB")
    put(root, 标题宋=weighing(900))
    report = build(root)
    own = card(root)

    assert {name for kind, name in report.rendered if kind == "card"} == {"first-story", SECOND}
    assert own.name != plain.name
    assert ImageChops.difference(before, Image.open(own).convert("RGB")).getbbox() is not None
    assert f"cards/{own.name}" in (root / f"site/stories/{SECOND}/index.html").read_text(encoding="utf-8")

    (root / FONTS / "标题宋.otf").rename(root / FONTS / "报社的字.otf")
    assert [kind for kind, _ in build(root).rendered if kind == "card"] == []

    put(root, 楷体=SERIF)
    assert "card" in {kind for kind, _ in build(root).rendered}


def test_a_font_that_takes_the_place_of_another_draws_the_cards_of_a_running_preview(tmp_path: Path) -> None:
    """FreeType's fonts are kept by their path while a preview runs; the cards must not be drawn in the old one."""
    root = make_newsroom(tmp_path)
    put(root, 大黑=weighing(900))
    build(root)
    before = Image.open(card(root)).convert("RGB")
    (root / FONTS / "大黑.otf").unlink()
    put(root, 大黑=weighing(900, HEI.read_bytes()))
    build(root)

    assert ImageChops.difference(before, Image.open(card(root)).convert("RGB")).getbbox() is not None


def test_a_sign_that_the_own_font_lacks_is_drawn_by_another(tmp_path: Path) -> None:
    """𠮷 is not in the package's 宋体, and is in the 黑体 that stands behind it."""
    text = minimal_text(FIRST_STORY).replace("小港工会办起夜校", "𠮷野家职工办起夜校")
    root = make_newsroom(tmp_path, {FIRST_STORY: text})
    put(root, 标题宋=weighing(900))

    assert "card-sign-missing" not in {problem.code for problem in build(root).problems}


def test_explain_names_the_font_of_a_card(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    put(root, 标题宋=weighing(900))
    build(root)

    told = api.explain(root, f"cards/{card(root).name}", host=FakeHost())
    assert "fonts/标题宋.otf" in told.sources  # type: ignore[union-attr]


def test_a_broken_font_is_told_and_the_site_is_built_without_it(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    put(root, 标题宋=SERIF[:5000])

    report = build(root)
    assert [(problem.code, problem.severity) for problem in report.problems] == [("font-unusable", "warning")]


@pytest.mark.parametrize("name", ["说明.txt", ".DS_Store"])
def test_what_is_not_named_like_a_font_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / FONTS).mkdir()
    (tmp_path / FONTS / name).write_bytes(b"no font")

    assert faces(tmp_path) == CardFonts()
