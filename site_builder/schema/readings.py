"""``pinyin.yml``: how words are read that a library would read wrongly, for searching by pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated
from unicodedata import normalize

from pydantic import BeforeValidator

from site_builder.problems import Problem
from site_builder.schema import forms
from site_builder.schema.fields import AsTuple, FileModel, refuse
from site_builder.schema.keys import Key
from site_builder.schema.yamltext import Document
from site_builder.text.pinyin import HAN

_WORD = re.compile(forms.HAN_WORD.pattern)
_NOT_HAN = re.compile(f"[^{HAN}]+")
_SYLLABLES = re.compile(forms.SYLLABLES.pattern)
_TONES = re.compile("[\u0300-\u0307\u0309-\u036f]")
"""All combining marks but the two dots of ü."""
_EXAMPLE_WORD, _EXAMPLE_SYLLABLES = "浒湾", "xu wan"


def _han_word(value: object) -> object:
    value = value.strip() if isinstance(value, str) else value
    if isinstance(value, str) and not _WORD.fullmatch(value):
        raise refuse("reading-word", found=value, suggestion=_NOT_HAN.sub("", value) or _EXAMPLE_WORD)
    return value


def _syllables(value: object) -> object:
    """One blank between syllables, ü as ``v``: how :mod:`site_builder.text.pinyin` writes them."""
    if not isinstance(value, str):
        return value
    value = value.strip()
    if not _SYLLABLES.fullmatch(value):
        raise refuse("reading-syllables", found=value, suggestion=_suggest_syllables(value))
    return " ".join(value.replace("ü", "v").split())


def _suggest_syllables(typed: str) -> str:
    """*typed* without tones, capitals and marks: ``Xǔ-wān`` → ``xu wan``."""
    bare = _TONES.sub("", normalize("NFKD", typed)).lower().replace("u\u0308", "v")
    return " ".join(re.findall("[a-z]+", bare)) or _EXAMPLE_SYLLABLES


class ReadingEntry(FileModel):
    """A word and how it is read."""

    word: Annotated[str, BeforeValidator(_han_word), forms.HAN_WORD, Key("词")]
    """Chinese characters only: 浒湾."""
    pinyin: Annotated[str, BeforeValidator(_syllables), forms.SYLLABLES, Key("拼音")]
    """A syllable for each character, blanks between them, no tones, ü as `ü` or `v`: `xu wan`."""


class PinyinFile(FileModel):
    """`content/pinyin.yml`"""

    readings: Annotated[tuple[ReadingEntry, ...], AsTuple, Key("读音")] = ()
    """Words and their readings; the longest that fits goes first."""


def check_lengths(document: Document, entries: Sequence[ReadingEntry]) -> Iterator[Problem]:
    """A problem for each of *entries*, the readings of *document*, that has not a syllable for each character."""
    for index, entry in enumerate(entries):
        if not _fits(entry):
            yield document.problem(
                "reading-length",
                ("readings", index, "pinyin"),
                word=entry.word,
                characters=len(entry.word),
                syllables=len(entry.pinyin.split()),
            )


def readings_of(entries: Sequence[ReadingEntry]) -> tuple[tuple[str, str], ...]:
    """(word, syllables) of those that fit, the first of each word: more would spoil the spelling of whole texts."""
    readings: dict[str, str] = {}
    for entry in entries:
        if _fits(entry):
            readings.setdefault(entry.word, entry.pinyin)
    return tuple(readings.items())


def _fits(entry: ReadingEntry) -> bool:
    return len(entry.word) == len(entry.pinyin.split())
