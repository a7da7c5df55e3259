"""Where Chinese text may be joined, broken or cut.

Rules: GB/T 15834-2011 (punctuation at line ends), W3C *Requirements for Chinese Text Layout* (CLREQ) 3.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

_WIDE = (
    r"\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff5e"
    r"\U00020000-\U0003ffff"
)
_SOFT_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])")
_PHRASE_END = re.compile(r"[，、；：！？。—…][—…]*[”’》）]*|\u3000|[”》）](?=[^，、；：！？。\u3000])")
_PHRASE_START = re.compile(r"[“‘《（]")
_MEASURE = (
    "%|‰|℃|°C|[万亿]?(?:小时|公里|分钟|平方米|[年月日时号届次个名人位户家条件处项篇场期版岁天元块级种倍米吨])|[万亿]"
)
_NUMBER = re.compile(rf"\d(?:[\d.,:—～-]*(?:{_MEASURE})?)(?:\d[\d.,:—～-]*(?:{_MEASURE}))*")
"""A number with its unit or measure word, and a date in one piece."""
LONG_PHRASE = 10
"""A phrase wider than so many Han characters may break in a narrow column: rather behind a number than in a word."""
_WORTH_A_LINE = 4
"""Fewer characters look lost on a line of their own."""
_SENTENCE_END = re.compile(r"[。！？…][”’）》]*|[.!?][\"')\]”’]*(?=\s|$)")


def join_soft_breaks(text: str) -> str:
    """*text* without the line ends between Chinese characters, which browsers would show as spaces."""
    return _SOFT_BREAK.sub("", text)


def join_lines(text: str) -> str:
    """*text* on one line: nothing between Chinese characters, one space between other words."""
    return re.sub(r"[ \t]*\n\s*", " ", join_soft_breaks(text))


def phrases(text: str) -> tuple[str, ...]:
    """*text* cut where a headline may break: after marks and full-width spaces, before opening quotes.

    A long stretch without any of these is cut behind the numbers in it, too. Joined together the pieces are *text*
    again.
    """
    # A dash that opens a deck (——市总工会……) stays with its words.
    cuts = {match.end() for match in _PHRASE_END.finditer(text) if match.start() > 0}
    cuts |= {match.start() for match in _PHRASE_START.finditer(text)}
    points = [0, *sorted(cut for cut in cuts if 0 < cut < len(text)), len(text)]
    return tuple(piece for a, b in pairwise(points) for piece in _behind_numbers(text[a:b]))


def _behind_numbers(phrase: str) -> Iterator[str]:
    """*phrase* cut behind its numbers where it is long and the rest is worth a line: 热线12351 | 上半年办结率."""
    start = 0
    for match in _NUMBER.finditer(phrase) if em_width(phrase) > LONG_PHRASE else ():
        if match.end() - start >= _WORTH_A_LINE and len(phrase) - match.end() >= _WORTH_A_LINE:
            yield phrase[start : match.end()]
            start = match.end()
    yield phrase[start:]


def em_width(text: str) -> float:
    """About how many Han characters wide *text* is: digits and Latin letters are half as wide."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def unbroken_numbers(text: str) -> tuple[tuple[str, bool], ...]:
    """*text* as (piece, is a number that must not break) pairs; a number keeps its unit or measure word."""
    pieces: list[tuple[str, bool]] = []
    position = 0
    for match in _NUMBER.finditer(text):
        if match.start() > position:
            pieces.append((text[position : match.start()], False))
        pieces.append((match.group(), True))
        position = match.end()
    if position < len(text):
        pieces.append((text[position:], False))
    return tuple(pieces)


@lru_cache(maxsize=4096)  # a story stands in several lists
def summarise(text: str, limit: int = 90) -> str:
    """The first sentences of *text* that fit into *limit* characters; a longer first sentence is cut with ……."""
    text = join_lines(text)
    stop = 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > limit:
            break
        stop = match.end()
    if stop:
        return text[:stop]
    return text if len(text) <= limit else text[: limit - 2].rstrip("，、；： ") + "……"


def count_characters(text: str) -> int:
    """Han characters, letters and digits in *text*: how the trade counts a story's length."""
    return sum(map(str.isalnum, text))
