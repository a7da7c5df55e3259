"""A copy of an edition opened from a disk, as from a USB stick: no server, no network."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder import api

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def copy(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration edition, unpacked in a folder with a space and Chinese in its name."""
    target = tmp_path_factory.mktemp("stick") / "我的 U盘"
    report = api.export_offline(demo_root, api.ExportOptions(output=target))
    assert report.path is not None
    with zipfile.ZipFile(report.path) as archive:
        archive.extractall(target)
    return target / report.path.stem


class Watch:
    """Complaints of pages, and requests that leave the folder."""

    def __init__(self, context: BrowserContext, folder: Path) -> None:
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.folder = folder.as_uri()
        context.on("page", self.listen)

    def listen(self, page: Page) -> None:
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(unquote(request.url)))
        page.on("request", lambda r: None if r.url.startswith((self.folder, "data:")) else self.outside.append(r.url))


@pytest.fixture
def watch(context: BrowserContext, copy: Path) -> Iterator[Watch]:
    watch = Watch(context, copy)
    context.set_offline(True)
    yield watch
    assert (watch.complaints, watch.outside) == ([], [])


def test_every_page_opens_from_its_links(context: BrowserContext, copy: Path, watch: Watch) -> None:
    page = context.new_page()
    todo, seen = [(copy / "index.html").as_uri()], set[str]()
    while todo:
        url = todo.pop()
        if url in seen:
            continue
        seen.add(url)
        page.goto(url)
        expect(page.locator("h1")).to_have_count(1)
        todo += page.evaluate(
            "[...document.links].map(a => a.href.split('#')[0]).filter(href => href.startsWith('file:'))"
        )
        broken = page.evaluate(
            "[...document.images].filter(i => i.loading !== 'lazy' && !i.naturalWidth).map(i => i.src)"
        )
        assert broken == []

    assert seen == {file.as_uri() for file in copy.rglob("*.html")}


def test_words_are_found_and_lead_to_their_story(context: BrowserContext, copy: Path, watch: Watch) -> None:
    """The site's own engine and page, with the index in a script: pages opened from a disk cannot fetch."""
    page = context.new_page()
    page.goto((copy / "index.html").as_uri())
    page.get_by_role("navigation", name="频道").get_by_role("link", name="搜索").click()
    field, count = page.locator("#bu-search input"), page.locator("#bu-count")
    field.fill("招聘会 岗位")
    expect(count).to_have_text(re.compile("^[共约]1篇$"))
    assert page.locator("mark").count() > 1
    field.fill("没有这样的词")
    expect(page.locator("#bu-state")).to_contain_text("没有找到含有“没有这样的词”的稿件")
    field.fill("招聘會")
    expect(count).to_have_text(re.compile("^[共约]1篇$"))
    field.fill("qingdao")
    expect(page.locator("#bu-results article").first).to_be_visible()
    field.fill("招聘会 岗位")
    expect(page.locator("#bu-results h2 a")).to_contain_text("5125个岗位待选")
    page.locator("#bu-results h2 a").click()

    expect(page.locator("h1")).to_contain_text("5125个岗位待选")
    assert re.search(r"/stories/guangxi-job-fair\.html\?find=[^&]+$", page.url)


def test_a_story_that_was_found_marks_the_words(context: BrowserContext, copy: Path, watch: Watch) -> None:
    page = context.new_page()
    page.goto((copy / "search.html").as_uri() + "?q=招聘會")
    page.locator("#bu-results h2 a").first.click()
    bar = page.get_by_role("region", name="查找的词")
    expect(bar).to_contain_text("已标出“招聘会”")
    assert set(page.locator("mark").all_inner_texts()) == {"招聘会"}
    bar.get_by_role("button", name="下一处").click()
    expect(bar.get_by_role("status")).to_contain_text("第1处")
    bar.get_by_role("button", name="清除").click()

    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator("article")).to_be_focused()


def test_brand_and_text_of_a_copy_begin_in_one_line(context: BrowserContext, copy: Path, watch: Watch) -> None:
    page = context.new_page()
    for name, text in (("search.html", "#bu-search"), ("stories/guangxi-job-fair.html", ".bu-runhead")):
        page.goto((copy / name).as_uri())
        brand, first = (page.locator(place).bounding_box() for place in (".bu-brand", text))
        assert brand is not None
        assert first is not None
        assert brand["x"] == first["x"]


def test_a_copy_is_narrowed_by_facets_and_suggests_names(context: BrowserContext, copy: Path, watch: Watch) -> None:
    page = context.new_page()
    page.goto((copy / "search.html").as_uri())
    page.locator("#bu-search input").press_sequentially("青")
    expect(page.get_by_role("option").first).to_contain_text(re.compile("青.*(地区|单位|话题|人物)"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.locator("[data-facet=section] input").first.focus()
    page.keyboard.press("/")
    expect(page.locator("#bu-search input")).to_be_focused()
    page.locator("[data-facet=genre] > summary").click()
    page.locator("[data-facet=genre] label").first.click()

    expect(page.locator("#bu-chosen button")).to_have_count(1)
    expect(page.locator("#bu-results article").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_phones(browser: Browser, copy: Path, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found, grounds, wide = {}, set(), []
    for name in ("index.html", "edition.html", "search.html", "stories/guangxi-job-fair.html"):
        page.goto((copy / name).as_uri())
        found[name] = [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
    context.close()

    assert {name: violations for name, violations in found.items() if violations} == {}
    assert grounds == {{"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 26)"}[scheme]}
    assert wide == []


def test_without_scripts_the_search_leads_to_the_pages(browser: Browser, copy: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((copy / "search.html").as_uri())
    page.locator("#bu-try").get_by_role("link", name="本期版面").click()

    expect(page.locator("h1")).to_contain_text("2024年4月8日")
    context.close()
