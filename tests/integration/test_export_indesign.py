"""Pages for InDesign as a designer asks for them: from the lock, with pictures at full size, and nothing left behind."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from site_builder import api
from site_builder.build.printing import laying_out, makeup
from site_builder.cli.main import make_command
from site_builder.messages import load_messages
from site_builder.render.pictures.images import stated_ppi, upright_picture

REPOSITORY = Path(__file__).parents[2]
FOLDER = "print/2024-04-08-broadsheet/indesign"


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration newsroom, whose page is locked; whoever solves fails."""
    root = tmp_path / "编辑 部"
    for name in ("content", "assets/photos"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)

    def fail(*_arguments: object) -> None:
        raise AssertionError("solved")

    monkeypatch.setattr(laying_out, "pack", fail)
    monkeypatch.setattr(makeup, "has_solver", lambda: False)
    return root


def stories(package: Path) -> str:
    with zipfile.ZipFile(package) as archive:
        return "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("Stories/"))


def test_a_locked_page_goes_to_indesign_without_the_solver(newsroom: Path) -> None:
    command = make_command(load_messages("zh-CN"))
    done = CliRunner().invoke(command, ["export", "indesign", "2024-04-08", "--root", str(newsroom)])
    folder = newsroom / FOLDER

    assert done.exit_code == 0, done.output
    assert "2024-04-08-broadsheet.idml" in done.output
    linked = {path.name for path in (folder / "Links").iterdir()}
    with zipfile.ZipFile(folder / "2024-04-08-broadsheet.idml") as archive:
        spreads = "".join(archive.read(n).decode() for n in archive.namelist() if "Spreads/" in n)
    assert linked
    assert all(f"file:Links/{name}" in spreads for name in linked)


def test_what_an_earlier_export_left_is_gone(newsroom: Path) -> None:
    (package,) = api.export_indesign(newsroom).files
    assert "欠薪线索逐条销号" in stories(package)
    whole = package.read_bytes()
    old = newsroom / FOLDER / "Links/withdrawn-story-1.png"
    old.write_bytes(b"old")

    assert api.export_indesign(newsroom).files == (package,)
    assert not old.exists()
    assert package.read_bytes() == whole


def test_only_a_picture_that_lies_is_encoded_anew() -> None:
    image = Image.new("RGB", (40, 20), "red")
    plain, lying = io.BytesIO(), io.BytesIO()
    image.save(plain, "JPEG")
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(lying, "JPEG", exif=exif)

    assert upright_picture(plain.getvalue()) == (plain.getvalue(), (40, 20))
    data, size = upright_picture(lying.getvalue())
    assert size == (20, 40)
    assert Image.open(io.BytesIO(data)).size == (20, 40)


def test_how_dense_a_picture_is_comes_from_itself() -> None:
    image = Image.new("RGB", (40, 20), "red")
    dense, silent = io.BytesIO(), io.BytesIO()
    image.save(dense, "JPEG", dpi=(300, 300))
    image.save(silent, "PNG")

    assert stated_ppi(dense.getvalue()) == 300
    assert stated_ppi(silent.getvalue()) == 0
