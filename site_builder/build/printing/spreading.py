"""Spreading an edition's unplaced stories over its pages (分版), and trying again where a page cannot be made so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from site_builder.build.printing.assigning import assign
from site_builder.build.printing.laying_out import CannotFit
from site_builder.build.printing.makeup import MakeUp
from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.newsroom import Newsroom
from site_builder.paper.page.assigning import (
    Area,
    Failure,
    Movable,
    Room,
    choose_leads,
    elastic_area,
    most_stories,
)
from site_builder.paper.page.candidates import make_candidates
from site_builder.paper.page.copy import weigh

_NO_AREA = Area(0, 0, 0)
"""Of a story that no shape fits; its page says so."""
_INSIDE = 1
"""Any place in a page's order but the first."""


class Spreader:
    """Knows how much room the stories of an edition take, and what has been tried."""

    def __init__(self, newsroom: Newsroom, makeup_of: Callable[[EditionPage], MakeUp]) -> None:
        self.newsroom, self.makeup_of = newsroom, makeup_of
        self.failures: list[Failure] = []
        self._areas: dict[tuple[str, Placement, int, bool], Area] = {}

    def spread(self, edition: Edition) -> Edition:
        """*edition* with all its unplaced stories on pages; what has a page stays there as far as it can."""
        pages = sorted(edition.pages, key=lambda page: page.number)
        if not pages or not edition.unplaced:
            return edition
        rooms = [self._room(page) for page in pages]
        forms = {self.makeup_of(page).form.name: self.makeup_of(page) for page in pages}
        asked = [*self._placed(pages), *self._movable(edition)]
        leads = choose_leads([story for story, _ in asked], rooms)
        heads = {page.placements[0].story for page in pages if page.placements and not page.placements[0].assigned}
        measured = [self._measured(s, placement, s.story in leads or s.story in heads, forms) for s, placement in asked]
        return edition.assign(assign(measured, rooms, leads, self.failures))

    def forbid(self, page: EditionPage, cannot: CannotFit) -> None:
        """Note that the stories of *page* do not make it."""
        stories = frozenset(placement.story for placement in page.placements)
        over, under = bool(cannot.over or cannot.cuts), bool(cannot.under)
        self.failures.append(Failure(page.number, stories, over, under and not over))

    def _room(self, page: EditionPage) -> Room:
        makeup = self.makeup_of(page)
        own = sum(not placement.assigned for placement in page.placements)
        most = max(most_stories(makeup.form.grid.columns), own)
        return Room(page.number, page.name, makeup.room(page), most, makeup.form.name, led=own > 0)

    def _placed(self, pages: Sequence[EditionPage]) -> Iterator[tuple[Movable, Placement]]:
        """The stories that stand where the editor placed them: they take room."""
        for page in pages:
            own = [placement for placement in page.placements if not placement.assigned]
            for order, placement in enumerate(own):
                story = replace(self._story(placement, order), page=page.number, placed=True)
                # The end of a story takes room of its own, on another page than its beginning.
                name = f"{placement.story}@{page.number}" if placement.back else placement.story
                yield replace(story, story=name), placement

    def _movable(self, edition: Edition) -> Iterator[tuple[Movable, Placement]]:
        """The unplaced stories. Without a priority they weigh as if they came to the pages in turn."""
        before = {story: number for number, stories in edition.assigned().items() for story in stories}
        led = {page.placements[0].story for page in edition.pages if page.placements}
        for order, one in enumerate(edition.unplaced):
            story = self._story(one.placement, order // len(edition.pages))
            moved = replace(story, page=one.page, before=before.get(story.story), led=story.story in led)
            yield moved, one.placement

    def _story(self, placement: Placement, order: int) -> Movable:
        story = self.newsroom.by_id[placement.story]
        section = self.newsroom.taxonomy.section(story.section)
        return Movable(
            story.id,
            weigh(story, placement, order),
            {},
            (section.name,) if section else (),
            0 if placement.back else len(story.photos),
        )

    def _measured(self, story: Movable, placement: Placement, lead: bool, forms: Mapping[str, MakeUp]) -> Movable:
        """*story* with the areas that it takes on pages of each of *forms*."""
        areas = {name: self._area(makeup, placement, story.priority, lead) for name, makeup in forms.items()}
        return replace(story, areas=areas)

    def _area(self, makeup: MakeUp, placement: Placement, priority: int, lead: bool) -> Area:
        key = (makeup.form.name, placement, priority, lead)
        if key not in self._areas:
            copy = replace(makeup.copy(placement, 0 if lead else _INSIDE), priority=priority)
            self._areas[key] = elastic_area(make_candidates(copy, makeup.form, makeup.widths)) or _NO_AREA
        return self._areas[key]
