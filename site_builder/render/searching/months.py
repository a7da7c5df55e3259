"""A month's stories, joined: their records as files of the site, and their terms, ready to be joined with other months.

What is joined is cut into ranges of terms, so that a whole archive can be joined range by range without ever holding
all of it. Nothing of a month tells where in a segment it stands.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.searching import records
from site_builder.render.searching.coding import SMALL, varint

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
    facets = ",".join(facets.data.decode() for _, _, facets in made)
    found.append(Artifact.text(FACETS, f"[{facets}]"))
    return (*found, *_ranges([terms for _, terms, _ in made]))


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


def _ranges(stories: Sequence[Artifact]) -> Iterator[Artifact]:
    """The terms of all stories with their postings, cut at ``BOUNDS``."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, artifact in enumerate(stories):
        for place, terms in enumerate(records.read_terms(artifact)):
            posting = number << 2 | place
            for term in terms:
                postings[term].append(posting)
    order = sorted(postings)
    cuts = [*(bisect_left(order, bound) for bound in BOUNDS), len(order)]
    for number, (start, stop) in enumerate(pairwise(cuts)):
        part = order[start:stop]
        yield Artifact(f"{INTERNAL}{number:02d}", _pack_range(part, [postings[term] for term in part]))


def _pack_range(terms: list[str], postings: list[list[int]]) -> bytes:
    """Count and size of the terms; of each the first posting, the last number, and the size of the rest; terms; rests.

    Joining months then only writes each first posting anew and appends the rest as it is.
    """
    rests = []
    sizes = array("I")
    for row in postings:
        rest = _follow(row) if len(row) > 1 else b""
        rests.append(rest)
        sizes.append(len(rest))
    names = "\n".join(terms).encode()
    firsts, lasts = array("I", [row[0] for row in postings]), array("I", [row[-1] >> 2 for row in postings])
    head = array("I", (len(terms), len(names))) + firsts + lasts + sizes
    return b"".join((head.tobytes(), names, *rests))


def _follow(row: list[int]) -> bytes:
    """The postings after the first of *row*, each as its distance from the number before it, and its class."""
    if row[-1] >> 2 < len(SMALL) >> 2:
        return b"".join([SMALL[after - (before & ~3)] for before, after in pairwise(row)])
    return b"".join([varint(after - (before & ~3)) for before, after in pairwise(row)])


@dataclass(frozen=True, slots=True)
class Range:
    """A range of a month's terms, sorted; of each what ``_pack_range`` says."""

    terms: list[str]
    firsts: array[int]
    lasts: array[int]
    rests: list[bytes]


def read_range(data: bytes) -> Range:
    """What ``_pack_range`` wrote."""
    count, size = _numbers(data, 0, 2)
    width = array("I").itemsize
    firsts, lasts, sizes = (_numbers(data, width * (2 + place * count), count) for place in range(3))
    start = width * (2 + 3 * count)
    terms = data[start : start + size].decode().split("\n") if count else []
    ends = accumulate(sizes, initial=start + size)
    return Range(terms, firsts, lasts, [data[a:b] for a, b in pairwise(ends)])


def _numbers(data: bytes, start: int, count: int) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data[start : start + count * numbers.itemsize])
    return numbers
