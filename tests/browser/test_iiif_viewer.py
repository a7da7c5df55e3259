"""Mirador, the viewer of many libraries, opens the manifest of an edition: from another host, as theirs are."""

from __future__ import annotations

import fnmatch
import io
import json
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from chromium import QuietHandler, served
from conftest import missing_tool
from fake_host import FakeHost
from paper_newsroom import DAY, make_paper_newsroom
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.model import urls

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOOLS = Path(__file__).resolve().parents[2] / ".venv/iiif-viewer"
BUNDLE = TOOLS / "node_modules/mirador/dist/mirador.min.js"
MANIFEST = urls.epaper(DAY) + urls.IIIF
CLOCK = FixedClock(datetime(2026, 7, 21, 4, tzinfo=UTC))
ITS_OWN_COMPLAINT = "Accessing element.ref was removed in React 19"
VIEWER = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>Viewer</title><link rel="icon" href="data:,">
<style>html, body, #viewer { height: 100%; margin: 0 } #viewer { position: relative }</style>
<div id="viewer"></div><script src="mirador.min.js"></script>
<script>
  Mirador.viewer({
    id: "viewer", language: "zh-CN", window: { sideBarOpen: true, sideBarPanel: "canvas", highlightAllAnnotations: true },
    windows: [{ manifestId: new URLSearchParams(location.search).get("manifest") }],
  });
</script></html>
"""


class AsHeadersSay(QuietHandler):
    """Serves a site with the headers that its own `_headers` gives."""

    def end_headers(self) -> None:
        fits = False
        for line in (Path(self.directory) / "_headers").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                fits = fnmatch.fnmatchcase(urlsplit(self.path).path, line)
            elif fits:
                self.send_header(*line.strip().split(": ", 1))
        super().end_headers()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a newsroom with two pages of an e-paper, which it names in its manifest."""
    root = make_paper_newsroom(tmp_path_factory.mktemp("paper") / "newsroom")
    (root / "site").mkdir()
    with served(root / "site", AsHeadersSay) as address:
        settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
        (root / "mkdocs.yml").write_text(settings.replace("https://minimal.example/", address), encoding="utf-8")
        report = api.build(root, host=FakeHost(), clock=CLOCK)
        assert not report.failed, report.problems
        yield address


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the viewer, on a host of its own."""
    if not BUNDLE.is_file():
        missing_tool("needs Node.js and npm, and `python3 dev.py test` to install the viewer")
    folder = tmp_path_factory.mktemp("viewer")
    shutil.copy(BUNDLE, folder)
    (folder / "index.html").write_text(VIEWER, encoding="utf-8")
    with served(folder) as address:
        yield address


def parse(manifest: dict[str, object]) -> subprocess.CompletedProcess[str]:
    """What a parser of IIIF manifests, in Node.js, says of *manifest*."""
    node = shutil.which("node")
    if not node or not (TOOLS / "check.mjs").is_file():
        missing_tool("needs Node.js and npm, and `python3 dev.py test` to install the parser")
    command = [str(node), str(TOOLS / "check.mjs")]
    return subprocess.run(command, input=json.dumps(manifest), capture_output=True, encoding="utf-8")


def test_the_manifest_has_the_types_of_the_specification(site: str) -> None:
    with urllib.request.urlopen(site + MANIFEST) as answer:
        manifest = json.load(answer)
    parsed = parse(manifest)
    assert parsed.stdout.strip() == "Manifest", parsed.stderr

    manifest["structures"][0]["items"][0]["items"][0]["type"] = "Page"
    assert parse(manifest).returncode == 1


def red_and_dark(page: Page) -> tuple[int, int]:
    """How many px of what the viewer draws are red, as a nameplate is, and how many are ink."""
    shot = Image.open(io.BytesIO(page.locator(".openseadragon-canvas").screenshot())).convert("RGB")
    colours = shot.getcolors(shot.width * shot.height) or []
    reds = sum(count for count, (red, green, blue) in colours if red > 150 and green < 60 and blue < 60)
    return reds, sum(count for count, colour in colours if max(colour) < 80)


def test_a_viewer_on_another_host_shows_the_pages_their_names_and_their_stories(
    browser: Browser, site: str, viewer: str
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(30_000)
    page = context.new_page()
    complaints: list[str] = []
    asked: list[Request] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request))

    page.goto(f"{viewer}?manifest={site}{MANIFEST}")

    index = page.get_by_role("tree")
    expect(index.get_by_text("01 要闻")).to_be_visible()
    expect(index.get_by_text("03 基层·综合")).to_be_visible()
    expect(page.get_by_text("1 / 2 • 01 要闻")).to_be_visible()
    page.wait_for_load_state("networkidle")
    with_nameplate, ink = red_and_dark(page)
    assert ink > 5_000

    page.get_by_role("tab", name="标注").click()
    first = page.get_by_role("link", name="群众安全监督员查隐患百余项")
    expect(first).to_have_attribute("href", f"{site}stories/s001-01/")

    page.get_by_role("button", name="下一页").click()
    expect(page.get_by_text("2 / 2 • 03 基层·综合")).to_be_visible()
    page.wait_for_load_state("networkidle")
    without, ink = red_and_dark(page)
    assert without < with_nameplate / 2
    assert ink > 5_000

    hosts = {urlsplit(request.url).netloc for request in asked if request.url.startswith("http")}
    assert hosts == {urlsplit(viewer).netloc, urlsplit(site).netloc}
    assert [text for text in complaints if ITS_OWN_COMPLAINT not in text] == []
    context.close()
