"""An edition: its pages and what stands on them, in the order of importance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
class Jump:
    """The end of a story stands on a later page (转版)."""

    page: int
    """The other page: where the story goes on, or where it came from."""
    paragraphs: int
    """How many stand where the story begins, crossheads not counted."""
    headline: str = ""
    """Of the end; empty: the story's own."""


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
    assigned: bool = False
    """The layout chose its page, not the editor."""
    onward: Jump | None = None
    """Where its end stands, when the editor lets it run on; ``None``: here."""
    back: Jump | None = None
    """Where it begins: this is the place of its end."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A story whose page the layout chooses (待排稿件)."""

    placement: Placement
    page: int | None = None
    """The page that the editor wants; ``None`` leaves it to the layout."""


@dataclass(frozen=True, slots=True)
class Advertisement:
    """A picture that takes a fixed part of a page: 广告, or 公益广告 where it is in the public interest."""

    file: str
    """Path below ``assets/photos/``."""
    alt: str
    pin: Pin
    public: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """Words across a part of the printed page (通栏): the name of a campaign or a series."""

    words: str
    pin: Pin


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
    contents: Pin | None = None
    """Where it tells what stands on the other pages (导读); ``None``: nowhere."""
    banners: tuple[Banner, ...] = ()


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
    unplaced: tuple[Unplaced, ...] = ()
    """Stories whose pages the layout chooses, in the editor's order; also those that have got theirs."""

    @property
    def id(self) -> str:
        """``2024-04-08``: file name, URL and feed id."""
        return self.date.isoformat()

    def placed(self) -> tuple[tuple[EditionPage, Placement], ...]:
        """Every placement with its page, in page order."""
        pages = sorted(self.pages, key=lambda page: page.number)
        return tuple((page, placement) for page in pages for placement in page.placements)

    def waiting(self) -> tuple[Placement, ...]:
        """Unplaced stories that have no page yet, in the editor's order."""
        standing = {placement.story for _, placement in self.placed()}
        return tuple(one.placement for one in self.unplaced if one.placement.story not in standing)

    def assigned(self) -> dict[int, tuple[str, ...]]:
        """Page number → the stories that the layout put there, in order."""
        return {
            page.number: stories
            for page in self.pages
            if (stories := tuple(p.story for p in page.placements if p.assigned))
        }

    def assign(self, stories: Mapping[int, Sequence[str]]) -> Edition:
        """The edition with unplaced *stories* on these pages, below what the editor placed there.

        An earlier assignment is forgotten. What the editor has decided otherwise since is passed over: a story that
        is not to be placed any more, a page that is gone, another page that was asked for.
        """
        open_ = {one.placement.story: one for one in self.unplaced}
        pages = []
        for page in self.pages:
            own = [placement for placement in page.placements if not (placement.assigned or placement.back)]
            taken = (open_.pop(story) for story in stories.get(page.number, ()) if _may_stand(open_.get(story), page))
            # The end of a story that begins elsewhere never heads a page that has a story of its own.
            ends = [placement for placement in page.placements if placement.back]
            given = (replace(one.placement, assigned=True) for one in taken)
            pages.append(replace(page, placements=(*own, *given, *ends)))
        return replace(self, pages=tuple(pages))


def _may_stand(one: Unplaced | None, page: EditionPage) -> bool:
    return one is not None and one.page in (None, page.number)
