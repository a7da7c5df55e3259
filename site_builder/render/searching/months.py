"""A month's stories, joined: their records as files of the site, and their terms, ready to be joined with other months.

What is joined is cut into ranges of terms, so that a whole archive can be joined range by range without ever holding
all of it. Nothing of a month tells where in a segment it stands.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.searching import records

INTERNAL = ".month/"
"""Artifacts of a month that are kept, not published; no path of a site starts so."""
FACETS = INTERNAL + "facets"
RANGES = 32
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FA5
BOUNDS = ("", *(chr(_FIRST_HAN + (_LAST_HAN - _FIRST_HAN) * step // (RANGES - 1)) for step in range(RANGES - 1)))
"""The first term that may stand in each range."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A story of a month."""

    url: str
    state: str
    """What its record and its terms depend on, beside what those of all stories do."""
    readings: tuple[tuple[str, str], ...] = ()
    """The newsroom's own corrections of pinyin that it needs."""


@dataclass(frozen=True, slots=True)
class Month:
    """What a month's files are made from: the key to what was made of its stories."""

    month: str
    """``2024-04``"""
    stories: tuple[Entry, ...]
    """Newest first."""
    names: str
    """Digest of all names and settings that a story's part may show."""


def render_month(month: Month, given: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """Records, facets and ranges of terms; *given* is what ``render_searched`` made of each story, newest first."""
    made = [given[at : at + 3] for at in range(0, len(given), 3)]
    count = len(made)
    found = [Artifact(urls.search_record(month.month, count - 1 - at), row[0].data) for at, row in enumerate(made)]
    facets = f"[{','.join(facets.data.decode() for _, _, facets in made)}]"
    found.append(Artifact.text(FACETS, facets))
    return (*found, *_ranges([terms for _, terms, _ in made], json.loads(facets)))


def published(artifacts: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """Those of a month's artifacts that are files of the site: its records, the newest first."""
    return tuple(artifact for artifact in artifacts if not artifact.path.startswith(INTERNAL))


def internal(artifacts: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """The others: the facets, then the ranges."""
    return tuple(artifact for artifact in artifacts if artifact.path.startswith(INTERNAL))


def read_facets(artifacts: Sequence[Artifact]) -> list[list[Any]]:
    """For each story, newest first, the day and the values of the facets."""
    rows: list[list[Any]] = json.loads(artifacts[0].data)
    return rows


def _ranges(stories: Sequence[Artifact], facets: Sequence[Sequence[Any]]) -> Iterator[Artifact]:
    """The terms of all stories, and of their *facets*, with their postings, cut at ``BOUNDS``."""
    # A term's postings are the characters of a text, number and class in one: texts cost the least to grow and to
    # keep by the hundred thousand, and the garbage collector does not look at them.
    postings: dict[str, str] = {}
    before = postings.get
    for number, artifact in enumerate(stories):
        for place, terms in enumerate(records.read_terms(artifact)):
            posting = chr((number << 2 | place) + SHIFT)
            for term in terms:
                postings[term] = before(term, "") + posting
        posting = chr((number << 2 | records.HEADLINE) + SHIFT)
        for term in records.facet_terms(facets[number]):
            postings[term] = before(term, "") + posting
    order = sorted(postings)
    cuts = [*(bisect_left(order, bound) for bound in BOUNDS), len(order)]
    for number, (start, stop) in enumerate(pairwise(cuts)):
        part = order[start:stop]
        rows = "\n".join(map(postings.__getitem__, part))
        # The code points of some postings are those of surrogates.
        data = "\n".join(part).encode() + b"\0" + rows.encode("utf-8", "surrogatepass")
        yield Artifact(f"{INTERNAL}{number:02d}", data)


SHIFT = 16
"""Keeps the characters that stand for postings apart from the line ends between terms."""


def read_range(data: bytes) -> tuple[list[str], list[str]]:
    """The terms of a range, sorted, and of each its postings: ``(number << 2 | class) + SHIFT`` as characters."""
    terms, _, rows = data.partition(b"\0")
    return _lines(terms.decode()), _lines(rows.decode("utf-8", "surrogatepass"))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []
