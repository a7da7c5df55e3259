"""What a page costs its reader: bytes on a cold cache, layout shifts, long tasks."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from chromium import CHROMIUM_FLAGS, find_chromium
from playwright.sync_api import Browser, Page, Playwright, Response

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BUDGET_BYTES = 75 * 1024
"""HTML, style sheets and scripts of a story page, each as ``gzip -9`` makes it."""
AIM_BYTES = 45 * 1024
LIMITS_BYTES = {"front": 24 * 1024, "story": 26 * 1024, "search": 60 * 1024}
"""What the pages that are read most may weigh: a look that grows beyond must drop something else. The search page
brings its engine: 25 KB of it, of which 11 are the table by which text is folded."""
COUNTED = ("document", "stylesheet", "script", "fetch", "xhr")
LONG_TASK_MS = 50
LOADS = 8
FIRST_LOADS = 3
CATEGORIES = ["toplevel", "devtools.timeline"]
PAGES = {
    "front": "",
    "story": "stories/qingdao-two-lists/",
    "list": "crowded/sections/union-news/page/1/",
    "section": "sections/union-news/",
    "about": "about/",
    "search": "search/",
    "paper-page": "epaper/2024-04-08/2/",
}

WATCH_SHIFTS_AND_TASKS = """
  window.shifts = []; window.tasks = [];
  new PerformanceObserver(function (list) {
    list.getEntries().forEach(function (entry) { if (!entry.hadRecentInput) shifts.push(entry.value); });
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver(function (list) {
    list.getEntries().forEach(function (entry) { tasks.push(Math.round(entry.duration)); });
  }).observe({ type: "longtask", buffered: true });
"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a narrow screen with nothing in its cache."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    yield context.new_page()
    context.close()


def load(page: Page, url: str) -> dict[str, int]:
    """Bytes of what *url* loads, as ``gzip -9`` makes them, by address; pictures are not counted."""
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(url, wait_until="networkidle")
    counted = [response for response in responses if response.request.resource_type in COUNTED]
    return {response.url: len(gzip.compress(response.body(), 9)) for response in counted}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light(phone: Page, address: str, name: str, record_property: pytest.RecordProperty) -> None:
    weights = load(phone, address + PAGES[name])
    total = sum(weights.values())
    record_property("gzip_bytes", total)
    print(f"{name}: {total / 1024:.1f} KB gzip -9 in {len(weights)} requests")

    assert len(weights) >= 4, "a page without its style sheets was measured"
    assert total <= LIMITS_BYTES.get(name, AIM_BYTES) < BUDGET_BYTES, weights


def test_a_story_loads_nothing_that_it_does_not_use(phone: Page, address: str) -> None:
    weights = load(phone, address + PAGES["story"])
    unused = phone.evaluate(
        """() => Array.from(document.scripts)
            .filter(script => script.src).map(script => script.src)
            .filter(src => /search|follow/.test(src))"""
    )

    assert unused == []
    assert not [url for url in weights if "ordinary" in url or "assets/javascripts" in url]


@pytest.mark.parametrize("name", ["front", "story", "list"])
def test_nothing_jumps_and_no_task_is_long(browser: Browser, address: str, name: str) -> None:
    """On a phone four times slower than this machine.

    The page is loaded once beforehand: looking up Chinese fonts takes this system's font library longer than all that
    the page does. The machine may be busy, so the best of a few loads counts: a fault of the page is in each of them.
    """
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.add_init_script(WATCH_SHIFTS_AND_TASKS)
    read_through(page, address + PAGES[name])
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    longest: list[int] = []
    while len(longest) < LOADS and min(longest, default=LONG_TASK_MS + 1) > LONG_TASK_MS:
        longest.append(read_through(page, address + PAGES[name]))
    context.close()

    assert min(longest) <= LONG_TASK_MS, longest


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("name", ["front", "story", "list"])
def test_the_first_load_of_a_browser_has_no_long_task_and_nothing_jumps(
    playwright: Playwright, address: str, name: str
) -> None:
    """Processor time of the page's thread, so that a busy machine does not count.

    Nor does waiting: this system's browser asks another process about every face in every size, and only here.
    Measured on the front: 27 to 31 ms of work in tasks that lasted 57 to 124 ms, with and without ``BU Display``, and
    no less with the families of the system alone.
    """
    worked: list[float] = []
    while len(worked) < FIRST_LOADS and min(worked, default=LONG_TASK_MS + 1) > LONG_TASK_MS:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
        page.add_init_script(WATCH_SHIFTS_AND_TASKS)
        worked.append(longest_work(browser, lambda page=page: read_through(page, address + PAGES[name])))
        browser.close()

    print(f"{name}: longest task of a first load {min(worked):.0f} ms of work")
    assert min(worked) <= LONG_TASK_MS, worked


def longest_work(browser: Browser, load: Callable[[], object]) -> float:
    """Processor time in ms of the longest task of the page that *load* loads."""
    session = browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    ended: list[object] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda data: ended.append(data))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": {"includedCategories": CATEGORIES}})
    load()
    session.send("Tracing.end")
    while not ended:
        browser.contexts[0].pages[0].wait_for_timeout(50)
    layouts = [e for e in events if e["name"] == "Layout" and e["ph"] == "X"]
    largest = max(layouts, key=lambda event: event["args"]["beginData"]["totalObjects"])
    thread = largest["pid"], largest["tid"]
    tasks = [e for e in events if (e["pid"], e["tid"]) == thread and e["name"].endswith("RunTask") and e["ph"] == "X"]
    return max(float(task.get("tdur", task["dur"])) for task in tasks) / 1000


def read_through(page: Page, url: str) -> int:
    """Load *url* and scroll to its end: milliseconds of its longest task. Nothing may have moved meanwhile."""
    page.goto(url, wait_until="networkidle")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts, tasks = page.evaluate("[shifts, tasks]")

    assert sum(shifts) == 0
    return max(tasks, default=0)
