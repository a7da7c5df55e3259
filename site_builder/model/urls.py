"""Every address of the site in one place. Root-relative, without the leading slash; pages end with one.

A story's address holds nothing but its id, so that correcting a date or a headline moves nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from urllib.parse import quote

EDITIONS = "editions/"
EPAPER = "epaper/"
ARCHIVE = "archive/"
BROWSE = "browse/"
FOLLOW = "follow/"
OPML = "feeds.opml"
NEWS_SITEMAP = "news-sitemap.xml"
SEARCH = "search/"
SEARCH_INDEX = "search/index.json"
ASSETS = "assets/bulletin/"
OFFLINE = "offline/"
MANIFEST = "manifest.webmanifest"
LAYOUT, PAGE_PDF, EDITION_PDF, IIIF = "layout.json", "page.pdf", "edition.pdf", "manifest.json"
"""In the folder of a page or an edition of the e-paper."""
WORKER = "sw.js"
"""At the root: a service worker reaches no higher than the folder that it lies in."""


def story(story_id: str) -> str:
    """``stories/<id>/``"""
    return f"stories/{story_id}/"


def section(slug: str) -> str:
    """``sections/<slug>/``"""
    return f"sections/{slug}/"


def index(kind: str) -> str:
    """The list of all fronts of *kind*: ``topics/``."""
    return f"{kind}/"


def front(kind: str, slug: str) -> str:
    """``topics/<slug>/``, ``people/<key>/`` …"""
    return f"{kind}/{slug}/"


def list_page(front: str, number: int) -> str:
    """A page of everything that a front ever showed, counted from its oldest story: ``topics/x/page/3/``."""
    return f"{front}page/{number}/"


def name_slug(name: str) -> str:
    """The address part of a *name* that no data file gives a slug: 权益维护, ``ai智能体检``.

    Made of the name alone. Names that differ only in case, width or punctuation share it, since a disk or a reader
    would take them for one.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    slug = "-".join("".join(char if char.isalnum() else " " for char in folded).split())
    if not slug:
        return "x" + hashlib.sha256(folded.encode()).hexdigest()[:_DIGEST_CHARACTERS]
    if len(slug.encode()) <= _SLUG_BYTES and not _DEVICE.fullmatch(slug):
        return slug
    kept = slug.encode()[: _SLUG_BYTES - _DIGEST_CHARACTERS - 1].decode(errors="ignore")
    return f"{kept}-{hashlib.sha256(slug.encode()).hexdigest()[:_DIGEST_CHARACTERS]}"


_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
"""Names that no folder can have on Windows."""
_SLUG_BYTES = 120
"""A file system's names end at 255 bytes, and addresses grow threefold when they are encoded."""
_DIGEST_CHARACTERS = 8


def edition_year(year: int) -> str:
    """``editions/2024/``"""
    return f"{EDITIONS}{year:04d}/"


def edition(day: date) -> str:
    """``editions/2024-04-08/``"""
    return f"{EDITIONS}{day.isoformat()}/"


def epaper(day: date) -> str:
    """The e-paper of an edition: ``epaper/2024-04-08/``"""
    return f"{EPAPER}{day.isoformat()}/"


def facsimile(day: date, page: int) -> str:
    """A page of it: ``epaper/2024-04-08/2/``. Its PDF, its zones and its pictures lie there too."""
    return f"{epaper(day)}{page}/"


def facsimile_picture(folder: str, tag: str, width: int, kind: str = "webp") -> str:
    """``epaper/2024-04-08/2/page.1a2b3c4d-1600.webp``; *tag* is made of its bytes, so it can be cached for ever."""
    return f"{folder}page.{tag}-{width}.{kind}"


def month(first: date) -> str:
    """``archive/2024/04/``"""
    return f"{ARCHIVE}{first.year:04d}/{first.month:02d}/"


def feed(front: str, kind: str) -> str:
    """A front's feed: ``sections/x/rss.xml``; *kind* is ``rss``, ``atom`` or ``json`` (``feed.json``)."""
    return f"{front}feed.json" if kind == "json" else f"{front}{kind}.xml"


def photo(file: str, tag: str, width: int, suffix: str) -> str:
    """A picture variant: ``photos/2024/04/x.jpg.1a2b3c4d-960.webp``.

    *tag* stands for all that makes its bytes, so it can be cached for ever. The whole file name stays in it: ``x.jpg``
    and ``x.png`` are two pictures.
    """
    return f"photos/{file}.{tag}-{width}{suffix}"


def crop(file: str, tag: str, shape: str) -> str:
    """A picture cut to a shape: ``photos/2024/04/x.jpg.1a2b3c4d-16x9.jpg``; *tag* as for photos."""
    return f"photos/{file}.{tag}-{shape}.jpg"


def card(story_id: str, tag: str, shape: str, suffix: str) -> str:
    """A story's social card: ``cards/first-story.1a2b3c4d-wide.png``; *tag* as for photos."""
    return f"cards/{story_id}.{tag}-{shape}{suffix}"


def icon(name: str) -> str:
    """An icon of the installed site: ``assets/bulletin/icons/192.png``."""
    return f"{ASSETS}icons/{name}.png"


def file_of(url: str) -> str:
    """The file of a page's address: ``stories/x/`` → ``stories/x/index.html``."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def search_record(month: str, number: int) -> str:
    """The record of a story for search, counted from the oldest of its month: ``search/x/2024-04/0.gz``."""
    return f"{SEARCH}x/{month}/{number}.gz"


def search_segment(name: str) -> str:
    """The folder of a segment of the search index: ``search/m-0123456789/``."""
    return f"{SEARCH}{name}/"


def search_suggestions(digest: str) -> str:
    """The names that are suggested to who searches: ``search/suggest-0123456789.gz``."""
    return f"{SEARCH}suggest-{digest}.gz"


def relative_base(url: str) -> str:
    """The prefix that leads from *url*'s page to the root: ``./``, ``../../``."""
    depth = url.count("/")
    return "../" * depth or "./"


def encoded(url: str) -> str:
    """*url*, the plain path of a page or a file, as it stands in an address (RFC 3986).

    A file may be named ``5%#1 & 2.png``, so ``%``, ``?`` and ``#`` are encoded too: a query or a fragment is joined
    afterwards. So is the comma, which parts the entries of a ``srcset``.
    """
    return quote(url, safe="/:@!$()*+;=~")


def tag(authority: str, specific: str) -> str:
    """A ``tag:`` URI (RFC 4151): the id of a feed or an entry, made of nothing that ever changes.

    *authority* names a domain and a date: ``paper.example,2024``.
    """
    return f"tag:{authority}:{specific}"
