"""Processes change how long a build takes, and nothing else; and they stop when they are told to."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY
from fake_host import FakeHost
from newsroom_samples import files, make_newsroom
from PIL import Image

from site_builder import api

PHOTOS = 24
WAIT_SECONDS = 60


@pytest.fixture
def demonstration(tmp_path: Path) -> Path:
    """A copy of the demonstration newsroom: real stories, real pictures."""
    root = tmp_path / "newsroom"
    root.mkdir()
    for name in ("content", "assets"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return root


@pytest.mark.slow
def test_parallel_is_serial_is_incremental_byte_for_byte(demonstration: Path, tmp_path: Path) -> None:
    sites = {name: tmp_path / name for name in ("serial", "parallel", "incremental")}

    def build(name: str, **options: Any) -> api.Report:
        report = api.build(demonstration, api.Options(site_dir=sites[name], **options), host=FakeHost())
        assert not report.failed
        return report

    story = next((demonstration / "content/stories").rglob("*.md"))
    whole = story.read_text(encoding="utf-8")
    story.write_text(whole + "\n这一段后来删去。\n", encoding="utf-8")
    build("incremental")
    story.write_text(whole, encoding="utf-8")
    build("incremental", jobs=2)
    serial = build("serial", clean=True, jobs=1)
    parallel = build("parallel", clean=True, jobs=2)

    assert parallel.rendered == serial.rendered
    made = {"photo", "body", "page", "feed", "facsimile", "edition-pdf"}
    assert {kind for kind, _ in parallel.rendered} >= made
    assert files(sites["parallel"]) == files(sites["serial"])
    assert files(sites["incremental"]) == files(sites["serial"])


@pytest.fixture
def many_photos(tmp_path: Path) -> Path:
    """A newsroom whose pictures keep two processes busy for some time, and a site from before."""
    root = make_newsroom(tmp_path)
    stories = {}
    for number in range(PHOTOS):
        file = f"2024/04/noise-{number}.jpg"
        Image.effect_noise((2400, 1600), 20 + number).save(root / "assets/photos" / file)
        stories[f"content/stories/2024/04/noise-{number}.md"] = (
            f"---\n编号: noise-{number}\n主题: 第{number}张\n体裁: 消息\n日期: 2024-04-08\n频道: 工会新闻\n"
            f"图片:\n  - 文件: {file}\n    署名: 插图\n    替代文字: 杂点\n---\n\n本报讯 （记者张翀）正文。\n"
        )
    for path, text in stories.items():
        (root / path).write_text(text, encoding="utf-8")
    (root / "site").mkdir()
    (root / "site/before.txt").write_text("as it was", encoding="utf-8")
    return root


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32" or shutil.which("ps") is None, reason="needs ps and POSIX signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_everything_and_leaves_the_site(many_photos: Path, jobs: str) -> None:
    command = [sys.executable, "-m", "site_builder.cli.main", "build", "--jobs", jobs, "--root", str(many_photos)]
    # A terminal sends the signal to the whole group: to the workers too.
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    )
    wait_for(lambda: (many_photos / ".bulletin/cache").is_dir() and made_pictures(many_photos) >= 3)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=WAIT_SECONDS)

    assert process.returncode == 130
    assert "已停止" in err
    assert "Traceback" not in err + out
    assert files(many_photos / "site") == {"before.txt": b"as it was"}
    assert made_pictures(many_photos) < PHOTOS
    wait_for(lambda: not group_exists(process.pid))


def made_pictures(root: Path) -> int:
    """Pictures whose variants are in the cache; nothing else there is as large."""
    found = 0
    for path in (root / ".bulletin/cache").glob("??/*"):
        with contextlib.suppress(FileNotFoundError):  # written beside, and in its place by now
            found += path.stat().st_size > 300_000
    return found


def group_exists(group: int) -> bool:
    """Whether a process of *group* still runs; one that ended and was not yet fetched by its parent does not."""
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (row.split() for row in listed.splitlines())
    return any(int(pgid) == group and not state.startswith("Z") for pgid, state in rows)


def wait_for(condition: Any) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
