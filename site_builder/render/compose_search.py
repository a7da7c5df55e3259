"""From the newsroom to what search may see of each story, each volume, and of the names that stories are filed under.

A story's input is composed only when its volume is made anew. Whether it must be is told by its ``Entry``, which costs
a fraction: an archive of 30 000 stories is asked at every build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.model.fronts import Kind, labels
from site_builder.model.story import Story
from site_builder.model.taxonomy import Person, Taxonomy
from site_builder.render.compose import Desk, unbracketed
from site_builder.render.compose_pictures import Picture
from site_builder.render.pictures.label import label_of
from site_builder.render.searching.records import Named, SearchedStory
from site_builder.render.searching.suggestions import MOST, Suggestion, Suggestions
from site_builder.render.searching.volumes import Entry, Month

FULL = 2000
"""Stories of closed years from which on the next year begins another volume."""
_TEN_DAYS = 10


class Bound(NamedTuple):
    """The stories of a volume."""

    name: str
    months: tuple[Month, ...]
    stories: tuple[Story, ...]


def volumes(desk: Desk) -> Iterator[Bound]:
    """Every volume with its stories; both newest first, stories of one moment by their ids backwards.

    The newest month is up to three, of ten days or so (``2024-04-3``), so that a new story costs no more than those;
    the rest of its year is another. Years before are bound together, from the oldest on, until a volume is full
    (``2006-2009``). The newest is that of the newest story, and not told by the clock: an index does not change by
    itself.
    """
    months = sorted(desk.newsroom.by_month.items())
    this_year = f"{months[-1][0].year:04d}" if months else ""
    bound: list[tuple[str, list[_Leaf]]] = []
    for name, group in groupby(_leaves(months), key=lambda leaf: leaf.volume):
        leaves = list(group)
        if bound and name < this_year and sum(leaf.month.size for leaf in bound[-1][1]) < FULL:
            bound[-1] = (f"{bound[-1][0][:4]}-{name}", bound[-1][1] + leaves)
        else:
            bound.append((name, leaves))
    for name, leaves in reversed(bound):
        stories = [story for leaf in leaves for story in leaf.stories]
        stories.sort(key=lambda story: story.id, reverse=True)
        stories.sort(key=lambda story: story.date, reverse=True)
        yield Bound(name, tuple(leaf.month for leaf in reversed(leaves)), tuple(stories))


class _Leaf(NamedTuple):
    """Stories of one month that are never parted."""

    volume: str
    month: Month
    stories: Sequence[Story]


def _leaves(months: Sequence[tuple[date, Sequence[Story]]]) -> Iterator[_Leaf]:
    """Oldest first; the newest month in thirds."""
    for day, stories in months[:-1]:
        yield _Leaf(f"{day.year:04d}", Month(month_name(day), 0, len(stories)), stories)
    for day, stories in months[-1:]:
        name, first = month_name(day), 0
        stories = sorted(stories, key=lambda story: story.date)
        for third, group in groupby(stories, key=lambda story: third_of(story.date)):
            own = list(group)
            yield _Leaf(third, Month(name, first, len(own)), own)
            first += len(own)


def thirds(month: str) -> tuple[str, ...]:
    """The names of the thirds of a month: ``2024-04-1``, …"""
    return tuple(f"{month}-{third}" for third in range(1, 4))


def third_of(day: date) -> str:
    """``2024-04-3`` for the last third of a month: 下旬."""
    return thirds(month_name(day))[min((day.day - 1) // _TEN_DAYS, 2)]


def month_name(day: date) -> str:
    """``2024-04``"""
    return f"{day.year:04d}-{day.month:02d}"


def entries(desk: Desk, stories: Iterable[Story], sources: Mapping[str, str]) -> Iterator[Entry]:
    """What each story's part of its volume depends on beside what all volumes do; *sources*: id → its file's digest.

    All stories are asked at every build.
    """
    places, spelled = desk.newsroom.places, bool(desk.newsroom.taxonomy.readings)
    for story in stories:
        place = places.get(story.id)
        printed = f"{place.edition.id} {place.page.number}" if place else ""
        picture = _pictured(desk, story).paths[0] if story.photos else ""
        readings = _readings(desk, story) if spelled else ()
        yield Entry(urls.story(story.id), f"{sources[story.id]} {printed} {desk.mark(story)} {picture}", readings)


def names_that_show(desk: Desk) -> Taxonomy:
    """All names that a story's part of its volume may show. Readings are not among them: few stories need any."""
    return replace(desk.newsroom.taxonomy, readings=())


