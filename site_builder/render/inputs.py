"""The small values that renderers get: all that one output may see, and nothing else.

The digest of such a value is part of the output's cache key, so a field that an output does not show must not be
here: it would make builds re-render for nothing. Dates stay dates; templates print them in the site's language.
URLs are root-relative without the leading slash (``stories/x/``); templates turn them into relative links.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from site_builder.model.byline import Role
from site_builder.model.fronts import Kind
from site_builder.model.settings import Filing, Publication
from site_builder.model.story import Correction, Genre, Heading, PhotoKind

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

    avif: tuple[tuple[str, int], ...]
    """(URL, width in px) of the variants, narrowest first; empty where they could not be made."""
    webp: tuple[tuple[str, int], ...]
    jpeg: tuple[tuple[str, int], ...]
    fallback: str
    """URL of the widest JPEG, for feeds and sharing."""
    fallback_bytes: int
    fallback_width: int
    fallback_height: int
    width: int
    height: int
    tone: str
    """Name of the tone that stands in until it has come: class ``bu-tone-…``."""
    place: tuple[int, int]
    """Column and row, 0 to 4, of the point that a cut picture keeps in sight: classes ``bu-x…``, ``bu-y…``."""
    alt: str
    credit: str
    caption: str
    kind: PhotoKind
    creators: tuple[str, ...] = ()
    """Names of those who made it, as far as the credit tells them."""


@dataclass(frozen=True, slots=True)
class Crops:
    """The picture that stands for a story, cut to the shapes that search engines ask for."""

    shapes: tuple[tuple[str, int, int], ...]
    """(URL, width, height in px) of each."""
    credit: str
    creators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShareImage:
    """A picture that chat apps and search engines show for a story: a social card, or its first picture."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A printed page as a picture."""

    webp: tuple[tuple[str, int], ...]
    """(URL, width in px), narrowest first."""
    width: int
    height: int
    """Of the JPEG, in px."""
    url: str
    """Of the JPEG, for browsers without WebP."""


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
    paper_url: str = ""
    """Address of the page as it was printed; ``#id`` of the story is its place on it."""


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
    roles: tuple[Role, ...] = ()
    """On a person's front only: what the person did for this story."""
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
    column: Link | None
    region: Link | None
    date: datetime
    updated: datetime | None
    byline_lines: tuple[tuple[Link, ...], ...]
    """The byline line(s) under the headline (通讯), names as links where they lead somewhere; empty when the byline
    is in the lead or at the end."""
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
    topics: tuple[Link, ...]
    """Topics, then organisations."""
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
    share: tuple[ShareImage, ...] = ()
    """What stands for the story elsewhere, first choice first."""
    crops: Crops | None = None
    """Of its first picture, unless that is too small."""
    corrections: tuple[Correction, ...] = ()
    """The latest first."""
    dateline: str = ""
    """As printed: 本报青岛4月7日讯."""


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


Issue = tuple[date, int, str]
"""(date, number, URL) of a numbered edition."""


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
    lead_links: tuple[Link, ...] = ()
    """Earlier stories that belong to the lead and do not stand on the front."""
    regions_total: int = 0
    """Regions that have a front of their own."""
    topics: tuple[Link, ...] = ()
    """Topics of the stories shown, for who comes to search."""
    feeds_total: int = 0
    """Feeds of the whole site."""
    opml_url: str = ""
    paper: PagePicture | None = None
    """The first page of the edition as it was printed."""
    paper_url: str = ""
    paper_pages: tuple[tuple[int, str], ...] = ()
    """(page number, URL) of the pages that are shown as they were printed."""


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
    issues: tuple[Issue, ...]
    """The editions of these days."""
    topics: tuple[Link, ...]
    """Topics of several of the stories shown, most first."""
    regions: tuple[tuple[Link, int], ...]
    """(province, number of stories), most first."""
    months: tuple[tuple[date, int, str], ...]
    """(first of the month, stories, archive URL), newest first."""
    names: tuple[tuple[Link, Role, int], ...]
    """(person, most frequent role, number of stories) of those who sign several of the stories shown, most first."""
    older: Link | None = None
    """The list page on which the stories before these stand."""


