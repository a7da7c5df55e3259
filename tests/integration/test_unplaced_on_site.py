"""Unplaced stories on the site: without a page until they have one, and then as if the editor had placed them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from fake_host import FakeHost
from newsroom_samples import EDITION, SECOND_STORY, make_newsroom

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.paper.page.lock import Assigned, Lock, lock_text

CLOCK = FixedClock(datetime(2024, 4, 8, 4, tzinfo=UTC))
LOCK = EDITION.replace(".yml", ".layout.lock")
PLACED = """日期: 2024-04-08
期号: 1
版面:
  - 版次: 1
    版名: 要闻
    稿件: [{编号: first-story, 优先级: 9}]
  - 版次: 2
    版名: 特写
    稿件: [second-story]
"""
UNPLACED = """日期: 2024-04-08
期号: 1
版面:
  - 版次: 1
    版名: 要闻
  - 版次: 2
    版名: 特写
待排稿件:
  - 编号: first-story
    优先级: 9
  - second-story
"""
BOTH = lock_text(Lock(assigned=(Assigned(1, ("first-story",)), Assigned(2, ("second-story",)))))


def site(root: Path) -> dict[str, bytes]:
    """Every file of the site, by its path."""
    report = api.build(root, host=FakeHost(), clock=CLOCK)
    assert report.problems == ()
    folder = root / "site"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page(files: dict[str, bytes], url: str) -> str:
    return files[f"{url}/index.html"].decode()


def test_with_a_lock_the_site_is_the_same_as_with_the_editors_own_placing(tmp_path: Path) -> None:
    placed = site(make_newsroom(tmp_path / "placed", {EDITION: PLACED}))
    locked = site(make_newsroom(tmp_path / "locked", {EDITION: UNPLACED, LOCK: BOTH}))

    assert locked.keys() == placed.keys()
    assert [path for path in placed if placed[path] != locked[path]] == []


def test_without_a_lock_stories_are_on_the_site_and_in_their_edition_without_a_page(tmp_path: Path) -> None:
    files = site(make_newsroom(tmp_path, {EDITION: UNPLACED}))

    edition = page(files, "editions/2024-04-08")
    assert "本期稿件" in edition
    assert "这一版还在编排" in edition
    assert edition.index("first-story") < edition.index("second-story")
    assert "小港工会办起夜校" in page(files, "stories/first-story")
    assert "原载" not in page(files, "stories/first-story")
    assert "原载" in page(site(make_newsroom(tmp_path / "placed", {EDITION: PLACED})), "stories/first-story")
    feed = files["editions/rss.xml"].decode()
    assert "本期稿件" in feed
    assert "小港工会办起夜校" in feed


def test_an_edition_without_any_page_still_shows_its_stories(tmp_path: Path) -> None:
    files = site(make_newsroom(tmp_path, {EDITION: "日期: 2024-04-08\n待排稿件: [first-story, second-story]\n"}))

    edition = page(files, "editions/2024-04-08")
    assert "小港工会办起夜校" in edition
    assert "本期稿件" in edition


def test_a_new_lock_reaches_a_site_that_was_built_before(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {EDITION: UNPLACED})
    site(root)
    (root / LOCK).write_text(BOTH, encoding="utf-8")

    again = site(root)

    assert again == site(make_newsroom(tmp_path / "fresh", {EDITION: UNPLACED, LOCK: BOTH}))


def test_what_the_editor_decides_later_counts_more_than_the_lock(tmp_path: Path) -> None:
    pinned = UNPLACED.replace("  - second-story\n", "  - 编号: second-story\n    版次: 1\n")
    files = site(make_newsroom(tmp_path, {EDITION: pinned, LOCK: BOTH}))

    edition = page(files, "editions/2024-04-08")
    assert edition.index("first-story") < edition.index("本期其他稿件") < edition.index("second-story")


def test_a_withdrawn_story_leaves_its_place(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {EDITION: UNPLACED, LOCK: BOTH})
    text = (root / SECOND_STORY).read_text(encoding="utf-8")
    (root / SECOND_STORY).write_text(text.replace("---\n", "---\nstatus: withdrawn\n", 1), "utf-8")
    api.build(root, host=FakeHost(), clock=CLOCK)

    edition = (root / "site/editions/2024-04-08/index.html").read_text(encoding="utf-8")
    assert "first-story" in edition
    assert "second-story" not in edition


def test_a_lock_of_an_edition_without_unplaced_stories_only_warns_when_it_is_damaged(tmp_path: Path) -> None:
    problems = api.check(make_newsroom(tmp_path, {EDITION: PLACED, LOCK: "<<<<<<< ours\n"})).problems

    assert [(p.code, p.severity, p.path, p.span.line) for p in problems] == [("git-conflict", "warning", LOCK, 1)]


def test_a_damaged_lock_stops_the_site_where_it_says_on_which_pages_stories_stand(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {EDITION: UNPLACED, LOCK: BOTH})
    before = site(root)
    (root / LOCK).write_text(BOTH[:40], encoding="utf-8")

    report = api.build(root, host=FakeHost(), clock=CLOCK)

    assert [(p.code, p.severity) for p in report.problems] == [("lock-damaged", "error")]
    assert (root / "site/editions/2024-04-08/index.html").read_bytes() == before["editions/2024-04-08/index.html"]


def test_a_bulletin_holds_stories_without_a_page_too(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {EDITION: UNPLACED.replace("  - 编号: first-story\n    优先级: 9\n", "")})
    edition = (
        (root / EDITION).read_text(encoding="utf-8").replace("版名: 要闻\n", "版名: 要闻\n    稿件: [first-story]\n")
    )
    (root / EDITION).write_text(edition, encoding="utf-8")

    report = api.print_sheet(root, api.PrintOptions(output=tmp_path / "out"), clock=CLOCK)

    assert report.path is not None
    words = "".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(report.path))
    assert "本期其他稿件" in words
