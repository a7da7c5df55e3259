"""What only all files together show: ids used twice, editions naming stories that are not there, unknown names."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from site_builder.model.edition import Edition, Placement
from site_builder.model.fronts import ambiguous_names
from site_builder.model.story import Status, Story
from site_builder.model.taxonomy import Taxonomy
from site_builder.problems import Problem
from site_builder.schema.dialect import story_links
from site_builder.schema.fields import suggest_id
from site_builder.schema.located import Located


@dataclass(frozen=True)
class Consistent:
    """The stories and editions that fit together, and what was wrong between them."""

    stories: tuple[Located[Story], ...]
    editions: tuple[Located[Edition], ...]
    problems: tuple[Problem, ...]


def crosscheck(
    stories: Sequence[Located[Story]],
    editions: Sequence[Located[Edition]],
    taxonomy: Taxonomy,
    unreadable_ids: Collection[str] = (),
    incomplete: Collection[str] = (),
) -> Consistent:
    """Check the files against each other.

    *unreadable_ids* are the names of story files with errors of their own: an edition that names one is not
    blamed for it. *incomplete* are the data files (``people`` …) with errors: names are not looked up in them.
    Of several stories with one id, and of editions of one date, the first by path stays.
    """
    problems: list[Problem] = []
    kept = _unique_stories(stories, problems)
    known = {story.value.id: story.value for story in kept}
    problems += _check_aliases(kept, known)
    former = {alias: story.value for story in kept for alias in story.value.aliases}
    for story in kept:
        problems += _check_links(story, {**former, **known}, unreadable_ids)
        problems += _check_names(story, taxonomy, incomplete)
        problems += _check_file_name(story)
    kept_editions = _unique_editions(editions, problems)
    for edition in kept_editions:
        problems += _check_edition_file_name(edition)
    problems += _check_placements(kept_editions, known, unreadable_ids)
    return Consistent(tuple(kept), tuple(kept_editions), tuple(problems))


def _unique_stories(stories: Iterable[Located[Story]], problems: list[Problem]) -> list[Located[Story]]:
    first: dict[str, Located[Story]] = {}
    kept = []
    for story in sorted(stories, key=lambda s: s.path):
        other = first.setdefault(story.value.id.lower(), story)
        if other is story:
            kept.append(story)
        else:
            problems.append(story.problem("id-duplicate", ("id",), id=story.value.id, other=other.path))
    return kept


def _unique_editions(editions: Iterable[Located[Edition]], problems: list[Problem]) -> list[Located[Edition]]:
    first: dict[str, Located[Edition]] = {}
    for edition in sorted(editions, key=lambda e: e.path):
        other = first.setdefault(edition.value.id, edition)
        if other is not edition:
            problems.append(edition.problem("edition-duplicate", ("date",), date=edition.value.id, other=other.path))
    return list(first.values())


def _check_aliases(stories: Sequence[Located[Story]], known: Mapping[str, Story]) -> Iterator[Problem]:
    claimed: dict[str, str] = {}
    for story in stories:
        for index, alias in enumerate(story.value.aliases):
            other = alias if alias in known else claimed.get(alias)
            if other:
                yield story.problem("alias-taken", ("aliases", index), alias=alias, other=other)
            claimed.setdefault(alias, story.value.id)


def _check_names(story: Located[Story], taxonomy: Taxonomy, incomplete: Collection[str]) -> Iterator[Problem]:
    if "people" not in incomplete:
        for name in dict.fromkeys(c.name for c in story.value.credits):
            if taxonomy.people and not taxonomy.people_named(name):
                at, key = ("byline", name), suggest_id(name, "person")
                yield story.problem("person-unknown", at, severity="warning", name=name, suggestion=key)
        for name in ambiguous_names(story.value, taxonomy):
            namesakes = [person.key for person in taxonomy.people_named(name)]
            places = {"name": name, "keys": "、".join(namesakes), "suggestion": namesakes[0]}
            yield story.problem("person-ambiguous", ("byline", name), severity="warning", **places)
        keys = {person.key for person in taxonomy.people}
        for key in dict.fromkeys(key for _name, key in story.value.byline_people):
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
                yield story.problem("person-key-unknown", ("byline", f"#{key}"), key=key, suggestion=(near or [key])[0])
    if "organisations" in incomplete:
        return
    for index, name in enumerate(story.value.organisations):
        if taxonomy.organisations and taxonomy.organisation(name) is None:
            where, slug = ("organisations", index), suggest_id(name, "organisation")
            yield story.problem("organisation-unknown", where, severity="warning", name=name, suggestion=slug)


def _check_links(story: Located[Story], known: Mapping[str, Story], unreadable: Collection[str]) -> Iterator[Problem]:
    """Links to other stories; those of a draft may lead to drafts that will be published with it."""
    source = story.document.source
    start = max(source.text.rfind(story.value.body), 0)
    for story_id, span in story_links(source, start):
        target = known.get(story_id)
        if target is None and story_id not in unreadable:
            suggestion = _nearest_id(story_id, known)
            yield source.problem("link-story-unknown", span, found=story_id, suggestion=suggestion)
        elif target is not None and target.status is not Status.PUBLISHED and story.value.status is Status.PUBLISHED:
            yield source.problem("link-story-not-public", span, severity="warning", id=target.id)


def _nearest_id(found: str, known: Mapping[str, Story]) -> str:
    near = difflib.get_close_matches(found, known, n=1, cutoff=0.5) or sorted(known)[:1]
    return near[0] if near else "@kind.none"


def _check_file_name(story: Located[Story]) -> Iterator[Problem]:
    if PurePosixPath(story.path).stem != story.value.id:
        yield story.problem("story-file-name", ("id",), severity="warning", expected=f"{story.value.id}.md")


def _check_edition_file_name(edition: Located[Edition]) -> Iterator[Problem]:
    if PurePosixPath(edition.path).stem != edition.value.id:
        expected = f"{edition.value.id}.yml"
        yield edition.problem("edition-file-name", ("date",), severity="warning", expected=expected)


def _check_placements(
    editions: Sequence[Located[Edition]], known: Mapping[str, Story], unreadable: Collection[str]
) -> Iterator[Problem]:
    for edition in editions:
        seen: dict[str, int] = {}
        for page_index, page in enumerate(edition.value.pages):
            for index, placement in enumerate(page.placements):
                if placement.back:
                    continue  # made of the placement where its story begins, which is checked there
                where: tuple[str | int, ...] = ("pages", page_index, "stories", index)
                yield from _check_placement(edition, where, placement, known, unreadable)
                if placement.story in seen:
                    first = seen[placement.story]
                    at = _id_of(edition, where)
                    yield edition.problem("story-placed-twice", at, id=placement.story, page=page.number, first=first)
                seen.setdefault(placement.story, page.number)
        for index, one in enumerate(edition.value.unplaced):
            where = ("unplaced", index)
            yield from _check_placement(edition, where, one.placement, known, unreadable)
            if one.placement.story in seen:
                yield edition.problem("unplaced-twice", _id_of(edition, where), id=one.placement.story)
            seen.setdefault(one.placement.story, 0)


def _check_placement(
    edition: Located[Edition],
    where: tuple[str | int, ...],
    placement: Placement,
    known: Mapping[str, Story],
    unreadable: Collection[str],
) -> Iterator[Problem]:
    """What is wrong with the placement at *where* by itself."""
    at, story = _id_of(edition, where), known.get(placement.story)
    if story is None and placement.story not in unreadable:
        suggestion = _nearest_id(placement.story, known)
        yield edition.problem("story-unknown", at, found=placement.story, suggestion=suggestion)
    if story is not None and story.status is not Status.PUBLISHED:
        yield edition.problem("story-not-public", at, severity="warning", id=story.id)
    if story is not None and placement.rows and "".join(placement.rows) != story.headline:
        yield edition.problem("headline-rows-differ", (*where, "rows"), id=story.id, headline=story.headline)


def _id_of(edition: Located[Edition], where: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Where the id of the placement at *where* stands: by itself, or in a mapping."""
    return (*where, "id") if (*where, "id") in edition.document.values else where
