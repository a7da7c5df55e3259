"""What ``postings.invert`` makes of Han characters, for thousands of stories at once. The only module that knows NumPy.

All stories are one row of code points, and a posting of a character or a pair is one number: both characters, the
story, the class. Sorting such numbers is the whole inversion. For a year of 1 500 stories it takes a ninth of the
time of dictionaries (tests/benchmarks/bench_postings.py), but loading the library takes longer than a month does
without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from site_builder.render.searching.postings import BOUNDS, Table

Numbers = NDArray[np.uint64]
_AT_ONCE = 128
"""Stories whose numbers a processor's cache holds."""
_OF_POSTING = _OF_CHARACTER = np.uint64(21)  # bits: a code point, or half a million stories
_POSTING = _CHARACTER = np.uint64((1 << 21) - 1)
_CLASSES = np.uint64(3)
_OF_RADIX = np.uint32(16)
_BLANK = 0x20
_CHUNK = 7
_MORE = 0x80


def invert_runs(stories: Sequence[Sequence[str]]) -> Iterator[Table]:
    """Of each range between ``BOUNDS`` the table of the characters and pairs in *stories*: ``Cut.runs`` by class.

    A volume may hold half a million stories.
    """
    bounds = np.array([(ord(bound) if bound else 0) << 42 for bound in BOUNDS], np.uint64)
    blocks = []
    for start in range(0, len(stories), _AT_ONCE):
        numbers = _postings(stories[start : start + _AT_ONCE], start)
        cuts = [*np.searchsorted(numbers, bounds), len(numbers)]
        blocks.append([numbers[start:stop] for start, stop in pairwise(cuts)])
    for of_range in zip(*blocks, strict=True):
        numbers = np.concatenate(of_range)
        numbers.sort(kind="stable")  # timsort: it joins rows that are sorted already
        yield _table(numbers)


def _postings(stories: Sequence[Sequence[str]], base: int) -> Numbers:
    """The numbers of all terms of *stories*, sorted; of each term and story only the one of the best class."""
    texts = []
    places = []
    for number, classes in enumerate(stories, base):
        for place, runs in enumerate(classes):
            texts.append(f"{runs} ")
            places.append(number << 2 | place)
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4")
    postings = np.repeat(np.array(places, np.uint64), [len(text) for text in texts])
    is_han = codes != _BLANK
    is_pair = is_han[:-1] & is_han[1:]
    firsts = np.concatenate((codes[is_han], codes[:-1][is_pair]))
    seconds = np.concatenate((np.zeros(len(firsts) - np.count_nonzero(is_pair), codes.dtype), codes[1:][is_pair]))
    found = np.concatenate((postings[is_han], postings[:-1][is_pair]))
    order = _order(firsts, seconds)  # of each term its postings stand in order already
    terms = firsts.astype(np.uint64) << _OF_CHARACTER | seconds
    numbers = (terms << _OF_POSTING | found)[order]
    best: Numbers = numbers[_begins(numbers >> np.uint64(2))]
    return best


def _order(firsts: NDArray[np.uint32], seconds: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Which term of two characters comes first, second, …; equal ones stay in order.

    Numbers of 16 bits are sorted by radix, a third of the time of comparing. Rare characters have more bits.
    """
    keys: list[NDArray[np.unsignedinteger]] = []
    for row in (seconds, firsts):  # the least first
        keys.append(row.astype(np.uint16))
        high = row >> _OF_RADIX
        if high.any():
            keys.append(high.astype(np.uint8))
    return np.lexsort(keys)


def _begins(row: Numbers) -> NDArray[np.bool_]:
    """Where in a sorted *row* another value begins."""
    begins = np.ones(len(row), np.bool_)
    np.not_equal(row[1:], row[:-1], out=begins[1:])
    return begins


def _table(numbers: Numbers) -> Table:
    if not len(numbers):
        return Table([], [], [], [])
    terms = numbers >> _OF_POSTING
    starts = np.flatnonzero(_begins(terms))
    stops = np.append(starts[1:], len(numbers))
    postings = numbers & _POSTING
    stories = postings & ~_CLASSES
    steps = postings.copy()
    steps[1:] -= stories[:-1]
    steps[starts] = 0
    data, ends = _varints(steps, starts)
    begins = np.concatenate((np.zeros(1, np.int64), ends))[starts]
    rests = [data[start:stop] for start, stop in zip(begins.tolist(), ends[stops - 1].tolist(), strict=True)]
    return Table(_texts(terms[starts]), postings[starts].tolist(), stories[stops - 1].tolist(), rests)


def _varints(steps: Numbers, without: NDArray[np.intp]) -> tuple[bytes, NDArray[np.int64]]:
    """All *steps* but those *without*, as varints one after the other, and where each ends."""
    sizes = np.ones(len(steps), np.int64)
    for bits in range(_CHUNK, int(steps.max()).bit_length(), _CHUNK):
        sizes += steps >= (1 << bits)
    sizes[without] = 0
    ends = np.cumsum(sizes)
    data = np.zeros(ends[-1], np.uint8)
    for place in range(int(sizes.max())):
        has = sizes > place
        data[(ends - sizes)[has] + place] = steps[has] >> np.uint64(_CHUNK * place) & np.uint64(_MORE - 1)
        data[(ends - sizes)[sizes > place + 1] + place] |= _MORE
    return data.tobytes(), ends


def _texts(terms: Numbers) -> list[str]:
    """Characters and pairs as texts."""
    codes = np.empty((len(terms), 2), "<u4")
    codes[:, 0] = terms >> _OF_CHARACTER
    codes[:, 1] = terms & _CHARACTER
    texts: list[str] = codes.view("<U2")[:, 0].tolist()  # a 0 at the end is none
    return texts
