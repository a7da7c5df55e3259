"""What is asked for: one page, its stories as copy, and what stands on it already.

All values; whoever composes them (``copy`` from stories, a lock file from an earlier layout) decides what a page may
see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from site_builder.model.story import Genre
from site_builder.paper.page.furniture import Placed
from site_builder.paper.page.plan import Cells, Span

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
    boxed: bool = False
    """The editor wants it in a frame."""
    headline_size: float = 0.0
    """In points, as the editor wants it; 0 leaves it open."""

    @property
    def characters(self) -> int:
        """Length of the body."""
        return sum(len(span.text) for passage in self.passages for span in passage.spans)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page to be laid out."""

    edition: date
    number: int
    name: str
    stories: tuple[Copy, ...]
    """In the editor's order."""
    furniture: tuple[Placed, ...] = ()
    """Masthead or folio line, contents, advertisements: what stands there whatever the stories do."""
    fillers: tuple[tuple[int, int], ...] = ()
    """(columns, lines) of a public notice that may be set at the foot of a page that its stories do not fill."""

    @property
    def taken(self) -> tuple[Cells, ...]:
        """What no story may take."""
        return tuple(placed.cells for placed in self.furniture if placed.cells)
