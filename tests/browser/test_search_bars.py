"""Search held to its bars in a real browser, on a small archive: what is found, what is true, how many bytes come.

Larger archives, and every figure that depends on the machine: ``python3 dev.py bench search N=10000 SEED=7``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.search import scoring
from benchmarks.search.building import FacetKeys
from benchmarks.search.engines import SearchPage
from benchmarks.search.newsroom import write_newsroom
from benchmarks.search.published import Published
from benchmarks.search.queries import QueryMaker
from benchmarks.search.serving import served
from benchmarks.search.stories import Archive
from benchmarks.search.truth import Truth
from playwright.sync_api import Browser

from site_builder import api

ARCHIVE = Archive(stories=400, seed=20)
QUERIES = 60

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as a newsroom built whole: pages, index and all."""
    root = tmp_path_factory.mktemp("archive") / "newsroom"
    write_newsroom(ARCHIVE, root)
    report = api.build(root)
    assert report.site_dir is not None
    assert not [found for found in report.problems if found.severity == "error"]
    return report.site_dir


@pytest.fixture(scope="module")
def scores(site: Path, browser: Browser) -> Iterator[list[scoring.Score]]:
    """Queries of every kind, asked and judged."""
    published = Published(site)
    truth = Truth(ARCHIVE, published.readings)
    queries = QueryMaker(ARCHIVE, published.readings).make(at_most=QUERIES)
    with served(site) as address:
        yield scoring.judge(SearchPage(browser, address, FacetKeys(ARCHIVE)), truth.answer, queries)


def test_every_bar_is_cleared(scores: list[scoring.Score]) -> None:
    missed = [bar for bar in scoring.bars(scores) if not bar.cleared]

    assert not missed, "\n".join(map(str, [*missed, *scoring.faults(scores)]))


def test_what_is_shown_is_right_from_top_to_bottom(scores: list[scoring.Score]) -> None:
    """Where the order is said: headline before reading tips before the rest, then the newest."""
    wrong = [score for score in scores if score.in_order is False]

    assert not wrong, "\n".join(scoring.faults(scores))


def test_questions_were_really_asked(scores: list[scoring.Score]) -> None:
    """A page that loads nothing and shows nothing would clear some of the bars."""
    answered = [score for score in scores if score.found.numbers]

    assert len({score.query.kind for score in scores}) >= 30
    assert len(answered) > 0.7 * len(scores)
    assert all(score.found.received > 1000 for score in answered)
