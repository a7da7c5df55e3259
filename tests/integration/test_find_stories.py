"""``bulletin search``, and the newsroom's own readings that it and the site search by."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from newsroom_samples import make_newsroom

from site_builder import api
from site_builder.cli.main import make_command
from site_builder.messages import load_messages

PLACE = "content/stories/2024/05/yuli-branch.md"
PLACE_TEXT = """---
编号: yuli-branch
主题: 尉犁县总工会送清凉
体裁: 消息
日期: 2024-05-06
频道: 工会新闻
---

本报讯 （记者张翀）尉犁县总工会给户外劳动者送去了饮水。
"""
OTHER = "content/stories/2024/05/other.md"
OTHER_TEXT = PLACE_TEXT.replace("yuli-branch", "other").replace("尉犁县", "青岛市")
READINGS = "content/pinyin.yml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_newsroom(tmp_path_factory.mktemp("found"), {PLACE: PLACE_TEXT, OTHER: OTHER_TEXT})
    report = api.build(root)
    assert report.site_dir is not None, report.problems
    return root


@pytest.fixture
def newsroom(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "newsroom"))


def search(root: Path, *arguments: str, language: str = "zh-CN") -> Result:
    command = make_command(load_messages(language))
    return CliRunner().invoke(command, ["search", "--root", str(root), *arguments], standalone_mode=False)


def test_a_story_is_told_with_its_day_its_section_and_its_file(built: Path) -> None:
    done = search(built, "饮水", "青岛市")

    assert done.return_value == 0
    assert "2024-05-06  工会新闻  " in done.output
    assert OTHER in done.output
    assert PLACE not in done.output
    assert "共 1 篇" in done.output


def test_what_was_found_is_marked_on_a_terminal(built: Path) -> None:
    command = make_command(load_messages("zh-CN"))
    done = CliRunner().invoke(command, ["search", "--root", str(built), "送清凉"], color=True)

    assert "\x1b[33m\x1b[1m送清凉\x1b[0m" in done.output


def test_facets_narrow_and_a_limit_does_not_change_the_count(built: Path) -> None:
    assert "共 2 篇" in search(built, "户外劳动者", "--limit", "1").output
    assert search(built, "户外劳动者", "--limit", "1").output.count("content/stories/") == 1
    assert search(built, "户外劳动者", "--genre", "commentary").return_value == 1


def test_nothing_found_is_said_and_ends_with_one(built: Path) -> None:
    done = search(built, "绝无此词", language="en")

    assert done.return_value == 1
    assert load_messages("en").text("search.none") in done.output


def test_without_an_index_it_says_how_to_make_one(built: Path, tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    with pytest.raises(api.UsageError, match="no-index"):
        api.find_stories(root, api.FindOptions("工会", {}))


def test_stories_that_changed_since_are_counted(newsroom: Path) -> None:
    late = (newsroom / "site/search/index.json").stat().st_mtime + 60
    os.utime(newsroom / OTHER, (late, late))

    assert load_messages("zh-CN").text("search.changed", number=1) in search(newsroom, "工会").output


def test_a_reading_of_the_newsroom_s_own_finds_the_story_and_makes_no_page_anew(newsroom: Path) -> None:
    assert search(newsroom, "yulixian").return_value == 0
    (newsroom / READINGS).write_text("读音:\n  - {词: 尉犁, 拼音: wei li}\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in (newsroom / "site").rglob("*.html")}
    assert api.build(newsroom).site_dir

    assert {path: path.read_bytes() for path in (newsroom / "site").rglob("*.html")} == before
    assert PLACE in search(newsroom, "weilixian").output
    assert PLACE in search(newsroom, "wlx").output
    assert search(newsroom, "yulixian").return_value == 1
    assert OTHER in search(newsroom, "qingdaoshi").output
