"""``bulletin serve`` as an editor has it: files are saved, and the page in the browser follows without being touched."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import until
from newsroom_samples import FIRST_STORY, SECOND_STORY, make_newsroom, minimal_text
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "\n\n".join(f"第{n}段：港口的灯亮着，夜校的课照常上，来听课的职工坐满了三间教室。" for n in range(60))
FIRST = "stories/first-story/"


class Served:
    """The command in a process of its own, and the newsroom that it serves."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said = ""
        command = [sys.executable, "-m", "site_builder.cli.main", "serve", "--port", "0", "--root", str(root)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        self.ready = threading.Event()
        self.reader = threading.Thread(target=self._listen, daemon=True)
        self.reader.start()
        assert self.ready.wait(60), self.said
        match = re.search(r"http://\S+", self.said)
        assert match, self.said
        self.url = match[0]

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if "http://" in line:
                self.ready.set()
        self.ready.set()

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def end(self, number: int = signal.SIGINT) -> int:
        """The exit status after the signal; a process that does not heed it fails the test."""
        self.process.send_signal(number)
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            self.reader.join()
            assert self.process.stdout
            self.process.stdout.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with a long story whose preview was made before, so that every test starts at once."""
    from site_builder import api

    story = minimal_text(FIRST_STORY) + "\n" + LONG + "\n"
    root = make_newsroom(tmp_path_factory.mktemp("built"), {FIRST_STORY: story})
    assert not api.build(root, api.Options(audience="preview")).problems
    return root


@pytest.fixture
def served(built: Path, tmp_path: Path) -> Iterator[Served]:
    root = tmp_path / "newsroom"
    shutil.copytree(built, root)
    served = Served(root)
    yield served
    assert served.end() == 0, served.said
    assert "Traceback" not in served.said


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def scrolled(page: Page) -> int:
    return int(page.evaluate("Math.round(scrollY)"))


def count_loads(page: Page) -> Callable[[], int]:
    """How often the page was loaded from now on."""
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    return lambda: len(loads)


def test_a_save_changes_the_page_where_the_reader_is(served: Served, page: Page) -> None:
    page.goto(served.url + FIRST)
    page.evaluate("scrollTo(0, 900)")

    served.change(FIRST_STORY, "60名职工", "六十一名职工")

    expect(page.locator(".bu-body")).to_contain_text("六十一名职工")
    until(page, "scrollY > 800")
    assert scrolled(page) == 900


def test_only_the_page_that_changed_is_loaded_anew(served: Served, page: Page) -> None:
    other = page.context.new_page()
    other.goto(served.url + "about/")
    page.goto(served.url + FIRST)
    other.bring_to_front()
    loads = count_loads(other)

    served.change(FIRST_STORY, "小港工会办起夜校", "小港工会办起两所夜校")

    expect(page.locator("h1")).to_have_text("小港工会办起两所夜校")
    assert loads() == 0


def test_a_style_sheet_changes_without_loading_the_page(served: Served, page: Page) -> None:
    page.goto(served.url + FIRST)
    loads = count_loads(page)

    served.write("themes/static/bulletin.css", "h1 { color: rgb(1, 2, 3) }")

    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert loads() == 0


def test_a_broken_story_shows_its_problem_and_comes_back_when_it_is_mended(served: Served, page: Page) -> None:
    page.goto(served.url + FIRST)
    page.evaluate("scrollTo(0, 900)")

    served.change(FIRST_STORY, "体裁: 消息", "体裁：消息")

    problem = page.locator(".pv-problem")
    expect(problem).to_contain_text("全角冒号")
    expect(problem).to_contain_text(f"{FIRST_STORY}:4:3")
    expect(problem.locator("mark")).to_have_text("：")
    expect(problem).to_contain_text("改成 体裁: 消息", use_inner_text=False)
    assert f"{FIRST_STORY}:4:3: 错误[yaml-fullwidth-colon]" in served.said

    other = page.context.new_page()
    other.goto(served.url + "stories/second-story/")
    expect(other.locator("h1")).to_have_text("灯下读书人")
    expect(other.locator(".pv-bar")).to_contain_text("1 篇稿件有错误")
    other.get_by_role("link", name="全部问题").click()
    expect(other.locator(".pv-problem__place")).to_have_text(f"{FIRST_STORY}:4:3")
    other.close()

    served.change(FIRST_STORY, "体裁：消息", "体裁: 消息")

    expect(page.locator("h1")).to_have_text("小港工会办起夜校")
    until(page, "scrollY > 800")
    assert scrolled(page) == 900


def test_a_file_that_is_half_saved_is_told_and_forgotten(served: Served, page: Page) -> None:
    whole = (served.root / FIRST_STORY).read_bytes()
    page.goto(served.url + FIRST)

    (served.root / FIRST_STORY).write_bytes(whole[:41])  # in the middle of a character
    expect(page.locator(".pv-problem").first).to_contain_text(FIRST_STORY)

    (served.root / FIRST_STORY).write_bytes(b"")
    expect(page.locator(".pv-problem__code")).to_have_text(re.compile("frontmatter-missing|file-empty"))

    (served.root / FIRST_STORY).write_bytes(whole)
    expect(page.locator("h1")).to_have_text("小港工会办起夜校")


def test_a_page_that_is_renamed_or_deleted_is_missing_and_comes_back(served: Served, page: Page) -> None:
    page.goto(served.url + FIRST)

    served.change(FIRST_STORY, "编号: first-story", "编号: other-story")
    expect(page.locator("h1")).to_have_text("没有这一页")
    served.change(FIRST_STORY, "编号: other-story", "编号: first-story")
    expect(page.locator("h1")).to_have_text("小港工会办起夜校")

    whole = (served.root / FIRST_STORY).read_text(encoding="utf-8")
    (served.root / FIRST_STORY).unlink()
    expect(page.locator("h1")).to_have_text("没有这一页")
    served.write("content/stories/2024/05/elsewhere.md", whole)
    expect(page.locator("h1")).to_have_text("小港工会办起夜校")


def test_a_broken_theme_leaves_the_last_site_and_says_so(served: Served, page: Page) -> None:
    page.goto(served.url + FIRST)
    loads = count_loads(page)

    served.write("themes/templates/tombstone.html", "{% block title %}")
    served.write("themes/templates/story.html", "{% block title %}\n{{ page.headline }\n{% endblock %}")
    expect(page.locator(".pv-bar")).to_contain_text("预览没有更新")
    expect(page.locator("h1")).to_have_text("小港工会办起夜校")
    assert loads() == 0
    page.get_by_role("link", name="全部问题").click()
    expect(page.locator("main")).to_contain_text("themes/templates/story.html:2:1")
    page.go_back()

    served.write(
        "themes/templates/story.html",
        "{% block title %}x{% endblock %}{% block description %}{% endblock %}{% block head %}{% endblock %}"
        "{% block content %}<h1>自己的模板</h1>{% endblock %}",
    )
    (served.root / "themes/templates/tombstone.html").unlink()
    expect(page.locator("h1")).to_have_text("自己的模板")
    expect(page.locator(".pv-bar")).to_have_count(0)

    shutil.rmtree(served.root / "themes")
    expect(page.locator("h1")).to_have_text("小港工会办起夜校")


def test_broken_settings_leave_the_last_site_and_pass(served: Served, page: Page) -> None:
    page.goto(served.url + FIRST)

    served.change("mkdocs.yml", "site_name: 小港工人报", "site_name: [")
    expect(page.locator(".pv-bar")).to_contain_text("预览没有更新")
    served.change("mkdocs.yml", "site_name: [", "site_name: 大港工人报")
    expect(page).to_have_title(re.compile("大港工人报"))
    expect(page.locator(".pv-bar")).to_have_count(0)


def test_drafts_and_scheduled_stories_are_shown_and_marked(served: Served, page: Page) -> None:
    served.change(FIRST_STORY, "频道: 工会新闻", "频道: 工会新闻\n状态: 草稿")
    served.change(SECOND_STORY, "date: 2024-04-08 06:30", "date: 2099-04-09 06:30")
    page.goto(served.url + FIRST)

    expect(page.locator(".bu-notice")).to_have_text(re.compile("草稿.*还没有发布"))
    page.goto(served.url)
    for mark in ("草稿", "定于4月9日 06:30"):
        expect(page.locator(".bu-mark").get_by_text(mark, exact=True).first).to_be_visible()


def test_warnings_are_read_and_folded_by_keyboard_and_stay_folded(served: Served, page: Page) -> None:
    served.change(FIRST_STORY, "小港工会办起夜校", "小港工会办起夜校。")
    page.goto(served.url + FIRST)
    panel = page.get_by_role("region", name="这篇稿件有 1 处警告")
    expect(panel).to_contain_text("标题末尾有句号")
    expect(page.locator("h1")).to_be_visible()

    page.keyboard.press("Tab")
    expect(page.locator("summary:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(panel.locator(".pv-problem")).to_be_hidden()
    served.change(FIRST_STORY, "60名职工", "六十一名职工")
    expect(page.locator(".bu-body")).to_contain_text("六十一名职工")

    expect(panel.locator(".pv-problem")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_preview_adds_is_fit_for_everybody(served: Served, browser: Browser, scheme: Any) -> None:
    served.change(FIRST_STORY, "体裁: 消息", "体裁: 很长很长的一种谁也没有见过的体裁")
    served.change(SECOND_STORY, "灯下读书人", "灯下读书人。")
    served.change("content/editions/2024-04-08.yml", "期号: 1", "期号: 一")
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path, part in ((FIRST, ".pv-problem"), ("stories/second-story/", ".pv-panel"), ("-/problems/", ".pv-problem")):
        page.goto(served.url + path)
        expect(page.locator(part).first).to_be_visible()
        expect(page.locator("#pv-foot")).to_have_count(1)
        found[path] = [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
        for width in (320, 390, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            extra = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found[f"{path} {width}"] = [] if extra <= 0 else [("too wide", str(extra))]
    context.close()

    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ending_it_is_no_failure_and_frees_the_port(built: Path, tmp_path: Path, number: int, page: Page) -> None:
    root = tmp_path / "newsroom"
    shutil.copytree(built, root)
    served = Served(root)
    page.goto(served.url)  # its stream is open
    port = int(served.url.split(":")[2].strip("/"))

    assert served.end(number) == 0
    assert served.said.rstrip().endswith("预览已停止。")
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))
