"""A story as the newsroom thinks of it: fields checked, dates aware, nothing of files or HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from site_builder.model.byline import Byline, Credit, Dateline

Audience = Literal["public", "preview"]


class Genre(StrEnum):
    """体裁: decides where the byline stands and how a front shows the story."""

    NEWS = "news"
    FEATURE = "feature"
    PHOTO = "photo"
    COMMENTARY = "commentary"
    BRIEF = "brief"
    ROUNDUP = "roundup"
    SKETCH = "sketch"
    INVESTIGATION = "investigation"
    PROFILE = "profile"
    INTERVIEW = "interview"
    LETTER = "letter"
    NOTICE = "notice"


LONG_FORM = frozenset({Genre.FEATURE, Genre.ROUNDUP, Genre.SKETCH, Genre.INVESTIGATION, Genre.PROFILE, Genre.INTERVIEW})
"""Genres that carry a byline line under the headline and no 本报讯."""


class Status(StrEnum):
    """Where a story stands on its way to the reader."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class PhotoKind(StrEnum):
    """What a picture is, said in words beside its credit where readers must know."""

    PHOTO = "photo"
    ILLUSTRATION = "illustration"
    CHART = "chart"
    ARCHIVE = "archive"
    HANDOUT = "handout"
    AI = "ai"


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a story, as the front matter names it."""

    file: str
    """Path below ``assets/photos/``, with forward slashes."""
    alt: str
    """What the picture shows, for readers who do not see it."""
    credit: str
    """The credit line as printed: ``新华社记者 王松 摄``, ``插图``."""
    caption: str = ""
    kind: PhotoKind = PhotoKind.PHOTO
    credits: tuple[Credit, ...] = ()
    """The people whom the credit line names, as far as it can be read."""
    focus: tuple[int, int] | None = None
    """Per cent from left and top: the point that stays in sight where the picture is cut."""


@dataclass(frozen=True, slots=True)
class Correction:
    """更正: what was wrong in a published story, said to its readers."""

    date: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """One story. Everything that is printed is here; nothing here was guessed."""

    id: str
    """``[a-z0-9-]{3,80}``; permanent, and the only thing that its URL and feed ids are made of."""
    headline: str
    genre: Genre
    date: datetime
    """Publication, with the newsroom's time zone; 00:00 when the file gives no time."""
    section: str
    """Slug of a section in ``sections.yml``."""
    body: str
    """Markdown of the closed dialect, without the printed lead (dateline and byline)."""
    kicker: str = ""
    subhead: str = ""
    column: str = ""
    region: str = ""
    """Code of GB/T 2260, six digits, or empty."""
    topics: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    """Names as the editor wrote them."""
    dateline: Dateline | None = None
    dateline_gap: str = ""
    """What stood between dateline and bracketed byline: nothing, a space, or U+3000."""
    byline: Byline | None = None
    byline_people: tuple[tuple[str, str], ...] = ()
    """(name, people.yml key) pairs that the editor spelled out to keep namesakes apart."""
    end_byline: bool = False
    """The byline stands at the end of the body (简讯, 评论)."""
    editors: tuple[str, ...] = ()
    reading_tips: str = ""
    photos: tuple[Photo, ...] = ()
    status: Status = Status.PUBLISHED
    source: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()
    """Former ids: each keeps a page that leads here."""
    updated: datetime | None = None
    """The last change that readers were told of, a correction or another."""
    corrections: tuple[Correction, ...] = ()
    """The latest first."""

    @property
    def byline_in_lead(self) -> bool:
        """Whether the byline stands in brackets after the dateline."""
        return bool(self.dateline and self.byline and self.byline.brackets and not self.end_byline)

    @property
    def byline_lines(self) -> tuple[str, ...]:
        """The byline as lines under the headline; empty when it stands in the lead or at the end of the body."""
        if self.byline is None or self.end_byline or self.byline_in_lead:
            return ()
        return tuple(str(self.byline).split("\n"))

    @property
    def credits(self) -> tuple[Credit, ...]:
        """The people of the byline, flattened, in printed order."""
        return self.byline.credits() if self.byline else ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A crosshead of a rendered body."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Body:
    """A story's body after rendering: what pages, feeds and search share.

    Links to the newsroom's own pages and figures' pictures are root-relative (``/stories/…``) until a page or
    feed rebases them.
    """

    html: str
    """Sanitised HTML, lead and figures included."""
    text: str
    """The same words as plain text, one paragraph a line, without lead."""
    headings: tuple[Heading, ...] = ()
    figures: tuple[str, ...] = ()
    """Files of the photos that the body places itself."""
    characters: int = field(default=0)
    """Han characters, letters and digits: the trade's length of a story."""


def visible(story: Story, now: datetime, audience: Audience) -> bool:
    """Whether *audience* may see the story's text at *now*: the only place where this is decided.

    Preview sees drafts and the future; nobody sees a withdrawn story (its URL keeps a tombstone).
    """
    if story.status is Status.WITHDRAWN:
        return False
    if audience == "preview":
        return True
    return story.status is Status.PUBLISHED and story.date <= now


def tombstone(story: Story, now: datetime, audience: Audience) -> bool:
    """Whether the story's URL shows that it was withdrawn: only where readers may have met it before."""
    return story.status is Status.WITHDRAWN and (audience == "preview" or story.date <= now)
