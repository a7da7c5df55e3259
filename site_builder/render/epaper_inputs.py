"""What the e-paper's pages may see. As in ``inputs``: nothing here that its page does not show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from site_builder.render.facsimiles import Polygon
from site_builder.render.inputs import EditionHead, Link, Mark, PagePicture


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A story's place on a page, and what is said of the story beside it."""

    id: str
    url: str
    headline: str
    kicker: str
    summary: str
    byline: str
    polygons: tuple[Polygon, ...]
    """In points."""
    corner: tuple[float, float]
    """Upper right of its outline, where its number stands."""
    badge: Literal["", "updated", "corrected"]
    """Whether the story says something else now than when it was printed."""
    corrections: tuple[str, ...]
    """What was said of its faults since, the latest first."""
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class PageTile:
    """A page in the strip of pages: a thumbnail, or its name alone where it is no longer shown as printed."""

    number: int
    name: str
    url: str
    thumb: PagePicture | None
    headlines: tuple[Link, ...] = ()
    """On the edition's page only."""
    pdf: str = ""
    """On the edition's page only: URL of its PDF."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The month of an edition: the days that have an e-paper."""

    month: date
    days: tuple[tuple[int, str], ...]
    """(day of the month, URL)."""
    before: Link | None
    after: Link | None
    """The latest e-paper of the months before and after that have one."""


@dataclass(frozen=True, slots=True)
class PaperPageInput:
    """A page of the e-paper (数字报版面)."""

    url: str
    head: EditionHead
    number: int
    name: str
    editors: tuple[str, ...]
    proofreaders: tuple[str, ...]
    picture: PagePicture
    width: float
    height: float
    """Of the page, in points: the zones' measure."""
    zones: tuple[ZoneView, ...]
    tiles: tuple[PageTile, ...]
    pdf: str
    pdf_bytes: int
    edition_pdf: str
    """URL; empty where there is none, or where it would be the same as ``pdf``."""
    edition_bytes: int
    calendar: Calendar
    previous: Link | None
    following: Link | None
    """The pages before and after."""
    earlier: Link | None
    later: Link | None
    """The editions before and after."""
    manifest: str


@dataclass(frozen=True, slots=True)
class PaperInput:
    """An edition of the e-paper: all its pages. The latest one stands at ``epaper/`` too."""

    url: str
    address: str
    """Its own, also where the latest edition stands at ``epaper/``."""
    head: EditionHead
    tiles: tuple[PageTile, ...]
    edition_pdf: str
    edition_bytes: int
    calendar: Calendar
    earlier: Link | None
    later: Link | None
    manifest: str
