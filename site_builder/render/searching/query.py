"""What a reader typed: terms that a story must hold, and terms that it must not; and where a text holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.render.searching.spelling import MARK, spelled
from site_builder.render.searching.terms import HAN_RUN, NUMBER, WORD_RUN, is_han
from site_builder.text.folding import HAN, LETTER, fold

_TYPED = re.compile(r"([-－–−﹣]?)(?:\"([^\"]*)\"|“([^”]*)”|‘([^’]*)’|「([^」]*)」|『([^』]*)』|(\S+))")
_KEPT = "+%‰"
"""Marks at the end of a word that are part of it: 互联网+, 98.6%."""
_AROUND = re.compile(rf"\A[^0-9{HAN}{LETTER}]+|[^0-9{HAN}{LETTER}{_KEPT}]+\Z")
_IS_LETTER = re.compile(f"[{LETTER}]")
_IS_NUMBER = re.compile(NUMBER)
_ENDS_IN_NUMBER = re.compile(r"[0-9][.,]?\Z")
_GOES_ON_AS_NUMBER = re.compile(r"[.,]?[0-9]")
_SOUNDS = re.compile("[a-zü]+")
_LEAST_WHOLE = 4
"""Letters of the shortest term of pinyin that a longer query may begin with: four syllables of one letter."""


@dataclass(frozen=True, slots=True)
class Query:
    """Folded terms. Nothing typed asks for nothing."""

    terms: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """Terms of the index of which a story must have one: *text* itself, or with *prefix* whatever begins with it."""

    text: str
    prefix: bool = False


def parse_query(typed: str) -> Query:
    """*typed*: words between blanks, phrases in quotation marks; ``-`` before one excludes it.

    Marks around a word are not asked for: ``（职工）``, ``职工。``; those in quotation marks are. What holds neither a
    letter nor a figure nor a Han character asks for nothing.
    """
    terms: dict[bool, dict[str, None]] = {False: {}, True: {}}
    for minus, *quoted, bare in _TYPED.findall(typed):
        term = _AROUND.sub("", fold(bare)) if bare else fold("".join(quoted))
        if HAN_RUN.search(term) or WORD_RUN.search(term):
            terms[bool(minus)][term] = None
    return Query(tuple(terms[False]), tuple(terms[True]))


def lookups(term: str) -> tuple[Lookup, ...]:
    """What a story that holds *term* is found under, all of them; empty where only reading every story could tell."""
    found: dict[Lookup, None] = {}
    for match in HAN_RUN.finditer(term):
        run = match.group()
        pairs = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        found |= {Lookup(pair): None for pair in pairs}
    for match in WORD_RUN.finditer(term):
        found |= dict.fromkeys(_of_run(term, match))
    return tuple(found)


def _of_run(term: str, match: re.Match[str]) -> Iterator[Lookup]:
    """The lookups of letters and figures: what stands beside them tells where in the text they begin and end."""
    run, before, rest = match.group(), term[: match.start()], term[match.end() :]
    if before in (".", ",") and run[0].isdecimal():
        return  # it may be the end of a number that began before the term
    # A number that ends the term is whole in the text; a word may go on there, and so may a number before a mark.
    open_end = not rest and not _IS_NUMBER.fullmatch(run)
    open_end = open_end or (rest in (".", ",") and run[-1].isdecimal())
    beside = [run + rest[0]] if is_han(rest[:1]) else []
    beside += [before[-1] + run] if is_han(before[-1:]) else []
    for text in beside or [run]:
        yield Lookup(text, prefix=open_end)


def spelling_lookups(term: str) -> tuple[Lookup, ...]:
    """Under what a story is found whose headline or names *term* spells, one of them; empty where it is no pinyin."""
    if not _SOUNDS.fullmatch(term):
        return ()
    sounds = term.replace("ü", "v")
    whole = (Lookup(MARK + sounds[:size]) for size in range(_LEAST_WHOLE, len(sounds)))
    return (Lookup(MARK + sounds, prefix=True), *whole)


def find_term(folded: str, term: str) -> Iterator[tuple[int, int]]:
    """Every (start, stop) of *term* in a folded text: words from their beginning, numbers whole."""
    start = folded.find(term)
    while start >= 0:
        stop = start + len(term)
        if _stands_alone(folded, start, stop):
            yield start, stop
            start = folded.find(term, stop)
        else:
            start = folded.find(term, start + 1)


def _stands_alone(text: str, start: int, stop: int) -> bool:
    first, last, before = text[start], text[stop - 1], text[max(start - 2, 0) : start]
    if _IS_LETTER.match(first):
        if before and WORD_RUN.fullmatch(before[-1]):
            return False
    elif first in _DIGITS and _ENDS_IN_NUMBER.search(before):
        return False
    return not (last in _DIGITS and _GOES_ON_AS_NUMBER.match(text, stop))


_DIGITS = frozenset("0123456789")


def find_spelling(syllables: Sequence[str], term: str) -> tuple[int, int] | None:
    """The (start, stop) of the characters with these syllables that *term* spells; ``None`` where it spells none."""
    return spelled(term.replace("ü", "v"), syllables) if _SOUNDS.fullmatch(term) else None
