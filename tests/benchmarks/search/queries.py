"""Questions of every kind, drawn from an archive by a seed: the same archive and seed ask the same things.

Most are cut out of a story, so that at least one story answers them; how many do, only ``truth`` knows.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from benchmarks.search import words
from benchmarks.search.stories import Archive, Sample
from benchmarks.search.truth import HAN, Query, Readings

_RUN = re.compile(f"[{HAN}]+")
_COUNT = re.compile(rf"(?<![\d.,])[\d.,]*\d(?:{'|'.join(words.MEASURES)})")
_MIXED = re.compile(f"“([A-Za-z0-9]+[{HAN}]{{2,}})”")
_WIDE = {ord(char): ord(char) + 0xFEE0 for char in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}
_TRIES = 400


class QueryMaker:
    """Asks about one archive; *readings* of its stories are needed to type pinyin."""

    def __init__(self, archive: Archive, readings: Readings) -> None:
        self.archive = archive
        self.readings = readings
        self.dice = random.Random(f"{archive.seed} queries")

    def make(self, at_most: int | None = None, only: frozenset[str] = frozenset()) -> list[Query]:
        """Queries of all kinds, or of the kinds *only*; *at_most* so many, every kind in its proportion."""
        every = [query for kind, count in COUNTS.items() for query in self._of(kind, count)]
        asked = [query for query in every if not only or query.kind in only]
        if at_most is None or at_most >= len(asked):
            return asked
        return [asked[index * len(asked) // at_most] for index in range(at_most)]

    def _of(self, kind: str, count: int) -> Iterator[Query]:
        """*count* different queries of a *kind*, or fewer where the archive has no more."""
        # Dice of its own, so that a new kind changes no other.
        self.dice = random.Random(f"{self.archive.seed} {kind}")
        seen: set[Query] = set()
        for _ in range(_TRIES):
            query = _MAKERS[kind](self, kind)
            if query is not None and query not in seen:
                seen.add(query)
                yield query
            if len(seen) == count:
                return

    # What queries are cut from.

    def story(self) -> Sample:
        return self.archive.story(self.dice.randrange(self.archive.stories))

    def slice(self, size: int) -> str | None:
        """*size* neighbouring characters of some story's body."""
        runs = [run for run in _RUN.findall(self.story().body) if len(run) >= size]
        run = self.dice.choice(runs)
        start = self.dice.randint(0, len(run) - size)
        return str(run[start : start + size])

    def word(self) -> str:
        """A word of the trade, of which every archive is full."""
        lists = (words.WHO, words.PLACES, words.TOPICS, words.QUALITIES, words.GAINS, words.DEEDS)
        return self.dice.choice(self.dice.choice(lists))[: self.dice.choice((2, 3, 4))]

    # The kinds.

    def common_word(self, kind: str) -> Query:
        if self.dice.random() < 0.5:
            return Query(kind, self.word())
        return Query(kind, self.dice.choice(words.dictionary()[0][:2000]))

    def name(self, kind: str) -> Query | None:
        size = {"name of 3": 3, "name of 2": 2}[kind]
        name = self.story().subject
        return Query(kind, name) if len(name) == size else None

    def rare_name(self, kind: str) -> Query | None:
        name = self.story().subject
        rare = name[0] in words.RARE_SURNAMES or any(char in words.RARE_GIVEN for char in name)
        return Query(kind, name) if rare else None

    def coined(self, kind: str) -> Query:
        return Query(kind, self.dice.choice(self.archive.coined[int(kind[-1])]))

    def half_words(self, kind: str) -> Query | None:
        """The end of one word, and the beginning of the next: what a cutter of words never keeps together."""
        run = self.slice(8)
        if run is None:
            return None
        vocabulary = set(words.dictionary()[0])
        starts = [start for start in range(1, 5) if run[start - 1 : start + 1] in vocabulary and run[start : start + 4]]
        return Query(kind, run[starts[0] : starts[0] + 4]) if starts else None

    def cut(self, kind: str) -> Query | None:
        text = self.slice(int(kind.rpartition(" ")[2]))
        return Query(kind, text) if text else None

    def number(self, kind: str) -> Query | None:
        counts = _COUNT.findall(self.story().body)
        text = self.dice.choice(counts)
        if kind == "number alone":
            text = text.rstrip("".join(words.MEASURES))
        return Query(kind, text)

    def near_miss(self, kind: str) -> Query:
        text = self.dice.choice(("5125", "5125个", "125个", "25", "51250", "35125", "35125个", "5,125", "12", "1"))
        return Query(kind, text)

    def real_term(self, kind: str) -> Query:
        return Query(kind, self.dice.choice((*words.REAL_TERMS, words.REAL_NUMBER, "菏泽")))

    def quoted(self, kind: str) -> Query | None:
        left, right = self.dice.choice(("“”", '""', "「」"))
        text = self.dice.choice((self.slice(4), self.slice(6), self.dice.choice(self.archive.coined[4])))
        return Query(kind, f"{left}{text}{right}") if text else None

    def phrase_with_blank(self, kind: str) -> Query:
        """Blanks within quotation marks, or in names: beside Chinese characters they mean nothing."""
        text = self.dice.choice((self.slice(4), "open day", "Logistics Park", "qilu  union"))
        assert text is not None
        return Query(kind, f"“{text[:2]} {text[2:]}”" if not text.isascii() else f'"{text}"')

    def across_marks(self, kind: str) -> Query | None:
        """From one clause into the next: the mark between them must be there as it was typed."""
        found = re.findall(f"[{HAN}]{{2}}[，：；、][{HAN}]{{2}}", self.story().body)
        return Query(kind, self.dice.choice(found)) if found else None

    def one_character(self, kind: str) -> Query:
        if self.dice.random() < 0.4:
            return Query(kind, self.dice.choice("魃" + words.RARE_GIVEN + words.RARE_SURNAMES))
        return Query(kind, self.dice.choice(words.characters()))

    def several_words(self, kind: str) -> Query:
        story = self.story()
        known = [story.region[0], *story.topics, story.people[0], story.section[1], story.organisation]
        return Query(kind, " ".join(self.dice.sample(known, int(kind[0]))))

    def latin(self, kind: str) -> Query:
        word = self.dice.choice(words.LATIN).split(" ")[0]
        size = len(word) if self.dice.random() < 0.5 else max(2, len(word) - 2)
        return Query(kind, self.dice.choice((word, word.lower(), word.upper()))[:size].rstrip("-"))

    def mixed(self, kind: str) -> Query | None:
        found = _MIXED.findall(self.story().body)
        return Query(kind, self.dice.choice((found[0], found[0].lower(), found[0][:-1]))) if found else None

    def wide(self, kind: str) -> Query | None:
        query = self.dice.choice((self.number, self.latin))("number")
        return Query(kind, query.text.translate(_WIDE)) if query else None

    def traditional(self, kind: str) -> Query | None:
        """Typed in Traditional characters, of text that is mostly Simplified."""
        text = self.dice.choice((self.slice(3), self.slice(4), self.word(), self.dice.choice(words.TOPICS)))
        typed = (text or "").translate(words.TO_TRADITIONAL)
        return Query(kind, typed) if typed != text else None

    def of_traditional(self, kind: str) -> Query | None:
        """Typed in Simplified characters, of a passage that is Traditional."""
        story = self.story()
        for text in (story.headline, story.paragraphs[-1]):
            runs = [run for run in _RUN.findall(text) if run.translate(words.TO_SIMPLIFIED) != run and len(run) > 4]
            if runs:
                run = self.dice.choice(runs).translate(words.TO_SIMPLIFIED)
                start = self.dice.randint(0, len(run) - 4)
                return Query(kind, run[start : start + 4])
        return None

    def pinyin(self, kind: str) -> Query | None:
        """Two to five syllables as the index reads them; or their initials, or the last one begun only."""
        runs = [syllables for _text, syllables in self.readings(self.story().number) if len(syllables) > 1]
        if not runs:
            return None
        run = self.dice.choice(runs)
        size = self.dice.randint(2, 5)
        start = self.dice.randint(0, max(0, len(run) - size))
        cut = run[start : start + size]
        if "" in cut or len(cut) < 2:
            return None
        if kind == "pinyin initials":
            return Query(kind, "".join(syllable[0] for syllable in cut))
        whole = "".join(cut)
        return Query(kind, whole[:-1] if kind == "pinyin begun" and len(cut[-1]) > 1 else whole)

    def place_in_pinyin(self, kind: str) -> Query:
        slugs = ("qingdao", "qd", "heze", "changzhou", "baishan", "chongqing", "qinghe", "jinzhou", "Qingdao", "hebei")
        return Query(kind, self.dice.choice(slugs))

    def exclusion(self, kind: str) -> Query:
        story = self.story()
        kept = self.dice.choice((*story.topics, story.region[0], story.people[0]))
        minus = self.dice.choice("-－")
        unwanted = self.dice.choice((self.word(), f"“{self.word()}”", story.section[1]))
        return Query(kind, f"{kept} {minus}{unwanted}")

    def missing(self, kind: str) -> Query:
        """What stands in no story: a name of characters that are in many."""
        characters = words.characters()
        return Query(kind, "".join(self.dice.choices(characters, k=self.dice.randint(3, 5))))

    def facet(self, kind: str) -> Query:
        story = self.story()
        values = [
            ("section", story.section[0]),
            ("region", story.region[0]),
            ("topic", self.dice.choice(story.topics)),
            ("person", story.people[0]),
            ("genre", story.genre[0]),
            ("year", str(story.day.year)),
        ]
        if story.page:
            values.append(("edition", story.day.isoformat()))
        chosen = self.dice.sample(values, 1 if kind == "facet alone" else self.dice.randint(1, 2))
        text = "" if kind == "facet alone" else self.dice.choice((self.word(), story.region[0], story.topics[0]))
        return Query(kind, text, tuple(sorted(chosen)))

    def dates(self, kind: str) -> Query:
        day = self.story().day
        first, last = day - timedelta(self.dice.randint(0, 60)), day + timedelta(self.dice.randint(0, 400))
        return Query(kind, self.word(), (("from", first.isoformat()), ("to", last.isoformat())))

    def newest_first(self, kind: str) -> Query:
        return Query(kind, self.word(), by_date=True)


