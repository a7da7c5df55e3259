"""The names on a story, and the fronts that gather all stories with a name: regions, topics, people and others.

A front is there while it has a visible story. Where a newsroom lists people or organisations, only listed ones have
fronts, at the address of their key or slug; other names make their own address, which a later data file would change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from site_builder.model import urls
from site_builder.model.byline import Credit, Role
from site_builder.model.story import Story
from site_builder.model.taxonomy import Organisation, Person, Region, Taxonomy


class Kind(StrEnum):
    """A kind of front; the value is the first part of its address."""

    REGION = "regions"
    TOPIC = "topics"
    PERSON = "people"
    ORGANISATION = "organisations"
    COLUMN = "columns"


Entry = Region | Organisation | Person


@dataclass(frozen=True, slots=True)
class Label:
    """One name on one story."""

    kind: Kind
    slug: str
    name: str
    entry: Entry | None = None
    """What a data file says of it."""
    role: Role | None = None
    """What a person did for this story."""

    @property
    def url(self) -> str:
        """Address of the front."""
        return urls.front(self.kind, self.slug)


@dataclass(frozen=True)
class Front:
    """All visible stories with one name."""

    kind: Kind
    slug: str
    name: str
    """As the data file spells it, else the oldest story: a new one never changes it."""
    distinction: str
    """What tells a person from namesakes in a list; empty where nobody has the same name."""
    entry: Entry | None
    stories: tuple[Story, ...]
    """Newest first."""
    roles: Mapping[str, tuple[Role, ...]]
    """For people: story id → what they did for it. ``Role.UNSTATED`` where nothing is printed."""

    @property
    def title(self) -> str:
        """Its name where it stands among others, in a list or a feed reader: 王伟（港务局）."""
        return f"{self.name}（{self.distinction}）" if self.distinction else self.name

    @property
    def url(self) -> str:
        """Its address."""
        return urls.front(self.kind, self.slug)


Fronts = Mapping[Kind, Mapping[str, Front]]


def build_fronts(stories: Iterable[Story], taxonomy: Taxonomy) -> Fronts:
    """Every front of *stories* (newest first) by kind and slug."""
    members: dict[Kind, dict[str, list[tuple[Story, Label]]]] = {kind: {} for kind in Kind}
    for story in stories:
        for label in labels(story, taxonomy):
            members[label.kind].setdefault(label.slug, []).append((story, label))
    return MappingProxyType(
        {
            kind: MappingProxyType({slug: _front(rows, taxonomy) for slug, rows in fronts.items()})
            for kind, fronts in members.items()
        }
    )


def _front(rows: list[tuple[Story, Label]], taxonomy: Taxonomy) -> Front:
    oldest = rows[-1][1]
    roles: dict[str, dict[Role, None]] = defaultdict(dict)
    for story, label in rows:
        if label.role is not None:
            roles[story.id][label.role] = None
    stories = tuple({story.id: story for story, _ in rows}.values())
    by_story = MappingProxyType({story_id: tuple(found) for story_id, found in roles.items()})
    apart = taxonomy.distinction(oldest.entry) if isinstance(oldest.entry, Person) else ""
    return Front(oldest.kind, oldest.slug, oldest.name, apart, oldest.entry, stories, by_story)


def labels(story: Story, taxonomy: Taxonomy) -> tuple[Label, ...]:
    """All names on *story* in the order of regions, topics, people, organisations, column."""
    return (
        *_regions(story, taxonomy),
        *(Label(Kind.TOPIC, urls.name_slug(topic), topic) for topic in story.topics),
        *people(story, taxonomy),
        *_organisations(story, taxonomy),
        *((Label(Kind.COLUMN, urls.name_slug(story.column), story.column),) if story.column else ()),
    )


def _regions(story: Story, taxonomy: Taxonomy) -> Iterator[Label]:
    """The story's region, then those it lies in: a district's story counts in its city and its province."""
    code = story.region
    for step in dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000") if code else ()):
        region = taxonomy.region_by_code(step)
        if region is not None:
            yield Label(Kind.REGION, region.slug, region.name, region)


def people(story: Story, taxonomy: Taxonomy) -> tuple[Label, ...]:
    """Who signs *story* or its pictures. Staff of the page are no authors.

    A name that several people share belongs to none of them unless the editor said to whom: nobody is guessed.
    """
    pictured = (_person(credit, key, taxonomy) for credit, key in _pictured(story))
    return tuple(label for label in (*signatures(story, taxonomy), *pictured) if label is not None)


def signatures(story: Story, taxonomy: Taxonomy) -> tuple[Label | None, ...]:
    """The person behind each name of the byline, in printed order; ``None`` for who has no front."""
    return tuple(_person(credit, key, taxonomy) for credit, key in _signed(story))


def ambiguous_names(story: Story, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Names of the byline that several people share and that the editor did not tell apart."""
    unsaid = (c.name for c, key in _signed(story) if not c.role.is_staff and taxonomy.person(key) is None)
    return tuple(dict.fromkeys(name for name in unsaid if len(taxonomy.people_named(name)) > 1))


def _signed(story: Story) -> list[tuple[Credit, str]]:
    """The byline's credits, each with the person's key that the editor gave, or with an empty one.

    Two namesakes in one byline are told apart by their order, so each needs a key.
    """
    credits = story.credits
    if not story.byline_people:
        return [(credit, "") for credit in credits]
    signed = Counter(credit.name for credit in credits)
    keys = {name: iter(keys) for name, keys in _keys_by_name(story).items() if len(keys) == signed[name]}
    return [(credit, next(keys.get(credit.name, iter(())), "")) for credit in credits]


def _pictured(story: Story) -> list[tuple[Credit, str]]:
    """The makers of the pictures; one who also signs the story is the same person."""
    keys = {name: found[0] for name, found in _keys_by_name(story).items() if len(set(found)) == 1}
    return [(credit, keys.get(credit.name, "")) for photo in story.photos for credit in photo.credits]


def _keys_by_name(story: Story) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = defaultdict(list)
    for name, key in story.byline_people:
        keys[name].append(key)
    return keys


def _person(credit: Credit, key: str, taxonomy: Taxonomy) -> Label | None:
    if credit.role.is_staff:
        return None
    namesakes = taxonomy.people_named(credit.name)
    person = taxonomy.person(key) or (namesakes[0] if len(namesakes) == 1 else None)
    if person is not None:
        return Label(Kind.PERSON, person.key, person.name, person, credit.role)
    if taxonomy.people:  # then only who is listed has a front
        return None
    return Label(Kind.PERSON, urls.name_slug(credit.name), credit.name, None, credit.role)


def _organisations(story: Story, taxonomy: Taxonomy) -> Iterator[Label]:
    for name in story.organisations:
        known = taxonomy.organisation(name)
        if known is not None:
            yield Label(Kind.ORGANISATION, known.slug, known.name, known)
        elif not taxonomy.organisations:
            yield Label(Kind.ORGANISATION, urls.name_slug(name), name)
