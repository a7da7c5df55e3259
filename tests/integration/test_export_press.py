"""Pages for the press, judged by other people's programs: plates, boxes, fonts, pictures, and the same bytes twice."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from benchmarks.pages.edition import make_page_newsroom
from click.testing import CliRunner
from conftest import missing_tool
from PIL import Image

from site_builder import api
from site_builder.build.printing import laying_out, makeup
from site_builder.build.printing.packing import Effort
from site_builder.cli.main import make_command
from site_builder.errors import BuildError
from site_builder.messages import load_messages

QUICK = Effort(0.5, (1,))
FORMAT = "tabloid"
DAY = "2026-07-20"
PRESS = f"print/{DAY}-{FORMAT}/press"
PAGE = f"{PRESS}/{DAY}-{FORMAT}-01.pdf"
MM = 72 / 25.4
SHIPPED = Path(__file__).resolve().parents[2] / "themes/print/formats/tabloid.toml"


def run(program: str, *arguments: object) -> str:
    found = shutil.which(program)
    if found is None:
        missing_tool(f"{program} is not installed")
    done = subprocess.run([str(found), *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wish(**wishes: object) -> api.EditionWish:
    return api.EditionWish(**{"format": FORMAT, "effort": QUICK, **wishes})  # type: ignore[arg-type]


def change_format(root: Path, *changes: tuple[str, str]) -> None:
    """Give the newsroom a tabloid of its own."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    own = root / f"themes/print/formats/{FORMAT}.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("press") / "newsroom"
    make_page_newsroom(root, 1, FORMAT)
    report = api.export_press(root, wish())
    assert not report.failed
    assert (report.coarse, report.missing) == ((), ())
    return root


@pytest.fixture
def newsroom(exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(exported, tmp_path / "elsewhere" / "编辑 部"))


@pytest.fixture(autouse=True, scope="module")
def unsolvable_after_the_first(exported: Path) -> object:
    """Everything after the first export is made from the lock."""

    def fail(*_arguments: object) -> None:
        raise AssertionError("solved")

    patch = pytest.MonkeyPatch()
    patch.setattr(laying_out, "pack", fail)
    patch.setattr(makeup, "has_solver", lambda: False)
    yield exported
    patch.undo()


def separations(pdf: Path, folder: Path, dpi: int = 36) -> dict[str, Image.Image]:
    """Name of each plate → its picture: 0 where there is all ink, 255 where there is none."""
    target = folder / "plate%d.tif"
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{dpi}", f"-sOutputFile={target}", pdf)
    found = {}
    for file in folder.glob("plate1(*.tif"):
        with Image.open(file) as image:
            found[file.name[len("plate1(") : -len(").tif")]] = image.convert("L")
    return found


def picture_boxes(pdf: Path, dpi: int) -> list[tuple[int, int, int, int]]:
    """Where pictures stand, in px from the upper left, with a px of room."""
    boxes, scale = [], dpi / 72
    with pikepdf.open(pdf) as opened:
        page = opened.pages[0]
        height = float(page.MediaBox[3])
        matrices: list[pikepdf.Matrix] = []
        now = pikepdf.Matrix()
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "q":
                matrices.append(now)
            elif str(operator) == "Q":
                now = matrices.pop()
            elif str(operator) == "cm":
                now = pikepdf.Matrix(*map(float, operands)) @ now
            elif str(operator) == "Do":
                left, top = now.e, height - now.f - now.d
                box = (left, top, left + now.a, top + now.d)
                boxes.append(
                    (int(box[0] * scale) - 1, int(box[1] * scale) - 1, int(box[2] * scale) + 2, int(box[3] * scale) + 2)
                )
    return boxes


def test_text_is_on_the_black_plate_alone(exported: Path, tmp_path: Path) -> None:
    dpi = 36
    plates = separations(exported / PAGE, tmp_path, dpi)

    assert plates.keys() == {"Cyan", "Magenta", "Yellow", "Black"}
    boxes = picture_boxes(exported / PAGE, dpi)
    assert len(boxes) == 3
    edge = int(12 * MM * dpi / 72) + 2
    inked = {}
    for name, plate in plates.items():
        for box in boxes:
            plate.paste(255, box)
        inside = plate.crop((edge, edge, plate.width - edge, plate.height - edge))
        inked[name] = sum(level < 250 for level in inside.tobytes())
    # The masthead is magenta and yellow; all other type stands below it or beside it, in black.
    assert inked["Cyan"] == 0
    assert inked["Magenta"] == inked["Yellow"] > 0
    assert inked["Black"] > 5 * inked["Magenta"]


