"""A long archive: what a new story and a correction touch is known beforehand, whatever the archive's size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from big_newsroom import make_big_newsroom, story_id, write_story
from fake_host import FakeHost

from site_builder import api

pytestmark = pytest.mark.slow
STORIES = 2000
FEEDS = ("rss.xml", "atom.xml", "feed.json")
FRONTS_OF_A_STORY = {"sections": 1, "regions": 2, "topics": 3, "people": 2, "organisations": 1, "columns": 1}
"""In the generated newsroom: a city counts in its province."""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FakeHost]:
    root = tmp_path_factory.mktemp("big") / "newsroom"
    make_big_newsroom(root, STORIES)
    host = FakeHost()
    report = api.build(root, host=host)
    assert (report.problems, report.stories) == ((), STORIES)
    return root, host


def kinds(paths: tuple[str, ...]) -> set[str]:
    """*paths* with the names of fronts left out: ``topics/*/index.html``."""
    return {re.sub(r"^(sections|regions|topics|people|organisations|columns)/[^/]+/", r"\1/*/", path) for path in paths}


def without_search(paths: tuple[str, ...]) -> tuple[str, ...]:
    """*paths* but for the index, of which every test here holds that it was made anew and not all of it."""
    index = [path for path in paths if path.startswith("search/")]
    assert "search/index.json" in index
    records = [path for path in index if path.startswith("search/x/")]
    assert 1 <= len(records) <= 2, "a story renames no other's record"
    return tuple(path for path in paths if not path.startswith("search/"))


def test_correcting_a_story_of_the_middle_touches_its_page_and_the_feeds_that_still_hold_it(
    newsroom: tuple[Path, FakeHost],
) -> None:
    root, host = newsroom
    write_story(root, STORIES // 2, "更正过的一段。")

    written = without_search(api.build(root, host=host).written)

    assert f"stories/{story_id(STORIES // 2)}/index.html" in written
    assert kinds(written) <= {
        f"stories/{story_id(STORIES // 2)}/index.html",
        *(f"{kind}/*/{feed}" for kind in FRONTS_OF_A_STORY for feed in FEEDS),
    }
    assert len(written) <= 1 + len(FEEDS) * sum(FRONTS_OF_A_STORY.values())


def test_a_new_story_touches_its_fronts_and_the_lists_of_them(newsroom: tuple[Path, FakeHost]) -> None:
    root, host = newsroom
    write_story(root, STORIES)

    written = without_search(api.build(root, host=host).written)

    names = FRONTS_OF_A_STORY.keys()
    indexes = {f"{kind}/index.html" for kind in names - {"sections"}}
    pages = {path for path in written if "/page/" in path}
    assert kinds(tuple(set(written) - pages)) == {
        f"stories/{story_id(STORIES)}/index.html",
        *(f"{kind}/*/{file}" for kind in names for file in ("index.html", *FEEDS)),
        *indexes,
        *FEEDS,
        "archive/index.html",
        "archive/2020/09/index.html",
        "browse/index.html",
        "sitemap.xml",
    }
    assert "sw.js" not in written  # it is not in the last edition
    assert len(pages) <= 2 * sum(FRONTS_OF_A_STORY.values())
    assert len(written) <= 80


def test_finished_months_never_change(newsroom: tuple[Path, FakeHost]) -> None:
    root, host = newsroom
    months = sorted((root / "site/archive/2020").glob("*/index.html"))[:-1]
    before = [path.read_bytes() for path in months]
    write_story(root, STORIES + 1)
    api.build(root, host=host)

    assert [path.read_bytes() for path in months] == before
    assert len(months) == 8
