"""Search held to its bars in a real browser, on a small archive: what is found, what is true, how many bytes come.

Larger archives, and every figure that depends on the machine: ``python3 dev.py bench search N=10000 SEED=7``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from benchmarks.search import scoring
from benchmarks.search.building import FacetKeys
from benchmarks.search.engines import SearchPage, SearchScript
from benchmarks.search.newsroom import write_newsroom
from benchmarks.search.published import Published
from benchmarks.search.queries import QueryMaker
from benchmarks.search.readers import PythonReader, node_engine
from benchmarks.search.serving import served
from benchmarks.search.stories import Archive
from benchmarks.search.truth import Truth
from playwright.sync_api import Browser
from search_engine import NODE

from site_builder import api

ARCHIVE = Archive(stories=400, seed=20)
QUERIES = 60
ON_THE_PAGE = 10

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


@dataclass(frozen=True)
class Judged:
    """The same archive asked in two ways."""

    truth: Truth
    by_script: list[scoring.Score]
    by_page: list[scoring.Score]


@pytest.fixture(scope="module")
def judged(site: Path, browser: Browser) -> Judged:
    """Queries of every kind put to the engine; a few of them to the whole page, which takes longer."""
    published = Published(site)
    truth = Truth(ARCHIVE, published.readings)
    queries = QueryMaker(ARCHIVE, published.readings).make(at_most=QUERIES)
    keys = FacetKeys(ARCHIVE)
    with served(site) as address:
        by_script = scoring.judge(SearchScript(browser, address, keys), truth.answer, queries)
        by_page = scoring.judge(SearchPage(browser, address, keys), truth.answer, queries[:: QUERIES // ON_THE_PAGE])
    return Judged(truth, by_script, by_page)


def test_every_bar_is_cleared(judged: Judged) -> None:
    missed = [bar for bar in scoring.bars(judged.by_script) if not bar.cleared]

    assert not missed, "\n".join(map(str, [*missed, *scoring.faults(judged.by_script)]))


def test_what_is_shown_is_what_should_stand_on_top(judged: Judged) -> None:
    """Where the order is said: headline before reading tips before the rest, then the newest."""
    wrong = [score for score in judged.by_script if score.in_order is False]

    assert not wrong, "\n".join(scoring.faults(judged.by_script))


def test_the_page_shows_what_the_engine_found(judged: Judged) -> None:
    found = {score.query: score.found for score in judged.by_script}
    shown = {score.query: score.found for score in judged.by_page}

    assert {query: one.numbers for query, one in shown.items()} == {query: found[query].numbers for query in shown}
    assert {query: one.count for query, one in shown.items()} == {query: found[query].count for query in shown}


def test_questions_were_really_asked(judged: Judged) -> None:
    """A page that loads nothing and shows nothing would clear some of the bars."""
    for scores in (judged.by_script, judged.by_page):
        answered = [score for score in scores if score.found.numbers]

        assert len(answered) > 0.7 * len(scores)
        assert all(score.found.received > 1000 for score in answered)
    assert len({score.query.kind for score in judged.by_script}) >= 30


@pytest.mark.skipif(NODE is None, reason="needs Node")
def test_the_script_finds_the_same_under_node(site: Path, judged: Judged) -> None:
    with node_engine(site, FacetKeys(ARCHIVE)) as engine:
        found = [(score.query, engine.ask(score.query)) for score in judged.by_script]

    assert [(query, one.numbers, one.count, one.exact) for query, one in found] == [
        (score.query, score.found.numbers, score.found.count, score.found.exact) for score in judged.by_script
    ]


def test_the_reader_of_the_terminal_clears_the_bars(site: Path, judged: Judged) -> None:
    """It reads as many records as it wants, so nothing at all may be wrong."""
    reader = PythonReader(site, FacetKeys(ARCHIVE))
    queries = [score.query for score in judged.by_script if reader.can_be_asked(score.query)]
    scores = scoring.judge(reader, judged.truth.answer, queries)

    assert len(queries) > 0.9 * QUERIES
    assert scoring.faults(scores) == []
