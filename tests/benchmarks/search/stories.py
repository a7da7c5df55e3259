"""Archives of any size from two numbers: the same size and seed give the same stories on every machine.

A story is made from the seed and its own number alone, so that an archive of 100,000 is never in memory. Half of a
text is sentences of the trade, half words by frequency without any sense: their neighbours are unlike real ones, so
false neighbours are likelier than in life. Every story carries needles, names and coined words that stand in few.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from benchmarks.search import words

FIRST_DAY = date(2005, 11, 1)
LAST_DAY = date(2025, 10, 20)
"""Twenty years whose last month and year are begun and not full: all three kinds of segment have stories."""
CHARACTERS = (300, 1250, 2200)
"""Shortest, usual and longest body; the mean is 1,250."""
TALE = (3, 15)
"""How many stories carry one real term, at least and at most."""
REPORTERS = 300
EDITIONS = 5
"""One story of so many was printed in an edition."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One story, as plain as its reader sees it."""

    number: int
    """0 = oldest; ids, and so the order within a day, go by it."""
    day: date
    section: tuple[str, str]
    """Slug and name."""
    region: tuple[str, str, str, str, str]
    """Name, full name, code, slug, province: as in ``words.REGIONS``."""
    genre: tuple[str, str]
    topics: tuple[str, ...]
    organisation: str
    people: tuple[str, ...]
    """Who signs: a reporter, and sometimes a correspondent."""
    subject: str
    """Whom it tells of; not marked up in any way."""
    headline: str
    kicker: str
    tips: str
    paragraphs: tuple[str, ...]
    caption: str = ""
    """Of its picture, where it has one, credited to its reporter."""
    page: int = 0
    """Of the edition of its day; 0: it was in none."""

    @property
    def id(self) -> str:
        return f"s-{self.number:06}"

    @property
    def byline(self) -> str:
        """As it is printed: ``记者王伟 通讯员李娜``."""
        return " ".join(
            f"{role}{name}" for role, name in zip(("记者", "通讯员")[: len(self.people)], self.people, strict=True)
        )

    @property
    def credit(self) -> str:
        """The line under its picture; empty without one."""
        return f"记者 {self.people[0]} 摄" if self.caption else ""

    @property
    def body(self) -> str:
        """Paragraphs, one a line."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Archive:
    """*stories* stories of one *seed*, spread evenly over twenty years."""

    stories: int
    seed: int
    pictures: int = 50
    """One story of so many has a picture, with a caption; 0: none has."""

    def __iter__(self) -> Iterator[Sample]:
        return (self.story(number) for number in range(self.stories))

    def day(self, number: int) -> date:
        """The day of a story; a number past the last one is of the last day too."""
        span = (LAST_DAY - FIRST_DAY).days
        return FIRST_DAY + timedelta(days=min(span, number * (span + 1) // self.stories))

    def story(self, number: int) -> Sample:
        """Story *number*; ``stories`` and later ones are those that would be added next."""
        return _Writer(self, number).story()

    @cached_property
    def coined(self) -> dict[int, tuple[str, ...]]:
        """Coined words by length, 2 to 5 characters; each stands in about four stories."""
        dice = random.Random(f"{self.seed} coined")
        each = max(30, self.stories // 4)
        return {size: tuple(_coined(dice, size) for _ in range(each)) for size in (2, 3, 4, 5)}

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Names of two and three characters, some with rare ones; those of reporters first.

        Each is the subject of one story or two.
        """
        dice = random.Random(f"{self.seed} people")
        return tuple(dict.fromkeys(_name(dice) for _ in range(max(40, self.stories * 2 // 3))))

    def signatures(self, dice: random.Random) -> tuple[str, str]:
        """A reporter and a correspondent: a paper has few of the one and very many of the other."""
        people = self.people
        return dice.choice(people[: min(REPORTERS, len(people))]), dice.choice(people[: max(40, self.stories // 10)])

    @cached_property
    def terms(self) -> dict[int, tuple[str, ...]]:
        """Real terms by the numbers of the stories that carry them."""
        dice = random.Random(f"{self.seed} terms")
        found: dict[int, list[str]] = {}
        for term in (*words.REAL_TERMS, words.REAL_NUMBER):
            for number in dice.sample(range(self.stories), min(dice.randint(*TALE), self.stories)):
                found.setdefault(number, []).append(term)
        return {number: tuple(terms) for number, terms in found.items()}


class _Writer:
    """Writes one story: dice of its own, and the words that fill its sentences."""

    def __init__(self, archive: Archive, number: int) -> None:
        self.archive = archive
        self.number = number
        self.dice = random.Random(f"{archive.seed} {number}")
        self.region = self.dice.choice(words.REGIONS)
        self.organisation = self.dice.choice(words.ORGANISATIONS)
        self.topics = tuple(self.dice.sample(words.TOPICS, self.dice.randint(1, 3)))
        self.name = self.dice.choice(archive.people)
        self.coined = self.dice.choice(archive.coined[self.dice.choice((2, 3, 4, 5))])

    def story(self) -> Sample:
        dice = self.dice
        headline = self.fill(dice.choice(words.HEADLINES))
        kicker = self.fill(dice.choice(words.KICKERS)) if dice.random() < 0.3 else ""
        tips = self.fill(dice.choice(words.TIPS)) if dice.random() < 0.25 else ""
        paragraphs = self.paragraphs()
        if dice.random() < 1 / 40:
            paragraphs[-1] = paragraphs[-1].translate(words.TO_TRADITIONAL)
        if dice.random() < 1 / 100:
            headline = headline.translate(words.TO_TRADITIONAL)
        reporter, correspondent = self.archive.signatures(dice)
        people = (reporter,) if dice.random() < 0.7 or reporter == correspondent else (reporter, correspondent)
        caption = self.fill("{who}在{place}。" if dice.random() < 0.5 else "{coined}现场。")
        pictures = self.archive.pictures
        return Sample(
            number=self.number,
            day=self.archive.day(self.number),
            section=dice.choice(words.SECTIONS),
            region=self.region,
            genre=dice.choice(words.GENRES),
            topics=self.topics,
            organisation=self.organisation,
            people=people,
            subject=self.name,
            headline=headline,
            kicker=kicker,
            tips=tips,
            paragraphs=tuple(paragraphs),
            caption=caption if pictures and self.number % pictures == 0 else "",
            page=0 if self.number % EDITIONS else 1,
        )

    def paragraphs(self) -> list[str]:
        """The body: sense and nonsense by turns, needles strewn among them."""
        length = self.dice.triangular(CHARACTERS[0], CHARACTERS[2], CHARACTERS[1])
        needles = self.needles()
        sentences: list[str] = []
        written = sum(map(len, needles))
        while written < length:
            sentence = self.fill(self.dice.choice(words.SENTENCES)) if len(sentences) % 2 else self.nonsense()
            sentences.append(sentence)
            written += len(sentence)
        for needle in needles:
            sentences.insert(self.dice.randint(0, len(sentences)), needle)
        size = self.dice.randint(3, 6)
        return ["".join(sentences[first : first + size]) for first in range(0, len(sentences), size)]

    def needles(self) -> list[str]:
        """One sentence with a coined word of every length, counts, and what this story alone was given."""
        dice = self.dice
        needles = [
            self.fill(dice.choice(words.NEEDLES), coined=dice.choice(self.archive.coined[size]))
            for size in (2, 3, 4, 5)
        ]
        needles += [self.fill(dice.choice(words.COUNTS)) for _ in range(2)]
        needles += [f"人们常常说起{term}。" for term in self.archive.terms.get(self.number, ())]
        if dice.random() < 0.1:
            needles.append(f"设备型号为{dice.choice(words.LATIN)}，{self.name}会用。")
        if dice.random() < 0.1:
            # A product's name between Latin letters and characters, as in AI智能体检 and e路有家.
            letter = dice.choice(("AI", "e", "G", "5G", "V"))
            needles.append(f"新上线的“{letter}{dice.choice(self.archive.coined[3])}”免费使用。")
        return needles

    def fill(self, template: str, coined: str = "") -> str:
        """*template* with every blank filled, each time by another throw."""
        dice = self.dice
        return template.format(
            time=dice.choice(words.TIMES),
            org=self.organisation,
            place=dice.choice(words.PLACES),
            place2=dice.choice(words.PLACES),
            who=dice.choice(words.WHO),
            deed=dice.choice(words.DEEDS),
            gain=dice.choice(words.GAINS),
            quality=dice.choice(words.QUALITIES),
            quality2=dice.choice(words.QUALITIES),
            region=self.region[0],
            topic=dice.choice(self.topics),
            name=self.name,
            coined=coined or self.coined,
            number=self.count(),
            measure=dice.choice(words.MEASURES),
        )

    def count(self) -> str:
        """A number; some contain that of the real term, which is no match: 35125, 51253, 5,125.6."""
        dice = self.dice
        chance = dice.random()
        if chance < 40 / max(self.archive.stories, 400):
            return dice.choice(("35125", "15125", "2.5125", "1,5125", "51250", "5125.6"))
        if chance < 0.05:
            return f"{dice.randint(1000, 999_999):,}"
        return str(int(10 ** dice.uniform(1, 5)))

    def nonsense(self) -> str:
        """A sentence of dictionary words by frequency, of about 40 characters."""
        vocabulary, weights = words.dictionary()
        drawn = self.dice.choices(vocabulary, cum_weights=weights, k=self.dice.randint(12, 22))
        comma = self.dice.randint(4, 9)
        return f"{''.join(drawn[:comma])}，{''.join(drawn[comma:])}。"


def _coined(dice: random.Random, size: int) -> str:
    """A word that no dictionary has: characters at random, or for four the halves of words round a whole one."""
    if size == 4 and dice.random() < 0.5:
        first, middle, last = dice.choices(words.dictionary()[0][:3000], k=3)
        return f"{first[-1]}{middle[:2]}{last[0]}"
    return "".join(dice.choices(words.characters(), k=size))


def _name(dice: random.Random) -> str:
    surname = dice.choice(words.RARE_SURNAMES if dice.random() < 0.05 else words.SURNAMES)
    size = 1 if dice.random() < 0.25 else 2
    given = dice.choices(words.GIVEN, k=size)
    if dice.random() < 0.04:
        given[-1] = dice.choice(words.RARE_GIVEN)
    return surname + "".join(given)
