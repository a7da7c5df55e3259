"""The names that stories are filed under: sections, regions, organisations, people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Section:
    """频道: a front of the site and a feed."""

    slug: str
    name: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division of GB/T 2260. A city's stories count in its province too."""

    code: str
    """Six digits; ``370000`` is a province, ``370200`` a city in it, ``370211`` a district."""
    name: str
    """Short name as datelines write it: 青岛."""
    full_name: str
    slug: str

    @property
    def province_code(self) -> str:
        """Code of the province-level unit that this region lies in."""
        return self.code[:2] + "0000"


@dataclass(frozen=True, slots=True)
class Organisation:
    """单位: a union, company or school that stories are about."""

    slug: str
    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs stories."""

    key: str
    """Stable key in people.yml; namesakes differ here."""
    name: str
    org: str = ""
    role: str = ""


@dataclass(frozen=True)
class Taxonomy:
    """All names of the newsroom. Tuples keep the order of the data files; the first of a name wins."""

    sections: tuple[Section, ...] = ()
    regions: tuple[Region, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    """Words that search is to read otherwise than a library guesses: (word, syllables with blanks between).

    No page shows them.
    """

    def section(self, name: str) -> Section | None:
        """The section of that name or slug."""
        return self._sections.get(name)

    def region(self, name: str) -> Region | None:
        """The region of that code, short or full name; ``山东青岛`` names a city within its province."""
        return self._regions.get(name)

    def region_by_code(self, code: str) -> Region | None:
        """The region of that GB/T 2260 code."""
        return self._regions_by_code.get(code)

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of that name, short name or slug."""
        return self._organisations.get(name) if name else None

    def person(self, key: str) -> Person | None:
        """The person of that key."""
        return self._people_by_key.get(key)

    def people_named(self, name: str) -> tuple[Person, ...]:
        """Everybody of that name: more than one means namesakes."""
        return self._people.get(name, ())

    def distinction(self, person: Person) -> str:
        """What tells *person* from namesakes: organisation, else role, else key. Empty where nobody shares the name."""
        others = [other for other in self.people_named(person.name) if other.key != person.key]
        if not others:
            return ""
        if person.org not in ("", *(other.org for other in others)):
            return person.org
        return person.role if person.role not in ("", *(other.role for other in others)) else person.key

    # Each story asks for several of these, so they are looked up, not searched for.

    @cached_property
    def _sections(self) -> Mapping[str, Section]:
        return _first_of_each((name, section) for section in self.sections for name in (section.slug, section.name))

    @cached_property
    def _regions(self) -> Mapping[str, Region]:
        by_code = {region.code: region for region in self.regions}
        return _first_of_each((name, region) for region in by_code.values() for name in _names(region, by_code))

    @cached_property
    def _regions_by_code(self) -> Mapping[str, Region]:
        return _first_of_each((region.code, region) for region in self.regions)

    @cached_property
    def _organisations(self) -> Mapping[str, Organisation]:
        return _first_of_each((name, o) for o in self.organisations for name in (o.name, o.short_name, o.slug))

    @cached_property
    def _people_by_key(self) -> Mapping[str, Person]:
        return _first_of_each((person.key, person) for person in self.people)

    @cached_property
    def _people(self) -> Mapping[str, tuple[Person, ...]]:
        people: dict[str, tuple[Person, ...]] = {}
        for person in self.people:
            people[person.name] = (*people.get(person.name, ()), person)
        return people


def _first_of_each(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    index: dict[str, T] = {}
    for name, value in pairs:
        index.setdefault(name, value)
    return index


def _names(region: Region, by_code: Mapping[str, Region]) -> set[str]:
    """What a region is called: by itself, and after its province."""
    names = {region.name, region.full_name, region.code, region.slug}
    province = by_code.get(region.province_code)
    if province is not None and province is not region:
        names |= {a + b for a in (province.name, province.full_name) for b in (region.name, region.full_name)}
    return names
