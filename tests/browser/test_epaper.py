"""The e-paper by mouse, by keyboard, by touch, on a phone, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "epaper/2024-04-08/2/"
STORY = "guangxi-job-fair"
ON = re.compile("bu-twin__row--on")


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address + PAGE)
    return page


def phone(browser: Browser, **wishes: object) -> BrowserContext:
    return browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        locale="zh-CN",
        **wishes,  # type: ignore[arg-type]
    )


def test_pointing_at_a_story_marks_it_in_the_list_and_the_other_way_round(page: Page) -> None:
    page.locator(f"#{STORY} .bu-zone__area").hover()
    row = page.locator(f"[data-bu-zone={STORY}]")
    expect(row).to_have_class(ON)
    expect(row.locator(".bu-twin__summary")).to_be_visible()

    page.locator("[data-bu-zone=baishan-five-forces] a").hover()

    expect(row).not_to_have_class(ON)
    expect(page.locator("#baishan-five-forces")).to_have_class(re.compile("bu-zone--on"))


def test_a_click_opens_the_story_beside_the_page_and_escape_gives_the_list_back(page: Page) -> None:
    page.locator(f"#{STORY} .bu-zone__area").click(position={"x": 40, "y": 40})

    text = page.locator("[data-bu-text]")
    expect(text.locator("h2").first).to_contain_text("106家单位招人")
    expect(text.locator(".bu-body p").first).to_contain_text("想进国企的")
    assert text.locator("[id]").count() == 0
    assert text.locator("script").count() == 0
    for picture in text.locator("img").all():
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    expect(page.locator("#titleList")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#titleList")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == STORY


def test_zones_are_reached_by_the_tab_key_in_reading_order_and_are_seen(page: Page) -> None:
    order = page.locator("[data-bu-zone]").evaluate_all("rows => rows.map(row => row.dataset.buZone)")
    page.locator("[data-bu-full]").focus()
    reached = []
    for _ in order:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
        drawn = page.evaluate("getComputedStyle(document.activeElement.querySelector('.bu-zone__area')).stroke")
        assert drawn == "rgb(29, 63, 107)"
        assert page.evaluate("document.activeElement.getAttribute('aria-label')")

    assert reached == order


def test_enter_on_a_zone_opens_the_story(page: Page) -> None:
    page.locator(f"#{STORY}").focus()
    page.keyboard.press("Enter")

    expect(page.locator("[data-bu-text] h2").first).to_contain_text("106家单位招人")
    expect(page.locator("[data-bu-onward]")).to_have_attribute("href", re.compile(f"/stories/{STORY}/$"))


def test_an_address_with_a_story_marks_its_place(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}stories/{STORY}/")
    page.locator(".bu-runhead__page").click()

    expect(page).to_have_url(re.compile(f"{PAGE}#{STORY}$"))
    expect(page.locator(f"[data-bu-zone={STORY}]")).to_have_class(ON)
    assert page.locator(f"#{STORY} .bu-zone__area").evaluate("area => getComputedStyle(area).stroke") != "none"
    assert page.locator(f"#{STORY}").evaluate("zone => zone.matches(':target')")


def test_buttons_keys_and_wheel_make_the_page_larger_and_dragging_moves_it(page: Page) -> None:
    view, sheet = page.locator("[data-bu-view]"), page.locator("[data-bu-sheet]")
    width = sheet.evaluate("sheet => sheet.clientWidth")
    height = view.evaluate("view => view.clientHeight")
    page.get_by_role("button", name="放大").click()
    assert sheet.evaluate("sheet => sheet.clientWidth") == pytest.approx(width * 1.25, abs=2)
    assert view.evaluate("view => view.clientHeight") == pytest.approx(height, abs=2)
    page.keyboard.press("+")
    expect(page.locator("[data-bu-step='0']")).to_have_text("156%")

    box = view.bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 220, steps=4)
    page.mouse.up()
    assert view.evaluate("view => view.scrollLeft") > 80
    expect(page.locator("#titleList")).to_be_visible()  # the drag opened nothing

    page.keyboard.press("0")
    assert sheet.evaluate("sheet => sheet.clientWidth") == width
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(
        "document.querySelector('[data-bu-sheet]').clientWidth > document.querySelector('[data-bu-view]').clientWidth"
    )


def test_two_fingers_make_the_page_larger_round_their_middle(browser: Browser, address: str) -> None:
    context = phone(browser)
    page = context.new_page()
    page.goto(address + PAGE)
    page.locator("[data-bu-view]").scroll_into_view_if_needed()
    touch = context.new_cdp_session(page)

    def fingers(kind: str, apart: int) -> None:
        points = [{"x": 195 - apart, "y": 420, "id": 1}, {"x": 195 + apart, "y": 420, "id": 2}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if kind != "touchEnd" else []})

    fingers("touchStart", 30)
    for apart in (40, 60, 80):
        fingers("touchMove", apart)
    fingers("touchEnd", 0)

    scale = page.evaluate(
        "document.querySelector('[data-bu-sheet]').clientWidth / document.querySelector('[data-bu-view]').clientWidth"
    )
    assert 2 < scale < 3.2
    assert page.evaluate("visualViewport.scale") == pytest.approx(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_tap_on_a_phone_opens_the_storys_own_page(browser: Browser, address: str) -> None:
    context = phone(browser)
    page = context.new_page()
    page.goto(address + PAGE)

    page.locator(f"#{STORY} .bu-zone__area").tap(position={"x": 30, "y": 30})

    expect(page).to_have_url(re.compile(f"/stories/{STORY}/$"))
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_without_scripts_zones_and_list_lead_to_the_stories(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(address + PAGE)
    for hidden in ("[data-bu-zoom]", "[data-bu-full]", "[data-bu-beside]"):
        expect(page.locator(hidden)).to_be_hidden()
    links = page.locator(".bu-twin__link")
    assert links.count() == page.locator(".bu-zone").count() == 9

    page.locator(f"#{STORY} .bu-zone__area").click(position={"x": 20, "y": 20})

    expect(page).to_have_url(re.compile(f"/stories/{STORY}/$"))
    context.close()


def test_the_front_leads_to_the_pages_as_they_were_printed(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".bu-ear__paper").click()

    expect(page).to_have_url(re.compile("epaper/2024-04-08/$"))
    page.locator(".bu-papers__name a").click()
    expect(page).to_have_url(re.compile(f"{PAGE}$"))
    picture = page.locator(".bu-paper .bu-pageimage")
    assert picture.evaluate("image => image.decode().then(() => image.currentSrc)").endswith("-800.webp")
