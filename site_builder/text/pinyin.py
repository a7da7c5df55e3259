"""Chinese to pinyin: for ids that an editor may keep or change, and for search.

``pinyin_table`` knows how characters and words are read. It is wrong about names now and then (单 as a surname is shàn,
六安 is lù'ān), so names are looked up in ``readings.toml`` and in the newsroom's own list first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from unicodedata import normalize

MAX_SLUG = 48
"""Long enough to tell stories apart, short enough to be typed."""
_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile("[a-z0-9]+")
HAN = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
"""The characters that have a reading, for a class of a pattern."""
_HAN_RUN = re.compile(f"[{HAN}]+")
_RUNS = re.compile(f"[{HAN}]+|[^{HAN}]+")
_OF_SYLLABLE = re.compile("([a-z]+)([^a-z ]+)")
_LONGEST = 10
"""Characters of the longest word of the table."""


@dataclass(frozen=True, slots=True)
class Readings:
    """A newsroom's own readings, which go before those that are shipped."""

    words: tuple[tuple[str, str], ...] = ()
    """Word, and its syllables with blanks between: ``("浒湾", "xu wan")``."""


def to_slug(text: str) -> str:
    """*text* in pinyin syllables, ASCII, joined by ``-``, cut at a syllable: 青岛工会 → qing-dao-gong-hui."""
    pieces = (piece for part in _RUNS.findall(normalize("NFKC", text)) for piece in _pieces(part))
    # Decomposed and without its accents, so that Ü and ２ leave a U and a 2 behind.
    parts = (_MARKS.sub("", normalize("NFKD", piece)).lower() for piece in pieces)
    syllables = (word for part in parts for word in _WORD.findall(part))
    slug = ""
    for syllable in syllables:
        longer = f"{slug}-{syllable}" if slug else syllable
        if len(longer) > MAX_SLUG:
            break
        slug = longer
    return slug


@lru_cache(maxsize=4096)  # regions and organisations stand in many stories
def spell(text: str, readings: Readings = Readings()) -> tuple[str, ...]:
    """The syllable of each character of *text*, without tones, ü as ``v``; nothing for what is not Chinese."""
    syllables = [""] * len(text)
    words, pattern = _known(readings)
    for run in _HAN_RUN.finditer(text):
        start = run.start()
        for match in pattern.finditer(text, run.start(), run.end()):
            syllables[start : match.start()] = _spell_run(text[start : match.start()])
            syllables[match.start() : match.end()] = words[match.group()]
            start = match.end()
        syllables[start : run.end()] = _spell_run(text[start : run.end()])
    return tuple(syllables)


@lru_cache(maxsize=4096)
def spell_name(name: str, readings: Readings = Readings()) -> tuple[str, ...]:
    """``spell`` for the name of a person, whose surname may be read otherwise than as a word: 解 is xiè.

    A reading of the newsroom's own that the name begins with goes before what is known of surnames.
    """
    words, _ = _known(readings)
    if name not in words and not any(name.startswith(word) for word, _ in readings.words):
        for size in (2, 1):  # 尉迟, 尉
            surname = _shipped()["surnames"].get(name[:size]) if len(name) > size else None
            if surname:
                return (*surname.split(), *spell(name[size:], readings))
    return spell(name, readings)


def _pieces(part: str) -> list[str]:
    """The syllables of a run of Chinese characters, or the text between two as it is."""
    return _spell_run(part) if _HAN_RUN.match(part) else [part]


def _spell_run(run: str) -> list[str]:
    """The syllables of a run of Chinese characters, words first; nothing for a character that nobody knows."""
    characters, words = _table()
    syllables: list[str] = []
    start = 0
    while start < len(run):
        stops = range(min(start + _LONGEST, len(run)), start + 1, -1)
        word = next((run[start:stop] for stop in stops if run[start:stop] in words), run[start])
        syllables += words.get(word, "").split() or [characters.get(char, "") for char in word]
        start += len(word)
    return syllables


@cache
def _table() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The syllable of each character; every word, with its syllables where they are not those of its characters."""
    # Imported where it is used: few builds spell anything.
    from site_builder.text.pinyin_table import CHARACTERS, OTHER_WORDS, READINGS, WORDS

    characters: dict[str, str] = {}
    for syllable, of_syllable in _OF_SYLLABLE.findall(CHARACTERS):
        characters |= dict.fromkeys(of_syllable, syllable)
    words = dict.fromkeys(WORDS.split(" "), "")
    words |= zip(OTHER_WORDS.split(" "), READINGS.split(","), strict=True)
    return characters, words


@lru_cache(maxsize=256)
def _known(readings: Readings) -> tuple[Mapping[str, list[str]], re.Pattern[str]]:
    """Every word whose reading is known, and a pattern that finds the longest of them."""
    words = {word: sounds.split() for word, sounds in {**_shipped()["words"], **dict(readings.words)}.items()}
    return words, re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


@cache
def _shipped() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("site_builder.text").joinpath("readings.toml").read_text(encoding="utf-8"))


def shipped_readings() -> Iterator[tuple[str, str]]:
    """Every (word or surname, syllables) that is shipped."""
    for table in _shipped().values():
        yield from table.items()
