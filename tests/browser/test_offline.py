"""Reading without network: what is kept, what is said about it, and how what is kept is renewed or goes."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import until
from newsroom_samples import FIRST_STORY, make_newsroom, minimal_text
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder import api

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STORY = "---\nid: {id}\nheadline: {headline}\ngenre: news\ndate: 2023-01-0{day}\nsection: union-news\n---\n\n{body}\n"
OLD = "content/stories/2023/01/old-story.md"
OLD_STORIES = {
    OLD: STORY.format(id="old-story", headline="旧稿一篇", day=1, body="旧稿的正文。"),
    "content/stories/2023/01/unread-story.md": STORY.format(
        id="unread-story", headline="没读过的稿", day=2, body="没读过的正文。"
    ),
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without talking, and lets browsers keep everything for a while, as careless servers do."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


class Server:
    """The site below a sub-path, on a server that can go away and come back at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/paper/"

    def start(self) -> None:
        handler = functools.partial(Quiet, directory=str(self.folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def put(self, site: Path) -> None:
        """Publish *site* in place of what was there."""
        shutil.rmtree(self.folder / "paper", ignore_errors=True)
        shutil.copytree(site, self.folder / "paper")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with an edition, and two stories that are not in it."""
    return make_newsroom(tmp_path_factory.mktemp("offline"), OLD_STORIES)


def build(root: Path, target: Path, changes: dict[str, str] | None = None, **options: object) -> Path:
    """The site of the newsroom with *changes*, which are taken back."""
    before = {name: (root / name).read_text(encoding="utf-8") for name in changes or {}}
    for name, text in (changes or {}).items():
        (root / name).write_text(text, encoding="utf-8")
    report = api.build(root, api.Options(site_dir=target, **options))  # type: ignore[arg-type]
    for name, text in before.items():
        (root / name).write_text(text, encoding="utf-8")
    assert not report.failed, report.problems
    return target


@pytest.fixture(scope="module")
def first(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(root, tmp_path_factory.mktemp("first") / "site")


@pytest.fixture
def server(first: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "served")
    server.put(first)
    yield server
    server.stop()


def kept_paths(page: Page) -> set[str]:
    """Paths of everything that the site's caches hold."""
    found = page.evaluate(
        """async () => {
          const urls = [];
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) urls.push(request.url);
          return urls;
        }"""
    )
    return {url.partition("/paper/")[2] for url in found}


def visit(context: BrowserContext, address: str) -> Page:
    """A page whose worker is there and has done what the visit asked of it."""
    page = context.new_page()
    page.goto(address)
    until(page, "navigator.serviceWorker.controller !== null")
    return page


def until_kept(page: Page, path: str, *, there: bool = True) -> None:
    """Wait until *path* is kept, or no longer is."""
    url = page.url.partition("/paper/")[0] + "/paper/" + path
    until(page, f"caches.match('{url}').then(found => Boolean(found) === {str(there).lower()})")


NOTHING_LEFT = """Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then(
  ([workers, names]) => !workers.length && !names.length)"""


# --- Installing


def test_the_manifest_fulfils_what_browsers_ask_of_an_app(context: BrowserContext, server: Server) -> None:
    page = visit(context, server.address + "stories/first-story/")
    href = page.locator("link[rel=manifest]").evaluate("link => link.href")
    manifest = page.evaluate("url => fetch(url).then(r => r.json())", href)
    problems = context.new_cdp_session(page).send("Page.getAppManifest")["errors"]
    sizes = {}
    for icon in manifest["icons"]:
        data = context.request.get(server.address + icon["src"]).body()
        file = server.folder / "icon.png"
        file.write_bytes(data)
        with Image.open(file) as image:
            sizes[icon["sizes"], icon["purpose"]] = image.size

    assert href == server.address + "manifest.webmanifest"
    assert problems == []
    assert manifest["name"] == manifest["short_name"] == "小港工人报"
    assert (manifest["lang"], manifest["display"]) == ("zh-CN", "standalone")
    assert sizes == {
        ("192x192", "any"): (192, 192),
        ("512x512", "any"): (512, 512),
        ("512x512", "maskable"): (512, 512),
    }
    about = context.new_page()
    about.goto(server.address + "about/")
    assert about.locator("link[rel=manifest]").evaluate("link => link.href") == href


def test_the_last_edition_is_kept_and_old_stories_are_not(context: BrowserContext, server: Server) -> None:
    page = visit(context, server.address)
    until_kept(page, "stories/second-story/")
    kept = kept_paths(page)

    assert {"", "offline/", "editions/2024-04-08/", "stories/first-story/", "assets/bulletin/bulletin.css"} <= kept
    assert sum(path.startswith("photos/") for path in kept) == 1
    assert not kept & {"stories/old-story/", "stories/unread-story/", "sections/union-news/"}


# --- Without network


def test_what_was_searched_is_found_again_without_network(context: BrowserContext, server: Server) -> None:
    page = visit(context, server.address)
    until_kept(page, "search/")
    page.goto(server.address + "search/?q=夜校")
    expect(page.locator("#bu-results h2 a").first).to_be_visible()
    found = page.locator("#bu-results h2 a").all_inner_texts()
    until_kept(page, "search/index.json")
    server.stop()
    try:
        page.goto(server.address + "search/?q=夜校")
        expect(page.locator(".bu-kept")).to_contain_text("现在连不上网")
        expect(page.locator("#bu-results h2 a")).to_have_text(found)
    finally:
        server.start()


def test_a_search_that_needs_the_network_says_so(context: BrowserContext, server: Server) -> None:
    """The page is there, the index is not: the reader is told, and led to what is kept."""
    page = visit(context, server.address)
    until_kept(page, "search/")
    server.stop()
    try:
        page.goto(server.address + "search/?q=夜校")
        expect(page.locator("#bu-state")).to_contain_text("现在没有网络")
        page.get_by_role("link", name="看这台设备上留着的稿件").click()
        expect(page.locator("h1")).to_have_text("离线阅读")
    finally:
        server.start()


def test_nothing_of_a_search_is_kept_beyond_its_version(
    context: BrowserContext, server: Server, root: Path, tmp_path: Path
) -> None:
    """A story that was withdrawn since must not be found in what a device keeps."""
    page = visit(context, server.address)
    page.goto(server.address + "search/?q=旧稿")
    expect(page.locator("#bu-results h2 a")).to_have_count(1)
    until_kept(page, "search/index.json")
    withdrawn = (root / OLD).read_text(encoding="utf-8").replace("---\n", "---\nstatus: withdrawn\n", 1)
    server.put(build(root, tmp_path / "next", {OLD: withdrawn}))
    page.goto(server.address)
    until_kept(page, "search/index.json", there=False)
    page.goto(server.address + "search/?q=旧稿的正文")

    expect(page.locator("#bu-state")).to_contain_text("没有找到")


def test_a_reader_goes_on_without_network(context: BrowserContext, server: Server) -> None:
    page = visit(context, server.address + "stories/old-story/")
    until_kept(page, "stories/old-story/")
    until_kept(page, "stories/second-story/")
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    server.stop()
    try:
        page.goto(server.address)
        bar = page.locator(".bu-kept")
        expect(bar).to_contain_text("现在连不上网")
        page.get_by_role("link", name="灯下读书人").first.click()
        expect(page.locator("h1")).to_have_text("灯下读书人")
        page.goto(server.address + "stories/first-story/")
        expect(page.locator("h1")).to_be_visible()
        loaded = page.locator(".bu-story img").first
        loaded.scroll_into_view_if_needed()
        expect(loaded).to_have_js_property("complete", True)
        assert loaded.evaluate("image => image.naturalWidth") > 0
        page.goto(server.address + "stories/old-story/")
        expect(page.locator(".bu-body")).to_contain_text("旧稿的正文")
        colour = page.evaluate("getComputedStyle(document.querySelector('.bu-kept')).borderBottomWidth")
        assert colour == "3px"  # styled: the style sheet came from the cache

        page.goto(server.address + "stories/unread-story/")
        expect(page.locator("h1")).to_have_text("离线阅读")
        expect(page.locator("#bu-kept-missing")).to_contain_text("没有存在这台设备里")
        expect(page.locator("#bu-kept-again")).to_have_attribute("href", server.address + "stories/unread-story/")
        expect(page.locator("#bu-kept-read")).to_contain_text("旧稿一篇")
        expect(page.locator("#bu-kept-edition")).to_contain_text("灯下读书人")
        expect(page.locator("#bu-kept-none")).to_be_hidden()
        violations = [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
        assert violations == []
        page.get_by_role("link", name="旧稿一篇").click()
        expect(page.locator("h1")).to_have_text("旧稿一篇")
        assert [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]] == []
    finally:
        server.start()
    page.locator(".bu-kept__act").click()
    page.wait_for_url(server.address + "stories/old-story/")
    expect(page.locator(".bu-kept")).to_have_count(0)
    assert failed == []


def test_the_page_of_what_is_kept_offers_no_address_of_others(context: BrowserContext, server: Server) -> None:
    page = visit(context, server.address)
    until_kept(page, "stories/second-story/")
    page.goto(server.address + "offline/?from=https%3A%2F%2Fother.example%2F")
    expect(page.locator("#bu-kept-edition li").first).to_be_visible()

    expect(page.locator("#bu-kept-missing")).to_be_hidden()


def test_only_so_many_read_stories_are_kept(context: BrowserContext, server: Server) -> None:
    stories = server.folder / "paper/stories"
    for number in range(32):
        shutil.copytree(stories / "old-story", stories / f"copy-{number}")
    page = visit(context, server.address + "stories/old-story/")
    until_kept(page, "stories/old-story/")
    for number in range(32):
        page.goto(f"{server.address}stories/copy-{number}/")
        until_kept(page, f"stories/copy-{number}/")
    until_kept(page, "stories/copy-1/", there=False)
    kept = kept_paths(page)

    assert len([path for path in kept if path.startswith(("stories/copy", "stories/old"))]) == 30
    assert {"stories/copy-2/", "stories/copy-31/", "stories/first-story/"} <= kept


# --- A new version


def renamed(root: Path, site: Path) -> Path:
    text = minimal_text("content/stories/2024/04/second-story.md").replace("灯下读书人", "港口夜读人")
    return build(root, site, {"content/stories/2024/04/second-story.md": text})


def test_whoever_comes_back_to_an_open_page_is_told_of_something_new(
    context: BrowserContext, server: Server, root: Path, tmp_path: Path
) -> None:
    page = visit(context, server.address)
    until_kept(page, "stories/second-story/")
    page.evaluate("window.stayed = true")
    server.put(renamed(root, tmp_path / "second"))
    page.evaluate(
        """async () => {
          Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
          delete document.hidden;
          await (await navigator.serviceWorker.getRegistration()).update();
        }"""
    )
    bar = page.locator(".bu-kept--update")
    expect(bar).to_contain_text("有新内容了")
    assert page.evaluate("window.stayed")  # nothing reloads by itself
    expect(page.get_by_role("link", name="灯下读书人").first).to_be_attached()
    assert [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]] == []
    bar.get_by_role("button", name="刷新").click()

    expect(page.get_by_role("link", name="港口夜读人").first).to_be_visible()
    expect(page.locator(".bu-kept--update")).to_have_count(0)
    assert page.evaluate("window.stayed === undefined")


def test_a_page_from_the_network_takes_the_new_version_without_asking(
    context: BrowserContext, server: Server, root: Path, tmp_path: Path
) -> None:
    page = visit(context, server.address)
    until_kept(page, "stories/second-story/")
    site = "caches.keys().then(names => names.filter(name => name.includes(':site:')).join())"
    before = page.evaluate(site)
    server.put(renamed(root, tmp_path / "second"))
    page.goto(server.address)
    until(page, f"{site}.then(names => !names.includes('{before}'))")
    expect(page.locator(".bu-kept--update")).to_have_count(0)
    server.stop()
    try:
        page.goto(server.address)
        expect(page.get_by_role("link", name="港口夜读人").first).to_be_visible()
    finally:
        server.start()


@pytest.mark.parametrize("story", ["first-story", "old-story"], ids=["of the edition", "that was read"])
def test_a_withdrawn_story_leaves_the_caches_with_its_pictures_at_the_next_contact(
    story: str, context: BrowserContext, server: Server, root: Path, tmp_path: Path
) -> None:
    page = visit(context, f"{server.address}stories/{story}/")
    until_kept(page, f"stories/{story}/")
    until_kept(page, "stories/second-story/")
    if story == "first-story":
        text = minimal_text(FIRST_STORY)
        gone = {FIRST_STORY: text.replace("---\n", "---\n状态: 撤稿\n", 1) if "状态" not in text else text}
    else:
        gone = {OLD: OLD_STORIES[OLD].replace("---\n", "---\nstatus: withdrawn\n", 1)}
    server.put(build(root, tmp_path / "withdrawn", gone))
    page.goto(server.address + "about/")  # any page of the site is a contact
    until_kept(page, f"stories/{story}/", there=False)
    kept = kept_paths(page)

    assert f"stories/{story}/" not in kept
    assert any(path.startswith("photos/") for path in kept) == (story != "first-story")
    server.stop()
    try:
        page.goto(f"{server.address}stories/{story}/")
        expect(page.locator("h1")).to_have_text("离线阅读")
    finally:
        server.start()


# --- Taking it back, and browsers without it


def test_a_newsroom_can_take_everything_back(
    context: BrowserContext, server: Server, root: Path, tmp_path: Path
) -> None:
    page = visit(context, server.address)
    until_kept(page, "stories/second-story/")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    off = config.replace("bulletin:\n", "bulletin:\n      offline: no\n", 1)
    server.put(build(root, tmp_path / "off", {"mkdocs.yml": off}))
    page.goto(server.address)
    until(page, NOTHING_LEFT)
    page.goto(server.address)

    assert page.locator("script[src*='offline.js']").count() == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_other_sites_of_the_same_server_are_left_alone(context: BrowserContext, server: Server) -> None:
    (server.folder / "other.html").write_text("<!doctype html><title>other</title>", encoding="utf-8")
    page = context.new_page()
    page.goto(server.address.removesuffix("paper/") + "other.html")
    page.evaluate("caches.open('bulletin:/other/:read')")
    page.goto(server.address)
    until(page, "navigator.serviceWorker.controller !== null")

    scopes = page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))")
    assert scopes == [server.address]
    assert "bulletin:/other/:read" in page.evaluate("caches.keys()")


def test_a_browser_without_workers_shows_the_pages_and_complains_of_nothing(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server.address + "offline/")
    expect(page.locator("#bu-kept-none")).to_be_visible()
    page.goto(server.address)
    expect(page.get_by_role("link", name="灯下读书人").first).to_be_visible()
    context.close()

    assert complaints == []


def test_without_scripts_the_page_says_what_it_needs(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address + "offline/")
    expect(page.get_by_text("这里要用到脚本")).to_be_visible()
    context.close()


def test_a_preview_is_never_kept(context: BrowserContext, server: Server, root: Path, tmp_path: Path) -> None:
    """An editor may have looked at the finished site under the address that the preview has now."""
    page = visit(context, server.address)
    until_kept(page, "stories/second-story/")
    server.put(build(root, tmp_path / "preview", audience="preview"))
    page.goto(server.address)
    until(page, NOTHING_LEFT)


def test_the_same_site_gives_the_same_worker(first: Path, root: Path, tmp_path: Path) -> None:
    again = build(root, tmp_path / "again", clean=True)

    assert (again / "sw.js").read_bytes() == (first / "sw.js").read_bytes()
    assert json.loads((again / "manifest.webmanifest").read_text(encoding="utf-8"))["start_url"] == "./"
