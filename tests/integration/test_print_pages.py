"""Newspaper pages as print staff ask for them: laid out once, kept by the lock, reported where copy does not fit."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from benchmarks.pages.edition import make_page_newsroom
from click.testing import CliRunner

from site_builder import api
from site_builder.build.printing import laying_out, makeup
from site_builder.build.printing.packing import Effort
from site_builder.cli.main import make_command
from site_builder.errors import BuildError, UsageError
from site_builder.messages import load_messages

QUICK = Effort(0.5, (1,))
FORMAT = "tabloid"
DAY = "2026-07-20"
LOCK = f"content/editions/{DAY}.layout.lock"
FOLDER = f"print/{DAY}-{FORMAT}"


def ask(**wishes: object) -> api.PagesOptions:
    return api.PagesOptions(**{"format": FORMAT, "effort": QUICK, **wishes})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("printed") / "newsroom"
    make_page_newsroom(root, 1, FORMAT)
    report = api.print_pages(root, ask())
    assert [(page.full, page.how) for page in report.pages] == [(True, "solved")]
    return root


@pytest.fixture
def newsroom(printed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(printed, tmp_path / "elsewhere" / "编辑 部"))


@pytest.fixture
def unsolvable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever solves now fails."""

    def fail(*_arguments: object) -> None:
        raise AssertionError("solved")

    monkeypatch.setattr(laying_out, "pack", fail)
    monkeypatch.setattr(makeup, "has_solver", lambda: False)


def stories(root: Path) -> list[Path]:
    return sorted((root / "content/stories").rglob("*.md"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def body_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---\n", 2)[2]


@pytest.mark.usefixtures("unsolvable")
def test_a_locked_page_is_printed_again_without_the_solver_and_byte_for_byte(printed: Path, newsroom: Path) -> None:
    before = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (printed / FOLDER).iterdir()}
    shutil.rmtree(newsroom / "print")

    report = api.print_pages(newsroom, ask())

    assert [page.how for page in report.pages] == ["kept"]
    after = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (newsroom / FOLDER).iterdir()}
    reports = {name for name in before if "copyfit" in name}  # they say that the page was kept
    assert {name: before[name] for name in before.keys() - reports} == {
        name: after[name] for name in after.keys() - reports
    }
    assert (newsroom / LOCK).read_bytes() == (printed / LOCK).read_bytes()


