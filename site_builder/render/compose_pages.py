"""From the newsroom to the inputs of the front page, the sections' fronts, editions, archive and search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from site_builder.model import urls
from site_builder.model.edition import Edition
from site_builder.model.fronts import Kind
from site_builder.model.story import Body, Genre, Story
from site_builder.model.taxonomy import Section
from site_builder.render import inputs
from site_builder.render.compose import MONTH_ITEMS, Desk, changed, older_link, unbracketed
from site_builder.render.search import SearchEntry

SIDE_STORIES = 3
SECOND_STORIES = 9
FRONT_BRIEFS = 8
FRONT_REGIONS = 12
REGION_HEADLINES = 3
FRONT_EDITIONS = 4
LATEST_EDITIONS = 12


def front_page(desk: Desk) -> inputs.FrontInput:
    """The front page: the latest edition by weight, or the newest stories where there is none."""
    newsroom = desk.newsroom
    edition = newsroom.editions[0] if newsroom.editions else None
    row = list(_by_weight(desk, edition)) if edition else list(newsroom.stories[: SECOND_STORIES + SIDE_STORIES + 2])
    photo = next((s for s in row[1:] if s.genre is Genre.PHOTO and s.photos), None)
    briefs = [s for s in row if s.genre is Genre.BRIEF]
    commentary = [s for s in row if s.genre is Genre.COMMENTARY]
    plain = [s for s in row if s is not photo and s.genre not in (Genre.BRIEF, Genre.COMMENTARY)]
    if not plain and row:
        # An edition of nothing but briefs and commentary still leads with something.
        plain = row[:1]
        briefs, commentary = ([s for s in group if s is not row[0]] for group in (briefs, commentary))
    return inputs.FrontInput(
        edition=_edition_head(edition) if edition else None,
        lead=desk.item(plain[0], lead=True) if plain else None,
        side=desk.items(plain[1 : 1 + SIDE_STORIES]),
        briefs=desk.items(briefs[:FRONT_BRIEFS]),
        seconds=desk.items(plain[1 + SIDE_STORIES : 1 + SIDE_STORIES + SECOND_STORIES]),
        photo=desk.item(photo) if photo else None,
        commentary=desk.items(commentary),
        regions=_front_regions(desk, row),
        editions=tuple((e.date, e.number, urls.edition(e.date)) for e in newsroom.editions[:FRONT_EDITIONS]),
    )


def _by_weight(desk: Desk, edition: Edition) -> Iterable[Story]:
    """The edition's stories: the highest priority leads, then page by page in printed order, then without a page."""
    rank: dict[str, tuple[int, int, int]] = {}
    for index, (page, placement) in enumerate(edition.placed()):
        rank.setdefault(placement.story, (-(placement.priority or 0), page.number, index))
    last = max((page.number for page in edition.pages), default=0) + 1
    for index, placement in enumerate(edition.waiting()):
        rank.setdefault(placement.story, (-(placement.priority or 0), last, index))
    stories = desk.newsroom.edition_stories(edition)
    return sorted(stories, key=lambda story: rank[story.id])


def _front_regions(desk: Desk, row: Iterable[Story]) -> tuple[tuple[inputs.Link, int, tuple[inputs.Link, ...]], ...]:
    provinces: dict[str, list[Story]] = {}
    for story in row:
        region = desk.newsroom.taxonomy.region_by_code(story.region)
        if region is not None:
            provinces.setdefault(region.province_code, []).append(story)
    bands = []
    for code, stories in list(provinces.items())[:FRONT_REGIONS]:
        province = desk.newsroom.taxonomy.region_by_code(code)
        name = province.name if province else code
        links = tuple(inputs.Link(s.headline, urls.story(s.id)) for s in stories[:REGION_HEADLINES])
        url = urls.front(Kind.REGION, province.slug) if province else ""
        bands.append((inputs.Link(name, url), len(stories), links))
    return tuple(bands)


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
        regions=_province_counts(desk, shown),
        months=_months(shown),
        older=older_link(url, len(stories), len(shown)),
    )


def _province_counts(desk: Desk, stories: Iterable[Story]) -> tuple[tuple[inputs.Link, int], ...]:
    counts: Counter[inputs.Link] = Counter()
    for story in stories:
        region = desk.newsroom.taxonomy.region_by_code(story.region)
        province = desk.newsroom.taxonomy.region_by_code(region.province_code) if region else None
        if province:
            counts[inputs.Link(province.name, urls.front(Kind.REGION, province.slug))] += 1
    return tuple(counts.most_common())


