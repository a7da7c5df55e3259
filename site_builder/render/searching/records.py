"""What is searched of a story, and the record by which a reader's browser checks, shows and excerpts a hit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.searching.coding import compress
from site_builder.render.searching.spelling import Spelling, spelling_terms
from site_builder.render.searching.terms import Cut, cut
from site_builder.text.folding import fold
from site_builder.text.pinyin import Readings, spell, spell_name

Named = tuple[str, str]
"""A key that never changes, and the name that is shown."""
HEADLINE, TIPS, ELSEWHERE = range(3)
"""Classes of a hit: where the term stands at best."""
RECORD = "record"
TERMS = "terms"
FACETS = "facets"
FACET_NAMES = ("section", "region", "topic", "person", "genre", "edition")
FACET_MARK = "@"
"""Begins the terms that say which values of the facets a story has; no text is folded to it."""

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Cuts = tuple[Cut, Cut, Cut]
"""The text of each class."""
# Any: plain JSON values.
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SearchedStory:
    """Everything of a story that search knows."""

    id: str
    day: date
    headline: str
    section: Named
    genre: Named
    kicker: str = ""
    subhead: str = ""
    tips: str = ""
    body: str = ""
    """Paragraphs, one a line."""
    captions: tuple[str, ...] = ()
    """Captions and credits of its pictures."""
    byline: str = ""
    place: str = ""
    """Of the dateline."""
    region: tuple[str, str, str] | None = None
    """Slug, name, and the name of the province that it lies in."""
    topics: tuple[Named, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[Named, ...] = ()
    """Who signs the story or its pictures; the name is with what tells namesakes apart."""
    names: tuple[str, ...] = ()
    """Their bare names."""
    edition: str = ""
    """``2024-04-08``, or nothing where the story was not printed."""
    page: int = 0
    mark: str = ""
    picture: tuple[str, int, int] | None = None
    """Address, width and height in px of a small one."""
    readings: tuple[tuple[str, str], ...] = ()
    """The newsroom's own corrections of pinyin that this story needs: word, syllables."""


def render_searched(story: SearchedStory) -> tuple[Artifact, ...]:
    """The story's record, its text cut for terms, by class, and its values of the facets: what a volume is made of."""
    spellings = tuple(_spellings(story))
    cuts = _cuts(story, spellings)
    record = _JSON.encode(_record(story, spellings)).encode()
    return (
        Artifact(RECORD, compress(record)),
        Artifact.text(TERMS, "\n".join(f"{cut.runs}\t{' '.join(sorted(cut.others))}" for cut in cuts)),
        Artifact.text(FACETS, _JSON.encode(_facets(story))),
    )


def read_cuts(artifact: Artifact) -> Cuts:
    """The text of each class in an artifact of ``render_searched``."""
    head, tips, rest = map(_read_cut, artifact.data.decode().split("\n"))
    return head, tips, rest


def facet_terms(facets: Sequence[Any]) -> Iterator[str]:
    """The terms of a story's values of the facets, as ``_facets`` tells them: name, key and label in one."""
    for name, values in zip(FACET_NAMES, facets[1:], strict=True):
        yield from dict.fromkeys(facet_lookup(name, value[0]) + " ".join(value[1].split()) for value in values)


def facet_lookup(name: str, key: str) -> str:
    """With what the terms of the stories that have *key* begin; the label follows."""
    return f"{FACET_MARK}{name}={key}\t"


def _read_cut(line: str) -> Cut:
    runs, _, others = line.partition("\t")
    return Cut(runs, others.split())


def fields(record: Record) -> Iterator[tuple[int, str]]:
    """(class, text) of everything that a query may match in *record*; nothing matches across two of them."""
    yield from ((HEADLINE, record[key]) for key in "khs" if key in record)
    yield from ((TIPS, record[key]) for key in "t" if key in record)
    yield from ((ELSEWHERE, record[key]) for key in "bcylr" if key in record)
    yield ELSEWHERE, record["e"][1]
    yield from ((ELSEWHERE, name) for key in "on" for name in record.get(key, ()))


def _record(story: SearchedStory, spellings: Iterable[Spelling]) -> dict[str, Any]:
    """The record with the short keys of the format; what is empty is left out."""
    values = {
        "u": urls.encoded(urls.story(story.id)),
        "h": story.headline,
        "k": story.kicker,
        "s": story.subhead,
        "t": story.tips,
        "b": story.body,
        "c": "\n".join(story.captions),
        "y": story.byline,
        "l": story.place,
        "d": story.day.isoformat(),
        "e": story.section,
        "r": story.region[1] if story.region else "",
        "g": story.genre[0],
        "o": [name for _, name in story.topics],
        "n": story.organisations,
        "p": story.names,
        "f": [story.edition, story.page] if story.edition else None,
        "m": story.mark,
        "i": [urls.encoded(story.picture[0]), *story.picture[1:]] if story.picture else None,
        "z": list(spellings),
    }
    return {key: value for key, value in values.items() if value}


def _spellings(story: SearchedStory) -> Iterator[Spelling]:
    """How headline and names are spelled, the headline first."""
    readings = Readings(story.readings)
    region = story.region[1] if story.region else ""
    people = set(story.names)
    for text in dict.fromkeys((story.headline, *story.names, story.place, region, *story.organisations)):
        syllables = (spell_name if text in people else spell)(text, readings)
        if any(syllables):
            yield text, syllables


def _cuts(story: SearchedStory, spellings: tuple[Spelling, ...]) -> Cuts:
    """The text of each class, cut."""
    region = story.region[1] if story.region else ""
    names = [name for _, name in story.topics] + [*story.organisations, story.section[1], story.place, region]
    own = [row for row in spellings if row[0] == story.headline]
    others = [row for row in spellings if row[0] != story.headline]
    return (
        _cut((story.kicker, story.headline, story.subhead), own),
        _cut((story.tips,), ()),
        _cut((story.body, *story.captions, story.byline, *names), others),
    )


def _cut(texts: Iterable[str], spellings: Iterable[Spelling]) -> Cut:
    found = cut(fold("\n".join(filter(None, texts))))
    return Cut(found.runs, {*found.others, *spelling_terms(spellings)})


def _facets(story: SearchedStory) -> list[Any]:
    """The day of the month, then the values of each facet as [key, label, group?]."""
    region = [list(story.region)] if story.region else []
    edition = [[story.edition, story.edition]] if story.edition else []
    return [story.day.day, [story.section], region, story.topics, story.people, [story.genre], edition]
