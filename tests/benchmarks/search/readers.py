"""What is judged without a browser: its engine under Node, and the reader of ``bulletin search``.

Under Node bytes are those of the files alone, since nothing comes over a network; the reader's files lie on the same
disk, and their bytes are no matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.search.engines import query_of, story_numbers
from benchmarks.search.scoring import PAGE, Found
from benchmarks.search.truth import Query
from search_engine import Failure, SearchEngine

from site_builder.render.searching.reader import IndexReader

FacetKey = Callable[[str, str], str]
"""Under which key the index knows a value of a facet."""
UNKNOWN_TO_THE_READER = frozenset({"year", "from", "to"})
"""``bulletin search`` narrows by the files of facets only."""


class NodeEngine:
    """The engine of the search page, without the page and without what browsers do to it."""

    def __init__(self, engine: SearchEngine, site: Path, facet_key: FacetKey) -> None:
        self._engine = engine
        self._site = site
        self._facet_key = facet_key

    def can_be_asked(self, _query: Query) -> bool:
        return True

    def ask(self, query: Query) -> Found:
        """Open the index anew, and ask it."""
        self._engine.open_folder(self._site)
        answer: Any = self._engine.ask("search", query_of(query, self._facet_key))
        assert not isinstance(answer, Failure), (query, answer)
        numbers = story_numbers(hit["url"] for hit in answer["hits"])
        return Found(numbers, answer["count"], answer["exact"], self._engine.read, 0, len(self._engine.paths))


class PythonReader:
    """The reader behind ``bulletin search``."""

    def __init__(self, site: Path, facet_key: FacetKey) -> None:
        self._site = site
        self._facet_key = facet_key

    def can_be_asked(self, query: Query) -> bool:
        return UNKNOWN_TO_THE_READER.isdisjoint(facet for facet, _value in query.facets)

    def ask(self, query: Query) -> Found:
        """Open the index anew, and ask it."""
        facets: dict[str, list[str]] = {}
        for facet, value in query.facets:
            facets.setdefault(facet, []).append(self._facet_key(facet, value))
        sort = "date" if query.by_date else "relevance"
        reader = IndexReader(lambda path: (self._site / path).read_bytes())
        answer = reader.search(query.text, facets=facets, sort=sort, limit=PAGE)
        return Found(story_numbers(hit.record["u"] for hit in answer.hits), answer.count, answer.exact)


@contextmanager
def node_engine(site: Path, facet_key: FacetKey) -> Iterator[NodeEngine]:
    """The engine in a Node process that ends with the block."""
    engine = SearchEngine()
    try:
        yield NodeEngine(engine, site, facet_key)
    finally:
        engine.close()
