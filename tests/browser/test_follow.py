"""The follow page: find a name, tick feeds, take them along."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address + "follow/")
    return page


def test_ticked_feeds_are_saved_as_one_list(page: Page, tmp_path: Path) -> None:
    save = page.get_by_role("button", name="存成OPML")
    expect(save).to_be_disabled()
    page.get_by_role("checkbox", name="张翀").check()
    page.get_by_role("checkbox", name="山东").check()
    expect(page.get_by_role("status")).to_have_text("已勾选2个")

    with page.expect_download() as download:
        save.click()
    download.value.save_as(tmp_path / "picked.opml")

    outlines = ElementTree.parse(tmp_path / "picked.opml").findall(".//outline")
    assert [(o.get("text"), o.get("xmlUrl")) for o in outlines] == [
        ("山东", "https://bulletin.example/regions/shandong/rss.xml"),
        ("张翀", "https://bulletin.example/people/zhang-chong/rss.xml"),
    ]


def test_a_name_is_found_by_typing_part_of_it(page: Page) -> None:
    page.get_by_role("searchbox", name="找一个名字").fill("总工会")

    expect(page.get_by_role("link", name="青岛市总工会", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="张翀", exact=True)).to_be_hidden()
    expect(page.get_by_role("heading", name="人物")).to_be_hidden()
    expect(page.get_by_role("status")).to_contain_text("符合的有")


def test_addresses_are_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + "follow/")
    page.get_by_role("checkbox", name="技能培训", exact=True).check()
    page.get_by_role("button", name="复制地址").click()
    expect(page.get_by_role("status")).to_have_text("地址已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()

    assert copied.endswith("/topics/%E6%8A%80%E8%83%BD%E5%9F%B9%E8%AE%AD/rss.xml")


def test_without_scripts_every_feed_is_a_link(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "follow/")
    ticks, links = page.locator(".bu-follow__box").count(), page.get_by_role("link", name="RSS 张翀").count()
    hidden = page.locator("#bu-follow").is_hidden()
    context.close()

    assert (ticks, links, hidden) == (0, 1, True)


def test_a_reader_walks_from_a_story_to_its_author_and_on(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "stories/changzhou-democratic-management/")
    page.get_by_role("link", name="王伟", exact=True).click()
    page.wait_for_url("**/people/wang-wei/")

    expect(page.locator("h1")).to_have_text("王伟")
    page.get_by_role("link", name="人物", exact=True).click()
    page.wait_for_url("**/people/")
    page.get_by_role("link", name="分类", exact=True).last.click()
    page.wait_for_url("**/browse/")
    page.get_by_role("link", name="江苏 1").click()
    page.get_by_role("link", name="常州 1").click()
    page.wait_for_url("**/regions/changzhou/")

    expect(page.get_by_role("link", name="厂里的事一起议")).to_be_visible()


def test_older_stories_of_a_front_are_a_list_away(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "crowded/sections/union-news/")
    page.get_by_role("link", name="更早的稿件").click()
    page.wait_for_url("**/page/1/")

    expect(page.locator(".bu-plain__list li")).to_have_count(9)
