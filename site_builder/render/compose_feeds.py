"""From the newsroom to the inputs of its feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from html import escape
from itertools import islice
from zoneinfo import ZoneInfo

from site_builder.messages import Messages, load_messages
from site_builder.model import urls
from site_builder.model.edition import Edition, EditionPage
from site_builder.model.fronts import Front
from site_builder.model.story import Story
from site_builder.model.taxonomy import Region
from site_builder.render import inputs
from site_builder.render.compose import Desk
from site_builder.render.dates import long_date
from site_builder.render.facsimiles import Facsimile
from site_builder.render.feeds import FeedInput, FeedItem
from site_builder.render.html import rebase
from site_builder.render.markdown import fill_figures
from site_builder.render.opml import OpmlInput
from site_builder.render.sitemap import NewsSitemapInput

SPREAD_SECONDS = 600
"""Stories of one edition share a date; feeds tell them apart by seconds within the first ten minutes."""
NAMED_FEED_ITEMS = 20
"""Feeds of names are many; each holds the latest only."""
EDITION_FEED_ITEMS = 30
SUMMARY_HEADLINES = 5
EMPTY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without stories was last changed: Atom wants a moment, and it must not depend on the clock."""


def all_feeds(desk: Desk) -> Iterator[FeedInput]:
    """Every feed of the site."""
    yield site_feed(desk)
    yield from section_feeds(desk)
    yield editions_feed(desk)
    if desk.epaper.pages:
        yield epaper_feed(desk)
    yield from named_feeds(desk)


def site_feed(desk: Desk) -> FeedInput:
    """The feed of everything; pages announce it, so it is there while nothing is published too."""
    settings = desk.newsroom.settings
    return _feed(desk, "", settings.site_name, settings.description, desk.newsroom.stories, settings.feed_items)


def section_feeds(desk: Desk) -> Iterator[FeedInput]:
    """A feed for each section, also while it has no story: its front announces it, and readers follow it."""
    newsroom = desk.newsroom
    for section in newsroom.taxonomy.sections:
        stories, url = newsroom.by_section.get(section.slug, ()), urls.section(section.slug)
        yield _feed(desk, url, _title(desk, section.name), section.purpose, stories, newsroom.settings.feed_items)


def named_feeds(desk: Desk) -> Iterator[FeedInput]:
    """A feed for each region, topic, person, organisation and column."""
    limit = min(NAMED_FEED_ITEMS, desk.newsroom.settings.feed_items)
    for fronts in desk.newsroom.fronts.values():
        for front in fronts.values():
            yield _feed(desk, front.url, _title(desk, front.title), "", front.stories, limit)


def editions_feed(desk: Desk) -> FeedInput:
    """A feed with an item for each edition: its pages and headlines."""
    settings = desk.newsroom.settings
    messages = load_messages(settings.language)
    title = _title(desk, messages.text("site.editions"))
    items = tuple(_edition_item(desk, edition, messages) for edition in desk.newsroom.editions[:EDITION_FEED_ITEMS])
    description = messages.text("site.editions_description", paper=settings.site_name)
    return _feed_of(desk, urls.EDITIONS, title, description, items)


def epaper_feed(desk: Desk) -> FeedInput:
    """A feed with an item for each edition of the e-paper: its first page as a picture, and its PDF."""
    settings = desk.newsroom.settings
    messages = load_messages(settings.language)
    editions = (edition for edition in desk.newsroom.editions if desk.epaper.of(edition.date))
    items = tuple(_paper_item(desk, edition, messages) for edition in islice(editions, EDITION_FEED_ITEMS))
    description = messages.text("site.paper.description", paper=settings.site_name)
    return _feed_of(desk, urls.EPAPER, _title(desk, messages.text("site.paper.name")), description, items)


def _paper_item(desk: Desk, edition: Edition, messages: Messages) -> FeedItem:
    settings = desk.newsroom.settings
    item = _edition_item(desk, edition, messages)
    url = settings.site_url + urls.encoded(urls.epaper(edition.date))
    shown = [_shown(facsimile, messages) for facsimile in desk.epaper.of(edition.date)]
    size = desk.epaper.pdfs.get(edition.date)
    pdf = settings.site_url + urls.encoded(urls.epaper(edition.date) + urls.EDITION_PDF)
    return replace(
        item,
        id=urls.tag(settings.feed_authority, f"epaper/{edition.id}"),
        url=url,
        html=rebase("\n".join(shown), settings.site_url) + "\n" + item.html,
        enclosure=(pdf, size, "application/pdf") if size else None,
    )