def searched_story(desk: Desk, story: Story) -> SearchedStory:
    """Everything of *story* that search knows."""
    newsroom = desk.newsroom
    words = load_messages(newsroom.settings.language)
    place = newsroom.places.get(story.id)
    filed = labels(story, newsroom.taxonomy)
    section = newsroom.taxonomy.section(story.section)
    region = newsroom.taxonomy.region_by_code(story.region)
    province = newsroom.taxonomy.region_by_code(region.province_code) if region else None
    people = dict.fromkeys(label for label in filed if label.kind is Kind.PERSON)
    names = _signed(story)
    where = story.dateline.place if story.dateline else ""
    organisations = tuple(dict.fromkeys(story.organisations))
    return SearchedStory(
        id=story.id,
        day=story.date.date(),
        headline=story.headline,
        section=(section.slug, section.name) if section else (story.section, story.section),
        genre=(story.genre.value, words.text(f"genre.{story.genre.value}")),
        kicker=story.kicker,
        subhead=story.subhead,
        tips=story.reading_tips,
        body=desk.bodies[story.id].text,
        captions=tuple(text for photo in story.photos for text in (photo.caption, photo.credit) if text),
        byline=unbracketed(story),
        place=where,
        region=(region.slug, region.name, province.name if province else region.name) if region else None,
        topics=_unique([(urls.name_slug(topic), topic) for topic in story.topics]),
        organisations=organisations,
        people=_unique([(label.slug, _distinct(desk, label.name, label.entry)) for label in people]),
        names=names,
        edition=place.edition.id if place else "",
        page=place.page.number if place else 0,
        mark=desk.mark(story) or ("corrected" if story.updated else ""),
        picture=_picture(desk, story),
        readings=_readings(desk, story),
    )


def suggestions(desk: Desk) -> Suggestions:
    """The names with the most stories."""
    newsroom = desk.newsroom
    rows = [
        Suggestion(front.url, front.title, kind.value, len(front.stories))
        for kind, fronts in newsroom.fronts.items()
        for front in fronts.values()
    ]
    for section in newsroom.taxonomy.sections:
        count = len(newsroom.by_section.get(section.slug, ()))
        if count:
            rows.append(Suggestion(urls.section(section.slug), section.name, "sections", count))
    rows.sort(key=lambda row: (-row.count, row.kind, row.url))
    del rows[MOST:]
    return Suggestions(tuple(rows), _found(desk, (row.text for row in rows)))


def _signed(story: Story) -> tuple[str, ...]:
    """The names of those who sign *story* or its pictures."""
    credits = (*story.credits, *(credit for photo in story.photos for credit in photo.credits))
    return tuple(dict.fromkeys(credit.name for credit in credits if not credit.role.is_staff))


def _readings(desk: Desk, story: Story) -> tuple[tuple[str, str], ...]:
    """The newsroom's own readings of words in what is spelled of *story*."""
    if not desk.newsroom.taxonomy.readings:
        return ()
    region = desk.newsroom.taxonomy.region_by_code(story.region)
    where = story.dateline.place if story.dateline else ""
    return _found(desk, (story.headline, *_signed(story), where, region.name if region else "", *story.organisations))


def _found(desk: Desk, texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    spelled = "\n".join(texts)
    return tuple(row for row in desk.newsroom.taxonomy.readings if row[0] in spelled)


def _distinct(desk: Desk, name: str, person: object) -> str:
    apart = desk.newsroom.taxonomy.distinction(person) if isinstance(person, Person) else ""
    return f"{name}（{apart}）" if apart else name


def _unique(values: Sequence[Named]) -> tuple[Named, ...]:
    """*values*, the first of each key."""
    return tuple(dict(reversed(values)).items())[::-1] if len(values) > 1 else tuple(values)


def _picture(desk: Desk, story: Story) -> tuple[str, int, int] | None:
    """Address, width and height of the smallest JPEG of the story's first picture."""
    if not story.photos:
        return None
    picture = _pictured(desk, story)
    url, width = picture.sources(".jpg")[0]
    return url, width, max(round(picture.height * width / picture.width), 1)


def _pictured(desk: Desk, story: Story) -> Picture:
    """The story's first picture."""
    return desk.pictures[story.photos[0].file, label_of(story.photos[0])]
