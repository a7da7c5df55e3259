"""Volumes, joined to a segment: the chunks of its terms, the directory of the chunks, and the columns of the facets."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.searching.coding import (
    SMALL,
    SMALL_END,
    Bytes,
    compress,
    expand,
    pack_chunk,
    pack_terms,
    unpack_terms,
    varint,
)
from site_builder.render.searching.postings import NONE, RANGES, Table, read_tables
from site_builder.render.searching.records import FACET_NAMES
from site_builder.render.searching.volumes import read_facets

SegmentName = Literal["month", "year", "archive"]
CHUNK_BYTES = {"month": 2 << 10, "year": 4 << 10, "archive": 8 << 10}
"""What a chunk holds before it is compressed; one term's postings are never parted."""
PAGE_CHUNKS = 64
"""Chunks on a page of the directory: a browser reads only the pages of the terms that it wants."""
_DIRECTORY = "d.gz"
_DIGEST = 10
"""Hex digits that stand for a segment's bytes in its address: it may be cached for ever."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What a segment is made from, beside its volumes' artifacts."""

    name: SegmentName
    volumes: tuple[tuple[str, int, str], ...]
    """(volume, stories, digest of its terms and facets), newest first."""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What a reader's browser is told first."""

    segments: tuple[tuple[str, tuple[tuple[str, int, str], ...]], ...]
    """(folder below ``search/``, months), newest first; of each month its stories and the digest of their records."""
    suggestions: str
    """The file of the names that are suggested."""
    pages: tuple[tuple[str, ...], ...]
    """Of each segment the first term of each page of its directory."""


def render_segment(segment: Segment, given: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """The files of *segment*; *given* holds the internal artifacts of its volumes, newest first.

    They are read range by range, and no range is held longer than it is joined.
    """
    counts = [count for _, count, _ in segment.volumes]
    volumes = [given[at : at + RANGES + 1] for at in range(0, len(given), RANGES + 1)]
    files = {}
    firsts = []
    for number, (terms, postings) in enumerate(_chunks(_joined(counts, volumes), CHUNK_BYTES[segment.name])):
        firsts.append(terms[0])
        files[f"{number}.gz"] = compress(pack_chunk(terms, postings))
    files[_DIRECTORY] = compress(pack_terms(firsts))
    for page, start in enumerate(range(0, len(firsts), PAGE_CHUNKS)):
        files[f"d-{page}.gz"] = compress(pack_terms(firsts[start : start + PAGE_CHUNKS]))
    files |= {f"f-{name}.gz": compress(column) for name, column in _columns(volumes)}
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name}:{len(data)}:".encode() + data)
    folder = urls.search_segment(f"{segment.name[0]}-{digest.hexdigest()[:_DIGEST]}")
    return tuple(Artifact(folder + name, data) for name, data in files.items())


def directory_pages(segment: Sequence[Artifact]) -> tuple[str, ...]:
    """The first term of each page of the directory of a segment, of which these are the files."""
    directory = next(artifact for artifact in segment if artifact.path.endswith(f"/{_DIRECTORY}"))
    return tuple(unpack_terms(Bytes(expand(directory.data)))[::PAGE_CHUNKS])


def _joined(counts: Sequence[int], volumes: Sequence[Sequence[Artifact]]) -> Iterator[tuple[list[str], list[bytes]]]:
    """The terms of the segment, in order, range by range, and the postings of each."""
    bases = [base << 2 for base in accumulate(counts, initial=0)]
    for number in range(RANGES):
        found: dict[str, bytes] = {}
        ends: dict[str, int] = {}
        for base, parts in zip(bases, volumes, strict=False):
            for table in read_tables(parts[number + 1].data):
                _add(found, ends, base, table)
        terms = sorted(found)
        yield terms, [found[term] for term in terms]


def _add(found: dict[str, bytes], ends: dict[str, int], base: int, table: Table) -> None:
    """Add a *table* whose stories are numbered from *base* on to the postings of each term and where they end."""
    end_of = ends.get
    for term, first, last, rest in zip(*table, strict=True):
        end = end_of(term)
        if end is None:
            found[term] = varint(first + base - NONE) + rest
        else:
            step = first + base - end  # millions of times: a call for each would show
            found[term] += (SMALL[step] if step < SMALL_END else varint(step)) + rest
        ends[term] = last + base


def _chunks(ranges: Iterator[tuple[list[str], list[bytes]]], target: int) -> Iterator[tuple[list[str], list[bytes]]]:
    """Terms and their postings in chunks of about *target* bytes; a longer row stands alone."""
    terms: list[str] = []
    postings: list[bytes] = []
    for more_terms, more_postings in ranges:
        terms += more_terms
        postings += more_postings
        sizes = [len(term) + len(row) + _TERM_BYTES for term, row in zip(terms, postings, strict=True)]
        ends = list(accumulate(sizes))
        start = 0
        while ends and ends[-1] - (before := ends[start - 1] if start else 0) > target:
            stop = max(bisect_right(ends, before + target), start + 1)
            yield terms[start:stop], postings[start:stop]
            start = stop
        del terms[:start], postings[:start]
    if terms:
        yield terms, postings


_TERM_BYTES = 5
"""About what a term takes beside its postings: what it does not share with the one before, and three numbers."""


def _columns(volumes: Sequence[Sequence[Artifact]]) -> Iterator[tuple[str, bytes]]:
    """Each facet's values by how many stories have them, then for each story which; and the days."""
    stories = [row for volume in volumes for row in read_facets(volume)]
    yield "day", b"".join(varint(row[0]) for row in stories)
    for place, name in enumerate(FACET_NAMES, 1):
        yield name, _column([row[place] for row in stories])


def _column(stories: Sequence[list[list[str]]]) -> bytes:
    labels: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for values in stories:
        for value in values:
            labels.setdefault(value[0], value)  # as the newest story has it
            counts[value[0]] += 1
    order = sorted(labels, key=lambda key: (-counts[key], key))
    numbers = {key: varint(number) for number, key in enumerate(order)}
    header = json.dumps([labels[key] for key in order], ensure_ascii=False, separators=(",", ":")).encode()
    rows = (varint(len(values)) + b"".join(numbers[value[0]] for value in values) for values in stories)
    return b"".join((varint(len(header)), header, *rows))


def render_search_index(index: SearchIndex) -> Artifact:
    """``search/index.json``: the only file of the index that keeps its address while its content changes."""
    value: dict[str, Any] = {
        "version": 1,
        "segments": [
            {"dir": folder, "stories": sum(count for _, count, _ in months), "months": months, "pages": pages}
            for (folder, months), pages in zip(index.segments, index.pages, strict=True)
        ],
        "suggest": index.suggestions,
    }
    return Artifact.text(urls.SEARCH_INDEX, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