def _shown(facsimile: Facsimile, messages: Messages) -> str:
    """A page as a picture that leads to it."""
    url, width = facsimile.pictures[1]
    alt = messages.text("site.paper.picture", number=facsimile.number, name=facsimile.name)
    return (
        f'<p><a href="/{urls.encoded(facsimile.url)}"><img src="/{urls.encoded(url)}" width="{width}" '
        f'height="{facsimile.height_at(width)}" alt="{escape(alt)}"></a></p>'
    )


def _title(desk: Desk, name: str) -> str:
    return f"{desk.newsroom.settings.site_name}·{name}"


def _edition_item(desk: Desk, edition: Edition, messages: Messages) -> FeedItem:
    settings = desk.newsroom.settings
    stories = desk.newsroom.edition_stories(edition)
    published = datetime.combine(edition.date, time(), ZoneInfo(settings.timezone))
    number = "" if edition.number is None else " " + messages.text("site.edition_number", number=edition.number)
    sheets = [_sheet(desk, page) for page in sorted(edition.pages, key=lambda page: page.number)]
    waiting = [placement.story for placement in edition.waiting()]
    if waiting:
        title = messages.text("site.edition_other_stories" if edition.placed() else "site.edition_stories")
        sheets.append(_headlines(desk, title, waiting))
    html = "\n".join(sheets)
    return FeedItem(
        id=urls.tag(settings.feed_authority, f"edition/{edition.id}"),
        url=settings.site_url + urls.encoded(urls.edition(edition.date)),
        title=long_date(edition.date, messages) + number,
        published=published,
        updated=max((published, *(story.updated for story in stories if story.updated))),
        summary="；".join(story.headline for story in stories[:SUMMARY_HEADLINES]),
        html=rebase(html, settings.site_url),
        authors=(settings.site_name,),
        categories=tuple(page.name for page in edition.pages),
        enclosure=None,
    )


def _sheet(desk: Desk, page: EditionPage) -> str:
    """A printed page as a heading and a list of its headlines."""
    stories = (placement.story for placement in page.placements if not placement.back)
    return _headlines(desk, f"{page.number:02d} {page.name}", stories)


def _headlines(desk: Desk, title: str, stories: Iterable[str]) -> str:
    by_id = desk.newsroom.by_id
    listed = [by_id[story_id] for story_id in dict.fromkeys(stories)]
    rows = "".join(f'<li><a href="/{urls.story(s.id)}">{escape(s.headline)}</a></li>' for s in listed)
    return f"<h3>{escape(title)}</h3>\n<ul>{rows}</ul>"


def follow(desk: Desk) -> inputs.FollowInput:
    """The page that lists every feed."""
    newsroom = desk.newsroom
    sections = tuple(inputs.Link(s.name, urls.section(s.slug)) for s in newsroom.taxonomy.sections)
    groups: list[tuple[str, tuple[inputs.Link, ...]]] = [
        ("site", (inputs.Link(newsroom.settings.site_name, ""),)),
        ("sections", sections),
        ("editions", (inputs.Link("", urls.EDITIONS), *_paper_link(desk))),
    ]
    for kind, fronts in newsroom.fronts.items():
        # Never by number of stories: a new story must not reorder the list of feeds.
        ordered = sorted(fronts.values(), key=_filed_under)
        groups.append((kind.value, tuple(inputs.Link(front.title, front.url) for front in ordered)))
    return inputs.FollowInput(urls.FOLLOW, tuple(group for group in groups if group[1]), urls.OPML)


def _paper_link(desk: Desk) -> Iterator[inputs.Link]:
    if desk.epaper.pages:
        messages = load_messages(desk.newsroom.settings.language)
        yield inputs.Link(messages.text("site.paper.name"), urls.EPAPER)


def feeds_total(desk: Desk) -> int:
    """How many feeds ``follow`` lists: the site's, the editions', the e-paper's, those of all sections and names."""
    newsroom = desk.newsroom
    return 2 + bool(desk.epaper.pages) + len(newsroom.taxonomy.sections) + sum(map(len, newsroom.fronts.values()))


def _filed_under(front: Front) -> str:
    """Regions in the order of their codes, everything else in that of its address."""
    return front.entry.code if isinstance(front.entry, Region) else front.slug


