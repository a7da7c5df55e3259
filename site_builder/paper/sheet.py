"""An edition, or one story, as a sheet: everything that a page template may print, in the order of print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.messages import Messages
from site_builder.model.edition import Edition, EditionPage
from site_builder.model.settings import Settings
from site_builder.model.story import Body, Genre, Photo, PhotoKind, Story
from site_builder.paper.blocks import Block, parse_blocks
from site_builder.render.dates import long_date, weekday
from site_builder.schema.dialect import safe_link
from site_builder.text.typography import join_lines, phrases

LONG_SHEET = 12
"""Stories from which a sheet gets a table of contents."""
MAX_LINK = 2000
"""Characters of an address; a longer one is data that nobody follows from paper."""
LABELS = (
    "contents", "reading_tips", "source", "editors", "page", "of", "between", "preview", "draft",
    "address", "postcode", "hotline",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetPhoto:
    """A picture of a story. ``file`` names it below the sheet's folder."""

    file: str
    alt: str
    caption: str
    credit: str
    width: int
    height: int
    """In px, as delivered."""


@dataclass(frozen=True, slots=True)
class SheetStory:
    """A story as it is set."""

    id: str
    level: int
    """1 leads the sheet, 2 and 3 are news by weight, 4 is little, 5 is a brief."""
    column: str
    kicker: tuple[str, ...]
    headline: tuple[str, ...]
    """In phrases: a line may end after each. Joined they are the text; decks and kickers alike."""
    deck: tuple[str, ...]
    byline_lines: tuple[str, ...]
    reading_tips: str
    photos: tuple[SheetPhoto, ...]
    opening: tuple[int, ...]
    """Indices of the photos that no figure of the body names: they stand under the headline."""
    blocks: tuple[Block, ...]
    tail: tuple[str, ...]
    """Source, note, editors: what stands small under the text."""
    picture_story: bool
    draft: bool
    """No reader may see it yet."""


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A page (版) of the edition; on A4 it becomes a stretch of columns."""

    title: str
    staff: str
    stories: tuple[SheetStory, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a template gets. docs/reference/print-data.md describes its JSON."""

    title: str
    """The document's title."""
    name: str
    """The paper's name, for the masthead."""
    pinyin: str
    sponsor: str
    issn: str
    address: str
    postcode: str
    hotline: str
    site: str
    """The site's address without scheme and slash."""
    day: date
    edition_line: tuple[str, ...]
    sections: tuple[SheetSection, ...]
    single: bool
    """One story alone."""
    contents: bool
    preview: bool
    labels: Mapping[str, str]

    def stories(self) -> tuple[SheetStory, ...]:
        """The stories in the order of print."""
        return tuple(story for section in self.sections for story in section.stories)