@dataclass(frozen=True, slots=True)
class NamedInput:
    """The front of a region, topic, person, organisation or column: its newest stories by day."""

    url: str
    kind: Kind
    name: str
    note: str
    """What the data file adds: a region's full name, a person's organisation."""
    count: int
    updated: datetime | None
    days: tuple[tuple[date, tuple[Item, ...]], ...]
    older: Link | None
    parents: tuple[Link, ...] = ()
    """For regions: what it lies in, the largest first."""
    children: tuple[tuple[Link, int], ...] = ()
    """For regions: the regions in it with their number of stories."""
    roles: tuple[tuple[Role, int], ...] = ()
    """For people: in how many stories in which role, most first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A story in a plain list."""

    date: date
    url: str
    headline: str
    label: str
    """Section and region."""


@dataclass(frozen=True, slots=True)
class ListPageInput:
    """A page of all that a front ever showed. Pages are counted from the oldest story, so a full one stays as it is."""

    url: str
    front: Link
    number: int
    rows: tuple[Row, ...]
    """Newest first."""
    older: Link | None
    newer: Link


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A front in a list of fronts."""

    link: Link
    count: int
    roles: tuple[Role, ...] = ()
    children: tuple[tuple[Link, int], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexInput:
    """All fronts of one kind."""

    url: str
    kind: Kind
    groups: tuple[tuple[str, tuple[IndexEntry, ...]], ...]
    """(initial letter or empty, fronts)."""
    total: int


@dataclass(frozen=True, slots=True)
class BrowseInput:
    """The fronts of every kind that hold most: where browsing begins."""

    url: str
    parts: tuple[tuple[Kind, str, int, tuple[tuple[Link, int], ...]], ...]
    """(kind, URL of its index, fronts in all, the largest with their number of stories)."""


@dataclass(frozen=True, slots=True)
class FollowInput:
    """Every feed of the site, for a reader to pick from."""

    url: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    """(``site``, ``sections``, ``editions`` or a kind of front; (title, folder of the feeds))."""
    opml_url: str


@dataclass(frozen=True, slots=True)
class EditionInput:
    """An edition's page: its stories page by page."""

    url: str
    head: EditionHead
    pages: tuple[tuple[int, str, tuple[str, ...], tuple[Item, ...]], ...]
    """(number, name, editors, stories in printed order)."""
    previous: Link | None
    following: Link | None
    waiting: tuple[Item, ...] = ()
    """Stories of the edition that have no page yet."""
    paper_url: str = ""
    """The edition as it was printed; empty where none of its pages is shown so."""
    paper_pages: tuple[tuple[int, str], ...] = ()
    """(page number, URL) of those that are."""
    unset: tuple[int, ...] = ()
    """In a preview: pages that are not shown so, and could be."""


EditionRow = tuple[date, int | None, str, str]
"""(date, number, URL, lead headline) of an edition."""


@dataclass(frozen=True, slots=True)
class EditionListInput:
    """The latest editions, and the years that hold all."""

    url: str
    latest: tuple[EditionRow, ...]
    years: tuple[tuple[int, int, str], ...]
    """(year, editions, URL), newest first."""
    paper_url: str = ""
    """The latest edition as it was printed."""


@dataclass(frozen=True, slots=True)
class EditionYearInput:
    """The editions of one year by month, newest first. A finished year never changes."""

    url: str
    year: int
    months: tuple[tuple[date, tuple[EditionRow, ...]], ...]
    """(first of the month, editions)."""


@dataclass(frozen=True, slots=True)
class ArchiveInput:
    """The archive's contents: months with their number of stories."""

    url: str
    years: tuple[tuple[int, tuple[tuple[date, int, str], ...]], ...]
    """(year, (first of the month, stories, URL)), newest year first."""
    paper_url: str = ""
    """The latest edition as it was printed."""


@dataclass(frozen=True, slots=True)
class MonthInput:
    """One month of the archive, by day. A finished month never changes."""

    url: str
    month: date
    count: int
    days: tuple[tuple[date, tuple[Item, ...]], ...]
    older: Link | None = None
    """The list page on which the earlier days of a very full month stand."""
    editions: tuple[tuple[int, str], ...] = ()
    """(day of the month, URL) of the editions in it."""


@dataclass(frozen=True, slots=True)
class SearchPageInput:
    """The search page."""

    url: str
    archive_url: str
    topics: tuple[Link, ...] = ()
    """What was reported on of late: something to try before anything is typed."""


@dataclass(frozen=True, slots=True)
class OfflineInput:
    """The page that stands in for a page that is not kept; a script lists what is."""

    url: str


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
    offline: bool = True
    """Whether pages bring the service worker."""
