"""The small values that renderers get: all that one output may see, and nothing else.

The digest of such a value is part of the output's cache key, so a field that an output does not show must not be
here: it would make builds re-render for nothing. Dates stay dates; templates print them in the site's language.
URLs are root-relative without the leading slash (``stories/x/``); templates turn them into relative links.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from site_builder.model.settings import Filing, Publication
from site_builder.model.story import Genre, Heading, PhotoKind

Mark = Literal["", "draft", "scheduled"]
"""What sets a story of a preview apart; a scheduled one appears at its date. Always empty in a published site."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads somewhere; without a URL it is only a name."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with its variants, never larger than the original."""

    sources: tuple[tuple[str, int], ...]
    """(URL, width in px) of the WebP variants, narrowest first."""
    fallback: str
    """URL of a JPEG for feeds, sharing and old browsers."""
    fallback_bytes: int
    fallback_width: int
    fallback_height: int
    width: int
    height: int
    alt: str
    credit: str
    caption: str
    kind: PhotoKind


@dataclass(frozen=True, slots=True)
class Folio:
    """报眉: where a story stands in print."""

    page: int
    name: str
    edition_date: date
    edition_number: int | None
    edition_url: str
    """Address of the edition's page; ``#page-2`` on it is the printed page."""
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A story in a list or on a front."""

    id: str
    url: str
    headline: str
    kicker: str
    subhead: str
    summary: str
    """The reading tips, else the first sentences of the body: plain text, at most about 90 characters."""
    genre: Genre
    section: Link
    region: str
    date: datetime
    byline: str
    """The byline as printed without brackets, or empty."""
    page: int | None
    image: Image | None
    lead_html: str = ""
    """For the lead of a front only: dateline, byline and first paragraphs as HTML."""
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class StoryInput:
    """A story's page."""

    id: str
    url: str
    headline: str
    kicker: str
    subhead: str
    genre: Genre
    section: Link
    column: str
    region: str
    date: datetime
    updated: datetime | None
    byline_lines: tuple[str, ...]
    """The byline line(s) under the headline (通讯); empty when the byline is in the lead or at the end."""
    authors: tuple[str, ...]
    description: str
    reading_tips: str
    image: Image | None
    """The picture above the body."""
    more_images: tuple[Image, ...]
    """Pictures that neither stand above the body nor in it."""
    body_html: str
    headings: tuple[Heading, ...]
    minutes: int
    topics: tuple[str, ...]
    organisations: tuple[str, ...]
    editors: tuple[str, ...]
    source: str
    note: str
    folio: Folio | None
    previous: Item | None
    following: Item | None
    same_page: tuple[Link, ...]
    """Other stories of the same printed page."""
    related: tuple[Item, ...]
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class TombstoneInput:
    """The page of a withdrawn story: none of its text."""

    id: str
    url: str
    date: datetime


@dataclass(frozen=True, slots=True)
class RedirectInput:
    """A former address that leads to the present one."""

    url: str
    target: str


@dataclass(frozen=True, slots=True)
class EditionHead:
    """The line of an edition under the masthead."""

    date: date
    number: int | None
    url: str
    pages: tuple[tuple[int, str], ...]
    """(page number, name); ``#page-2`` of ``url`` is where the stories of page 2 stand."""
    partial: bool


@dataclass(frozen=True, slots=True)
class FrontInput:
    """The front page, by editorial weight."""

    edition: EditionHead | None
    lead: Item | None
    side: tuple[Item, ...]
    """Second in weight: beside the lead."""
    briefs: tuple[Item, ...]
    seconds: tuple[Item, ...]
    photo: Item | None
    commentary: tuple[Item, ...]
    regions: tuple[tuple[Link, int, tuple[Link, ...]], ...]
    """(region, number of stories, newest headlines) of the provinces in this front."""
    editions: tuple[tuple[date, int | None, str], ...]
    """The last editions: (date, number, URL)."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SectionInput:
    """A section's front: its newest stories by day."""

    url: str
    name: str
    slug: str
    purpose: str
    count: int
    updated: datetime | None
    lead: Item | None
    days: tuple[tuple[date, tuple[Item, ...]], ...]
    regions: tuple[tuple[str, int], ...]
    """(province, number of stories), most first."""
    months: tuple[tuple[date, int, str], ...]
    """(first of the month, stories, archive URL), newest first."""


@dataclass(frozen=True, slots=True)
class EditionInput:
    """An edition's page: its stories page by page."""

    url: str
    head: EditionHead
    pages: tuple[tuple[int, str, tuple[str, ...], tuple[Item, ...]], ...]
    """(number, name, editors, stories in printed order)."""
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class EditionListInput:
    """All editions, newest first, by year."""

    url: str
    years: tuple[tuple[int, tuple[tuple[date, int | None, str, str], ...]], ...]
    """(year, (date, number, URL, lead headline))."""


@dataclass(frozen=True, slots=True)
class ArchiveInput:
    """The archive's contents: months with their number of stories."""

    url: str
    years: tuple[tuple[int, tuple[tuple[date, int, str], ...]], ...]
    """(year, (first of the month, stories, URL)), newest year first."""


@dataclass(frozen=True, slots=True)
class MonthInput:
    """One month of the archive, by day. A finished month never changes."""

    url: str
    month: date
    days: tuple[tuple[date, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class SearchPageInput:
    """The search page."""

    url: str
    data_url: str
    archive_url: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands round every page: masthead, section row, footer."""

    site_name: str
    site_url: str
    description: str
    language: str
    publication: Publication
    filing: Filing
    sections: tuple[Link, ...]
    ordinary_pages: tuple[Link, ...]
    """About, help …: the host's pages, for the footer."""
