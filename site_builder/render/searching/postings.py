"""Postings: which stories of a volume hold each term, packed so that volumes are joined without looking at each.

The format of an index writes a story as its distance from the one before. Within a volume these distances are known;
only the first of each term depends on what the volumes before it hold.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from site_builder.render.searching.coding import pack_steps

RANGES = 32
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FA5
BOUNDS = ("", *(chr(_FIRST_HAN + (_LAST_HAN - _FIRST_HAN) * step // (RANGES - 1)) for step in range(RANGES - 1)))
"""The first term that may stand in each range."""
NONE = -1 << 2
"""Stands for the story before the first."""
_NUMBER = "I"
_WIDTH = array(_NUMBER).itemsize
_SIZES = 3


class Table(NamedTuple):
    """Terms, sorted, and of each where its postings begin and end. A posting is ``number << 2 | class``."""

    terms: Sequence[str]
    firsts: Sequence[int]
    """The first posting."""
    lasts: Sequence[int]
    """``number << 2`` of the last story."""
    rests: Sequence[bytes]
    """All postings but the first, as the index writes them."""


def invert(stories: Iterable[Sequence[Iterable[str]]]) -> Table:
    """The table of *stories*, newest first, each told by its terms in each class; the best class of a term counts."""
    # A term's postings are the characters of a text: the garbage collector does not look at texts, while as many lists
    # would have it look at the whole newsroom again and again.
    found: dict[str, str] = {}
    known = found.get
    for number, classes in enumerate(stories):
        own: dict[str, str] = {}
        for place in reversed(range(len(classes))):
            own.update(dict.fromkeys(classes[place], chr(number << 2 | place)))
        for term, posting in own.items():
            found[term] = known(term, "") + posting
    terms = sorted(found)
    rows = [found[term] for term in terms]
    firsts = [ord(row[0]) for row in rows]
    lasts = [ord(row[-1]) & ~3 for row in rows]
    return Table(terms, firsts, lasts, [_rest(row) if len(row) > 1 else b"" for row in rows])


def _rest(row: str) -> bytes:
    return pack_steps([after - (before & ~3) for before, after in pairwise(map(ord, row))])


def ranged(table: Table) -> Iterator[Table]:
    """*table*, cut at ``BOUNDS``."""
    cuts = [*(bisect_left(table.terms, bound) for bound in BOUNDS), len(table.terms)]
    for start, stop in pairwise(cuts):
        part = slice(start, stop)
        yield Table(table.terms[part], table.firsts[part], table.lasts[part], table.rests[part])


def pack_tables(tables: Iterable[Table]) -> bytes:
    """Tables as bytes that the cache of this or another machine keeps."""
    return b"".join(map(_pack, tables))


def _pack(table: Table) -> bytes:
    terms, rests = "\n".join(table.terms).encode(), b"".join(table.rests)
    head = _numbers((len(table.terms), len(terms), len(rests)))
    sizes = [len(rest) for rest in table.rests]
    return b"".join((head, terms, *map(_numbers, (table.firsts, table.lasts, sizes)), rests))


def read_tables(data: bytes) -> Iterator[Table]:
    """The tables in what ``pack_tables`` gave."""
    at = 0

    def take(size: int) -> bytes:
        nonlocal at
        at += size
        return data[at - size : at]

    while at < len(data):
        count, of_terms, of_rests = _read_numbers(take(_SIZES * _WIDTH))
        terms = take(of_terms).decode().split("\n") if count else []
        firsts, lasts, sizes = (_read_numbers(take(count * _WIDTH)) for _ in range(3))
        rests = take(of_rests)
        cuts = list(accumulate(sizes, initial=0))
        yield Table(terms, firsts, lasts, [rests[start:stop] for start, stop in pairwise(cuts)])


def _numbers(values: Iterable[int]) -> bytes:
    """*values* as little-endian numbers of 32 bits."""
    row = array(_NUMBER, values)
    if sys.byteorder == "big":
        row.byteswap()
    return row.tobytes()


def _read_numbers(data: bytes) -> array[int]:
    row = array(_NUMBER, data)
    if sys.byteorder == "big":
        row.byteswap()
    return row
