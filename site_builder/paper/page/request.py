"""What is asked for: one page, its stories as copy, and what stands on it already.

All values; whoever composes them (``copy`` from stories, a lock file from an earlier layout) decides what a page may
see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from site_builder.model.story import Genre
from site_builder.paper.page.plan import Cells, FurnitureKind, Span

Form = Literal["", "horizontal", "vertical"]
PassageRole = Literal["body", "crosshead", "end-byline"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a story may show."""

    photo: int
    """Its index among the story's photos."""
    aspect: float
    """Width by height."""
    caption: str
    """With its credit, as printed."""
    alt: str
    focus: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or crosshead of the body."""

    role: PassageRole
    spans: tuple[Span, ...]
    indent: float
    """Of the first line, in em."""
    number: int
    """Of the paragraph within its story, from 1."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A story as a page may set it."""

    story: str
    priority: int
    """1 (least) to 10."""
    genre: Genre
    headline: tuple[str, ...]
    """In words: a row may end after each. A ``｜`` alone is where the editor wants rows to end."""
    passages: tuple[Passage, ...]
    kicker: tuple[str, ...] = ()
    deck: tuple[str, ...] = ()
    column: str = ""
    byline: tuple[str, ...] = ()
    """Lines under the headline."""
    tips: str = ""
    tips_label: str = ""
    pictures: tuple[Picture, ...] = ()
    lead: bool = False
    """It heads the page."""
    place: Cells | None = None
    """Where the editor wants it, gap below included."""
    form: Form = ""
    """Which way the editor wants its headline."""
    columns: int = 0
    """How wide the editor wants it; 0 leaves it open."""
    headline_size: float = 0.0
    """In points, as the editor wants it; 0 leaves it open."""

    @property
    def characters(self) -> int:
        """Length of the body."""
        return sum(len(span.text) for passage in self.passages for span in passage.spans)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A rectangle of the page that no story may take: an advertisement, a banner, a filler that is there for sure."""

    kind: FurnitureKind
    cells: Cells
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Filler:
    """A public notice (公益广告) that may be set at the foot of a page that its stories do not fill."""

    picture: str
    alt: str
    columns: int
    lines: int
    """Gap below included."""


@dataclass(frozen=True, slots=True)
class Words:
    """What furniture says."""

    paper: str = ""
    """The paper's name."""
    pinyin: str = ""
    dateline: tuple[str, ...] = ()
    """Date, weekday, lunar date, number, pages: what stands in the strip under the masthead."""
    imprint: tuple[str, ...] = ()
    """Sponsor, CN number and the like, in the masthead."""
    folio: tuple[str, ...] = ()
    """Date, editors and the like, in the folio line."""
    page: str = ""
    """``03``, or ``第1版``."""
    contents: str = ""
    """Label of the contents (导读)."""
    inside: tuple[str, ...] = ()
    """Entries of the contents."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page to be laid out."""

    edition: date
    number: int
    name: str
    stories: tuple[Copy, ...]
    """In the editor's order."""
    masthead: bool = False
    words: Words = field(default_factory=Words)
    fixed: tuple[Fixed, ...] = ()
    fillers: tuple[Filler, ...] = ()