def opml(desk: Desk, page: inputs.FollowInput) -> OpmlInput:
    """The list of every feed for feed readers, grouped as on the follow page."""
    settings = desk.newsroom.settings
    messages = load_messages(settings.language)
    groups = tuple(
        (
            messages.text(f"site.follow_{name}"),
            tuple((link.title or messages.text("site.editions"), link.url) for link in links),
        )
        for name, links in page.groups
    )
    return OpmlInput(settings.site_name, settings.site_url, settings.language, groups)


def news_sitemap(desk: Desk) -> NewsSitemapInput:
    """What crawlers of news are told: the stories that are news at this moment."""
    settings = desk.newsroom.settings
    rows = tuple((urls.story(story.id), story.date, story.headline) for story in desk.newsroom.recent)
    return NewsSitemapInput(settings.site_url, settings.site_name, settings.language, rows)


def _feed(desk: Desk, url: str, title: str, description: str, stories: Iterable[Story], limit: int) -> FeedInput:
    latest = sorted(stories, key=lambda story: (_moment(desk, story, story.date), story.id), reverse=True)
    items = (desk.once(("feed", story.id), partial(_item, desk, story)) for story in latest[:limit])
    return _feed_of(desk, url, title, description, tuple(items))


def _feed_of(desk: Desk, url: str, title: str, description: str, items: tuple[FeedItem, ...]) -> FeedInput:
    settings = desk.newsroom.settings
    return FeedInput(
        id=urls.tag(settings.feed_authority, f"feed/{urls.encoded(url.rstrip('/')) or 'site'}"),
        url=url,
        site_url=settings.site_url,
        title=title,
        description=description,
        language=settings.language,
        publisher=settings.site_name,
        updated=max((item.updated for item in items), default=EMPTY_SINCE),
        items=items,
    )


def _item(desk: Desk, story: Story) -> FeedItem:
    settings = desk.newsroom.settings
    site = settings.site_url
    images = [desk.image(photo) for photo in story.photos]
    first = images[0] if images else None
    published = _moment(desk, story, story.date)
    return FeedItem(
        id=urls.tag(settings.feed_authority, f"story/{story.id}"),
        url=site + urls.encoded(urls.story(story.id)),
        title=story.headline,
        published=published,
        updated=max(story.updated or published, published),
        summary=desk.summary(story),
        html=rebase(_content(desk, story, images), site),
        authors=tuple(dict.fromkeys(credit.name for credit in story.credits)) or (settings.site_name,),
        categories=(desk.section_link(story).title, *story.topics),
        enclosure=(site + urls.encoded(first.fallback), first.fallback_bytes, "image/jpeg") if first else None,
    )


def _content(desk: Desk, story: Story, images: list[inputs.Image]) -> str:
    """The whole story for a feed reader: plain paragraphs, small captions, the note at the end."""
    body = desk.bodies[story.id]
    free = [image for image, photo in zip(images, story.photos, strict=True) if photo.file not in body.figures]
    head = _corrections(desk, story)
    head += [f"<p>{escape(text)}</p>" for text in (story.kicker, story.subhead) if text]
    head += [f"<p>{escape(line)}</p>" for line in story.byline_lines]
    if story.reading_tips:
        head.append(f"<blockquote><p>{escape(story.reading_tips)}</p></blockquote>")
    foot = [f"<p><small>{escape(text)}</small></p>" for text in (story.source, story.note) if text]
    parts = [*head, *(_picture(i) for i in free[:1]), fill_figures(body.html, lambda index: _picture(images[index]))]
    return "\n".join([*parts, *(_picture(i) for i in free[1:]), *foot])


def _corrections(desk: Desk, story: Story) -> list[str]:
    messages = load_messages(desk.newsroom.settings.language)
    return [
        f"<p>{escape(messages.text('site.paper.correction', text=one.text))} "
        f"<small>{long_date(one.date.date(), messages)}</small></p>"
        for one in story.corrections
    ]


def _picture(image: inputs.Image) -> str:
    caption = escape(" ".join(text for text in (image.caption, image.credit) if text))
    return (
        f'<p><img src="/{escape(urls.encoded(image.fallback))}" width="{image.fallback_width}" '
        f'height="{image.fallback_height}" alt="{escape(image.alt)}"><br><small>{caption}</small></p>'
    )


def _moment(desk: Desk, story: Story, moment: datetime) -> datetime:
    """*moment*, spread by the place in print where the story has no time of its own."""
    place = desk.newsroom.places.get(story.id)
    if place is None or (moment.hour, moment.minute, moment.second) != (0, 0, 0):
        return moment
    return moment + timedelta(seconds=max(SPREAD_SECONDS - place.rank, 0))