def _months(stories: Iterable[Story]) -> tuple[tuple[date, int, str], ...]:
    counts = Counter(story.date.date().replace(day=1) for story in stories)
    return tuple((month, count, urls.month(month)) for month, count in sorted(counts.items(), reverse=True))


def _edition_head(edition: Edition) -> inputs.EditionHead:
    """The line of an edition under the masthead."""
    pages = tuple((page.number, page.name) for page in sorted(edition.pages, key=lambda page: page.number))
    return inputs.EditionHead(edition.date, edition.number, urls.edition(edition.date), pages, edition.partial)


def edition_page(desk: Desk, edition: Edition) -> inputs.EditionInput:
    """An edition's page."""
    before, after = desk.newsroom.edition_neighbours(edition)
    return inputs.EditionInput(
        url=urls.edition(edition.date),
        head=_edition_head(edition),
        pages=tuple(
            (
                page.number,
                page.name,
                page.editors,
                desk.items(desk.newsroom.by_id[i] for i in dict.fromkeys(p.story for p in page.placements)),
            )
            for page in sorted(edition.pages, key=lambda page: page.number)
        ),
        previous=_edition_link(before),
        following=_edition_link(after),
        waiting=desk.items(desk.newsroom.by_id[p.story] for p in edition.waiting()),
    )


def edition_list(desk: Desk) -> inputs.EditionListInput:
    """The latest editions, and the years."""
    editions = desk.newsroom.editions
    years = Counter(edition.date.year for edition in editions)
    return inputs.EditionListInput(
        urls.EDITIONS,
        tuple(_edition_row(desk, edition) for edition in editions[:LATEST_EDITIONS]),
        tuple((year, count, urls.edition_year(year)) for year, count in sorted(years.items(), reverse=True)),
    )


def edition_years(desk: Desk) -> Iterable[inputs.EditionYearInput]:
    """Every year's editions by month."""
    for year, members in groupby(desk.newsroom.editions, key=lambda edition: edition.date.year):
        months = groupby(members, key=lambda edition: edition.date.replace(day=1))
        rows = tuple((month, tuple(_edition_row(desk, edition) for edition in group)) for month, group in months)
        yield inputs.EditionYearInput(urls.edition_year(year), year, rows)


def _edition_row(desk: Desk, edition: Edition) -> inputs.EditionRow:
    lead = next(iter(_by_weight(desk, edition)))
    return (edition.date, edition.number, urls.edition(edition.date), lead.headline)


def archive_page(desk: Desk) -> inputs.ArchiveInput:
    """The archive's contents by year and month."""
    months = _months(desk.newsroom.stories)
    years = groupby(months, key=lambda row: row[0].year)
    return inputs.ArchiveInput(urls.ARCHIVE, tuple((year, tuple(rows)) for year, rows in years))


def month_page(desk: Desk, first: date) -> inputs.MonthInput:
    """One month of the archive."""
    url, stories = urls.month(first), desk.newsroom.by_month[first]
    shown = stories[:MONTH_ITEMS]
    return inputs.MonthInput(
        url=url,
        month=first,
        count=len(stories),
        days=desk.days(shown),
        older=older_link(url, len(stories), len(shown)),
        editions=_editions_by_month(desk).get(first, ()),
    )


def _editions_by_month(desk: Desk) -> Mapping[date, tuple[tuple[int, str], ...]]:
    """Day of the month and address of each edition, by the first of the month."""

    def find() -> Mapping[date, tuple[tuple[int, str], ...]]:
        months = groupby(desk.newsroom.editions, key=lambda edition: edition.date.replace(day=1))
        return {month: tuple((e.date.day, urls.edition(e.date)) for e in group) for month, group in months}

    return desk.once("editions by month", find)


def search_entries(desk: Desk) -> tuple[SearchEntry, ...]:
    """The data of the search page, newest first."""
    return tuple(
        SearchEntry(
            url=urls.story(story.id),
            headline=story.headline,
            kicker=story.kicker,
            section=desk.section_link(story).title,
            region=desk.region_name(story),
            day=story.date.date().isoformat(),
            byline=unbracketed(story),
            text=_searchable(story, desk.bodies[story.id]),
        )
        for story in desk.newsroom.stories
    )


def _searchable(story: Story, body: Body) -> str:
    """Everything of a story that a reader may remember."""
    captions = (f"{photo.caption} {photo.credit}" for photo in story.photos)
    parts = [story.subhead, story.reading_tips, body.text, *captions, "、".join((*story.topics, *story.organisations))]
    return "\n".join(part for part in parts if part)


def _edition_link(edition: Edition | None) -> inputs.Link | None:
    return inputs.Link(edition.id, urls.edition(edition.date)) if edition else None
