"""Search as a reader meets it: results, facets, suggestions, addresses, marks on the opened story, and what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import served, until
from newsroom_samples import FIRST_STORY, make_newsroom, minimal_text
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from site_builder import api

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STORIES = 26
PAID = 22
YEARS = range(2021, 2027)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDTHS = (320, 390, 768, 1440)
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver(function (list) {
    list.getEntries().forEach(function (entry) { if (!entry.hadRecentInput) shifts.push(entry.value); });
  }).observe({ type: "layout-shift", buffered: true });
"""
STATES = {
    "empty": "search/",
    "results": "search/?q=高温津贴",
    "chosen": "search/?q=高温津贴&section=features&region=qingdao&year=2024&from=2021-01-01",
    "none": "search/?q=绝无此词",
    "no words": "search/?topic=夜校&sort=date",
}
TIRED = """
  window.tired = 2;
  let engine;
  Object.defineProperty(window, "bulletinEngine", { get: () => engine, set(value) {
    const search = value.search.bind(value);
    value.search = query => tired
      ? Promise.resolve().then(() => { tired -= 1; return { hits: [], count: 40, exact: false, more: true, seen: 40, tried: {}, labels: {} }; })
      : search(query);
    engine = value;
  } });
"""
"""An engine whose first two answers are those of one that read as many bytes as it may, all of them in vain."""
FAILED = "search/index.json"
NO_WORKER = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });"
"""What a page asks for goes straight to the network."""


def story(number: int) -> str:
    """Story *number*: of another year than the one before, in one of two sections and three regions."""
    year = YEARS[number % len(YEARS)]
    section = "特写" if number % 2 else "工会新闻"
    region = ("青岛", "江苏", "山东")[number % 3]
    paid = number < PAID
    topics = "高温津贴" if paid else "夜校"
    body = f"第{number}处工地把标准贴到班组门口，高温津贴按实际出勤天数发放。" if paid else "夜校开课。"
    return (
        f"---\n编号: story-{number:02}\n主题: 第{number}处工地{'发放高温津贴' if paid and number % 5 == 0 else '公布名单'}\n"
        f"体裁: 消息\n日期: {year}-0{number % 9 + 1}-1{number % 7}\n频道: {section}\n地区: {region}\n话题: {topics}\n---\n\n"
        f"本报讯 （记者张翀 通讯员张茜）{body}\n\n工友们说，夏天也能安心。\n"
    )


MARKED = """---
编号: marked
主题: 车间里的量体温，高温日先歇一歇
体裁: 消息
日期: 2020-07-01
频道: 工会新闻
阅读提示: 热浪来了，先量一量。
图片:
  - 文件: 2024/04/one.png
    署名: 插图
    说明: 车间门口的量体温处
    替代文字: 一间亮着灯的教室
---

本报讯 （记者张翀 通讯员张茜）班前**量体**温，班后再量体温一次。

## 班组长说

“量体温”三个字写在门口。
"""


# The search page offers the topics of the latest editions.
EDITION = "日期: 2026-07-01\n版面:\n  - 版次: 1\n    版名: 要闻\n    稿件: [story-00, story-23]\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    stories = {f"content/stories/2024/05/story-{n:02}.md": story(n) for n in range(STORIES)}
    marked = {"content/stories/2020/07/marked.md": MARKED}
    untouched = {FIRST_STORY: minimal_text(FIRST_STORY)}
    edition = {"content/editions/2026-07-01.yml": EDITION}
    root = make_newsroom(tmp_path_factory.mktemp("search"), stories, marked, untouched, edition)
    report = api.build(root)
    assert report.site_dir is not None, report.problems
    return report.site_dir


