"""RSS 2.0 and Atom feeds through feedgen, JSON Feed by itself; the same bytes for the same input.

Standards: RSS 2.0 (rssboard.org), RFC 4287 (Atom), RFC 4151 (tag URIs), JSON Feed 1.1 (jsonfeed.org). feedgen's
habits that matter here: ``add_entry`` prepends, ``updated`` and ``lastBuildDate`` default to the clock, authors
without e-mail vanish from RSS (hence ``dc:creator``), CDATA content is valid in RSS only, and the links of Atom
entries lose everything but their address (hence ``_LinkAttributes``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator

from site_builder.model import urls
from site_builder.render.artifact import Artifact


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A story in a feed."""

    id: str
    """``tag:`` URI, never changed."""
    url: str
    """Absolute."""
    title: str
    """The main headline alone."""
    published: datetime
    updated: datetime
    summary: str
    html: str
    """The full story with absolute addresses."""
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    enclosure: tuple[str, int, str] | None
    """(absolute URL, bytes, media type) of the first picture."""


@dataclass(frozen=True, slots=True)
class FeedInput:
    """A feed of one front."""

    id: str
    url: str
    """Root-relative address of the front that the feed follows."""
    site_url: str
    title: str
    description: str
    language: str
    publisher: str
    updated: datetime
    items: tuple[FeedItem, ...]


def render_feed(feed: FeedInput) -> tuple[Artifact, ...]:
    """``rss.xml``, ``atom.xml`` and ``feed.json`` beside the front that they follow."""
    rss = _generator(feed, "rss")
    atom = _generator(feed, "atom")
    return (
        Artifact(urls.feed(feed.url, "rss"), rss.rss_str(pretty=True)),
        Artifact(urls.feed(feed.url, "atom"), atom.atom_str(pretty=True)),
        Artifact.text(urls.feed(feed.url, "json"), _json(feed)),
    )


def _json(feed: FeedInput) -> str:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.site_url + urls.encoded(feed.url),
        "feed_url": feed.site_url + urls.encoded(urls.feed(feed.url, "json")),
        "description": feed.description or feed.title,
        "authors": [{"name": feed.publisher}],
        "language": feed.language,
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_item(item: FeedItem) -> dict[str, object]:
    row: dict[str, object] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": name} for name in item.authors],
        "tags": list(item.categories),
    }
    if item.enclosure:
        url, size, media_type = item.enclosure
        row["image"] = url
        row["attachments"] = [{"url": url, "mime_type": media_type, "size_in_bytes": size}]
    return {key: value for key, value in row.items() if value not in ("", [])}


def _generator(feed: FeedInput, kind: str) -> FeedGenerator:
    out = FeedGenerator()
    out.load_extension("dc", atom=False, rss=True)
    out.register_extension("typed_links", BaseExtension, _LinkAttributes, atom=True, rss=False)
    out.id(feed.id)
    out.title(feed.title)
    out.description(feed.description or feed.title)
    out.author({"name": feed.publisher})
    out.generator("Bulletin")
    out.language(feed.language)
    self_url = feed.site_url + urls.encoded(urls.feed(feed.url, kind))
    out.link(href=self_url, rel="self", type=f"application/{kind}+xml")
    # feedgen takes the last link for RSS's own <link>, which must be the page.
    out.link(href=feed.site_url + urls.encoded(feed.url), rel="alternate", type="text/html")
    out.updated(feed.updated)
    out.lastBuildDate(feed.updated)
    for item in feed.items:
        _add(out.add_entry(order="append"), item, kind)
    return out


def _add(entry: FeedEntry, item: FeedItem, kind: str) -> None:
    entry.id(item.id)
    entry.guid(item.id, permalink=False)
    entry.title(item.title)
    entry.link(href=item.url, rel="alternate", type="text/html")
    entry.published(item.published)
    entry.updated(item.updated)
    if item.summary:
        entry.summary(item.summary)
        entry.description(item.summary, isSummary=True)
    entry.content(item.html, type="CDATA" if kind == "rss" else "html")
    for category in item.categories:
        entry.category(term=category)
    if kind == "rss":
        # dc:creator takes no address, where RSS's own author demands an e-mail.
        entry.dc.dc_creator(list(item.authors) or None)
    else:
        entry.author([{"name": name} for name in item.authors])
        entry.typed_links.attributes[item.url] = {"rel": "alternate", "type": "text/html"}
    if item.enclosure:
        url, size, media_type = item.enclosure
        entry.enclosure(url, str(size), media_type)
        if kind == "atom":
            entry.typed_links.attributes[url] = {"rel": "enclosure", "type": media_type, "length": str(size)}


class _LinkAttributes(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Gives the links of an Atom entry back what feedgen 1.0 drops: without ``rel`` a picture is an alternate."""

    def __init__(self) -> None:
        self.attributes: dict[str, dict[str, str]] = {}

    def extend_atom(self, entry: Any) -> Any:  # Any: an lxml element, as feedgen hands it over
        """Set the attributes of the entry's links."""
        for link in entry.iterchildren("{*}link"):
            link.attrib.update(self.attributes.get(link.attrib["href"], {}))
        return entry
