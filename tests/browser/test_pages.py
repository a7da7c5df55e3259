"""Every page kind in a real browser: nothing sticks out, nothing complains, nothing calls elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = {
    "front": "",
    "story": "stories/qingdao-two-lists/",
    "feature": "stories/changzhou-democratic-management/",
    "photo": "stories/photo-spring-tech-team/",
    "section": "sections/union-news/",
    "edition": "editions/2024-04-08/",
    "editions": "editions/",
    "paper": "epaper/",
    "paper-page": "epaper/2024-04-08/2/",
    "archive": "archive/",
    "month": "archive/2024/04/",
    "search": "search/?q=欠薪",
    "browse": "browse/",
    "follow": "follow/",
    "regions": "regions/",
    "region": "regions/jiangsu/",
    "topic": "topics/技能培训/",
    "people": "people/",
    "person": "people/wang-wei/",
    "organisations": "organisations/",
    "columns": "columns/",
    "year": "editions/2024/",
    "list": "crowded/sections/union-news/page/1/",
    "about": "about/",
    "offline": "offline/",
    "missing": "404.html",
}


class Watch:
    """What a page complains of, and whom it calls."""

    def __init__(self, page: Page, address: str) -> None:
        self.complaints: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", lambda r: self.complaints.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
        page.on("request", lambda r: None if r.url.startswith((address, "data:")) else self.outside.append(r.url))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_every_width_and_keeps_to_itself(browser: Browser, address: str, name: str, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    watch = Watch(page, address if name != "missing" else address.removesuffix("paper/"))
    page.goto(address + PAGES[name])
    page.wait_for_load_state("networkidle")

    too_wide = {}
    for width in (320, 390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        extra = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if extra > 0:
            too_wide[width] = extra
    violations = [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
    scheme_shown = page.evaluate("document.body.dataset.mdColorScheme")
    context.close()

    assert too_wide == {}
    assert (watch.complaints, watch.outside) == ([], [])
    assert violations == []
    assert scheme_shown == {"light": "default", "dark": "slate"}[scheme]


def test_the_chosen_scheme_is_kept_on_the_next_page(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.locator("label[for=__palette_1]").first.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")

    page.goto(address + PAGES["story"])

    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_the_first_tab_stop_skips_to_the_text(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + PAGES["story"])
    page.keyboard.press("Tab")

    expect(page.locator(":focus")).to_have_text("跳到正文")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_reader_walks_through_the_edition_by_keyboard(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name=re.compile("欠薪线索")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/qingdao-two-lists/")

    following = page.locator("a[href*='changzhou-democratic-management']").last
    following.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/changzhou-democratic-management/")

    expect(page.locator("h1")).to_contain_text("厂里的事一起议")


def test_search_finds_words_in_headline_and_body(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "search/?q=5125个")

    expect(page.get_by_role("link", name=re.compile("106家单位招人"))).to_be_visible()
    assert page.locator("mark").first.inner_text() == "5125个"


def test_search_needs_all_words_and_says_so_when_nothing_fits(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "search/?q=欠薪 木兰")

    expect(page.locator("main")).to_contain_text("没有找到")
    page.locator("main input[name=q]").fill("木兰")
    expect(page.locator("#bu-count")).to_have_text(re.compile("^[共约]1篇$"))
    assert "q=%E6%9C%A8%E5%85%B0" in page.url


def test_the_header_form_leads_to_the_results(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + PAGES["about"])
    page.locator("header input[name=q]").fill("张翀")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")

    expect(page.locator("main")).to_contain_text("数智木兰")


def test_search_words_are_never_markup(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")

    expect(page.locator("main")).to_contain_text("<img src=x")
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("name", ["front", "story", "search"])
def test_pages_are_whole_without_scripts(browser: Browser, address: str, name: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + PAGES[name])
    text = page.locator("main").inner_text()
    links = page.locator("main a").count()
    context.close()

    assert {"front": "欠薪线索", "story": "追回欠薪1588余万元", "search": "按月份"}[name] in text
    assert links > 0


def test_a_story_prints_without_navigation(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + PAGES["story"])
    page.emulate_media(media="print")

    expect(page.locator("header.md-header")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text("追回欠薪1588余万元")).to_be_visible()
