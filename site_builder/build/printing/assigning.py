"""Assigning stories to pages: the solver's small model. Part of the extra ``[layout]``, as packing is.

One Boolean for each story and page. What a page cannot do without is dear, what it should have is cheap, and nothing
but the editor's own wishes and the lead is forbidden, so that there always is an answer: the page that cannot hold its
copy is then reported. Deterministic: a fixed seed, one worker, an end in the solver's own time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from site_builder.paper.page.assigning import HEAVY, PICTURES, Failure, Movable, Room, belongs, in_order

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

LEAST_SHARE, MOST_SHARE = 95, 104
"""Percent of a page that the least of its stories may take, and that the most of them has to reach."""
FAILED = 50_000
"""Cost of what is known to make no page."""
TOO_MANY = 1000
"""Cost of a story more than a page should have."""
LINE = 50
"""Cost of a line too many or too few."""
MOVED = 300
"""Cost of a story that leaves the page where it was."""
FOREIGN = 40
"""Cost of a story away from the page that is named after its section."""
HEAVY_TOO_MANY, NO_HEAVY = 30, 30
PICTURE_TOO_MANY, NO_PICTURE = 10, 25
_DETERMINISTIC = 4.0
_SECONDS = 60.0
"""An emergency brake."""


def assign(
    stories: Sequence[Movable],
    rooms: Sequence[Room],
    leads: Mapping[str, int | None],
    failures: Sequence[Failure] = (),
) -> dict[int, tuple[str, ...]]:
    """Page number → the stories that go there, in order; those that the editor placed are counted, not returned.

    *stories* are in the editor's order, *leads* are chosen among them (:func:`choose_leads`). The same arguments give
    the same pages.
    """
    model = _Model(stories, rooms, leads, failures)
    return in_order(stories, model.solve(), leads)


class _Model:
    """Stories on pages."""

    def __init__(
        self,
        stories: Sequence[Movable],
        rooms: Sequence[Room],
        leads: Mapping[str, int | None],
        failures: Sequence[Failure],
    ) -> None:
        from ortools.sat.python import cp_model  # takes half a second to import, and is an extra

        self.cp = cp_model
        self.model: CpModel = cp_model.CpModel()
        self.stories, self.rooms = stories, rooms
        self.costs: list[Any] = []
        self.on = {(s.story, r.number): self.model.new_bool_var("") for s in stories for r in rooms}
        self.leads = leads
        for story in stories:
            self._add_story(story)
        for room in rooms:
            self._add_room(room)
        for failure in failures:
            self._add_failure(failure)
        self.model.minimize(sum(self.costs))

    def solve(self) -> dict[str, int]:
        """Story → page."""
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = _DETERMINISTIC
        solver.parameters.max_time_in_seconds = _SECONDS
        solver.solve(self.model)
        return {story: number for (story, number), on in self.on.items() if solver.boolean_value(on)}

    def _add_story(self, story: Movable) -> None:
        model = self.model
        model.add_exactly_one(self.on[story.story, room.number] for room in self.rooms)
        wanted = story.page
        if story.story in self.leads:
            wanted = self.leads[story.story] or wanted
        if wanted is not None:
            model.add(self.on[story.story, wanted] == 1)
        home = any(belongs(story, room) for room in self.rooms)
        for room in self.rooms:
            cost = FOREIGN * (home and not belongs(story, room))
            cost += MOVED * (story.before is not None and story.before != room.number)
            if cost:
                self.costs.append(cost * self.on[story.story, room.number])

    def _add_room(self, room: Room) -> None:
        on = {story.story: self.on[story.story, room.number] for story in self.stories}
        leads = [on[story] for story in self.leads]
        if room.led:
            self.model.add(sum(leads) == 0)
        else:
            self.model.add(sum(leads) <= 1)
        rows = [(story.areas[room.form], on[story.story]) for story in self.stories]
        least, best, most = (
            sum(size * one for size, one in ((getattr(area, kind), var) for area, var in rows))
            for kind in ("least", "best", "most")
        )
        self._over(100 * least, LEAST_SHARE * room.area, LINE, 100)
        self._over(MOST_SHARE * room.area, 100 * most, LINE, 100)
        self._over(best, room.area, 1)
        self._over(room.area, best, 1)
        self._over(sum(on.values()), room.most, TOO_MANY)
        heavy = sum(on[story.story] for story in self.stories if story.priority >= HEAVY)
        self._over(heavy, 1, HEAVY_TOO_MANY)
        self._over(1, heavy, NO_HEAVY)
        pictures = sum(story.pictures * on[story.story] for story in self.stories)
        self._over(pictures, PICTURES[1], PICTURE_TOO_MANY)
        self._over(PICTURES[0], pictures, NO_PICTURE)

    def _over(self, left: Any, right: Any, cost: int, unit: int = 1) -> None:
        """Each *unit* by which *left* is more than *right* costs."""
        excess: IntVar = self.model.new_int_var(0, 1_000_000, "")
        self.model.add(unit * excess >= left - right)
        self.costs.append(cost * excess)

    def _add_failure(self, failure: Failure) -> None:
        """At least one of its stories away, or one more."""
        known = {story.story for story in self.stories}
        away = (
            [self.on[s, failure.page].negated() for s in sorted(failure.stories & known)] if not failure.under else []
        )
        more = [self.on[s, failure.page] for s in sorted(known - failure.stories)] if not failure.over else []
        again = self.model.new_bool_var("")
        self.model.add_bool_or([*away, *more, again])
        self.costs.append(FAILED * again)
