"""What is true: stories that contain what was asked for, found by looking through every text.

Written after docs/reference/search-index.md and nothing else, so that an error of the index cannot be an error here
as well. Of the index only the readings are taken over: which syllables a headline or a name has is no question of
finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from benchmarks.search import words
from benchmarks.search.stories import Archive, Sample

Readings = Callable[[int], Iterable[tuple[str, tuple[str, ...]]]]
"""Of a story: texts with one syllable for each character, empty where the character is not Chinese."""

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_QUOTES = re.compile("[“”„\"‘’'「」『』《》〈〉]")
_BLANKS = re.compile(r"[^\S\n]+")
_BESIDE_HAN = re.compile(f"(?<=[{HAN}]) | (?=[{HAN}])")
_TERM = re.compile(r"([-－]?)(?:\"([^\"]*)\"|“([^”]*)”|「([^」]*)」|(\S+))")
_LETTERS = re.compile("[a-zü]+")


@dataclass(frozen=True, slots=True)
class Query:
    """Something that a reader asks."""

    kind: str
    text: str
    """As typed into the box."""
    facets: tuple[tuple[str, str], ...] = ()
    """(facet, value): section by slug, region by name, topic and person by name, genre, edition by day, year, from, to."""
    by_date: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, (self.text, *(f"{name}={value}" for name, value in self.facets))))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is true of a query."""

    numbers: tuple[int, ...]
    """Stories that match, in the order in which a reader should meet them."""
    ordered: bool
    """Whether that order is certain: with several terms, it is not said which of them ranks a story."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One story, folded: what ranks first, second, last; and how its names are read."""

    parts: tuple[str, str, str]
    day: date
    facets: Mapping[str, tuple[str, ...]]
    readings: tuple[tuple[int, tuple[str, ...]], ...]
    """(place as of ``parts``, syllables) of each of its names; what has none is passed over as it is when one reads aloud."""


class Truth:
    """Everything that is in an archive, ready to be asked."""

    def __init__(self, archive: Archive | Iterable[Sample], readings: Readings = lambda _number: ()) -> None:
        self._texts = {sample.number: _text(sample, readings(sample.number)) for sample in archive}

    def answer(self, query: Query) -> Answer:
        """The stories that match *query*."""
        wanted, unwanted = parse(query.text)
        found = []
        for number, text in self._texts.items():
            if not _chosen(text, query.facets):
                continue
            classes = [_place(text, term) for term in wanted]
            if None in classes or any(_place(text, term) is not None for term in unwanted):
                continue
            rank = classes[0] if len(classes) == 1 and not query.by_date else 0
            found.append((rank or 0, -text.day.toordinal(), -number))
        return Answer(tuple(-row[2] for row in sorted(found)), query.by_date or len(wanted) < 2)


def fold(text: str) -> str:
    """*text* as it is compared: forms, case, quotation marks, blanks and Traditional characters make no difference."""
    text = unicodedata.normalize("NFKC", text).lower().translate(words.TO_SIMPLIFIED)
    text = _BLANKS.sub(" ", _QUOTES.sub("", text))
    return _BESIDE_HAN.sub("", text).strip()


def parse(typed: str) -> tuple[list[str], list[str]]:
    """The folded terms that must and must not be in a story; one that folds to nothing asks for nothing."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, *forms in _TERM.findall(typed):
        term = fold("".join(forms))
        if term:
            (unwanted if minus else wanted).append(term)
    return wanted, unwanted


def contains(text: str, term: str) -> bool:
    """Whether folded *text* has *term*: words from their beginning, numbers whole."""
    start = text.find(term)
    while start >= 0:
        if not _cuts_word(text, start, start + len(term)):
            return True
        start = text.find(term, start + 1)
    return False


def _cuts_word(text: str, start: int, stop: int) -> bool:
    before, first, last, after = text[max(0, start - 2) : start], text[start], text[stop - 1], text[stop : stop + 2]
    if _latin(first):
        return bool(before) and (_latin(before[-1]) or _digit(before[-1]))
    if _digit(first) and (re.search(r"\d[.,]?$", before, re.ASCII)):
        return True
    return _digit(last) and bool(re.match(r"[.,]?\d", after, re.ASCII))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


def _text(sample: Sample, readings: Iterable[tuple[str, tuple[str, ...]]]) -> _Text:
    head = (sample.kicker, sample.headline)
    rest = (
        *sample.paragraphs,
        sample.caption,
        sample.credit,
        sample.byline,
        *sample.topics,
        sample.organisation,
        sample.section[1],
        sample.region[0],
    )
    return _Text(
        parts=(_lines(head), _lines((sample.tips,)), _lines(rest)),
        day=sample.day,
        facets={
            "section": (sample.section[0],),
            "region": (sample.region[0],),
            "topic": sample.topics,
            "person": sample.people,
            "genre": (sample.genre[0],),
            "edition": (sample.day.isoformat(),) if sample.page else (),
            "year": (str(sample.day.year),),
        },
        readings=tuple(
            sorted((0 if source == sample.headline else 2, _sounds(syllables)) for source, syllables in readings)
        ),
    )


def _lines(texts: Iterable[str]) -> str:
    """Folded one by one, so that nothing is found across two of them."""
    return "\n".join(map(fold, texts))


def _sounds(syllables: Iterable[str]) -> tuple[str, ...]:
    return tuple(syllable.lower().replace("ü", "v") for syllable in syllables if syllable)


def _chosen(text: _Text, facets: tuple[tuple[str, str], ...]) -> bool:
    """Values of one facet are alternatives; every facet must hold."""
    for name in {name for name, _value in facets}:
        values = [value for facet, value in facets if facet == name]
        if name == "from":
            holds = text.day.isoformat() >= values[0]
        elif name == "to":
            holds = text.day.isoformat() <= values[0]
        else:
            holds = any(value in text.facets[name] for value in values)
        if not holds:
            return False
    return True


def _place(text: _Text, term: str) -> int | None:
    """The best place where *term* stands or is read: 0 headline, 1 reading tips, 2 elsewhere; nothing: nowhere."""
    places = [place for place, part in enumerate(text.parts) if contains(part, term)]
    if _LETTERS.fullmatch(term):
        spelled = term.replace("ü", "v")
        places += [place for place, sounds in text.readings if _is_read(sounds, spelled)]
    return min(places, default=None)


def _is_read(sounds: tuple[str, ...], term: str) -> bool:
    """Whether *term* is the beginning of *sounds* from some syllable on, or of their initials, two at least."""
    if len(term) > 1 and term in "".join(sound[0] for sound in sounds):
        return True
    return term in "".join(sounds) and any("".join(sounds[start:]).startswith(term) for start in range(len(sounds)))
