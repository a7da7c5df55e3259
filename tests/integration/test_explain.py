"""`bulletin explain`: what an output is made of, why it was last made, and what a file reaches."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fake_host import FRAME, FakeHost
from newsroom_samples import EDITION, FIRST_STORY, SECOND_STORY, files, make_newsroom, minimal_text

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.build.executing.trail import Change
from site_builder.build.records import Reason
from site_builder.cli.main import main
from site_builder.errors import UsageError

NOW = datetime(2024, 5, 1, 1, 0, tzinfo=UTC)
PAGE = "stories/first-story/index.html"
PHOTO = "assets/photos/2024/04/one.png"


class Newsroom:
    """A newsroom that is built and asked by the same host and clock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.host = FakeHost()
        self.now = NOW

    def build(self, **options: Any) -> api.Report:
        return api.build(self.root, api.Options(**options), host=self.host, clock=FixedClock(self.now))

    def output(self, path: str) -> api.Output:
        found = api.explain(self.root, path, host=self.host, clock=FixedClock(self.now))
        assert isinstance(found, api.Output)
        return found

    def source(self, path: str) -> api.Source:
        found = api.explain(self.root, path, host=self.host, clock=FixedClock(self.now))
        assert isinstance(found, api.Source)
        return found

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    built = Newsroom(make_newsroom(tmp_path))
    built.build()
    return built


def test_an_output_names_the_files_it_is_made_of(newsroom: Newsroom) -> None:
    output = newsroom.output(PAGE)

    assert (output.kind, output.name, output.state) == ("page", "stories/first-story/", "current")
    assert {FIRST_STORY, PHOTO, EDITION, "content/sections.yml", "content/regions.yml", "mkdocs.yml"} <= set(
        output.sources
    )
    assert {"template:story.html", "frame", "code", "libraries"} <= set(output.setting)


def test_sources_and_outputs_tell_the_same_from_both_sides(newsroom: Newsroom) -> None:
    reached = newsroom.source(SECOND_STORY).outputs

    for path in files(newsroom.root / "site"):
        if path not in (".bulletin-manifest.json",):
            assert (SECOND_STORY in newsroom.output(path).sources) == (path in reached)
    assert "stories/second-story/index.html" in reached


def test_whatever_an_edit_changes_was_told_to_be_reached(newsroom: Newsroom) -> None:
    reached = set(newsroom.source(FIRST_STORY).outputs)
    newsroom.replace(FIRST_STORY, "小港工会办起夜校", "夜校开课")

    def named(paths: Iterable[str]) -> set[str]:
        """A new card has a new address, and so has a new segment of the search index."""
        cards = {re.sub(r"^(cards/.+)\.[0-9a-f]{8}-", r"\1-", path) for path in paths}
        return {re.sub(r"^search/([may]-|suggest-).*", r"search/\1", path) for path in cards}

    assert named(newsroom.build().written) <= named(reached)


def test_all_outputs_are_up_to_date_after_a_build(newsroom: Newsroom) -> None:
    paths = [path for path in files(newsroom.root / "site") if not path.startswith(".")]

    assert {path: newsroom.output(path).state for path in paths} == dict.fromkeys(paths, "current")


@pytest.mark.parametrize(
    "typed",
    [PAGE, f"site/{PAGE}", "stories/first-story", "/stories/first-story/", "stories/first-story/#top"],
)
def test_a_page_is_found_by_address_and_by_file(newsroom: Newsroom, typed: str) -> None:
    assert newsroom.output(typed).path == PAGE


def test_a_whole_address_is_understood(newsroom: Newsroom) -> None:
    site_url = api.check(newsroom.root).settings.site_url  # type: ignore[union-attr]

    assert newsroom.output(f"{site_url}stories/first-story/").path == PAGE
    assert newsroom.output(site_url).path == "index.html"


def test_what_is_neither_output_nor_file_is_refused_with_the_nearest(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError) as caught:
        newsroom.output("stories/frist-story/index.html")

    assert caught.value.values == ("stories/frist-story/index.html", PAGE)


# Why


def test_the_first_build_has_no_record_to_compare_with(newsroom: Newsroom) -> None:
    assert newsroom.output(PAGE).last == Reason("first")


