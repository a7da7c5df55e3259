"""From the newsroom to the inputs of its feeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from html import escape

from site_builder.model import urls
from site_builder.model.story import Story
from site_builder.render import inputs
from site_builder.render.compose import Desk, byline_lines
from site_builder.render.feeds import FeedInput, FeedItem
from site_builder.render.html import rebase
from site_builder.render.markdown import fill_figures

SPREAD_SECONDS = 600
"""Stories of one edition share a date; feeds tell them apart by seconds within the first ten minutes."""
EMPTY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without stories was last changed: Atom wants a moment, and it must not depend on the clock."""


def site_feed(desk: Desk) -> FeedInput:
    """The feed of everything; pages announce it, so it is there while nothing is published too."""
    settings = desk.newsroom.settings
    return _feed(desk, "", settings.site_name, settings.description, desk.newsroom.stories)


def section_feeds(desk: Desk) -> tuple[FeedInput, ...]:
    """A feed for each section, also while it has no story: its front announces it, and readers follow it."""
    feeds = []
    for section in desk.newsroom.taxonomy.sections:
        stories = desk.newsroom.by_section.get(section.slug, ())
        title = f"{desk.newsroom.settings.site_name}·{section.name}"
        feeds.append(_feed(desk, urls.section(section.slug), title, section.purpose, stories))
    return tuple(feeds)


def _feed(desk: Desk, url: str, title: str, description: str, stories: Iterable[Story]) -> FeedInput:
    settings = desk.newsroom.settings
    latest = sorted(stories, key=lambda story: (_moment(desk, story, story.date), story.id), reverse=True)
    items = tuple(_item(desk, story) for story in latest[: settings.feed_items])
    return FeedInput(
        id=urls.tag(settings.feed_authority, f"feed/{url.rstrip('/') or 'site'}"),
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
    head = [f"<p>{escape(text)}</p>" for text in (story.kicker, story.subhead) if text]
    head += [f"<p>{escape(line)}</p>" for line in byline_lines(story)]
    if story.reading_tips:
        head.append(f"<blockquote><p>{escape(story.reading_tips)}</p></blockquote>")
    foot = [f"<p><small>{escape(text)}</small></p>" for text in (story.source, story.note) if text]
    parts = [*head, *(_picture(i) for i in free[:1]), fill_figures(body.html, lambda index: _picture(images[index]))]
    return "\n".join([*parts, *(_picture(i) for i in free[1:]), *foot])


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
