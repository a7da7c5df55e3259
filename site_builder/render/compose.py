"""What every page and feed is composed from: the newsroom at a desk, and its stories as pictures, items and days.

The modules ``compose_…`` beside this one make the inputs of pages and feeds, and alone decide what each may see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import TypeVar, cast

from site_builder.model import urls
from site_builder.model.newsroom import Newsroom
from site_builder.model.story import Body, Photo, Status, Story
from site_builder.render import inputs
from site_builder.render.compose_pictures import Picture, card_of, crops_of, make_image
from site_builder.render.facsimiles import Epaper
from site_builder.render.markdown import first_paragraphs
from site_builder.render.pictures.cards import CardInput
from site_builder.render.pictures.crops import CropInput
from site_builder.render.pictures.label import Label, label_of
from site_builder.text.typography import summarise

T = TypeVar("T")

MONTH_ITEMS = 150
"""A month's page shows so many stories in full; a fuller month has list pages too."""
PAGE_ROWS = 100
"""Stories on a list page. Changing it renames every list page."""


@dataclass(frozen=True)
class Desk:
    """The newsroom with its rendered bodies and its pictures: all that inputs are composed from."""

    newsroom: Newsroom
    bodies: Mapping[str, Body]
    """By story id."""
    pictures: Mapping[tuple[str, Label], Picture]
    """By photo file and what is said of it."""
    card_fonts: str = ""
    """Digest of the newsroom's own fonts that social cards are set in."""
    epaper: Epaper = field(default_factory=Epaper)
    preview: bool = False
    """For editors: pages say what is missing."""
    _made: dict[object, object] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What *make* gave the first time for *key*: a story stands in a dozen lists and feeds."""
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    # Parts

    def image(self, photo: Photo) -> inputs.Image:
        """A photo as pages show it."""
        return make_image(photo, self.pictures[photo.file, label_of(photo)])

    def card(self, story: Story) -> CardInput:
        """What the story's social cards show."""
        return self.once(("card", story.id), lambda: self._make_card(story))

    def _make_card(self, story: Story) -> CardInput:
        first = story.photos[0] if story.photos else None
        picture = self.pictures[first.file, label_of(first)] if first else None
        return card_of(story, self.newsroom, picture, self.card_fonts)

    def crops(self, story: Story) -> CropInput | None:
        """What search engines are shown of the story's first picture; ``None`` where it has none."""
        if not story.photos:
            return None
        first = story.photos[0]
        return crops_of(first, self.pictures[first.file, label_of(first)])

    def section_link(self, story: Story) -> inputs.Link:
        """The story's section with its address."""
        section = self.newsroom.taxonomy.section(story.section)
        name = section.name if section else story.section
        return inputs.Link(name, urls.section(story.section))

    def region_name(self, story: Story) -> str:
        """The short name of the story's region, or empty."""
        region = self.newsroom.taxonomy.region_by_code(story.region)
        return region.name if region else ""

    def summary(self, story: Story) -> str:
        """What lists, feeds and search results say of a story."""
        if story.reading_tips:
            return story.reading_tips
        text = self.bodies[story.id].text
        if not text and story.photos:
            text = story.photos[0].caption
        return summarise(text)

    def item(self, story: Story, *, lead: bool = False) -> inputs.Item:
        """The story in a list; *lead* gives it its first paragraphs."""
        item = self.once(("item", story.id), lambda: self._make_item(story))
        return replace(item, lead_html=first_paragraphs(self.bodies[story.id].html)) if lead else item

    def _make_item(self, story: Story) -> inputs.Item:
        place = self.newsroom.places.get(story.id)
        return inputs.Item(
            id=story.id,
            url=urls.story(story.id),
            headline=story.headline,
            kicker=story.kicker,
            subhead=story.subhead,
            summary=self.summary(story),
            genre=story.genre,
            section=self.section_link(story),
            region=self.region_name(story),
            date=story.date,
            byline=unbracketed(story),
            page=place.page.number if place else None,
            image=self.image(story.photos[0]) if story.photos else None,
            mark=self.mark(story),
        )

    def mark(self, story: Story) -> inputs.Mark:
        """What sets the story apart from those that readers see."""
        if story.id not in self.newsroom.unpublished:
            return ""
        return "draft" if story.status is Status.DRAFT else "scheduled"

    def items(self, stories: Iterable[Story]) -> tuple[inputs.Item, ...]:
        """The stories as list items."""
        return tuple(self.item(story) for story in stories)

    def days(self, stories: Iterable[Story]) -> tuple[tuple[date, tuple[inputs.Item, ...]], ...]:
        """The stories by day, in the order given (newest first)."""
        groups = groupby(stories, key=lambda story: story.date.date())
        return tuple((day, self.items(members)) for day, members in groups)


def months(stories: Iterable[Story]) -> tuple[tuple[date, int, str], ...]:
    """(first of the month, number of *stories* in it, its address in the archive), newest first."""
    counts = Counter(story.date.date().replace(day=1) for story in stories)
    return tuple((month, count, urls.month(month)) for month, count in sorted(counts.items(), reverse=True))


def older_link(front: str, total: int, shown: int) -> inputs.Link | None:
    """The list page with the newest story that *front* leaves out when it shows the newest *shown* of *total*."""
    if shown >= total:
        return None
    number = (total - shown - 1) // PAGE_ROWS + 1
    return inputs.Link(str(number), urls.list_page(front, number))


def unbracketed(story: Story) -> str:
    """The byline on one line, without the brackets of print."""
    printed = str(story.byline or "").replace("\n", " ")
    return printed[1:-1] if printed.startswith("（") and printed.endswith("）") else printed


def changed(story: Story) -> datetime:
    """When readers last got something new of *story*."""
    return story.updated or story.date