def test_a_page_that_is_as_it_was_asks_no_dictionary(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To load the dictionary took a tenth of the second in which a locked page is to be printed."""
    monkeypatch.setattr(makeup, "segment_words", lambda _text: pytest.fail("asked the dictionary"))

    assert [page.how for page in api.print_pages(newsroom, ask()).pages] == ["kept"]


@pytest.mark.usefixtures("unsolvable")
def test_other_words_of_the_same_length_stay_in_their_place(newsroom: Path) -> None:
    path = stories(newsroom)[-1]
    sentence = body_of(path).rstrip().rpartition("。")[0][-6:]
    edit(path, sentence, sentence[::-1])
    cells = [story["cells"] for story in layout(newsroom)]

    report = api.print_pages(newsroom, ask())

    assert [page.how for page in report.pages] in (["kept"], ["reset"])
    assert [story["cells"] for story in layout(newsroom)] == cells


def test_a_story_that_grew_is_laid_out_anew(newsroom: Path) -> None:
    path = stories(newsroom)[-1]
    path.write_text(
        path.read_text(encoding="utf-8") + "\n" + "大家又谈了很久，直到灯都熄了。" * 10 + "\n", encoding="utf-8"
    )

    report = api.print_pages(newsroom, ask())

    assert [page.how for page in report.pages] in (["solved"], ["cannot"])


def test_a_page_that_cannot_hold_its_copy_says_what_to_cut_and_prints_nothing(newsroom: Path) -> None:
    for path in stories(newsroom):
        path.write_text(
            path.read_text(encoding="utf-8") + "\n" + "大家又谈了很久，直到灯都熄了。" * 60 + "\n", encoding="utf-8"
        )
    shutil.rmtree(newsroom / "print")

    report = api.print_pages(newsroom, ask())

    (page,) = report.pages
    assert report.failed
    assert (page.full, page.how) == (False, "cannot")
    assert page.over > 0 or page.cuts
    assert not list((newsroom / FOLDER).glob("*.pdf"))
    said = (newsroom / FOLDER / "pages-copyfit.txt").read_text(encoding="utf-8")
    assert "排不下" in said
    assert f"{page.over}行" in said or f"删{page.cuts[0].lines}行" in said
    assert json.loads((newsroom / FOLDER / "pages-copyfit.json").read_bytes())["pages"][0]["full"] is False


def test_the_solver_is_asked_for_by_name_where_it_is_needed(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (newsroom / LOCK).unlink()
    monkeypatch.setattr(makeup, "has_solver", lambda: False)

    with pytest.raises(UsageError) as caught:
        api.print_pages(newsroom, ask())
    assert caught.value.code == "print.solver-missing"


def test_a_damaged_lock_is_told_and_stays(newsroom: Path) -> None:
    (newsroom / LOCK).write_text("{", encoding="utf-8")

    with pytest.raises(BuildError) as caught:
        api.print_pages(newsroom, ask())
    assert caught.value.code == "print.lock-broken"
    assert (newsroom / LOCK).read_text(encoding="utf-8") == "{"


def test_an_alternative_can_be_chosen(newsroom: Path) -> None:
    locked = (newsroom / LOCK).read_bytes()
    offered = api.print_pages(newsroom, ask(alternatives=3))
    assert offered.alternatives > 1
    assert (newsroom / LOCK).read_bytes() == locked, "offering chooses nothing"
    assert (newsroom / FOLDER / "page-01-alternatives.png").is_file()

    cells = [story["cells"] for story in layout(newsroom)]
    report = api.print_pages(newsroom, ask(choose=2))

    assert [page.how for page in report.pages] == ["kept"]
    assert [story["cells"] for story in layout(newsroom)] != cells


def test_a_pinned_story_stands_where_it_was_pinned(newsroom: Path) -> None:
    edition = newsroom / f"content/editions/{DAY}.yml"
    last = layout(newsroom)[-1]
    cells = last["cells"]
    place = f"{{栏: {cells['column'] + 1}, 行: {cells['line'] + 1}, 栏数: {cells['columns']}, 行数: {cells['lines']}}}"
    text = edition.read_text(encoding="utf-8")
    entry = next(line for line in text.split("\n") if last["story"] in line)
    if entry.lstrip().startswith("- ") and ":" not in entry:
        pad = entry[: len(entry) - len(entry.lstrip())]
        edit(edition, entry, f"{pad}- 编号: {last['story']}\n{pad}  位置: {place}")
    else:
        pad = " " * (len(entry) - len(entry.lstrip("- ")))
        edit(edition, entry, f"{entry}\n{pad}位置: {place}")

    report = api.print_pages(newsroom, ask())

    assert [(page.full, page.how) for page in report.pages] == [(True, "solved")], (
        "an order of the editor's lays out anew"
    )
    assert next(story["cells"] for story in layout(newsroom) if story["story"] == last["story"]) == cells


def test_the_command_prints_reports_and_says_where(newsroom: Path) -> None:
    command = make_command(load_messages("zh-CN"))
    arguments = ["print", DAY, "--format", FORMAT, "--root", str(newsroom)]

    result = CliRunner().invoke(command, arguments)

    assert result.exit_code == 0, result.output
    assert "排满、照原样" in result.output
    assert str(newsroom / FOLDER) in result.output
    wrong = CliRunner().invoke(command, ["print", "--format", "a4", "--page", "1", "--root", str(newsroom)])
    assert wrong.exit_code == 2


def layout(root: Path) -> list[dict[str, object]]:
    return list(json.loads((root / FOLDER / "pages-layout.json").read_bytes())["pages"][0]["stories"])


def test_the_archive_is_sound(printed: Path) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("needs qpdf")
    done = subprocess.run(["qpdf", "--check", str(printed / FOLDER / "pages.pdf")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def withdraw(root: Path, path: Path) -> None:
    edit(path, "---\n", "---\n状态: 撤稿\n")


@pytest.mark.usefixtures("unsolvable")
@pytest.mark.parametrize("wishes", [{}, {"pages": (1,)}])
def test_nothing_of_a_page_stays_when_a_story_was_withdrawn_and_the_page_cannot_be_made(
    newsroom: Path, wishes: dict[str, object]
) -> None:
    """An old ``pages.pdf`` with the withdrawn story stayed beside the report that the page had failed."""
    folder = newsroom / FOLDER
    for name in ("page-01.pdf", "page-01-03.pdf", "page-01-alternatives.png", "page-17.png", "notes.txt"):
        (folder / name).write_bytes(b"old")
    withdraw(newsroom, stories(newsroom)[1])

    with pytest.raises(UsageError):
        api.print_pages(newsroom, ask(**wishes))

    others = {"page-01-alternatives.png", "notes.txt"}
    assert {file.name for file in folder.iterdir()} == (others | {"page-17.png"} if wishes else others)
