"""A fault of the program itself: it names what it hit, spares the rest, and never publishes half a site by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_host import FakeHost
from faulty import MARK, FaultyExecutor, is_marked
from newsroom_samples import FIRST_STORY, SECOND_STORY, files, make_newsroom, minimal_text

from site_builder import api
from site_builder.build.executing.tasks import Work

KEEP_GOING = api.Options(keep_going=True)
PAGE = "stories/first-story/index.html"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A newsroom with a site, whose first story then got the sentence that the program cannot bear."""
    root = make_newsroom(tmp_path)
    api.build(root, host=FakeHost())
    (root / FIRST_STORY).write_text(f"{minimal_text(FIRST_STORY)}\n{MARK}\n", encoding="utf-8")
    return root


@pytest.mark.parametrize(("die", "code"), [(False, "task-failed"), (True, "task-died")])
def test_the_story_is_named_and_the_site_stays(built: Path, die: bool, code: str) -> None:
    before = files(built / "site")

    report = api.build(built, host=FakeHost(), executor=FaultyExecutor(is_marked, die=die))

    assert [(p.code, p.path) for p in report.problems] == [(code, FIRST_STORY)]
    assert report.failed
    assert report.site_dir is None
    assert files(built / "site") == before


def test_the_traceback_is_kept_for_those_who_mend_it(built: Path) -> None:
    report = api.build(built, host=FakeHost(), executor=FaultyExecutor(is_marked))

    assert "render_body" in "".join(report.tracebacks)


def test_what_could_be_done_is_not_done_again(built: Path) -> None:
    options = api.Options(clean=True)
    api.build(built, options, host=FakeHost(), executor=FaultyExecutor(is_marked))

    rendered = api.build(built, host=FakeHost()).rendered

    assert [name for kind, name in rendered if kind in ("body", "photo")] == ["first-story"]


@pytest.mark.parametrize("die", [False, True])
def test_keep_going_leaves_the_story_out_everywhere(built: Path, tmp_path: Path, die: bool) -> None:
    report = api.build(built, KEEP_GOING, host=FakeHost(), executor=FaultyExecutor(is_marked, die=die))

    without = make_newsroom(tmp_path / "without", {FIRST_STORY: "没有前部"})
    api.build(without, KEEP_GOING, host=FakeHost())
    assert report.failed
    assert PAGE in report.removed
    assert files(built / "site") == files(without / "site")


def test_a_picture_takes_its_stories_along(built: Path) -> None:
    executor = FaultyExecutor(lambda work: work.kind == "pixels", die=True)

    report = api.build(built, api.Options(keep_going=True, clean=True), host=FakeHost(), executor=executor)

    assert [(p.code, p.path.startswith("assets/photos/")) for p in report.problems] == [("task-died", True)]
    assert not (built / PAGE).exists()
    assert (built / "site/stories/second-story/index.html").is_file()


def test_a_picture_that_cannot_be_measured_is_told_by_check_too(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    executor = FaultyExecutor(lambda work: work.kind == "measure", die=True)

    report = api.build(root, host=FakeHost(), executor=executor)

    assert [(p.code, p.path.startswith("assets/photos/")) for p in report.problems] == [("task-died", True)]


def test_a_feed_is_left_out_alone(built: Path) -> None:
    def is_site_feed(work: Work) -> bool:
        return work.kind == "feed" and work.name == "/"

    report = api.build(built, KEEP_GOING, host=FakeHost(), executor=FaultyExecutor(is_site_feed))

    assert {"rss.xml", "atom.xml"} <= set(report.removed)
    assert MARK in (built / "site" / PAGE).read_text(encoding="utf-8")


def test_there_is_no_site_without_a_front_page(built: Path) -> None:
    before = files(built / "site")

    def is_front(work: Work) -> bool:
        return work.kind == "page" and work.name == "/"

    # Even what a renderer's bug does to the front page must not publish the others.
    report = api.build(built, KEEP_GOING, host=FakeHost(), executor=FaultyExecutor(is_front, die=True))

    assert [p.code for p in report.problems] == ["task-died"]
    assert files(built / "site") == before


def test_crashes_of_several_stories_are_told_at_once(built: Path) -> None:
    (built / SECOND_STORY).write_text(f"{minimal_text(SECOND_STORY)}\n{MARK}\n", encoding="utf-8")

    report = api.build(built, host=FakeHost(), executor=FaultyExecutor(is_marked))

    assert [p.path for p in report.problems] == [FIRST_STORY, SECOND_STORY]
