"""`bulletin export offline`: what is in the zip, what is not, and that it is the same zip each time."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_host import FakeHost
from newsroom_samples import EDITION, FIRST_STORY, make_newsroom, minimal_text

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.cli.main import main

NOW = datetime(2024, 5, 1, 1, 0, tzinfo=UTC)
OLD = "content/stories/2023/01/old-story.md"
OLD_STORY = (
    "---\nid: old-story\nheadline: 旧稿一篇\ngenre: news\ndate: 2023-01-01\nsection: union-news\n---\n\n旧稿的正文。\n"
)


def export(root: Path, edition: str = "", **options: object) -> api.ExportReport:
    chosen = api.ExportOptions(edition=edition, **options)  # type: ignore[arg-type]
    return api.export_offline(root, chosen, host=FakeHost(), clock=FixedClock(NOW))


def contents(report: api.ExportReport) -> dict[str, bytes]:
    """The zip's files by their path below its one folder."""
    assert report.path is not None
    with zipfile.ZipFile(io.BytesIO(report.path.read_bytes())) as archive:
        assert archive.testzip() is None
        folders = {name.partition("/")[0] for name in archive.namelist()}
        assert folders == {report.path.stem}
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_the_zip_holds_the_edition_and_nothing_else(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {OLD: OLD_STORY})
    report = export(root)
    files = contents(report)

    assert report.path == root / "export/小港工人报-2024-04-08.zip"
    assert (report.problems, report.stories, report.failed) == ((), 2, False)
    assert {path for path in files if not path.startswith(("assets/", "pictures/"))} == {
        "index.html", "edition.html", "search.html", "stories/first-story.html", "stories/second-story.html", "说明.txt",
    }  # fmt: skip
    assert len([path for path in files if path.startswith("pictures/")]) == 1
    assert "旧稿" not in b"".join(files.values()).decode(errors="replace")
    assert not (root / "site").exists()


def test_every_link_leads_into_the_zip_or_to_the_site(tmp_path: Path) -> None:
    files = contents(export(make_newsroom(tmp_path)))
    out, broken = set(), []
    for path, data in files.items():
        if not path.endswith(".html"):
            continue
        for tag in re.findall(r"<[a-z][^>]*>", data.decode()):
            for address in re.findall(r'\s(?:href|src|action)="([^"#]+)', tag):
                target = Path("/", path).parent.joinpath(address).resolve().as_posix().lstrip("/")
                if address.startswith("https://minimal.example/"):
                    out.add(tag.partition(" ")[0])
                elif target not in files:
                    broken.append((path, address))

    assert broken == []
    assert out <= {"<a", "<link", "<form"}
    assert b"data-out" in files["stories/first-story.html"]


def test_pages_bring_no_script_that_needs_a_server(tmp_path: Path) -> None:
    files = contents(export(make_newsroom(tmp_path)))
    scripts = {
        path: re.findall(rb'<script src="([^"]+)">', data) for path, data in files.items() if path.endswith(".html")
    }

    assert all(script.rpartition(b"/")[2].startswith(b"search") for found in scripts.values() for script in found)
    assert {path: len(found) for path, found in scripts.items() if len(found) != 1} == {"search.html": 5}
    assert all(data.count(b"<script") == len(scripts[path]) for path, data in files.items() if path in scripts)
    words = (b"manifest.webmanifest", b"sw.js", b'rel="alternate"', b"serviceWorker")
    assert not any(word in data for data in files.values() for word in words)
    assert {story["u"] for story in searched(files)} == {"stories/first-story.html", "stories/second-story.html"}


def searched(files: dict[str, bytes]) -> list[dict[str, object]]:
    """The records of stories in the script that gives the copy's index to the search engine."""
    script = files["assets/bulletin/search-data.js"].decode()
    given = dict(re.findall(r'^BulletinSearch\.give\("([^"]+)", "([^"]*)"\);$', script, re.MULTILINE))
    assert "search/index.json" in given
    records = (data for path, data in given.items() if path.startswith("search/x/"))
    return [json.loads(gzip.decompress(base64.b64decode(record))) for record in records]


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    first, second = (export(root, output=tmp_path / name) for name in ("one", "two"))
    assert first.path is not None
    assert second.path is not None

    assert first.path.read_bytes() == second.path.read_bytes()
    with zipfile.ZipFile(first.path) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2024, 4, 8, 0, 0, 0)}


def test_withdrawn_stories_and_drafts_are_absent(tmp_path: Path) -> None:
    text = minimal_text(FIRST_STORY)
    root = make_newsroom(tmp_path, {FIRST_STORY: text.replace("---\n", "---\n状态: 撤稿\n", 1)})
    files = contents(export(root))

    assert "stories/first-story.html" not in files
    assert not any(path.startswith("pictures/") for path in files)
    assert "first-story" not in b"".join(files.values()).decode(errors="replace")
    assert {story["u"] for story in searched(files)} == {"stories/second-story.html"}


def test_names_are_taken_by_every_system(tmp_path: Path) -> None:
    """`con` is no name for a file on Windows, nor is one with a colon."""
    text = minimal_text("content/stories/2024/04/second-story.md").replace("id: second-story", "id: con")
    root = make_newsroom(
        tmp_path,
        {
            "content/stories/2024/04/second-story.md.delete": "",
            "content/stories/2024/04/con-.md": text,
            EDITION: minimal_text(EDITION).replace("second-story", "con"),
            "mkdocs.yml": minimal_text("mkdocs.yml").replace("小港工人报", '"小港: 工人/报?"'),
        },
    )
    report = export(root)

    assert report.path is not None
    assert report.path.name == "小港 工人报-2024-04-08.zip"
    assert "stories/con_.html" in contents(report)


def test_an_edition_that_is_not_out_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path)
    status = main(["--lang", "zh-CN", "export", "offline", "2031-01-01", "--root", str(root)])

    assert status == 2
    assert "没有「2031-01-01」这一期。现有：2024-04-08" in capsys.readouterr().err
    assert not (root / "export").exists()


def test_errors_keep_the_zip_from_being_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path, {FIRST_STORY: minimal_text(FIRST_STORY).replace("日期: ", "日期: 4月")})
    status = main(["--lang", "en", "export", "offline", "--root", str(root)])

    assert status == 1
    assert "Nothing was exported" in capsys.readouterr().err
    assert not (root / "export").exists()
    left = export(root, keep_going=True)
    assert left.failed
    assert "stories/second-story.html" in contents(left)


def test_a_wrong_frame_of_the_newsrooms_own_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path, {"themes/export/frame.html": "<html>\n{{ nothing.here }}</html>"})
    status = main(["--lang", "en", "export", "offline", "--root", str(root)])

    assert status == 1
    assert "themes/export/frame.html is wrong" in capsys.readouterr().err
    assert not (root / "export").exists()
