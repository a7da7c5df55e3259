"""The newsroom: one frozen index over all stories and editions, built once between reading and rendering."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.fronts import Fronts, build_fronts
from site_builder.model.settings import Settings
from site_builder.model.story import Audience, Story, tombstone, visible
from site_builder.model.taxonomy import Taxonomy

RELATED_STORIES = 4
RELATED_WINDOW = 40
NEWS = timedelta(days=2)
"""How long a story is news to search engines (Google, "News sitemaps")."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a story stands in print."""

    edition: Edition
    page: EditionPage
    placement: Placement
    rank: int
    """How many stories of the edition stand before it."""


@dataclass(frozen=True)
class Newsroom:
    """Everything that readers of one audience may see at one moment. Nothing else gets in."""

    settings: Settings
    taxonomy: Taxonomy
    stories: tuple[Story, ...]
    """Visible stories, newest first; stories of one moment stand in the order of print, then of their ids."""
    editions: tuple[Edition, ...]
    """Editions out by now, newest first, with only visible stories placed."""
    withdrawn: tuple[Story, ...]
    """Stories that readers may have met and that are withdrawn, by id."""
    by_id: Mapping[str, Story]
    places: Mapping[str, Place]
    """The first place of each story in print."""
    by_section: Mapping[str, tuple[Story, ...]]
    by_month: Mapping[date, tuple[Story, ...]]
    """Keyed by the first of the month."""
    fronts: Fronts
    """Regions, topics, people, organisations and columns with their stories."""
    _by_topic: Mapping[str, tuple[Story, ...]]
    _by_edition: Mapping[date, tuple[Story, ...]]
    unpublished: frozenset[str] = frozenset()
    """Ids of stories that only this audience sees: drafts and the future. Empty for the public."""
    recent: tuple[Story, ...] = ()
    """What the public got within ``NEWS``, newest first."""

    def edition_stories(self, edition: Edition) -> tuple[Story, ...]:
        """The edition's stories in printed order, each once; those that have no page yet stand at the end."""
        return self._by_edition[edition.date]

    def edition_neighbours(self, edition: Edition) -> tuple[Edition | None, Edition | None]:
        """The editions before and after *edition*, by date."""
        at = bisect_left(self.editions, -edition.date.toordinal(), key=lambda other: -other.date.toordinal())
        before = self.editions[at + 1] if at + 1 < len(self.editions) else None
        return before, (self.editions[at - 1] if at else None)

    def neighbours(self, story: Story) -> tuple[Story | None, Story | None]:
        """The stories before and after *story* in its edition."""
        place = self.places.get(story.id)
        if place is None:
            return None, None
        row = [other for other in self.edition_stories(place.edition) if other.id in self.places]
        before, after = place.rank - 1, place.rank + 1
        return (row[before] if before >= 0 else None), (row[after] if after < len(row) else None)

    def related(self, story: Story, limit: int = RELATED_STORIES) -> tuple[Story, ...]:
        """Earlier stories that share a topic with *story*, most in common first: topics, then region and section.

        Only backwards in time (same edition included), so that a new story never changes an old page; and only
        the nearest ``RELATED_WINDOW`` stories of each topic, so that a long archive costs no more than a short one.
        """
        scores: dict[str, int] = defaultdict(int)
        for topic in story.topics:
            row = self._by_topic.get(topic, ())
            start = bisect_left(row, -story.date.timestamp(), key=lambda other: -other.date.timestamp())
            for other in row[start : start + RELATED_WINDOW]:
                scores[other.id] += 3
        scores.pop(story.id, None)
        candidates = [
            (score + _kinship(self.by_id[other], story), self.by_id[other]) for other, score in scores.items()
        ]
        candidates.sort(key=lambda pair: (-pair[0], -pair[1].date.timestamp(), pair[1].id))
        return tuple(other for _, other in candidates[:limit])


def build_newsroom(
    settings: Settings,
    taxonomy: Taxonomy,
    stories: Iterable[Story],
    editions: Iterable[Edition],
    now: datetime,
    audience: Audience = "public",
) -> Newsroom:
    """The index for *audience* at *now*. *stories* have unique ids; *now* is aware."""
    everything = sorted(stories, key=lambda story: story.id)
    shown = {story.id: story for story in everything if visible(story, now, audience)}
    out = [
        _visible_part(edition, shown)
        for edition in sorted(editions, key=lambda edition: edition.date, reverse=True)
        if audience == "preview" or edition.date <= now.date()
    ]
    places = _places(out)
    ordered = sorted(shown.values(), key=lambda story: _print_order(story, places))
    return Newsroom(
        settings=settings,
        taxonomy=taxonomy,
        stories=tuple(ordered),
        editions=tuple(edition for edition in out if edition.placed() or edition.waiting()),
        withdrawn=tuple(story for story in everything if tombstone(story, now, audience)),
        by_id=MappingProxyType(shown),
        places=MappingProxyType(places),
        by_section=_grouped(ordered, lambda story: (story.section,)),
        by_month=_grouped(ordered, lambda story: (story.date.date().replace(day=1),)),
        fronts=build_fronts(ordered, taxonomy),
        _by_topic=_grouped(ordered, lambda story: story.topics),
        _by_edition=MappingProxyType({edition.date: tuple(shown[i] for i in _ids(edition)) for edition in out}),
        unpublished=frozenset(story.id for story in ordered if not visible(story, now, "public")),
        recent=tuple(s for s in ordered if visible(s, now, "public") and now - s.date < NEWS),
    )


def _visible_part(edition: Edition, shown: Mapping[str, Story]) -> Edition:
    pages = tuple(
        replace(page, placements=tuple(p for p in page.placements if p.story in shown)) for page in edition.pages
    )
    unplaced = tuple(one for one in edition.unplaced if one.placement.story in shown)
    return replace(edition, pages=pages, unplaced=unplaced)


def _places(editions: Sequence[Edition]) -> dict[str, Place]:
    """The earliest printing of each story."""
    places: dict[str, Place] = {}
    for edition in editions:
        ranks = {story_id: rank for rank, story_id in enumerate(_ids(edition))}
        for page, placement in reversed(edition.placed()):
            places[placement.story] = Place(edition, page, placement, ranks[placement.story])
    return places


def _ids(edition: Edition) -> Iterable[str]:
    """The edition's stories in printed order, each once, and after them those that have no page yet."""
    placements = (*(placement for _, placement in edition.placed()), *edition.waiting())
    return dict.fromkeys(placement.story for placement in placements)


def _kinship(one: Story, other: Story) -> int:
    """What two stories have in common beside their topics."""
    return (one.section == other.section) + (bool(one.region) and one.region == other.region)


def _print_order(story: Story, places: Mapping[str, Place]) -> tuple[float, int, int, str]:
    place = places.get(story.id)
    if place is None:
        return (-story.date.timestamp(), 10_000, 0, story.id)
    return (-story.date.timestamp(), place.page.number, place.rank, story.id)


def _grouped(stories: Iterable[Story], keys: Callable[[Story], Iterable[K]]) -> Mapping[K, tuple[Story, ...]]:
    groups: dict[K, list[Story]] = defaultdict(list)
    for story in stories:
        for key in keys(story):
            groups[key].append(story)
    return MappingProxyType({key: tuple(members) for key, members in groups.items()})