@dataclass(frozen=True)
class Composer:
    """What sheets are composed from. *sizes* are px of the photo files; *messages* speak the site's language."""

    settings: Settings
    messages: Messages
    bodies: Mapping[str, Body]
    sizes: Mapping[str, tuple[int, int]]
    preview: bool = False
    unpublished: frozenset[str] = frozenset()
    """As in ``Newsroom``."""

    def edition(self, edition: Edition, by_id: Mapping[str, Story]) -> Sheet:
        """The sheet of *edition*; each story is printed once, at its first place, the weightiest of a page first."""
        printed: set[str] = set()
        sections: list[SheetSection] = []
        for page in sorted(edition.pages, key=lambda page: page.number):
            rows = [row for row in _by_weight(page) if row[0] not in printed and row[0] in by_id]
            printed.update(story_id for story_id, _ in rows)
            if rows:
                stories = self._stories(rows, by_id, not sections, page.editors)
                sections.append(SheetSection(self._page_title(page), self._staff(page.editors), stories))
        waiting = [(placement.story, placement.priority) for placement in edition.waiting()]
        if waiting:
            title = self.messages.text("site.edition_other_stories" if sections else "site.edition_stories")
            sections.append(SheetSection(title, "", self._stories(waiting, by_id, not sections, ())))
        line = (
            long_date(edition.date, self.messages),
            weekday(edition.date, self.messages),
            self.messages.text("site.edition_number", number=edition.number) if edition.number else "",
            "" if edition.partial else self.messages.text("print.pages", number=len(edition.pages)),
        )
        title = " ".join((self.settings.site_name, *line[:1], line[2])).strip()
        return self._sheet(title, edition.date, line, sections, single=False)

    def story(self, story: Story, place: tuple[Edition, EditionPage] | None) -> Sheet:
        """The sheet of one story; *place* is where it stands in print."""
        day = place[0].date if place else story.date.date()
        line = [long_date(day, self.messages), weekday(day, self.messages)]
        if place and place[0].number:
            line.append(self.messages.text("site.edition_number", number=place[0].number))
        title = self._page_title(place[1]) if place else ""
        section = SheetSection(title, "", (self._story(story, 1),))
        return self._sheet(story.headline, day, line, [section], single=True)

    def _sheet(
        self, title: str, day: date, line: Iterable[str], sections: Sequence[SheetSection], *, single: bool
    ) -> Sheet:
        settings, publication = self.settings, self.settings.publication
        return Sheet(
            title=title,
            name=settings.site_name,
            pinyin=publication.pinyin,
            sponsor=publication.sponsor,
            issn=publication.issn,
            address=publication.address,
            postcode=publication.postcode,
            hotline=publication.hotline,
            site=settings.site_url.partition("://")[2].rstrip("/"),
            day=day,
            edition_line=tuple(part for part in line if part),
            sections=tuple(sections),
            single=single,
            contents=not single and sum(len(section.stories) for section in sections) >= LONG_SHEET,
            preview=self.preview,
            labels={name: self.messages.text(f"print.labels.{name}") for name in LABELS},
        )

    def _stories(
        self, rows: Iterable[tuple[str, int | None]], by_id: Mapping[str, Story], first: bool, editors: tuple[str, ...]
    ) -> tuple[SheetStory, ...]:
        """The stories of (id, weight) in *rows*; of the *first* section, the first of all leads the sheet."""
        return tuple(
            self._story(by_id[story_id], _level(by_id[story_id], weight, index, lead=first), editors)
            for index, (story_id, weight) in enumerate(rows)
        )

    def _story(self, story: Story, level: int, page_editors: tuple[str, ...] = ()) -> SheetStory:
        body = self.bodies[story.id]
        placed = set(body.figures)
        return SheetStory(
            id=story.id,
            level=level,
            column=story.column,
            kicker=_phrases(story.kicker),
            headline=_phrases(story.headline),
            deck=_phrases(story.subhead),
            byline_lines=story.byline_lines,
            reading_tips=join_lines(story.reading_tips),
            photos=tuple(self._photo(story.id, index, photo) for index, photo in enumerate(story.photos)),
            opening=tuple(index for index, photo in enumerate(story.photos) if photo.file not in placed),
            blocks=parse_blocks(body.html, self._address),
            tail=self._tail(story, page_editors),
            picture_story=story.genre is Genre.PHOTO,
            draft=story.id in self.unpublished,
        )

    def _photo(self, story_id: str, index: int, photo: Photo) -> SheetPhoto:
        width, height = self.sizes[photo.file]
        said = {PhotoKind.ARCHIVE: "site.kind_archive", PhotoKind.AI: "site.kind_ai"}.get(photo.kind)
        credit = photo.credit + (self.messages.text(said) if said else "")
        return SheetPhoto(
            file=picture_name(story_id, index),
            alt=photo.alt or photo.caption or credit,
            caption=join_lines(photo.caption),
            credit=credit,
            width=width,
            height=height,
        )

    def _tail(self, story: Story, page_editors: tuple[str, ...]) -> tuple[str, ...]:
        """The small lines at the end; editors that the page's own title names are not said again."""
        source = self.messages.text("print.labels.source") + join_lines(story.source) if story.source else ""
        staff = self._staff(story.editors) if story.editors != page_editors else ""
        return tuple(line for line in (source, join_lines(story.note), staff) if line)

    def _page_title(self, page: EditionPage) -> str:
        number = self.messages.text("site.page_long", number=page.number)
        return f"{number}\u3000{page.name}".strip("\u3000")

    def _staff(self, editors: Sequence[str]) -> str:
        return self.messages.text("print.labels.editors") + " ".join(editors) if editors else ""

    def _address(self, target: str) -> str:
        if target.startswith("/"):
            return self.settings.site_url + target[1:]
        return target if safe_link(target) and ":" in target and len(target) <= MAX_LINK else ""


def picture_name(story_id: str, index: int) -> str:
    """The name of a story's picture in the sheet's folder."""
    return f"pictures/{story_id}-{index + 1}.jpg"


def _phrases(text: str) -> tuple[str, ...]:
    return phrases(text) if text else ()


def _by_weight(page: EditionPage) -> list[tuple[str, int | None]]:
    """(story, priority) of a page, each once; the highest priority first, else as the editor listed them."""
    weights: dict[str, int | None] = {}
    for placement in page.placements:
        weights.setdefault(placement.story, placement.priority)
    return sorted(weights.items(), key=lambda row: -(row[1] or 0))


def _level(story: Story, weight: int | None, index: int, *, lead: bool) -> int:
    """How big a story's headline is: by its priority, or by its place on the page where it has none."""
    if lead and index == 0:
        return 1
    if story.genre is Genre.BRIEF:
        return 5
    if weight is None:
        return 2 if index == 0 else 4 if index > 4 else 3
    return 2 if weight >= 8 else 3 if weight >= 5 else 4
