"""What the facsimile of a locked page (版面图) may see: its copy as printed, its format, its lock, and nothing else.

Its digest is the key of the page's pictures, so a field that paper does not show is emptied here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from site_builder.messages import load_messages
from site_builder.model.edition import Edition, EditionPage
from site_builder.model.settings import Settings
from site_builder.model.story import Body, Story
from site_builder.paper.page.copy import Composer
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Nameplate
from site_builder.paper.page.inserts import Entry
from site_builder.paper.page.keeping import keep_page
from site_builder.paper.page.lock import LockedPage
from site_builder.paper.page.plan import PagePlan
from site_builder.paper.page.requesting import Requester
from site_builder.paper.setting.widths import Widths
from site_builder.paper.signs import Signs
from site_builder.text.typography import phrases

_NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FacsimileInput:
    """A page that was laid out once, to be set again from its lock."""

    edition: Edition
    """With this page's stories alone; of other pages it holds the numbers, since a masthead counts them."""
    number: int
    settings: Settings
    """What paper shows of them."""
    format: Format
    locked: LockedPage
    stories: tuple[tuple[Story, str], ...]
    """As printed, and the HTML of the body."""
    sizes: tuple[tuple[str, int, int], ...]
    """(file, width, height in px) of the pictures."""
    entries: tuple[Entry, ...]
    """What its contents tell; empty where it has none."""
    nameplate: Nameplate | None
    lunar: str
    """The day of the farmers' calendar."""
    pictures: str
    """Digest of the pictures' bytes, of the fonts and of the template."""

    @property
    def page(self) -> EditionPage:
        """The page."""
        return next(page for page in self.edition.pages if page.number == self.number)

    @property
    def files(self) -> tuple[str, ...]:
        """Files of its pictures, advertisements among them."""
        return tuple(file for file, _, _ in self.sizes)


def only_page(edition: Edition, page: EditionPage) -> Edition:
    """*edition* as far as *page* shows it."""
    pages = (one if one is page else EditionPage(one.number, "", ()) for one in edition.pages)
    return replace(edition, pages=tuple(pages), unplaced=())


def on_paper(story: Story) -> Story:
    """*story* without what paper does not show: an edit of the rest leaves the page as it is."""
    return Story(
        id=story.id,
        headline=story.headline,
        genre=story.genre,
        date=_NO_DAY,
        section="",
        body="",
        kicker=story.kicker,
        subhead=story.subhead,
        column=story.column,
        dateline=story.dateline,
        byline=story.byline,
        end_byline=story.end_byline,
        reading_tips=story.reading_tips,
        photos=tuple(replace(photo, credits=()) for photo in story.photos),
    )


def masthead_settings(settings: Settings) -> Settings:
    """*settings* as far as paper shows them."""
    return Settings(settings.site_name, settings.site_url, language=settings.language, publication=settings.publication)


def set_again(page: FacsimileInput, widths: Widths, signs: Signs) -> PagePlan | None:
    """The plan of *page*, as it was locked or with other words in the same places; ``None`` when they do not fit.

    Nothing is solved, and words of headlines come from no dictionary, so every machine gives the same.
    """
    sizes: Mapping[str, tuple[int, int]] = {file: (width, height) for file, width, height in page.sizes}
    stories = {story.id: (story, Body(html, "")) for story, html in page.stories}
    messages = load_messages(page.settings.language)
    composer = Composer(page.format, sizes, phrases, signs, messages)
    requester = Requester(
        page.format,
        page.settings,
        messages,
        page.edition,
        composer,
        stories.__getitem__,
        sizes,
        lambda _page: page.entries,
        page.nameplate,
        page.lunar,
    )
    kept = keep_page(requester.request(page.page), page.locked, page.format, widths, requester.filler)
    return kept.plan if kept else None
