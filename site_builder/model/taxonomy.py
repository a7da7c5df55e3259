"""The names that stories are filed under: sections, regions, organisations, people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType


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


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All names of the newsroom. Tuples keep the order of the data files."""

    sections: tuple[Section, ...] = ()
    regions: tuple[Region, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()

    def section(self, name: str) -> Section | None:
        """The section of that name or slug."""
        return next((s for s in self.sections if name in (s.slug, s.name)), None)

    def region(self, name: str) -> Region | None:
        """The region of that code, short or full name; ``山东青岛`` names a city within its province."""
        return _region_index(self.regions).get(name)

    def region_by_code(self, code: str) -> Region | None:
        """The region of that GB/T 2260 code."""
        return next((r for r in self.regions if r.code == code), None)

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of that name, short name or slug."""
        return next((o for o in self.organisations if name and name in (o.name, o.short_name, o.slug)), None)

    def person(self, key: str) -> Person | None:
        """The person of that key."""
        return next((p for p in self.people if p.key == key), None)

    def people_named(self, name: str) -> tuple[Person, ...]:
        """Everybody of that name: more than one means namesakes."""
        return tuple(p for p in self.people if p.name == name)


@lru_cache(maxsize=8)
def _region_index(regions: tuple[Region, ...]) -> Mapping[str, Region]:
    by_code = {region.code: region for region in regions}
    index: dict[str, Region] = {}
    for region in by_code.values():
        province = by_code.get(region.province_code)
        names = {region.name, region.full_name, region.code, region.slug}
        if province is not None and province is not region:
            names |= {a + b for a in (province.name, province.full_name) for b in (region.name, region.full_name)}
        for name in names:
            index.setdefault(name, region)
    return MappingProxyType(index)
