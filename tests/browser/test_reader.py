"""What a reader does with a newspaper: every kind of page, in both schemes, by keyboard, with and without its tools."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from full_newsroom import PAGES
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STORY = PAGES["story-feature"]
ADDRESS = "https://canggang.example/stories/riders-summer-contract/"
WECHAT = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def violations(page: Page) -> list[tuple[str, str]]:
    return [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_fits_and_is_accessible(page: Page, paper: str, name: str) -> None:
    """Wide by day, narrow by night: colours do not depend on widths, so two runs of axe see what four would."""
    page.emulate_media(color_scheme="light")
    answer = page.goto(paper + PAGES[name])
    page.wait_for_load_state("networkidle")
    by_day = violations(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.wait_for_load_state("networkidle")
    by_night = violations(page)
    extra = {}
    for width in (320, 390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        extra[width] = page.evaluate(OVERFLOW)

    assert answer is not None
    assert answer.ok
    assert (by_day, by_night) == ([], [])
    assert {width: px for width, px in extra.items() if px > 0} == {}


def test_a_journey_by_keyboard_alone(page: Page, paper: str) -> None:
    """Front, search, story, person, and back: Tab and Enter only, as far as a reader would go."""
    page.goto(paper)
    tab_to(page, "input[name=q]")
    page.keyboard.type("锉刀")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("#bu-count")).to_have_text(re.compile("^[共约]1篇$"))

    tab_to(page, "a[href*='twenty-eight-years']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/twenty-eight-years/?find=*")
    tab_to(page, "a[href*='people/su-he']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/su-he/")
    expect(page.get_by_role("heading", level=1)).to_have_text("苏禾")

    tab_to(page, "a[href*='twenty-eight-years']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/twenty-eight-years/")


def tab_to(page: Page, selector: str, limit: int = 80) -> None:
    """Press Tab until the focus, which must be seen, is on *selector*."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            width = page.evaluate(
                """() => ["", "::after"].map(part => getComputedStyle(document.activeElement, part).outlineWidth)"""
            )
            assert "3px" in width
            return
    raise AssertionError(f"Tab does not reach {selector}")


def body_size(page: Page) -> float:
    size: float = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.bu-body')).fontSize)")
    return size


def test_the_text_size_is_kept_and_moves_nothing_on_the_next_page(page: Page, paper: str) -> None:
    page.goto(paper + STORY)
    usual = body_size(page)
    page.locator("input[name=bu-size]:checked").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-bu-tools] [role=status]")).to_have_text("字号已改为特大")
    chosen = body_size(page)

    page.add_init_script(
        "new PerformanceObserver(list => list.getEntries().forEach(e => { window.shift = (window.shift || 0) + e.value }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(paper + PAGES["story-photo"])
    page.wait_for_load_state("networkidle")

    assert body_size(page) == chosen > usual
    expect(page.locator("input[value=xl]")).to_be_checked()
    assert page.evaluate("window.shift || 0") == 0
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(paper + STORY)
    assert page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("name", ["front", "story-feature", "story-photo", "month"])
def test_nothing_moves_while_a_page_loads_on_a_phone(browser: Browser, paper: str, name: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(
        "new PerformanceObserver(list => list.getEntries().forEach(e => { window.shift = (window.shift || 0) + e.value }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(paper + PAGES[name])
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 3000)
    page.wait_for_load_state("networkidle")
    shift = page.evaluate("window.shift || 0")
    context.close()

    assert shift == 0


def test_progress_follows_the_body(page: Page, paper: str) -> None:
    page.goto(paper + STORY)
    bar = page.locator(".bu-progress")
    expect(bar).to_have_css("transform", "matrix(0, 0, 0, 1, 0, 0)")
    page.evaluate("document.querySelector('.bu-end').scrollIntoView({ block: 'start' })")

    expect(bar).to_have_css("transform", "matrix(1, 0, 0, 1, 0, 0)")


def test_sharing_uses_what_the_browser_has(page: Page, paper: str) -> None:
    page.add_init_script("navigator.share = data => { window.shared = data; return Promise.resolve() }")
    page.goto(paper + STORY)
    page.get_by_role("button", name="分享").click()

    assert page.evaluate("window.shared.url") == ADDRESS


@pytest.mark.parametrize("without", ["navigator.share", "navigator.clipboard"])
def test_without_that_interface_sharing_copies_the_link(page: Page, paper: str, without: str) -> None:
    """Old browsers have neither; Chromium copies a selection then, which `paste` below reads back."""
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'share', { value: undefined });"
        "document.addEventListener('copy', () => { window.copied = document.activeElement.value });"
        + (
            "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })"
            if "clipboard" in without
            else "Object.defineProperty(Navigator.prototype, 'clipboard', { value: { writeText: text => "
            "{ window.copied = text; return Promise.resolve() } } })"
        )
    )
    page.goto(paper + STORY)
    page.get_by_role("button", name="分享").click()

    expect(page.locator("[data-bu-tools] [role=status]")).to_have_text("网址已复制")
    assert page.evaluate("window.copied") == ADDRESS
    assert page.evaluate("document.activeElement.dataset.do") == "share"


