"""A real browser looking at the demonstration site, served on this machine."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import CHROMIUM_FLAGS, QuietHandler, find_chromium, served
from full_newsroom import build_full_site
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from site_builder import api


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=15_000)  # as patient as everything else that waits for a page
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        reason = "no Chromium here: install the package chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def crowded_site(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration site with fronts so short that they need list pages."""
    root = tmp_path_factory.mktemp("crowded") / "newsroom"
    shutil.copytree(demo_root, root, ignore=shutil.ignore_patterns("site", ".bulletin"))
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("language: zh-CN", "language: zh-CN\n      list_items: 3"), encoding="utf-8")
    report = api.build(root)
    assert report.site_dir is not None
    return report.site_dir


@pytest.fixture(scope="session")
def address(demo_site: Path, crowded_site: Path) -> Iterator[str]:
    """Address of the demonstration site, below a sub-path as many newsrooms have it."""
    root = demo_site.parent / "served"
    shutil.copytree(demo_site, root / "paper", dirs_exist_ok=True)
    shutil.copytree(crowded_site, root / "paper/crowded", dirs_exist_ok=True)
    # The page for missing addresses is shown at any depth, so it alone has links from the server's root.
    shutil.copytree(demo_site, root, dirs_exist_ok=True)
    handler = functools.partial(QuietHandler, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/paper/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the newsroom that has every kind of page."""
    with served(build_full_site(tmp_path_factory.mktemp("full"))) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(15_000)
    yield context
    context.close()
