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
from itertools import pairwise
from typing import Any

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.searching import records
from site_builder.render.searching.coding import pack_postings

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
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, artifact in enumerate(stories):
        for place, terms in enumerate(records.read_terms(artifact)):
            row = (number, place)
            for term in terms:
                postings[term].append(row)
    terms = sorted(postings)
    cuts = [*(bisect_left(terms, bound) for bound in BOUNDS), len(terms)]
    for number, (start, stop) in enumerate(pairwise(cuts)):
        rows = [(term, postings[term]) for term in terms[start:stop]]
        yield Artifact(f"{INTERNAL}{number:02d}", _pack_range(rows))


def _pack_range(rows: list[tuple[str, list[tuple[int, int]]]]) -> bytes:
    """Count and size of the terms; of each the first posting, the last number, and the size of the rest; terms; rests.

    Joining months then only writes each first posting anew and appends the rest as it is.
    """
    rest = []
    heads = array("I")
    for _, postings in rows:
        (first, place), (last, _) = postings[0], postings[-1]
        follow = pack_postings((number - first - 1, kind) for number, kind in postings[1:]) if last > first else b""
        rest.append(follow)
        heads.extend((first << 2 | place, last, len(follow)))
    terms = "\n".join(term for term, _ in rows).encode()
    return array("I", (len(rows), len(terms))).tobytes() + heads.tobytes() + terms + b"".join(rest)


def read_range(data: bytes) -> Iterator[tuple[str, int, int, bytes]]:
    """(term, first posting, last number, postings after the first) of what ``_pack_range`` wrote, sorted by term."""
    numbers = array("I")
    numbers.frombytes(data[:8])
    count, size = numbers
    heads = array("I")
    start = 8 + 3 * heads.itemsize * count
    heads.frombytes(data[8:start])
    terms = data[start : start + size].decode().split("\n") if count else []
    at = start + size
    for term, first, last, length in zip(terms, heads[::3], heads[1::3], heads[2::3], strict=True):
        yield term, first, last, data[at : at + length]
        at += length
