"""An edition: its pages and what stands on them, in the order of importance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Placement:
    """A story's place on a page. Importance belongs here, not to the story."""

    story: str
    priority: int | None = None
    """1 (least) to 10; ``None`` leaves it to the order."""


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One page (版) of an edition."""

    number: int
    name: str
    placements: tuple[Placement, ...]
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue (期) of the paper. Its identity is its date."""

    date: date
    number: int | None
    pages: tuple[EditionPage, ...]
    partial: bool = False
    """Not all pages are listed (an archive in the making, a demonstration)."""

    @property
    def id(self) -> str:
        """``2024-04-08``: file name, URL and feed id."""
        return self.date.isoformat()

    def placed(self) -> tuple[tuple[EditionPage, Placement], ...]:
        """Every placement with its page, in page order."""
        pages = sorted(self.pages, key=lambda page: page.number)
        return tuple((page, placement) for page in pages for placement in page.placements)
