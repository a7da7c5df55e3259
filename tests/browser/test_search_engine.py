"""The search engine in a real browser: over a network and from a disk, with and without what old browsers lack."""

from __future__ import annotations

import html
import shutil
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chromium import QuietHandler, served
from playwright.sync_api import BrowserContext, Page
from search_samples import files_of, searched

from site_builder.render.security import CSP

STATIC = Path(__file__).resolve().parents[2] / "themes/static"
SCRIPTS = ("fold", "text", "index", "engine")
STORIES = [
    searched(
        "a", "青岛市总工会开展“求学圆梦”行动", date(2024, 4, 8), body="共有5125个班组参加。\nAI智能体检很好。" * 20
    ),
    searched("b", "短讯", date(2024, 4, 2), body="車間裏的e路有家平台"),
    searched("c", "劳动竞赛", date(2019, 1, 31), body="青岛也有"),
]
SEARCH = """async (query) => {
  const engine = BulletinSearch.open("./");
  try {
    return { found: (await engine.search(query)).hits.map((hit) => hit.url.split("/").slice(-2)[0]) };
  } catch (error) {
    return { code: error.code };
  }
}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page with the engine's scripts, the index, and the scripts that stand for its files."""
    ours = tmp_path / "assets"
    ours.mkdir()
    for path in STATIC.glob("search-*.js"):
        shutil.copy(path, ours)
    for path, data in files_of(STORIES).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        file.with_name(f"{file.name}.js").write_text(
            f'BulletinSearch.give("{path}","{b64encode(data).decode()}");', encoding="ascii"
        )
    policy = f'<meta http-equiv="Content-Security-Policy" content="{html.escape(CSP)}">'
    scripts = "".join(f'<script src="assets/search-{name}.js"></script>' for name in SCRIPTS)
    (tmp_path / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8>{policy}<title>-</title>{scripts}", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def asked(page: Page, typed: str) -> Any:
    return page.evaluate(SEARCH, {"q": typed})


@pytest.mark.parametrize("lacking", ["nothing", "DecompressionStream"])
def test_stories_are_found_over_a_network(page: Page, folder: Path, lacking: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.split("/")[-1]))
    page.add_init_script(f"delete window.{lacking}")

    with served(folder) as address:
        page.goto(address)
        answers = {typed: asked(page, typed) for typed in ("青岛", "5125个", "qingdaoshi", "求学 -体检")}
        before = "search-hant.js" in loaded
        traditional = asked(page, "車間")

    assert answers == {
        "青岛": {"found": ["a", "c"]},
        "5125个": {"found": ["a"]},
        "qingdaoshi": {"found": ["a"]},
        "求学 -体检": {"found": []},
    }
    assert (before, traditional, "search-hant.js" in loaded) == (False, {"found": ["b"]}, True)
    assert ("search-inflate.js" in loaded) == (lacking != "nothing")


def test_pages_opened_from_a_disk_find_stories_too(page: Page, folder: Path) -> None:
    for file in folder.rglob("*.gz"):
        file.unlink()

    page.goto(folder.joinpath("index.html").as_uri())

    assert asked(page, "青岛") == {"found": ["a", "c"]}
    assert asked(page, "车间") == {"found": ["b"]}


def test_a_host_may_unpack_files_on_the_way(page: Page, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def end_headers(self: QuietHandler) -> None:
        if self.path.split("?")[0].endswith(".gz"):
            self.send_header("Content-Encoding", "gzip")
        super(QuietHandler, self).end_headers()

    monkeypatch.setattr(QuietHandler, "end_headers", end_headers)
    with served(folder) as address:
        page.goto(address)

        assert asked(page, "青岛") == {"found": ["a", "c"]}


def test_without_a_network_the_engine_says_so(page: Page, folder: Path, context: BrowserContext) -> None:
    with served(folder) as address:
        page.goto(address)
        context.set_offline(True)

        assert asked(page, "青岛") == {"code": "offline"}
