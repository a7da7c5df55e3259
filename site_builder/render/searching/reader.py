"""Answers from an index as it is published, as a reader's browser gives them: found by terms, checked by records.

The index only says which stories may match. A story is a hit when its record says so, so none is ever shown that
does not hold what was asked for; records are read in the order of the hits, and no more of them than are shown.
"""

from __future__ import annotations

import heapq
import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Literal

from site_builder.model import urls
from site_builder.render.searching.coding import Bytes, expand, unpack_chunk, unpack_postings, unpack_terms
from site_builder.render.searching.query import (
    Lookup,
    Query,
    find_spelling,
    find_term,
    lookups,
    parse_query,
    spelling_lookups,
)
from site_builder.render.searching.records import ELSEWHERE, HEADLINE, Record, facet_lookup, fields
from site_builder.text.folding import fold

Read = Callable[[str], bytes]
"""The bytes of a file of the site, by its path. May raise ``OSError``."""
Sort = Literal["relevance", "date"]
VERSION = 1
CHECKED_FOR_COUNT = 200
"""Up to so many stories that may match are all looked at, so that their count is exact."""


class BrokenIndex(Exception):
    """The files of the index are not those of one index, or not of a version that this program knows."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that matches."""

    number: int
    """Its number in the whole index, 0 the newest."""
    place: int
    """Class of the hit: where the terms stand."""
    record: Record


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found."""

    hits: tuple[Hit, ...]
    count: int
    exact: bool
    """Whether *count* is certain; else it is how many stories may match."""


class _Segment:
    """One segment: its stories are numbered from *base* in the whole index."""

    def __init__(self, read: Read, value: Mapping[str, Any], base: int) -> None:
        self.read = read
        self.folder = urls.search_segment(value["dir"])
        self.stories = int(value["stories"])
        self.months = [(str(month), int(count)) for month, count, _ in value["months"]]
        self.base = base

    @cached_property
    def directory(self) -> list[str]:
        """The first term of each chunk."""
        return unpack_terms(Bytes(self._file("d.gz")))

    def postings(self, lookup: Lookup) -> dict[int, int]:
        """The stories found under *lookup*, with the best of their classes."""
        found: dict[int, int] = {}
        for chunk in self._chunks(lookup):
            for term, data in unpack_chunk(self._file(f"{chunk}.gz")).items():
                if term == lookup.text or (lookup.prefix and term.startswith(lookup.text)):
                    for number, place in unpack_postings(data):
                        found[number + self.base] = min(place, found.get(number + self.base, place))
        return found

    def _chunks(self, lookup: Lookup) -> range:
        first = max(bisect_right(self.directory, lookup.text) - 1, 0)
        stop = bisect_right(self.directory, lookup.text + _LAST_CHARACTER) if lookup.prefix else first + 1
        return range(first, min(max(stop, first + 1), len(self.directory)))

    def record_path(self, number: int) -> str:
        """Where the record of the story of that number in this segment lies."""
        ends = list(accumulate(count for _, count in self.months))
        at = bisect_right(ends, number)
        month, count = self.months[at]
        return urls.search_record(month, count - 1 - (number - (ends[at] - count)))

    def _file(self, name: str) -> bytes:
        return expand(self.read(self.folder + name))


_LAST_CHARACTER = "\U0010ffff"


class IndexReader:
    """The index below ``search/``; *read* gives its files. Raises ``BrokenIndex`` here and at every question."""

    def __init__(self, read: Read) -> None:
        self.read = read
        try:
            value = json.loads(read(urls.SEARCH_INDEX))
            if value["version"] != VERSION:
                raise BrokenIndex(f"version {value['version']}")
            bases = accumulate((int(row["stories"]) for row in value["segments"]), initial=0)
            self.segments = [_Segment(read, row, base) for row, base in zip(value["segments"], bases, strict=False)]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BrokenIndex(str(error)) from error

    @property
    def stories(self) -> int:
        """How many stories there are."""
        return sum(segment.stories for segment in self.segments)

    def search(
        self,
        typed: str,
        *,
        facets: Mapping[str, Sequence[str]] | None = None,
        sort: Sort = "relevance",
        limit: int = 10,
    ) -> Answer:
        """The stories that hold what was *typed*, the best or the newest first.

        *facets*: of each facet the keys of which a story must have one. Without words, all stories of the facets.
        """
        query = parse_query(typed)
        if not (query.terms or query.excluded or facets):
            return Answer((), 0, exact=True)
        try:
            return self._answer(query, self._candidates(query, facets or {}), sort, limit)
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise BrokenIndex(str(error)) from error

    def _answer(self, query: Query, candidates: Mapping[int, int], sort: Sort, limit: int) -> Answer:
        """Looks at candidates in the order that the index promises; one that stands lower goes back into the row."""
        everything = len(candidates) <= CHECKED_FOR_COUNT
        row = [(place if sort == "relevance" else 0, number) for number, place in candidates.items()]
        heapq.heapify(row)
        checked: dict[int, Hit | None] = {}
        hits: list[Hit] = []
        wrong = 0
        while row and (len(hits) < limit or everything):
            promised, number = heapq.heappop(row)
            if number not in checked:
                checked[number] = self._check(query, number)
            hit = checked[number]
            if hit is None:
                wrong += 1
            elif sort == "relevance" and hit.place > promised:
                heapq.heappush(row, (hit.place, number))
            else:
                hits.append(hit)
        return Answer(tuple(hits[:limit]), len(candidates) - wrong, exact=not row or _is_certain(query))

    def _check(self, query: Query, number: int) -> Hit | None:
        record = self._record(number)
        places = [place_of(record, term) for term in query.terms]
        if any(place is None for place in places) or any(place_of(record, term) is not None for term in query.excluded):
            return None
        return Hit(number, max((place for place in places if place is not None), default=HEADLINE), record)

    def _record(self, number: int) -> Record:
        segment = next(s for s in reversed(self.segments) if number >= s.base)
        record: Record = json.loads(expand(self.read(segment.record_path(number - segment.base))))
        return record

    def _candidates(self, query: Query, facets: Mapping[str, Sequence[str]]) -> dict[int, int]:
        """The stories that may match, each with the best class that its hit can have."""
        found: dict[int, int] | None = None
        for term in query.terms:
            may = self._may_hold(term)
            found = may if found is None else _both(found, may)
        if found is None:
            found = dict.fromkeys(range(self.stories), HEADLINE)
        for facet, keys in facets.items():
            chosen = {n for key in keys for n in self._postings(Lookup(facet_lookup(facet, key), prefix=True))}
            found = {number: place for number, place in found.items() if number in chosen}
        return found

    def _may_hold(self, term: str) -> dict[int, int]:
        found: dict[int, int] | None = None
        for lookup in lookups(term):
            may = self._postings(lookup)
            found = may if found is None else _both(found, may)
        if found is None:
            return dict.fromkeys(range(self.stories), HEADLINE)
        for lookup in spelling_lookups(term):
            for number, place in self._postings(lookup).items():
                found[number] = min(place, found.get(number, place))
        return found

    def _postings(self, lookup: Lookup) -> dict[int, int]:
        found: dict[int, int] = {}
        for segment in self.segments:
            found |= segment.postings(lookup)
        return found


def place_of(record: Record, term: str) -> int | None:
    """The best class in which the story of *record* holds the folded *term*; ``None``: it does not."""
    places = [place for place, text in fields(record) if any(True for _ in find_term(fold(text), term))]
    for text, syllables in record.get("z", ()):
        if find_spelling(syllables, term):
            places.append(HEADLINE if text == record["h"] else ELSEWHERE)
    return min(places, default=None)


def _both(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    """The stories of both; the terms stand together only where both do, so the worse class is the best possible."""
    return {number: max(place, other[number]) for number, place in one.items() if number in other}


def _is_certain(query: Query) -> bool:
    """Whether the index alone tells how many stories match: one character, or two."""
    return not query.excluded and all(
        len(found) == 1 and not found[0].prefix and found[0].text == term
        for term in query.terms
        for found in [lookups(term)]
    )
