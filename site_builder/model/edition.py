"""An edition: its pages and what stands on them, in the order of importance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class HeadlineForm(StrEnum):
    """Which way a headline runs on the printed page."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


@dataclass(frozen=True, slots=True)
class Pin:
    """A rectangle of the printed page, in base columns and lines, both counted from 1 at the upper left."""

    column: int
    line: int
    columns: int
    lines: int


@dataclass(frozen=True, slots=True)
class Placement:
    """A story's place on a page. Importance belongs here, not to the story."""

    story: str
    priority: int | None = None
    """1 (least) to 10; ``None`` leaves it to the order."""
    headline: HeadlineForm | None = None
    """What the editor wants; ``None`` leaves it to the layout."""
    rows: tuple[str, ...] = ()
    """The headline in the rows that the editor wants; empty leaves them to the layout."""
    boxed: bool = False
    """Whether the story stands in a frame."""
    pin: Pin | None = None
    """Where the editor wants it; ``None`` leaves it to the layout."""
    jump: int | None = None
    """The page where it may go on (下转); ``None``: it stays whole."""


@dataclass(frozen=True, slots=True)
class Advertisement:
    """A picture that takes a fixed part of a page: 广告, or 公益广告 where it is in the public interest."""

    file: str
    """Path below ``assets/photos/``."""
    alt: str
    pin: Pin
    public: bool = False


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One page (版) of an edition."""

    number: int
    name: str
    placements: tuple[Placement, ...]
    editors: tuple[str, ...] = ()
    designers: tuple[str, ...] = ()
    """版面编辑."""
    proofreaders: tuple[str, ...] = ()
    """校对."""
    format: str = ""
    """The page's print format; empty: the edition's."""
    advertisements: tuple[Advertisement, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue (期) of the paper. Its identity is its date."""

    date: date
    number: int | None
    pages: tuple[EditionPage, ...]
    partial: bool = False
    """Not all pages are listed (an archive in the making, a demonstration)."""
    format: str = ""
    """Print format of its pages; empty: the command's own choice."""

    @property
    def id(self) -> str:
        """``2024-04-08``: file name, URL and feed id."""
        return self.date.isoformat()

    def placed(self) -> tuple[tuple[EditionPage, Placement], ...]:
        """Every placement with its page, in page order."""
        pages = sorted(self.pages, key=lambda page: page.number)
        return tuple((page, placement) for page in pages for placement in page.placements)
