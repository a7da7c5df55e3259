"""From an edition to what is asked for its pages: copy, furniture, fillers. All values, so that a build can ask too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.messages import Messages
from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.settings import Settings
from site_builder.model.story import Body, Story
from site_builder.paper.page import inserts
from site_builder.paper.page.copy import Composer
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Furnisher, Nameplate, Placed
from site_builder.paper.page.plan import Cells, pin_cells
from site_builder.paper.page.request import Copy, PageRequest

FILLER_COLUMNS, FILLER_LINES = (2, 3), range(8, 25, 2)
"""Sizes of a public notice that may fill a page."""


def contents_entries(edition: Edition, page: EditionPage, headlines: Mapping[str, str]) -> tuple[inserts.Entry, ...]:
    """What the contents of *page* tell (导读): the stories of the other pages, leads of all pages first.

    *headlines* are those of the stories that are there, by id.
    """
    ranked = sorted(
        (order, other.number, placement.story)
        for other in edition.pages
        if other.number != page.number
        for order, placement in enumerate(other.placements)
        if not placement.back
    )
    return tuple(inserts.Entry(headlines[story], number) for _, number, story in ranked if story in headlines)


@dataclass(frozen=True)
class Requester:
    """Knows what the pages of *edition* are asked to hold."""

    form: Format
    settings: Settings
    messages: Messages
    edition: Edition
    composer: Composer
    story: Callable[[str], tuple[Story, Body]]
    """A story of the edition, by its id, and its rendered body."""
    known: Mapping[str, object]
    """Pictures that are there; an advertisement without one is left out, as the check has told."""
    entries: Callable[[EditionPage], Sequence[inserts.Entry]]
    """What the contents of a page tell."""
    nameplate: Nameplate | None = None
    lunar: str = ""
    """The day of the farmers' calendar, as the masthead says it."""

    def request(self, page: EditionPage) -> PageRequest:
        """What is asked for *page*."""
        copies = [(placement, self.copy(placement, order)) for order, placement in enumerate(page.placements)]
        sizes = ((columns, lines) for columns in FILLER_COLUMNS for lines in FILLER_LINES)
        grid = self.form.grid
        return PageRequest(
            self.edition.date,
            page.number,
            page.name,
            tuple(copy for placement, copy in copies if copy.passages or not placement.back),
            tuple(self.furniture(page)),
            tuple(size for size in sizes if size[0] <= grid.columns and size[1] * 3 <= grid.lines),
        )

    def copy(self, placement: Placement, order: int) -> Copy:
        """The copy of a story that stands at *order* (from 0) on its page."""
        story, body = self.story(placement.story)
        return self.composer.copy(story, body, placement, order)

    def furniture(self, page: EditionPage) -> Iterator[Placed]:
        """What stands on *page* whatever its stories do."""
        yield Furnisher(self.form, self.settings, self.messages, self.edition, self.nameplate, self.lunar).head(page)
        if page.contents:
            yield inserts.contents(self.form, self.messages, pin_cells(page.contents), self.entries(page))
        for banner in page.banners:
            yield inserts.banner(self.form, pin_cells(banner.pin), banner.words)
        for advert in page.advertisements:
            if advert.file in self.known:
                yield inserts.advertisement(self.form, self.messages, advert)

    def filler(self, cells: Cells) -> Placed:
        """The public notice that fills *cells*."""
        return inserts.filler(self.form, self.settings, self.messages, cells)
