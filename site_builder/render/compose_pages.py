"""From the newsroom to the inputs of the front page, editions, archive and search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby, islice

from site_builder.model import urls
from site_builder.model.edition import Edition
from site_builder.model.fronts import Kind
from site_builder.model.story import Genre, Story
from site_builder.render import inputs
from site_builder.render.compose import MONTH_ITEMS, Desk, months, older_link
from site_builder.render.compose_epaper import edition_head, latest_url, paper_pages, thumbnail
from site_builder.render.compose_feeds import feeds_total

SIDE_STORIES = 3
SECOND_STORIES = 9
FRONT_BRIEFS = 8
FRONT_REGIONS = 12
REGION_HEADLINES = 3
FRONT_EDITIONS = 4
FRONT_TOPICS = 6
LEAD_LINKS = 3
LATEST_EDITIONS = 12
STORIES_OF_LATE = 40
EDITIONS_OF_LATE = 3
TOPICS_TO_TRY = 12


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
    lead, side = plain[:1], plain[1 : 1 + SIDE_STORIES]
    seconds = plain[1 + SIDE_STORIES : 1 + SIDE_STORIES + SECOND_STORIES]
    printed = paper_pages(desk, edition) if edition else ()
    shown = [*lead, *side, *briefs[:FRONT_BRIEFS], *seconds, *([photo] if photo else []), *commentary]
    return inputs.FrontInput(
        edition=edition_head(edition) if edition else None,
        lead=desk.item(lead[0], lead=True) if lead else None,
        lead_links=_lead_links(desk, lead[0], shown) if lead else (),
        side=desk.items(side),
        briefs=desk.items(briefs[:FRONT_BRIEFS]),
        seconds=desk.items(seconds),
        photo=desk.item(photo) if photo else None,
        commentary=desk.items(commentary),
        regions=_front_regions(desk, row),
        regions_total=len(newsroom.fronts[Kind.REGION]),
        editions=tuple((e.date, e.number, urls.edition(e.date)) for e in newsroom.editions[:FRONT_EDITIONS]),
        topics=_front_topics(shown),
        feeds_total=feeds_total(desk),
        opml_url=urls.OPML,
        paper=thumbnail(desk, edition) if edition else None,
        paper_url=urls.epaper(edition.date) if edition and printed else "",
        paper_pages=printed,
    )


def _lead_links(desk: Desk, lead: Story, shown: Iterable[Story]) -> tuple[inputs.Link, ...]:
    """What was reported before on the lead's topics and does not stand on the front itself."""
    there = {story.id for story in shown}
    others = (story for story in desk.newsroom.related(lead) if story.id not in there)
    return tuple(inputs.Link(story.headline, urls.story(story.id)) for story in islice(others, LEAD_LINKS))


def _front_topics(shown: Iterable[Story]) -> tuple[inputs.Link, ...]:
    """The topics of the stories shown, those of most stories first: words to look for."""
    counts = Counter(topic for story in shown for topic in dict.fromkeys(story.topics))
    row = (topic for topic, _ in counts.most_common(FRONT_TOPICS))
    return tuple(inputs.Link(topic, urls.front(Kind.TOPIC, urls.name_slug(topic))) for topic in row)


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


def edition_page(desk: Desk, edition: Edition) -> inputs.EditionInput:
    """An edition's page."""
    before, after = desk.newsroom.edition_neighbours(edition)
    shown = paper_pages(desk, edition)
    return inputs.EditionInput(
        url=urls.edition(edition.date),
        head=edition_head(edition),
        pages=tuple(
            (
                page.number,
                page.name,
                page.editors,
                desk.items(
                    desk.newsroom.by_id[i] for i in dict.fromkeys(p.story for p in page.placements if not p.back)
                ),
            )
            for page in sorted(edition.pages, key=lambda page: page.number)
        ),
        previous=_edition_link(before),
        following=_edition_link(after),
        waiting=desk.items(desk.newsroom.by_id[p.story] for p in edition.waiting()),
        paper_url=urls.epaper(edition.date) if shown else "",
        paper_pages=shown,
        unset=_unset(edition, {number for number, _ in shown}) if desk.preview else (),
    )


def _unset(edition: Edition, shown: set[int]) -> tuple[int, ...]:
    """Pages with stories that ``bulletin print`` has still to lay out, or to lay out again."""
    return tuple(page.number for page in edition.pages if page.placements and page.number not in shown)


def edition_list(desk: Desk) -> inputs.EditionListInput:
    """The latest editions, and the years."""
    editions = desk.newsroom.editions
    years = Counter(edition.date.year for edition in editions)
    return inputs.EditionListInput(
        urls.EDITIONS,
        tuple(_edition_row(desk, edition) for edition in editions[:LATEST_EDITIONS]),
        tuple((year, count, urls.edition_year(year)) for year, count in sorted(years.items(), reverse=True)),
        latest_url(desk),
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
    years = groupby(months(desk.newsroom.stories), key=lambda row: row[0].year)
    return inputs.ArchiveInput(urls.ARCHIVE, tuple((year, tuple(rows)) for year, rows in years), latest_url(desk))


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


def search_page(desk: Desk) -> inputs.SearchPageInput:
    """The search page, with the topics of the latest editions, or of the latest stories where those have none.

    Editions, so that not every story changes a page that phones keep.
    """
    newsroom = desk.newsroom
    fronts = newsroom.fronts[Kind.TOPIC]
    printed = [story for edition in newsroom.editions[:EDITIONS_OF_LATE] for story in newsroom.edition_stories(edition)]
    latest = printed if any(story.topics for story in printed) else newsroom.stories[:STORIES_OF_LATE]
    slugs = dict.fromkeys(urls.name_slug(topic) for story in latest for topic in story.topics)
    topics = (fronts[slug] for slug in list(slugs)[:TOPICS_TO_TRY])
    return inputs.SearchPageInput(
        urls.SEARCH, urls.ARCHIVE, tuple(inputs.Link(front.name, front.url) for front in topics)
    )


def _edition_link(edition: Edition | None) -> inputs.Link | None:
    return inputs.Link(edition.id, urls.edition(edition.date)) if edition else None
