"""Text as search compares it: the same for “ＡＩ” and ai, for 工會 and 工会.

What is folded: compatibility forms and capitals (NFKC and lower case), quotation marks (dropped), white space, and
Traditional characters, one by one, unless GB 2312 holds them too (著, 乾), since Simplified text uses those itself.
The tables are made by ``tools/make_fold_table.py`` and not taken from this Python's Unicode: readers' browsers fold
by the same ones (``themes/static/search-fold.js``, ``search-hant.js``), and a test holds both to the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from site_builder.text import fold_table

MANY_SEPARATOR = "\t"


def ranges(flat: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The (first, last) pairs of a flat row of code points."""
    numbers = iter(flat)
    return zip(numbers, numbers, strict=True)


def _character_class(flat: Iterable[int]) -> str:
    """Ranges of code points as they stand between the brackets of a pattern."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges(flat))


HAN = _character_class(fold_table.HAN)
"""Characters that stand for a syllable or a word by themselves: Han, kana, bopomofo, Hangul."""
LETTER = f"a-z{_character_class(fold_table.WORD)}"
"""Characters that make words with others like them; figures beyond ASCII count as letters."""
_BLANKS = re.compile(r"[ \n]+")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def fold(text: str) -> str:
    """*text* as search compares it; folding it again changes nothing.

    Runs of white space are one space, or none beside a Han character and at either end; paragraphs are parted by
    one line end.
    """
    folded = text.translate(_table() if _ASTRAL.search(text) else _units())
    if " " not in folded:  # as in most Chinese; to look for runs of blanks takes a quarter of the time
        return "\n".join(filter(None, folded.split("\n")))
    return _BLANKS.sub(_blank, folded).strip()


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """``fold(text)``, and for each of its characters the index in *text* of the one that it comes from."""
    table = _table()
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        after = table.get(ord(char), char)
        chars += after
        places += [place] * len(after)
    wide = "".join(chars)
    kept: list[str] = []
    origins: list[int] = []
    start = 0
    for match in _BLANKS.finditer(wide):
        kept += wide[start : match.start()]
        origins += places[start : match.start()]
        if _blank(match) and match.start() and match.end() < len(wide):
            kept.append(_blank(match))
            origins.append(places[match.start()])
        start = match.end()
    return "".join(kept) + wide[start:], origins + places[start:]


def _blank(match: re.Match[str]) -> str:
    """What is left of a run of white space."""
    if "\n" in match.group():
        return "\n"
    text, start, stop = match.string, match.start(), match.end()
    if (start and _HAN_CHARACTER.match(text, start - 1)) or _HAN_CHARACTER.match(text, stop):
        return ""
    return " "


@lru_cache(maxsize=1)
def _units() -> list[int | str]:
    """What becomes of each code point of the basic plane. A list is looked up in half of the time of a mapping that
    lacks most characters, and texts are long."""
    table = _table()
    return [table.get(point, point) for point in range(0x10000)]


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Code point → what becomes of it."""
    table = {ord(char): "" for char in fold_table.GONE}
    numbers = iter(fold_table.RUNS)
    for first, last, step, distance in zip(numbers, numbers, numbers, numbers, strict=True):
        table |= {point: chr(point + distance) for point in range(first, last + 1, step)}
    table |= {ord(char): after for char, after in zip(fold_table.ONES_FROM, fold_table.ONES_TO, strict=True)}
    table |= {ord(row[0]): row[1:] for row in fold_table.MANY.split(MANY_SEPARATOR)}
    hant = {ord(char): after for char, after in zip(fold_table.HANT_FROM, fold_table.HANT_TO, strict=True)}
    return {point: after.translate(hant) for point, after in table.items()} | hant