_MAKERS: dict[str, Callable[[QueryMaker, str], Query | None]] = {
    "common word": QueryMaker.common_word,
    "name of 3": QueryMaker.name,
    "name of 2": QueryMaker.name,
    "rare name": QueryMaker.rare_name,
    "coined 2": QueryMaker.coined,
    "coined 3": QueryMaker.coined,
    "coined 4": QueryMaker.coined,
    "coined 5": QueryMaker.coined,
    "half words": QueryMaker.half_words,
    "slice of 3": QueryMaker.cut,
    "slice of 4": QueryMaker.cut,
    "phrase of 10": QueryMaker.cut,
    "number": QueryMaker.number,
    "number alone": QueryMaker.number,
    "number near": QueryMaker.near_miss,
    "real term": QueryMaker.real_term,
    "quoted": QueryMaker.quoted,
    "with blank": QueryMaker.phrase_with_blank,
    "across marks": QueryMaker.across_marks,
    "one character": QueryMaker.one_character,
    "2 words": QueryMaker.several_words,
    "3 words": QueryMaker.several_words,
    "latin": QueryMaker.latin,
    "mixed": QueryMaker.mixed,
    "full width": QueryMaker.wide,
    "traditional": QueryMaker.traditional,
    "of traditional": QueryMaker.of_traditional,
    "pinyin": QueryMaker.pinyin,
    "pinyin begun": QueryMaker.pinyin,
    "pinyin initials": QueryMaker.pinyin,
    "pinyin place": QueryMaker.place_in_pinyin,
    "exclusion": QueryMaker.exclusion,
    "missing": QueryMaker.missing,
    "facet": QueryMaker.facet,
    "facet alone": QueryMaker.facet,
    "dates": QueryMaker.dates,
    "newest first": QueryMaker.newest_first,
}
_FEW = {
    "name of 2": 10,
    "rare name": 10,
    "number alone": 8,
    "number near": 10,
    "real term": 15,
    "quoted": 10,
    "with blank": 6,
    "across marks": 8,
    "one character": 10,
    "2 words": 10,
    "3 words": 5,
    "latin": 8,
    "mixed": 10,
    "full width": 6,
    "traditional": 12,
    "of traditional": 8,
    "pinyin": 12,
    "pinyin begun": 6,
    "pinyin initials": 10,
    "pinyin place": 8,
    "exclusion": 10,
    "missing": 8,
    "facet": 15,
    "facet alone": 6,
    "dates": 6,
    "newest first": 6,
}
COUNTS = {kind: _FEW.get(kind, 25) for kind in _MAKERS}
"""How many queries of each kind are asked."""
