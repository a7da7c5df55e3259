"""Browsers of the supported floor lack things: each is taken away before the page loads, then the journeys are walked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MISSING = {
    "storage": "Object.defineProperty(window, 'localStorage', { get: function () { throw new Error('blocked'); } });",
    "observers": "delete window.IntersectionObserver; delete window.ResizeObserver; delete window.PerformanceObserver;",
    "clipboard, share": "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });"
    "Object.defineProperty(Navigator.prototype, 'share', { value: undefined });",
    "workers": "delete window.Worker; delete window.SharedWorker; delete window.caches;"
    "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });",
    "newer JavaScript": "delete String.prototype.replaceAll; delete String.prototype.at; delete Array.prototype.at;"
    "delete Array.prototype.findLast; delete Object.hasOwn; delete window.structuredClone; delete Promise.any;"
    "delete window.requestIdleCallback; delete Array.prototype.flat; delete Array.prototype.flatMap;"
    "delete Element.prototype.replaceChildren; delete Object.fromEntries; delete window.queueMicrotask;",
    "Intl": "delete window.Intl;",
    "media queries": "delete window.matchMedia;",
    "view transitions": "delete Document.prototype.startViewTransition; delete window.navigation;"
    "delete window.CSS; delete window.scheduler; delete window.trustedTypes;",
}


@pytest.fixture(params=MISSING)
def old_browser(browser: Browser, request: Any) -> Iterator[Page]:
    """A page of a browser that lacks something; whatever it complains of fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    context.set_default_timeout(15_000)
    context.add_init_script(MISSING[request.param])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()

    assert errors == []


def test_a_reader_gets_from_the_front_over_a_search_to_a_story_and_its_author(old_browser: Page, address: str) -> None:
    page = old_browser
    page.goto(address)
    expect(page.get_by_role("link", name=re.compile("欠薪线索")).first).to_be_visible()

    page.goto(address + "search/?q=木兰")
    expect(page.locator("#bu-count")).to_have_text(re.compile("^[共约]1篇$"))
    page.locator("main article a").first.click()
    page.wait_for_url("**/stories/*/?find=*")
    expect(page.locator("h1")).to_be_visible()

    page.goto(address + "people/wang-wei/")
    page.locator("main article a").first.click()
    page.wait_for_url("**/stories/*/")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("王伟")


def test_the_scheme_can_be_changed(old_browser: Page, address: str) -> None:
    page = old_browser
    page.goto(address + "stories/qingdao-two-lists/")
    page.locator("label[for=__palette_1]").click()

    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("missing", ["fetch", "URLSearchParams"])
def test_search_without_its_means_offers_the_archive_or_works(browser: Browser, address: str, missing: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    context.add_init_script(f"delete window.{missing};")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address + "search/?q=木兰")
    archive = page.locator("main a[href*=archive]")
    expect(archive.first).to_be_visible()
    context.close()

    assert errors == []


def test_without_feature_detection_the_facts_of_a_story_stand_apart(browser: Browser, address: str) -> None:
    """Chrome 80 knows neither ``inset`` nor gaps in flex containers; what it would read is read here by force."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()

    def age(route: Any) -> None:
        css = route.fetch().text().replace("@supports not (inset:0)", "@supports (inset:0)")
        css = re.sub(r"(?<=[{;])(aspect-ratio|inset[a-z-]*|text-wrap):[^;}]*", "", css)
        css = re.sub(r"[^{}]*:(?:has|where|focus-visible)\b[^{}]*\{[^{}]*\}", "", css)
        route.fulfill(body=css, content_type="text/css")

    page.route("**/*.css", age)
    page.goto(address + "stories/qingdao-two-lists/")
    gaps = page.evaluate(
        """() => {
          const spans = Array.from(document.querySelectorAll(".bu-runhead__facts > *")).filter(e => e.offsetWidth);
          const boxes = spans.map(e => e.getBoundingClientRect());
          return boxes.slice(1).map((box, at) => [box, boxes[at]])
            .filter(([box, before]) => box.top === before.top).map(([box, before]) => box.left - before.right);
        }"""
    )
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()

    assert gaps
    assert min(gaps) > 4
    assert wide <= 0