def test_in_wechat_the_reader_is_shown_the_menu(browser: Browser, paper: str) -> None:
    context = browser.new_context(user_agent=WECHAT, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(paper + STORY)
    page.get_by_role("button", name="分享").click()
    expect(page.locator("[data-bu-tools] [role=status]")).to_contain_text("右上角")
    context.close()


def test_the_citation_says_when_it_was_read(context: BrowserContext, page: Page, paper: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(paper + STORY)
    page.get_by_role("button", name="复制引文").press("Enter")
    expect(page.locator(".bu-share [role=status]")).to_have_text("引文已复制")
    text = page.evaluate("navigator.clipboard.readText()")

    assert re.fullmatch(
        r"苏禾, 罗岭\. 一份合同，护住十一万骑手的夏天\[N/OL\]\. 沧港工人报, 2026-07-21\(01\)\[\d{4}-\d\d-\d\d\]\. "
        + re.escape(ADDRESS)
        + r"\.",
        text,
    )


def test_without_scripts_code_and_citation_remain(browser: Browser, paper: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(paper + STORY)

    expect(page.locator(".bu-qr")).to_be_visible()
    expect(page.locator("[data-citation-text]")).to_contain_text(ADDRESS)
    expect(page.locator(".bu-scripted:visible")).to_have_count(0)
    context.close()


def test_what_stands_alone_is_large_enough_for_a_thumb(browser: Browser, paper: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    small = {}
    for name in ("front", "story-feature", "month", "follow", "search"):
        page = context.new_page()
        page.goto(paper + PAGES[name])
        page.wait_for_load_state("networkidle")
        small[name] = page.evaluate(
            """() => Array.from(document.querySelectorAll(
                "button, .bu-tools__size, .bu-tools a, .bu-topics a, .bu-turn a, .bu-calendar a, .bu-sections a, .bu-onward a"
            )).filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))"""
        )
    context.close()

    assert {name: found for name, found in small.items() if found} == {}


def test_each_picture_of_a_photo_story_leads_to_its_large_file(page: Page, paper: str) -> None:
    page.goto(paper + PAGES["story-photo"])
    links = page.get_by_role("link", name="看大图")
    widths = page.eval_on_selector_all(".bu-gallery img", "images => images.map(image => image.clientWidth)")
    answers = [page.request.get(link.evaluate("a => a.href")) for link in links.all()]

    assert (links.count(), page.locator(".bu-gallery figcaption .bu-credit").count()) == (4, 4)
    assert min(widths) > 400
    assert all(answer.ok and answer.headers["content-type"].startswith("image/") for answer in answers)


def test_the_calendar_leads_to_editions(page: Page, paper: str) -> None:
    page.goto(paper + PAGES["month"])
    page.get_by_role("link", name="21日，有报纸").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("7月21日")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here: install poppler-utils")
def test_a_printed_story_is_the_story_and_where_it_stands(page: Page, paper: str, tmp_path: Path) -> None:
    page.goto(paper + STORY)
    page.pdf(path=tmp_path / "story.pdf", prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", tmp_path / "story.pdf", "-"], capture_output=True, check=True).stdout.decode()
    size = subprocess.run(["pdfinfo", tmp_path / "story.pdf"], capture_output=True, check=True).stdout.decode()

    assert "(A4)" in size
    assert re.search(r"Pages: +2\b", size)
    assert all(words in text for words in ("一份合同", "林一舟 制图", "测温", ADDRESS, "打印于"))
    assert not any(words in text for words in ("分享", "复制", "字号", "同版新闻", "搜索", "相关报道"))