def test_a_changed_headline_is_told_field_by_field_before_and_after_the_build(newsroom: Newsroom) -> None:
    newsroom.replace(FIRST_STORY, "小港工会办起夜校", "夜校开课")
    expected = Reason("changed", (), (Change("", "headline", "小港工会办起夜校", "夜校开课"),))

    before = newsroom.output(PAGE)
    newsroom.build()
    after = newsroom.output(PAGE)

    assert (before.state, before.stale) == ("stale", expected)
    assert (after.state, after.stale, after.last) == ("current", None, expected)
    assert Change("first-story", "headline", "小港工会办起夜校", "夜校开课") in _last(newsroom, "index.html").changes


def test_a_reason_stays_while_nothing_happens_and_tells_its_moment(newsroom: Newsroom) -> None:
    newsroom.replace(FIRST_STORY, "小港工会办起夜校", "夜校开课")
    newsroom.now += timedelta(days=1)
    newsroom.build()
    reason = _last(newsroom, PAGE)
    newsroom.now += timedelta(days=1)
    newsroom.replace("content/sections.yml", "名称: 工会新闻", "名称: 工会新闻\n    purpose: 各级工会的事")
    assert newsroom.build().written

    output = newsroom.output(PAGE)

    assert output.last == reason
    assert output.at == "2024-05-02T09:00:00+08:00"


def test_a_return_to_what_was_before_is_a_change_too(newsroom: Newsroom) -> None:
    newsroom.replace(FIRST_STORY, "小港工会办起夜校", "夜校开课")
    newsroom.build()
    newsroom.replace(FIRST_STORY, "主题: 夜校开课", "主题: 小港工会办起夜校")
    newsroom.build()

    assert _last(newsroom, PAGE).changes == (Change("", "headline", "夜校开课", "小港工会办起夜校"),)


def test_a_changed_template_is_named(newsroom: Newsroom) -> None:
    original = (Path(__file__).parents[2] / "themes/templates/story.html").read_text(encoding="utf-8")
    template = newsroom.root / "themes/templates/story.html"
    template.parent.mkdir(parents=True)
    template.write_text(original + "\n", encoding="utf-8")
    newsroom.build()

    assert _last(newsroom, PAGE) == Reason("changed", ("template:story.html",))
    assert _last(newsroom, "rss.xml") == Reason("first")
    assert PAGE in newsroom.source("themes/templates/story.html").outputs


def test_a_changed_frame_and_masthead_are_named(newsroom: Newsroom) -> None:
    newsroom.host.frame = FRAME.replace("<main>", "<main class=wide>")
    newsroom.replace("mkdocs.yml", "site_name: ", "site_name: 新")
    newsroom.build()

    assert {"frame", "chrome:site_name"} <= set(_last(newsroom, PAGE).parts)


def test_a_new_story_is_new_and_named_by_the_pages_it_came_into(newsroom: Newsroom) -> None:
    text = minimal_text(SECOND_STORY).replace("second-story", "third-story").replace("灯下读书人", "第三篇")
    (newsroom.root / SECOND_STORY).with_name("third-story.md").write_text(text, encoding="utf-8")
    newsroom.build()

    assert _last(newsroom, "stories/third-story/index.html") == Reason("new")
    assert Change("third-story", "", None, "第三篇") in _last(newsroom, "archive/2024/04/index.html").changes


def test_an_order_to_make_everything_anew_is_told_as_such(newsroom: Newsroom) -> None:
    newsroom.build(clean=True)

    assert _last(newsroom, PAGE) == Reason("asked")


def test_a_damaged_cache_entry_is_told_as_such(newsroom: Newsroom) -> None:
    for path in (newsroom.root / ".bulletin/cache").glob("??/*"):
        path.write_bytes(path.read_bytes()[:-1])
    newsroom.build()

    assert _last(newsroom, PAGE) == Reason("lost")