@pytest.fixture(scope="module")
def paper(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


class Reader:
    """A page and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that may not complain."""
    reader = Reader(context.new_page())
    yield reader.page
    assert reader.complaints == []


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[tuple[str, str]]:
    return [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]


def settled(page: Page) -> None:
    """Wait until the page shows hits, or says why there are none, or what may be tried."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("#bu-results article, #bu-state:not([hidden]), .bu-finding__try--shown").first).to_be_visible()


def field(page: Page) -> Locator:
    return page.locator("main input[name=q]")


def count(page: Page) -> Locator:
    return page.locator("#bu-count")


def number(stories: int) -> re.Pattern[str]:
    """How many were found, or about how many: only when they are shown has every one been checked."""
    return re.compile(f"^[共约]{stories}篇$")


def hits(page: Page) -> Locator:
    return page.locator("#bu-results article")


def facet(page: Page, name: str) -> Locator:
    return page.locator(f"[data-facet={name}]")


# --- how it looks and sounds


@pytest.mark.parametrize("name", STATES)
def test_every_state_is_accessible_and_fits(page: Page, paper: str, name: str) -> None:
    """Wide by day, narrow by night, with every facet open."""
    page.emulate_media(color_scheme="light")
    page.goto(paper + STATES[name])
    settled(page)
    open_facets(page)
    by_day = violations(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    settled(page)
    open_facets(page)
    by_night = violations(page)
    extra = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        extra[width] = page.evaluate(OVERFLOW)

    assert (by_day, by_night) == ([], [])
    assert {width: px for width, px in extra.items() if px > 0} == {}


def open_facets(page: Page) -> None:
    if page.locator("#bu-facets-open").is_visible():
        page.locator("#bu-facets-open").click()
    if not page.locator("#bu-facets").is_visible():
        return
    for name in page.locator(".bu-facet:not([open])").evaluate_all("nodes => nodes.map(node => node.dataset.facet)"):
        facet(page, name).locator("summary").first.click()
    page.wait_for_load_state("networkidle")
    expect(facet(page, "genre").locator("input, .bu-facet__told").first).to_be_visible()


@pytest.mark.parametrize("name", ["results", "none", "empty", "chosen"])
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_jumps_while_results_come(browser: Browser, paper: str, name: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(paper + STATES[name])
    settled(page)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts = page.evaluate("shifts")
    context.close()

    assert sum(shifts) == 0


def test_controls_are_large_enough_for_thumbs(phone: Page, paper: str) -> None:
    phone.goto(paper + STATES["chosen"])
    settled(phone)
    open_facets(phone)
    small = phone.evaluate(
        """() => Array.from(document.querySelectorAll(
            ".bu-searchpage button, .bu-facet__row, .bu-facet summary, .bu-facet input[type=date]"))
            .filter(node => node.offsetParent && node.getBoundingClientRect().height < 40)
            .map(node => node.outerHTML.slice(0, 80))"""
    )

    assert small == []


def test_a_hit_tells_what_an_editor_would(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    hit = hits(page).first

    expect(hit.locator("mark").first).to_have_text("高温津贴")
    expect(hit.locator(".bu-hit__section")).to_have_text(re.compile("工会新闻|特写"))
    expect(hit.locator("time")).to_have_text(re.compile(r"^20\d\d年\d+月\d+日$"))
    expect(hit).to_contain_text("命中")
    assert hits(page).count() == 10


def test_the_page_of_the_paper_is_one_step_from_a_hit(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=小港区总工会")
    settled(page)
    hits(page).first.get_by_role("link", name="看版面").click()

    page.wait_for_url("**/editions/2024-04-08/#page-*")


def test_what_is_spoken_waits_until_the_typing_rests(page: Page, paper: str) -> None:
    page.goto(paper + "search/")
    settled(page)
    page.evaluate(
        """() => { window.spoken = [];
          new MutationObserver(() => spoken.push(document.getElementById("bu-said").textContent))
            .observe(document.getElementById("bu-said"), { childList: true, characterData: true, subtree: true }); }"""
    )
    for sign in "高温津贴":
        field(page).press_sequentially(sign)
        page.wait_for_timeout(400)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^[共约]\d+篇$"))

    assert len(page.evaluate("spoken")) == 1


def test_more_hits_follow_and_take_the_focus(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    page.get_by_role("button", name="再看10篇").click()
    expect(hits(page)).to_have_count(20)

    assert page.evaluate("document.activeElement === document.querySelectorAll('#bu-results h2 a')[10]")
    expect(page.get_by_role("status")).to_have_text("已列出20篇")
    page.get_by_role("button", name="再看10篇").click()
    expect(hits(page)).to_have_count(PAID)
    expect(page.locator("#bu-more")).to_be_hidden()
    expect(count(page)).to_have_text(number(PAID))


def test_the_newest_come_first_when_asked(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    page.get_by_role("link", name="最新").click()
    expect(page.get_by_role("link", name="最新")).to_have_attribute("aria-current", "true")
    page.wait_for_url("**sort=date*")
    expect(hits(page).first.locator("time")).to_have_attribute("datetime", "2026-09-13")
    days = hits(page).locator("time").evaluate_all("nodes => nodes.map(node => node.dateTime)")

    assert days == sorted(days, reverse=True)


# --- facets


def test_a_facet_narrows_and_its_chip_takes_it_back(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    row = facet(page, "section").locator("label", has_text="特写")
    expect(row.locator(".bu-facet__number")).to_have_text("约11")  # of which the page has checked some
    row.click()
    expect(count(page)).to_have_text(number(11))
    assert "section=features" in page.url
    expect(row.locator(".bu-facet__number")).to_have_text("约11")
    page.get_by_role("button", name="去掉筛选条件：频道：特写").click()

    expect(count(page)).to_have_text(number(PAID))
    assert "section" not in page.url
    assert page.evaluate("document.activeElement !== document.body")


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴&year=2021&year=2022")
    settled(page)
    expect(count(page)).to_have_text(number(8))
    page.goto(paper + "search/?q=高温津贴&year=2021&year=2022&section=features")
    settled(page)
    expect(count(page)).to_have_text(number(4))

    page.get_by_role("button", name="全部清除").click()
    expect(count(page)).to_have_text(number(PAID))


def test_a_facet_is_fetched_only_when_it_is_opened(page: Page, paper: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    before = [url for url in fetched if re.search(r"/f-(region|topic|person|genre|edition)\.gz", url)]
    facet(page, "region").locator("summary").click()
    expect(facet(page, "region").locator("label").first).to_be_visible()

    assert before == []
    assert [url for url in fetched if "/f-region.gz" in url]
    assert [url for url in fetched if "/f-topic.gz" in url] == []


def test_a_value_in_an_address_is_named_without_fetching_its_facet(phone: Page, paper: str) -> None:
    fetched: list[str] = []
    phone.on("request", lambda request: fetched.append(request.url))
    phone.goto(paper + "search/?q=高温津贴&region=qingdao&region=nowhere")
    settled(phone)

    expect(phone.locator("#bu-chosen button")).to_have_text(["青岛", "nowhere", "全部清除"])
    assert [url for url in fetched if "/f-" in url] == []


def test_on_a_phone_facets_wait_behind_their_button(phone: Page, paper: str) -> None:
    fetched: list[str] = []
    phone.on("request", lambda request: fetched.append(request.url))
    phone.goto(paper + "search/?q=高温津贴")
    settled(phone)
    button = phone.get_by_role("button", name="筛选", exact=True)
    expect(button).to_have_attribute("aria-expanded", "false")
    assert [url for url in fetched if "/f-" in url] == []
    button.tap()
    expect(button).to_have_attribute("aria-expanded", "true")
    facet(phone, "section").locator("label", has_text="特写").tap()

    expect(phone.get_by_role("button", name="筛选 1")).to_be_visible()
    expect(count(phone)).to_have_text(number(11))


def test_regions_stand_under_their_province(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    facet(page, "region").locator("summary").click()
    expect(facet(page, "region").locator(".bu-facet__group").first).to_be_visible()
    heads = facet(page, "region").locator(".bu-facet__group").all_inner_texts()

    assert set(heads) == {"山东", "江苏"}


def test_years_are_bars_and_a_list(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    years = facet(page, "year")
    expect(years.locator(".bu-years__year")).to_have_count(len(YEARS))
    years.locator(".bu-years__year").last.click()
    page.wait_for_url("**year=2026*")
    years.locator(".bu-facet__twin > summary").click()

    expect(years.get_by_role("checkbox", name="2026")).to_be_checked()
    expect(years.locator(".bu-years__year")).to_have_count(len(YEARS))


def test_dates_narrow_to_the_day(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    facet(page, "date").locator("summary").click()
    facet(page, "date").locator("input[name=from]").fill("2024-01-01")
    facet(page, "date").locator("input[name=to]").fill("2024-12-31")
    page.wait_for_url("**from=2024-01-01&to=2024-12-31*")

    expect(count(page)).to_have_text(number(4))
    page.get_by_role("button", name=re.compile("去掉筛选条件：日期：2024年1月1日至2024年12月31日")).click()
    expect(count(page)).to_have_text(number(PAID))
    assert facet(page, "date").locator("input[name=from]").input_value() == ""


def test_names_of_facets_in_an_address_are_told_on_a_phone_too(phone: Page, paper: str) -> None:
    phone.goto(paper + "search/?q=高温津贴&region=qingdao")
    settled(phone)

    expect(phone.get_by_role("button", name="去掉筛选条件：地区：青岛")).to_be_visible()


# --- typing


def test_suggestions_are_taken_by_key(page: Page, paper: str) -> None:
    page.goto(paper + "search/")
    settled(page)
    field(page).press_sequentially("高")
    box = page.get_by_role("listbox", name="联想词")
    expect(box.get_by_role("option").first).to_contain_text("高温津贴")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(field(page)).to_have_value("高")
    page.keyboard.press("ArrowDown")
    expect(box).to_be_visible()
    page.keyboard.press("ArrowDown")
    active = page.locator(f"#{field(page).get_attribute('aria-activedescendant')}")
    expect(active).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(field(page)).to_have_value("高温津贴")
    expect(box).to_be_hidden()
    expect(hits(page)).to_have_count(10)


def test_suggestions_are_taken_by_finger(phone: Page, paper: str) -> None:
    phone.goto(paper + "search/")
    settled(phone)
    field(phone).press_sequentially("夜")
    phone.get_by_role("option", name=re.compile("夜校")).tap()

    expect(field(phone)).to_have_value("夜校")
    phone.wait_for_url("**q=%E5%A4%9C%E6%A0%A1*")


def test_a_suggestion_tells_its_kind_beside_its_name(page: Page, paper: str) -> None:
    page.goto(paper + "search/")
    settled(page)
    field(page).press_sequentially("夜")
    row = page.get_by_role("option").first
    expect(row.locator("span")).to_have_text(["夜校", "话题"])
    name, kind = (part.bounding_box() for part in row.locator("span").all())
    assert name is not None
    assert kind is not None

    assert 0 < kind["x"] - name["x"] - name["width"] < 20


def test_suggestions_that_come_after_the_answer_do_not_cover_it(page: Page, paper: str) -> None:
    late: list[Route] = []
    page.add_init_script(NO_WORKER)
    page.route("**/search-suggest.js", lambda route: late.append(route))
    page.goto(paper + "search/")
    settled(page)
    with page.expect_request("**/search-suggest.js"):
        field(page).fill("青岛")
    page.keyboard.press("Enter")
    expect(hits(page).first).to_be_visible()
    late[0].continue_()
    expect(field(page)).to_have_attribute("role", "combobox")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(page)).to_be_focused()
    page.keyboard.press("Backspace")

    expect(page.get_by_role("option").first).to_contain_text("青岛")


def test_forced_colours_tell_apart_what_is_chosen_and_what_is_open(browser: Browser, paper: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", forced_colors="active")
    page = context.new_page()
    page.goto(paper + "search/?q=高温津贴&year=2024")
    settled(page)
    look = "(node, part) => getComputedStyle(node, part[0])[part[1]]"
    chosen = page.locator(".bu-years__year--chosen .bu-years__bar").evaluate(look, [None, "backgroundColor"])
    other = page.locator(".bu-years__year:not(.bu-years__year--chosen) .bu-years__bar").first
    assert chosen != other.evaluate(look, [None, "backgroundColor"])
    signs = [
        facet(page, name).locator("> summary").evaluate(look, ["::after", "content"]) for name in ("year", "topic")
    ]
    assert signs[0] != signs[1]
    field(page).fill("工")
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    grounds = [page.get_by_role("option").nth(at).evaluate(look, [None, "backgroundColor"]) for at in (0, 1)]
    assert grounds[0] != grounds[1]
    page.goto(paper + "stories/marked/")

    assert page.locator(".bu-find").evaluate(look, [None, "borderTopWidth"]) == "1px"
    context.close()


def test_suggestions_come_to_the_header_of_every_page_and_only_when_wanted(page: Page, paper: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(paper + "stories/marked/")
    page.wait_for_load_state("networkidle")
    assert [url for url in fetched if "search" in url] == []
    page.locator("header input[name=q]").press_sequentially("青")
    page.get_by_role("option", name=re.compile("青岛")).click()

    page.wait_for_url("**/search/?q=%E9%9D%92%E5%B2%9B")


def compose(page: Page, steps: list[str], end: str) -> None:
    """Type as an input method does: letters that are not words yet, then what they become."""
    session = page.context.new_cdp_session(page)
    for step in steps:
        session.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
        page.wait_for_timeout(300)
    if end:
        session.send("Input.insertText", {"text": end})


def test_an_input_method_is_left_alone(page: Page, paper: str) -> None:
    page.goto(paper + "search/")
    settled(page)
    field(page).focus()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    compose(page, ["g", "ga", "gao", "gao w"], "")
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    assert page.url.endswith("/search/")
    assert hits(page).count() == 0
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert [url for url in fetched if re.search(r"/(index\.json|suggest-)", url)] == []
    compose(page, ["gao wen"], "高温")

    expect(hits(page)).to_have_count(10)
    assert "q=%E9%AB%98%E6%B8%A9" in page.url


def test_a_stroke_goes_to_the_field_but_not_out_of_it(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    field(page).fill("")
    page.keyboard.type("a/b")

    expect(field(page)).to_have_value("a/b")
    facet(page, "date").locator("summary").click()
    facet(page, "date").locator("input").first.focus()
    page.keyboard.press("/")
    expect(field(page)).not_to_be_focused()
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    facet(page, "section").get_by_role("checkbox").first.focus()
    page.keyboard.press("Control+/")
    expect(field(page)).not_to_be_focused()
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()


def test_a_stroke_goes_to_the_field_of_every_page_that_shows_one(page: Page, paper: str) -> None:
    page.goto(paper + "stories/marked/")
    page.keyboard.press("/")
    expect(page.locator("header input[name=q]")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("header input[name=q]")).to_have_value("a/b")
    page.reload()
    page.locator("input[name=bu-size]").first.focus()
    page.keyboard.press("/")
    expect(page.locator("header input[name=q]")).to_be_focused()
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement === document.body")
    assert page.url == paper + "stories/marked/"


# --- addresses


def test_an_address_tells_everything_and_back_brings_it_back(page: Page, paper: str) -> None:
    page.goto(paper)
    page.goto(paper + "search/")
    settled(page)
    field(page).fill("高温津贴")
    page.keyboard.press("Enter")
    expect(hits(page)).to_have_count(10)
    facet(page, "section").locator("label", has_text="特写").click()
    expect(count(page)).to_have_text(number(11))
    field(page).fill("夜校")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=%E5%A4%9C%E6%A0%A1*")
    expect(hits(page).first).to_contain_text("夜校")

    page.go_back()
    expect(field(page)).to_have_value("高温津贴")
    expect(count(page)).to_have_text(number(11))
    expect(facet(page, "section").get_by_role("checkbox", name="特写")).to_be_checked()
    page.go_back()
    expect(count(page)).to_have_text(number(PAID))
    page.go_forward()
    expect(count(page)).to_have_text(number(11))


def test_back_from_a_story_finds_the_hit_again(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    page.get_by_role("button", name="再看10篇").click()
    expect(hits(page)).to_have_count(20)
    link = hits(page).nth(16).locator("h2 a")
    address = link.get_attribute("href")
    link.scroll_into_view_if_needed()
    link.focus()
    top = page.evaluate("pageYOffset")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/*/*")
    page.go_back()
    expect(hits(page)).to_have_count(20)

    until(page, f"Math.abs(pageYOffset - {top}) < 4")
    assert page.evaluate("document.activeElement.getAttribute('href')") == address


def test_typing_leaves_one_step_behind_not_one_a_key(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    before = page.evaluate("history.length")
    field(page).fill("")
    for sign in "夜校开课":
        field(page).press_sequentially(sign)
        page.wait_for_timeout(350)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=%E5%A4%9C*")

    assert page.evaluate("history.length") == before + 1


# --- nothing found, nothing there


def test_no_result_says_what_was_tried_and_leads_on(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴绝无此词&section=features")
    settled(page)
    expect(page.locator("#bu-state")).to_contain_text("这些条件下没有含有“高温津贴绝无此词”的稿件")
    expect(page.get_by_role("status")).to_contain_text("去掉筛选条件再找、换个写法试试：高温 津贴、高温、津贴")
    page.get_by_role("link", name="去掉筛选条件再找").click()
    expect(page.get_by_role("link", name="去掉筛选条件再找")).to_have_count(0)
    expect(page.locator("#bu-state")).to_contain_text("没有找到含有“高温津贴绝无此词”的稿件")
    shorter = page.locator("#bu-state a").last
    word = shorter.inner_text()
    shorter.click()

    expect(hits(page)).to_have_count(10)
    expect(field(page)).to_have_value(word)
    assert word in "高温津贴"


def test_before_typing_there_is_something_to_try(page: Page, paper: str) -> None:
    page.goto(paper + "search/")
    settled(page)
    expect(page.get_by_role("complementary", name="怎么写")).to_be_visible()
    page.get_by_role("link", name="夜校").click()

    expect(field(page)).to_have_value("夜校")
    expect(hits(page).first).to_be_visible()


def test_on_a_desk_what_may_be_tried_stands_right_below_the_field(page: Page, paper: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    for state in ("empty", "none"):
        page.goto(paper + STATES[state])
        settled(page)
        expect(page.locator("#bu-facets")).to_be_hidden()
        box = page.get_by_role("link", name="夜校").bounding_box()
        assert box is not None
        assert box["y"] < 450


def test_with_nothing_found_there_is_nothing_to_sort_or_narrow_but_a_filter_to_take_back(
    page: Page, paper: str
) -> None:
    page.goto(paper + STATES["none"])
    settled(page)
    expect(page.locator("#bu-sort")).to_be_hidden()
    page.goto(paper + "search/?q=高温津贴&topic=夜校")
    settled(page)
    expect(page.locator("#bu-facets")).to_be_visible()
    page.get_by_role("link", name="去掉筛选条件再找").click()

    expect(hits(page)).to_have_count(10)
    expect(page.locator("#bu-sort")).to_be_visible()


def test_a_search_that_has_not_read_everything_says_so_and_goes_on_when_asked(page: Page, paper: str) -> None:
    page.add_init_script(TIRED)
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    expect(page.locator("#bu-state")).to_contain_text("还没有查完")
    expect(page.locator("#bu-state")).not_to_contain_text("没有找到含有")
    expect(count(page)).to_have_text("")
    assert violations(page) == []
    page.get_by_role("button", name="接着查找").press("Enter")
    page.wait_for_function("tired === 0")
    expect(page.get_by_role("button", name="接着查找")).to_be_focused()
    page.keyboard.press("Enter")
    expect(hits(page)).to_have_count(10)

    assert page.evaluate("document.activeElement === document.querySelector('#bu-results h2 a')")
    expect(page.locator("#bu-state")).to_be_hidden()


def test_when_the_index_does_not_come_one_can_try_again(browser: Browser, paper: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(NO_WORKER)
    page.route(f"**/{FAILED}*", lambda route: route.abort())
    page.goto(paper + "search/?q=高温津贴")
    expect(page.locator("#bu-state")).to_contain_text("没有取到")
    assert violations(page) == []
    page.unroute(f"**/{FAILED}*")
    page.get_by_role("button", name="再试一次").click()

    expect(hits(page)).to_have_count(10)
    expect(page.locator("#bu-state")).to_be_hidden()
    context.close()


def test_without_network_the_page_says_so_and_goes_on_by_itself(browser: Browser, paper: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(NO_WORKER)
    page.goto(paper + "search/")
    settled(page)
    context.set_offline(True)
    field(page).fill("高温津贴")
    expect(page.locator("#bu-state")).to_contain_text("现在没有网络")
    context.set_offline(False)

    expect(hits(page)).to_have_count(10)
    context.close()


@pytest.mark.parametrize("missing", ["fetch", "URLSearchParams", "Promise"])
def test_a_browser_that_cannot_search_says_so_and_leads_on(browser: Browser, paper: str, missing: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(f"delete window.{missing}; delete window.DecompressionStream;" + NO_WORKER)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(paper + "search/?q=高温津贴")
    told = page.locator("#bu-state").get_by_text("这个浏览器太旧")
    found = hits(page).first
    expect(told.or_(found)).to_be_visible()
    if told.is_visible():
        page.get_by_role("link", name="按月份").click()
        page.wait_for_url("**/archive/")
    context.close()

    assert errors == []


def test_without_streams_that_unpack_it_searches_all_the_same(browser: Browser, paper: str) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.DecompressionStream;")
    page = context.new_page()
    page.goto(paper + "search/?q=高温津贴")

    expect(hits(page)).to_have_count(10)
    context.close()


def test_without_scripts_the_page_leads_to_the_archive(browser: Browser, paper: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(paper + "search/?q=高温津贴")
    assert "搜索要用到脚本" in page.locator("noscript").first.inner_text()
    expect(page.get_by_role("button", name="筛选")).to_be_hidden()
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_role("link", name="分类").last.click()
    page.wait_for_url("**/browse/")
    page.go_back()
    page.get_by_role("link", name="夜校").click()

    page.wait_for_url("**/topics/*/")
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_without_scripts_what_is_left_stands_below_the_field(browser: Browser, paper: str, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(paper + "search/")
    places = ("#bu-search", ".bu-searchpage > noscript p", "#bu-try > .bu-label >> nth=0")
    form, told, label = (page.locator(place).bounding_box() for place in places)
    context.close()
    assert form is not None
    assert told is not None
    assert label is not None

    assert (form["x"], form["x"]) == (told["x"], label["x"])
    assert 16 <= label["y"] - told["y"] - told["height"] <= 48


# --- the opened story


def marks(page: Page) -> list[str]:
    texts: list[str] = page.locator("mark").all_inner_texts()
    return texts


def test_a_story_marks_the_words_it_was_found_by(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=量体温")
    settled(page)
    hits(page).first.get_by_role("link").first.click()
    page.wait_for_url("**/stories/marked/?find=*")
    bar = page.get_by_role("region", name="查找的词")
    expect(bar).to_contain_text("已标出“量体温”5处")

    assert "".join(marks(page)) == "量体温" * 5
    assert page.locator("h1 mark").count() >= 1
    assert page.locator("figcaption mark").count() == 1
    assert page.locator(".bu-body strong mark").inner_text() == "量体"
    assert page.locator("link[rel=canonical]").get_attribute("href") == "https://minimal.example/stories/marked/"
    assert violations(page) == []


def test_marks_are_walked_by_key_and_cleared(page: Page, paper: str) -> None:
    page.goto(paper + "stories/marked/?find=量体温")
    bar = page.get_by_role("region", name="查找的词")
    bar.get_by_role("button", name="下一处").focus()
    text = page.locator("article").inner_text()
    for number in (1, 2, 3):
        page.keyboard.press("Enter")
        expect(bar.get_by_role("status")).to_have_text(f"第{number}处，共5处")
    assert page.locator(".bu-mark--here").count() >= 1
    bar.get_by_role("button", name="上一处").click()
    expect(bar.get_by_role("status")).to_have_text("第2处，共5处")
    bar.get_by_role("button", name="清除").click()
    expect(bar).to_have_count(0)

    assert marks(page) == []
    assert page.locator("article").inner_text() == text
    assert page.url == paper + "stories/marked/"


def test_marks_are_not_printed(page: Page, paper: str) -> None:
    page.goto(paper + "stories/marked/?find=量体温")
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator(".bu-found")).to_be_visible()
    page.emulate_media(media="print")

    expect(page.locator(".bu-found")).to_be_hidden()
    look = "getComputedStyle(document.querySelector('mark'))"
    assert page.evaluate(f"[{look}.backgroundColor, {look}.borderBottomWidth]") == ["rgba(0, 0, 0, 0)", "0px"]


def test_the_bar_of_marks_moves_nothing_and_fits_small_phones(browser: Browser, paper: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark")
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(paper + "stories/marked/?find=量体温")
    expect(page.locator(".bu-found")).to_be_visible()
    shifts = page.evaluate("shifts")
    wide = page.evaluate(OVERFLOW)
    found = violations(page)
    context.close()

    assert (sum(shifts), found) == (0, [])
    assert wide <= 0


def test_what_is_sought_is_never_markup(page: Page, paper: str) -> None:
    page.goto(paper + "stories/marked/?find=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20量体温")
    page.wait_for_load_state("networkidle")
    page.goto(paper + "search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&region=%3Cb%3E")
    settled(page)

    assert page.locator("main img").count() == 0
    assert page.locator("main b", has_text="b").count() == 0
    expect(page.locator("#bu-state")).to_contain_text("<img src=x")


# --- the whole way, without a mouse


def tab_to(page: Page, selector: str, limit: int = 80) -> None:
    """Press Tab until the focus, which must be seen, is on *selector*."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            shown: Any = page.evaluate(
                """() => ["", "::after"].map(part => getComputedStyle(document.activeElement, part).outlineWidth)"""
            )
            assert "3px" in shown
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_a_journey_with_facets_by_keyboard_alone(page: Page, paper: str) -> None:
    page.goto(paper)
    tab_to(page, "header input[name=q]")
    page.keyboard.type("高温津贴")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    settled(page)
    tab_to(page, "[data-facet=section] input[value=features]")
    page.keyboard.press("Space")
    expect(count(page)).to_have_text(number(11))
    assert page.evaluate("document.activeElement.matches('[data-facet=section] input[value=features]')")
    tab_to(page, "[data-facet=person] > summary")
    page.keyboard.press("Enter")
    tab_to(page, "[data-facet=person] input")
    page.keyboard.press("Space")
    expect(page.locator("#bu-chosen button")).to_have_count(3)
    tab_to(page, "#bu-chosen button")
    page.keyboard.press("Enter")
    expect(page.locator("#bu-chosen button")).to_have_count(1)
    tab_to(page, "#bu-results h2 a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/stories/[^/]+/\?find="))
    expect(page.locator("mark").first).to_be_visible()
    tab_to(page, ".bu-body a[href*=people]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*/")
    page.go_back()
    page.go_back()

    expect(page.locator("#bu-chosen button")).to_have_count(1)


