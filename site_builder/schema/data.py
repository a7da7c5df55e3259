"""The newsroom's data files: sections, regions, organisations, people, readings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator

from site_builder.model.taxonomy import Organisation, Person, Region, Section, Taxonomy
from site_builder.problems import Problem
from site_builder.schema import forms
from site_builder.schema.fields import AsTuple, FileModel, Line, refuse, suggest_id
from site_builder.schema.keys import Key, key_table
from site_builder.schema.readings import PinyinFile, ReadingEntry, check_lengths, readings_of
from site_builder.schema.text import SourceText
from site_builder.schema.validate import validate
from site_builder.schema.yamltext import Document, parse_yaml

F = TypeVar("F", bound=BaseModel)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _slug(value: object) -> object:
    value = value.strip() if isinstance(value, str) else value
    if isinstance(value, str) and not _SLUG.fullmatch(value):
        raise refuse("slug-invalid", found=value, suggestion=suggest_id(value, "union-news"))
    return value


def _region_code(value: object) -> object:
    value = value.strip() if isinstance(value, str) else value
    if isinstance(value, str) and not re.fullmatch(r"[1-9][0-9]{5}", value):
        raise refuse("region-code", found=value)
    return value


Slug = Annotated[str, BeforeValidator(_slug), forms.SLUG]


class SectionEntry(FileModel):
    """A section."""

    slug: Annotated[Slug, Key("标识")]
    """For the address: `a-z`, `0-9`, `-`."""
    name: Annotated[Line, Key("名称")]
    """As readers see it."""
    purpose: Annotated[Line, Key("说明")] = ""
    """One line of what it is about."""


class RegionEntry(FileModel):
    """A region of GB/T 2260."""

    code: Annotated[str, BeforeValidator(_region_code), forms.REGION_CODE, Key("代码")]
    """Six digits."""
    name: Annotated[Line, Key("名称")]
    """Short name: 青岛."""
    full_name: Annotated[Line, Key("全称")]
    """Full name: 青岛市."""
    slug: Annotated[Slug, Key("标识")]
    """For the address."""


class OrganisationEntry(FileModel):
    """An organisation."""

    slug: Annotated[Slug, Key("标识")]
    """For the address."""
    name: Annotated[Line, Key("名称")]
    """Full name."""
    short_name: Annotated[Line, Key("简称")] = ""
    """Short name, accepted in stories too."""


class PersonEntry(FileModel):
    """Somebody who signs stories."""

    key: Annotated[Slug, Key("键")]
    """Permanent: the address of the person's page; keeps namesakes apart."""
    name: Annotated[Line, Key("姓名")]
    """As printed, without alignment spaces."""
    org: Annotated[Line, Key("单位")] = ""
    """Organisation, if it is known."""
    role: Annotated[Line, Key("身份")] = ""
    """记者, 通讯员 …, if it is known."""


class SectionsFile(FileModel):
    """`content/sections.yml`"""

    sections: Annotated[tuple[SectionEntry, ...], AsTuple, Key("频道")] = ()
    """The sections, in the order of the site's section row."""


class RegionsFile(FileModel):
    """`content/regions.yml`"""

    regions: Annotated[tuple[RegionEntry, ...], AsTuple, Key("地区")] = ()
    """The regions, provinces first."""


class OrganisationsFile(FileModel):
    """`content/organisations.yml`"""

    organisations: Annotated[tuple[OrganisationEntry, ...], AsTuple, Key("单位")] = ()
    """The organisations."""


class PeopleFile(FileModel):
    """`content/people.yml`"""

    people: Annotated[tuple[PersonEntry, ...], AsTuple, Key("人物")] = ()
    """The people."""


@dataclass(frozen=True)
class DataFiles:
    """The data files that a newsroom has; each may be missing."""

    sections: SourceText | None = None
    regions: SourceText | None = None
    organisations: SourceText | None = None
    people: SourceText | None = None
    pinyin: SourceText | None = None


def parse_data(files: DataFiles) -> tuple[Taxonomy, tuple[Problem, ...]]:
    """All names of the newsroom, and what is wrong in the files that give them.

    A file with problems still gives its good entries where they can be told apart, so that one slip in
    ``regions.yml`` does not make every story's region unknown.
    """
    problems: list[Problem] = []
    sections = _entries(files.sections, SectionsFile, "sections", ("slug", "name"), problems)
    regions = _entries(files.regions, RegionsFile, "regions", ("code", "slug"), problems)
    organisations = _entries(files.organisations, OrganisationsFile, "organisations", ("slug", "name"), problems)
    people = _entries(files.people, PeopleFile, "people", ("key",), problems)
    readings = _entries(files.pinyin, PinyinFile, "readings", ("word",), problems)
    taxonomy = Taxonomy(
        tuple(Section(e.slug, e.name, e.purpose) for e in sections if isinstance(e, SectionEntry)),
        tuple(Region(e.code, e.name, e.full_name, e.slug) for e in regions if isinstance(e, RegionEntry)),
        tuple(Organisation(e.slug, e.name, e.short_name) for e in organisations if isinstance(e, OrganisationEntry)),
        tuple(Person(e.key, e.name, e.org, e.role) for e in people if isinstance(e, PersonEntry)),
        readings_of([e for e in readings if isinstance(e, ReadingEntry)]),
    )
    return taxonomy, tuple(problems)


def _entries(
    source: SourceText | None, model: type[F], field: str, unique: Sequence[str], problems: list[Problem]
) -> Iterable[BaseModel]:
    if source is None:
        return ()
    document = parse_yaml(source, key_table(model))
    problems += document.problems
    if document.data is None:
        return ()
    file = validate(document, model)
    if isinstance(file, list):
        problems += file
        # Entries were left out, so positions would be those of others: no further checks until this is mended.
        salvaged = _salvage(document, model, field)
        return getattr(salvaged, field) if salvaged else ()
    entries: tuple[BaseModel, ...] = getattr(file, field)
    for name in unique:
        problems += _duplicates(document, field, entries, name)
    if field == "regions":
        problems += _orphans(document, entries)
    if field == "readings":
        problems += check_lengths(document, [entry for entry in entries if isinstance(entry, ReadingEntry)])
    return entries


def _salvage(document: Document, model: type[F], field: str) -> F | None:
    """The file with only those entries that are right by themselves."""
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get(field), list):
        return None
    good = []
    for entry in data[field]:
        alone = Document(document.source, {field: [entry]}, document.values)
        if not isinstance(validate(alone, model), list):
            good.append(entry)
    kept = validate(Document(document.source, {field: good}), model)
    return None if isinstance(kept, list) else kept


def _duplicates(document: Document, field: str, entries: Sequence[BaseModel], name: str) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        value = str(getattr(entry, name))
        if value in seen:
            first = document.span((field, seen[value], name)).line
            problems.append(document.problem("entry-duplicate", (field, index, name), found=value, first=first))
        seen.setdefault(value, index)
    return problems


def _orphans(document: Document, entries: Sequence[BaseModel]) -> list[Problem]:
    regions = [entry for entry in entries if isinstance(entry, RegionEntry)]
    codes = {region.code for region in regions}
    return [
        document.problem(
            "region-orphan", ("regions", index, "code"), found=region.code, province=region.code[:2] + "0000"
        )
        for index, region in enumerate(regions)
        if region.code[:2] + "0000" not in codes
    ]
