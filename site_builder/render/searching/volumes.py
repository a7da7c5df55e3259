"""A volume, as a bound run of a newspaper: the stories of some years, or of some days, made ready for segments.

It gives the records of its stories as files of the site, and their postings, ready to be joined with those of other
volumes. What is joined is cut into ranges of terms, so that a whole archive can be joined range by range without ever
holding all of it. Nothing of a volume tells where in a segment it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, NamedTuple

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.searching import records
from site_builder.render.searching.postings import RANGES, Table, invert, pack_tables, ranged

INTERNAL = ".volume/"
"""Artifacts of a volume that are kept, not published; no path of a site starts so."""
FACETS = INTERNAL + "facets"
_INTERNAL_COUNT = 1 + RANGES
LARGE = 150
"""Stories of a volume from which NumPy, where it is installed, is worth loading: that takes as long as some 200 stories
do without it, and where one volume is that large, others are."""


class Month(NamedTuple):
    """The stories of a month in a volume."""

    name: str
    """``2024-04``"""
    first: int
    """The number of the oldest; another volume may hold older ones."""
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A story of a volume."""

    url: str
    state: str
    """What its record and its terms depend on, beside what those of all stories do."""
    readings: tuple[tuple[str, str], ...] = ()
    """The newsroom's own corrections of pinyin that it needs."""


@dataclass(frozen=True, slots=True)
class Volume:
    """What a volume's files are made from: the key to what was made of its stories."""

    name: str
    """``2006-2009``, or ``2024-04-3`` for the last third of the newest month."""
    months: tuple[Month, ...]
    """Newest first."""
    stories: tuple[Entry, ...]
    """Newest first."""
    names: str
    """Digest of all names and settings that a story's part may show."""

    def in_short(self) -> tuple[object, ...]:
        """The same in one text: all volumes of an archive are digested at every build."""
        stories = "\n".join([f"{story.url}\t{story.state}\t{story.readings or ''}" for story in self.stories])
        return self.name, self.months, stories, self.names


def render_volume(volume: Volume, given: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """Records, facets and ranges of terms; *given* is what ``render_searched`` made of each story, newest first."""
    made = [given[at : at + 3] for at in range(0, len(given), 3)]
    facets = f"[{','.join(facets.data.decode() for _, _, facets in made)}]"
    tables = _tables([records.read_cuts(terms) for _, terms, _ in made], json.loads(facets))
    return (
        *(Artifact(path, row[0].data) for path, row in zip(record_addresses(volume), made, strict=True)),
        Artifact.text(FACETS, facets),
        *(Artifact(f"{INTERNAL}{number:02d}", pack_tables(of_range)) for number, of_range in enumerate(tables)),
    )


def published(artifacts: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """Those of a volume's artifacts that are files of the site: its records, the newest first."""
    return tuple(artifacts[:-_INTERNAL_COUNT])


def internal(artifacts: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """The others: the facets, then the ranges."""
    return tuple(artifacts[-_INTERNAL_COUNT:])


def read_facets(artifacts: Sequence[Artifact]) -> list[list[Any]]:
    """For each story, newest first, the day and the values of the facets."""
    rows: list[list[Any]] = json.loads(artifacts[0].data)
    return rows


def record_addresses(volume: Volume) -> Iterator[str]:
    """The address of each story's record: in each month the oldest is number 0."""
    for month in volume.months:
        for number in reversed(range(month.first, month.first + month.size)):
            yield urls.search_record(month.name, number)


def _tables(stories: Sequence[records.Cuts], facets: Sequence[Sequence[Any]]) -> Iterator[tuple[Table, Table]]:
    """Of each range of terms those of Han characters, and the others."""
    if len(stories) >= LARGE and find_spec("numpy"):
        from site_builder.render.searching.arrays import invert_runs

        han = invert_runs([[cut.runs for cut in cuts] for cuts in stories])
    else:
        han = ranged(invert([[cut.run_terms() for cut in cuts] for cuts in stories]))
    return zip(han, ranged(_others(stories, facets)), strict=True)


def _others(stories: Sequence[records.Cuts], facets: Sequence[Sequence[Any]]) -> Table:
    """Terms with letters and figures in them, of pinyin, and of facets."""
    rows: list[tuple[Iterable[str], ...]] = []
    for (head, tips, rest), values in zip(stories, facets, strict=True):
        rows.append(((*head.others, *records.facet_terms(values)), tips.others, rest.others))
    return invert(rows)