def test_no_place_has_more_ink_than_the_format_allows(newsroom: Path, tmp_path: Path) -> None:
    change_format(
        newsroom, ("ink_limit = 240", "ink_limit = 205"), ("accent = [0, 100, 100, 0]", "accent = [0, 90, 80, 0]")
    )
    dark = Image.effect_noise((1600, 1200), 90).convert("RGB")
    for photo in (newsroom / "assets/photos").rglob("*-1.png"):
        dark.point(lambda level: level // 3).save(photo)

    api.export_press(newsroom, wish())

    plates = separations(newsroom / PAGE, tmp_path, 72)
    room = int(12 * MM)
    inside = [plate.crop((room, room, plate.width - room, plate.height - room)).tobytes() for plate in plates.values()]
    most = max(sum(255 - level for level in levels) for levels in zip(*inside, strict=True)) / 2.55
    assert 150 < most <= 205


def test_boxes_fonts_and_pictures(exported: Path) -> None:
    page = exported / PAGE

    assert "No syntax or stream encoding errors" in run("qpdf", "--check", page)
    told = run("pdfinfo", "-box", page)
    boxes = {name: [float(number) for number in rest.split()] for name, rest in re.findall(r"(\w+)Box:([ \d.]+)", told)}
    width, height = 275 * MM, 390 * MM
    assert boxes["Media"] == pytest.approx([0, 0, width + 24 * MM, height + 24 * MM], abs=0.02)
    assert boxes["Trim"] == pytest.approx([12 * MM, 12 * MM, width + 12 * MM, height + 12 * MM], abs=0.02)
    assert boxes["Bleed"] == pytest.approx([9 * MM, 9 * MM, width + 15 * MM, height + 15 * MM], abs=0.02)
    assert "PDF version:     1.6" in told
    fonts = run("pdffonts", page).splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes yes (yes|no) +\d+ +0$", font) for font in fonts), fonts
    pictures = [row.split() for row in run("pdfimages", "-list", page).splitlines()[2:]]
    assert [(row[2], row[5], row[12]) for row in pictures] == [("image", "cmyk", "300")] * 3


def test_it_says_that_it_is_pdf_x_4(exported: Path) -> None:
    with pikepdf.open(exported / PAGE) as pdf:
        intent = pdf.Root.OutputIntents[0]
        assert intent.S == "/GTS_PDFX"
        assert bytes(intent.DestOutputProfile.read_bytes())[12:20] == b"prtrCMYK"
        assert "CGATS/SNAP TR 002-2007" in str(intent.Info)
        with pdf.open_metadata() as told:
            assert told["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
            assert told["pdf:Trapped"] == "False"
            assert "小港工人报" in told["dc:title"]
        assert "/ID" in pdf.trailer
        assert pdf.trailer.Info.Trapped == "/False"


def test_black_overprints_and_nothing_else_does(exported: Path) -> None:
    with pikepdf.open(exported / PAGE) as pdf:
        page = pdf.pages[0]
        over: dict[str, bool] = {}
        now, stack = False, []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "q":
                    stack.append(now)
                case "Q":
                    now = stack.pop()
                case "gs":
                    now = bool(page.Resources.ExtGState[operands[0]].op)
                case "k":
                    over.setdefault(" ".join(f"{float(value):g}" for value in operands), now)
                    assert over[" ".join(f"{float(value):g}" for value in operands)] == now
                case "rg" | "RG" | "g" | "G":
                    raise AssertionError(operator)
    assert over["0 0 0 1"]
    assert not over["0 1 1 0"]


def test_the_same_bytes_on_another_path(exported: Path, newsroom: Path) -> None:
    shutil.rmtree(newsroom / "print")

    api.export_press(newsroom, wish())

    assert (newsroom / PAGE).read_bytes() == (exported / PAGE).read_bytes()


def test_a_grey_newspaper_needs_black_alone(newsroom: Path, tmp_path: Path) -> None:
    change_format(
        newsroom, ('pictures = "color"', 'pictures = "grey"'), ("accent = [0, 100, 100, 0]", "accent = [0, 0, 0, 100]")
    )

    report = api.export_press(newsroom, wish())

    assert not report.failed
    rows = [row.split() for row in run("pdfimages", "-list", newsroom / PAGE).splitlines()[2:]]
    assert {row[5] for row in rows} == {"gray"}
    plates = separations(newsroom / PAGE, tmp_path)
    room = int(12 * MM / 2) + 1
    for name in ("Cyan", "Magenta", "Yellow"):
        plate = plates[name]
        assert plate.crop((room, room, plate.width - room, plate.height - room)).getextrema() == (255, 255)


def test_a_spot_colour_has_a_plate_of_its_own(newsroom: Path, tmp_path: Path) -> None:
    change_format(newsroom, ("[press.spots]", '[press.spots]\naccent = "PANTONE 485 C"'))

    api.export_press(newsroom, wish())

    plates = separations(newsroom / PAGE, tmp_path)
    (spot,) = plates.keys() - {"Cyan", "Magenta", "Yellow", "Black"}
    assert spot == "PANTONE 485 C"
    for box in picture_boxes(newsroom / PAGE, 36):
        plates["Magenta"].paste(255, box)
    room = int(12 * MM / 2) + 1
    inside = [
        plates[name].crop((room, room, plates[name].width - room, plates[name].height - room)).getextrema()[0]
        for name in (spot, "Magenta")
    ]
    assert inside[0] < 50
    assert inside[1] == 255


def test_a_coarse_picture_is_named(newsroom: Path) -> None:
    (photo,) = (newsroom / "assets/photos").rglob("*-02-1.png")
    with Image.open(photo) as image:
        image.resize((image.width // 8, image.height // 8)).save(photo)

    result = command(newsroom)

    assert result.exit_code == 0, result.output
    (line,) = [line for line in result.output.splitlines() if photo.name in line]
    dpi = int(re.search(r"只有 (\d+) dpi", line)[1])  # type: ignore[index]
    assert 50 < dpi < 200
    story = next((newsroom / "content/stories").rglob(f"{photo.stem.rpartition('-')[0]}.md"))
    headline = re.search(r"^(?:headline|主题): *['\"]?(.+?)['\"]?$", story.read_text(encoding="utf-8"), re.M)
    assert headline is not None
    assert f"《{headline[1]}》" in line
    assert f"只有 {dpi} dpi（低于 200）" in (newsroom / PRESS / "ticket.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("tint = [0, 0, 0, 7]\n", "")], "print.press-ink-missing"),
        ([("tint = [0, 0, 0, 7]", "tint = [90, 90, 90, 7]")], "print.format-ink"),
        ([("tint = [0, 0, 0, 7]", "tint = [0, 0, 0, 120]")], "print.format-ink"),
        ([("tint = [0, 0, 0, 7]", "tinge = [0, 0, 0, 7]")], "print.format-color-unknown"),
        ([("[press.spots]", '[press.spots]\nink = "HKS 13"')], "print.format-spot-twice"),
        ([('pictures = "color"', 'pictures = "red"')], "print.format-pictures"),
        ([("ink_limit", 'profile = "none.icc"\nink_limit')], "print.press-profile"),
    ],
)
def test_a_format_that_does_not_serve_the_press_is_told(
    newsroom: Path, changes: list[tuple[str, str]], code: str
) -> None:
    change_format(newsroom, *changes)

    with pytest.raises(BuildError) as caught:
        api.export_press(newsroom, wish())
    assert caught.value.code == code


def test_the_newsrooms_own_profile_wins(newsroom: Path) -> None:
    own = newsroom / "assets/print/press.icc"
    own.parent.mkdir(parents=True)
    shipped = SHIPPED.parents[1] / "profiles/coldset-newsprint.icc"
    # Another profile: the same one with another maker in its header.
    data = bytearray(shipped.read_bytes())
    data[48:52] = b"UNIO"
    own.write_bytes(data)
    settings = newsroom / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").rstrip() + "\n      print:\n        profile: assets/print/press.icc\n",
        encoding="utf-8",
    )

    report = api.export_press(newsroom, wish())

    assert report.problems == ()
    with pikepdf.open(newsroom / PAGE) as pdf:
        assert bytes(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()) == data
    own.unlink()
    with pytest.raises(BuildError) as caught:
        api.export_press(newsroom, wish())
    assert caught.value.code == "print.press-profile"


def test_a_page_whose_story_was_withdrawn_goes_with_it(newsroom: Path) -> None:
    (story,) = (newsroom / "content/stories").rglob("*s001-03.md")
    text = story.read_text(encoding="utf-8")
    story.write_text(re.sub("^---\n", "---\n状态: 撤稿\n", text, count=1), encoding="utf-8")

    result = command(newsroom)

    # The lock does not fit any more, and nothing here may lay the page out.
    assert result.exit_code != 0
    assert not (newsroom / PAGE).exists()


def command(root: Path, *arguments: str):  # type: ignore[no-untyped-def]  # click's Result
    speak = make_command(load_messages("zh-CN"))
    return CliRunner().invoke(speak, ["export", "press", DAY, "--format", FORMAT, "--root", str(root), *arguments])


def test_the_command_knows_pages_and_what_is_for_whom(newsroom: Path) -> None:
    done = command(newsroom, "--page", "1")
    speak = make_command(load_messages("en"))
    wrong = CliRunner().invoke(speak, ["export", "offline", "--page", "1", "--root", str(newsroom)])

    assert done.exit_code == 0, done.output
    assert f"{DAY}-{FORMAT}-01.pdf" in done.output
    assert command(newsroom, "--page", "7").exit_code == 2 or "7" in str(command(newsroom, "--page", "7").exception)
    assert wrong.exit_code == 2
    assert "--page is not for offline" in wrong.output