# --- what a reader does before the page is ready for it


def test_words_that_were_not_searched_yet_go_with_a_filter_and_an_order(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温")
    settled(page)
    facet(page, "section").locator("label", has_text="特写")
    page.evaluate(
        """() => {
            document.querySelector("#bu-field").value = "高温津贴";
            document.querySelector("[data-facet=section] label input[value=features]").click();
        }"""
    )
    expect(count(page)).to_have_text(number(11))
    assert parse_qs(urlsplit(page.url).query) == {"q": ["高温津贴"], "section": ["features"]}

    page.evaluate(
        """() => {
            document.querySelector("#bu-field").value = "绝无此词";
            document.querySelector("[data-sort=date]").click();
        }"""
    )
    expect(page.locator("#bu-state h2")).to_have_text("这些条件下没有含有“绝无此词”的稿件")


def test_a_date_that_is_typed_is_one_step_of_the_history(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    facet(page, "date").locator("summary").click()
    before = page.evaluate("history.length")
    page.evaluate(
        """() => {
            const field = document.querySelector("[data-facet=date] input[name=from]");
            for (const value of ["0002-01-01", "0020-01-01", "0202-01-01", "2024-01-01"]) {
                field.value = value;
                field.dispatchEvent(new Event("change", { bubbles: true }));
            }
        }"""
    )
    page.wait_for_url("**from=2024-01-01")

    assert page.evaluate("history.length") == before + 1


@pytest.mark.parametrize("dates", ["from=2024-12-31&to=2024-01-01", "to=2024-12-31&from=2024-01-01"])
def test_days_the_wrong_way_round_are_put_right(page: Page, paper: str, dates: str) -> None:
    page.goto(paper + f"search/?q=高温津贴&{dates}")
    settled(page)
    expect(count(page)).to_have_text(number(4))


def test_a_day_that_is_none_is_not_asked_for(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴&from=2024-13-45&to=0002-01-01")
    settled(page)
    expect(count(page)).to_have_text(number(PAID))


def test_marks_alone_ask_for_nothing(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=，。！")
    settled(page)
    expect(page.locator("#bu-state")).to_contain_text("请写一个词")


def test_a_very_long_query_is_cut_in_messages(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=" + "绝无此词" * 50)
    settled(page)
    expect(page.locator("#bu-state h2")).to_have_text(f"没有找到含有“{'绝无此词' * 10}…”的稿件")


def test_the_title_of_the_page_has_the_words(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    assert page.title().startswith("高温津贴 - 搜索")


def test_that_it_is_looking_is_said(page: Page, paper: str) -> None:
    page.add_init_script(NO_WORKER)
    page.goto(paper + "search/")
    settled(page)
    page.route("**/*.gz*", lambda route: None)
    field(page).fill("夜校")
    expect(page.get_by_role("status")).to_have_text("正在查找……")
    expect(page.locator("#bu-results")).to_have_attribute("aria-busy", "true")


def test_on_a_phone_the_panel_of_filters_leads_to_the_results(phone: Page, paper: str) -> None:
    phone.goto(paper + "search/?q=高温津贴")
    settled(phone)
    phone.locator("#bu-facets-open").click()
    facet(phone, "section").locator("label", has_text="特写").click()
    done = phone.get_by_role("button", name=re.compile("看结果：[共约]11篇"))
    expect(done).to_be_in_viewport()
    done.click()

    expect(phone.locator("#bu-facets")).to_be_hidden()
    expect(hits(phone).first).to_be_in_viewport()


def test_lists_of_facets_are_made_anew_when_something_else_narrows(page: Page, paper: str) -> None:
    page.goto(paper + "search/?q=高温津贴")
    settled(page)
    facet(page, "region").locator("summary").click()
    expect(facet(page, "region").locator("label").first).to_be_visible()
    facet(page, "section").locator("label", has_text="特写").click()
    expect(count(page)).to_have_text(number(11))
    page.wait_for_timeout(500)

    numbers = facet(page, "region").locator(".bu-facet__number").all_inner_texts()
    assert numbers
    assert "0" not in numbers
