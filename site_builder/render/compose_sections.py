"""From the newsroom to the fronts of sections: the newest stories, and what the rail says of them.

All counts are those of the stories shown, so that a long archive makes no section slower.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from site_builder.model import urls
from site_builder.model.byline import Role
from site_builder.model.fronts import Kind, people
from site_builder.model.story import Genre, Story
from site_builder.model.taxonomy import Section
from site_builder.render import inputs
from site_builder.render.compose import Desk, changed, months, older_link

FREQUENT_NAMES = 5
SECTION_TOPICS = 7
FREQUENT = 2
"""A name or topic that stands on fewer of the stories shown is no frequent one."""


def section_front(desk: Desk, section: Section) -> inputs.SectionInput:
    """A section's front: its latest stories; list pages hold all."""
    stories = desk.newsroom.by_section.get(section.slug, ())
    url = urls.section(section.slug)
    shown = stories[: desk.newsroom.settings.list_items]
    lead = next((story for story in shown if story.photos and story.genre is not Genre.PHOTO), None)
    rest = [story for story in shown if story is not lead]
    return inputs.SectionInput(
        url=url,
        name=section.name,
        slug=section.slug,
        purpose=section.purpose,
        count=len(stories),
        updated=max((changed(story) for story in shown), default=None),
        lead=desk.item(lead, lead=True) if lead else None,
        days=desk.days(rest),
        issues=_issues(desk, rest),
        topics=_topics(shown),
        regions=_province_counts(desk, shown),
        months=months(shown),
        names=_names(desk, shown),
        older=older_link(url, len(stories), len(shown)),
    )


def _issues(desk: Desk, stories: Iterable[Story]) -> tuple[inputs.Issue, ...]:
    """The numbered editions that the stories were printed in on the day they are filed under."""
    places = ((story, desk.newsroom.places.get(story.id)) for story in stories)
    editions = {
        place.edition.date: place.edition.number
        for story, place in places
        if place is not None and place.edition.date == story.date.date()
    }
    return tuple((day, number, urls.edition(day)) for day, number in editions.items() if number is not None)


def _topics(stories: Iterable[Story]) -> tuple[inputs.Link, ...]:
    """The topics that several of the stories share, most first."""
    counts = Counter(topic for story in stories for topic in dict.fromkeys(story.topics))
    row = [topic for topic, count in counts.most_common(SECTION_TOPICS) if count >= FREQUENT]
    if len(row) < FREQUENT:  # a row of one is no row
        return ()
    return tuple(inputs.Link(topic, urls.front(Kind.TOPIC, urls.name_slug(topic))) for topic in row)


def _names(desk: Desk, stories: Sequence[Story]) -> tuple[tuple[inputs.Link, Role, int], ...]:
    """Who signs several of the stories or their pictures, in which role most often, most first."""
    fronts = desk.newsroom.fronts[Kind.PERSON]
    counts: Counter[str] = Counter()
    roles: dict[str, Counter[Role]] = {}
    for story in stories:
        for slug, role in {label.slug: label.role for label in reversed(people(story, desk.newsroom.taxonomy))}.items():
            counts[slug] += 1
            roles.setdefault(slug, Counter())[role or Role.UNSTATED] += 1
    return tuple(
        (inputs.Link(fronts[slug].title, fronts[slug].url), roles[slug].most_common(1)[0][0], count)
        for slug, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:FREQUENT_NAMES]
        if count >= FREQUENT
    )


def _province_counts(desk: Desk, stories: Iterable[Story]) -> tuple[tuple[inputs.Link, int], ...]:
    counts: Counter[inputs.Link] = Counter()
    for story in stories:
        region = desk.newsroom.taxonomy.region_by_code(story.region)
        province = desk.newsroom.taxonomy.region_by_code(region.province_code) if region else None
        if province:
            counts[inputs.Link(province.name, urls.front(Kind.REGION, province.slug))] += 1
    return tuple(counts.most_common())