@pytest.mark.parametrize("damage", ["lost", "half", "[]", '{"rows": [[1]], "parts": {}}'])
def test_lost_or_damaged_records_lose_only_the_reasons(newsroom: Newsroom, damage: str) -> None:
    (record,) = (newsroom.root / ".bulletin/records").glob("*.json")
    if damage == "lost":
        record.unlink()
    else:
        record.write_bytes(record.read_bytes()[:100] if damage == "half" else damage.encode())
    newsroom.replace(FIRST_STORY, "小港工会办起夜校", "夜校开课")

    report = newsroom.build()

    assert not report.failed
    assert _last(newsroom, PAGE) == Reason("first")


def test_a_build_without_changes_does_not_touch_the_records(newsroom: Newsroom) -> None:
    (record,) = (newsroom.root / ".bulletin/records").glob("*.json")
    before = record.stat().st_mtime_ns

    newsroom.build()

    assert record.stat().st_mtime_ns == before


# State


def test_files_that_others_changed_or_deleted_are_told(newsroom: Newsroom) -> None:
    (newsroom.root / "site/index.html").write_text("別人写的", encoding="utf-8")
    (newsroom.root / "site" / PAGE).unlink()

    assert newsroom.output("index.html").state == "touched"
    assert newsroom.output(PAGE).state == "missing"


def test_a_page_that_has_to_go_is_told(newsroom: Newsroom) -> None:
    newsroom.replace(SECOND_STORY, "genre: feature", "genre: feature\nstatus: draft")

    assert newsroom.output("stories/second-story/index.html").state == "gone"
    assert newsroom.source(SECOND_STORY).outputs == ()


def test_before_any_build_nothing_is_built_and_nothing_is_written(tmp_path: Path) -> None:
    newsroom = Newsroom(make_newsroom(tmp_path))

    assert newsroom.output(PAGE).state == "unbuilt"
    assert not (newsroom.root / "site").exists()


def test_a_story_with_errors_does_not_keep_the_others_from_being_explained(newsroom: Newsroom) -> None:
    newsroom.replace(SECOND_STORY, "genre: feature", "genre: 诗")

    assert newsroom.output(PAGE).state in ("current", "stale")


def test_a_withdrawn_story_is_told_in_one_line(newsroom: Newsroom) -> None:
    """It was told field by field, each of which had become empty."""
    newsroom.replace(FIRST_STORY, "体裁: 消息", "体裁: 消息\n状态: 撤稿")
    newsroom.build()

    assert _last(newsroom, PAGE) == Reason("changed", (), (Change("", "kind", None, None),))


# The command


@pytest.mark.slow
def test_the_command_speaks_both_languages_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path)
    assert main(["build", "--root", str(root)]) == 0
    (root / FIRST_STORY).write_text(minimal_text(FIRST_STORY).replace("办起夜校", "开课"), encoding="utf-8")
    capsys.readouterr()

    def ask(*arguments: str) -> str:
        assert main(["explain", *arguments, "--root", str(root)]) == 0
        return capsys.readouterr().out

    assert "主题变了：小港工会办起夜校 → 小港工会开课" in ask("stories/first-story/")
    (root / FIRST_STORY).write_text(minimal_text(FIRST_STORY).replace("60名", "61名"), encoding="utf-8")
    assert "正文变了\n" in ask("stories/first-story/")
    (root / FIRST_STORY).write_text(minimal_text(FIRST_STORY).replace("办起夜校", "开课"), encoding="utf-8")
    assert "the headline changed: 小港工会办起夜校 → 小港工会开课" in ask("stories/first-story/", "--lang", "en")
    assert json.loads(ask(str(root / FIRST_STORY), "--format", "json"))["path"] == FIRST_STORY
    assert json.loads(ask("about/", "--format", "json"))["sources"] == ["content/pages/about.md", "mkdocs.yml"]
    assert main(["explain", "nothing/at/all", "--root", str(root)]) == 2


@pytest.mark.slow
def test_paths_are_seen_from_where_the_command_runs(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    command = [sys.executable, "-m", "site_builder.cli.main", "explain", "first-story.md", "--format", "json"]

    done = subprocess.run(command, cwd=(root / FIRST_STORY).parent, capture_output=True, encoding="utf-8")

    assert json.loads(done.stdout)["path"] == FIRST_STORY


def _last(newsroom: Newsroom, path: str) -> Reason:
    reason = newsroom.output(path).last
    assert reason is not None
    return reason
