"""Laid-out pages of an edition, as every export gets them: from the lock, or laid out as ``bulletin print`` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.build.check import CheckedNewsroom
from site_builder.build.checking import check
from site_builder.build.clock import Clock
from site_builder.build.printing.editions import EditionMakeUp
from site_builder.build.printing.makeup import Listener, MakeUp, PageResult, edition_to_print
from site_builder.build.printing.packing import Effort
from site_builder.model.edition import Edition, EditionPage
from site_builder.model.newsroom import Newsroom
from site_builder.paper.page.copyfit import PageFit, StoryCut, story_fits
from site_builder.paper.page.plan import PagePlan
from site_builder.problems import Problem, has_errors

FOLDER = "print"
STANDARD_EFFORT = Effort()


@dataclass(frozen=True)
class EditionWish:
    """Which pages are wanted."""

    edition: str = ""
    """A date, or the path of an edition's file; empty for the latest one."""
    pages: tuple[int, ...] = ()
    """Numbers of pages; all when empty."""
    format: str = ""
    """Instead of the edition's and the pages' own."""
    keep_going: bool = False
    """Leave out files with errors and take the rest."""
    effort: Effort = STANDARD_EFFORT


@dataclass(frozen=True)
class FormatPages:
    """The wanted pages of one format."""

    makeup: MakeUp
    results: tuple[PageResult, ...]
    """By number; a page that could not hold its copy has no plan."""

    @property
    def plans(self) -> tuple[PagePlan, ...]:
        """The pages that are laid out."""
        return tuple(result.plan for result in self.results if result.plan)


@dataclass(frozen=True)
class OpenEdition:
    """An edition as readers will see it on the evening of its day."""

    root: Path
    checked: CheckedNewsroom
    newsroom: Newsroom
    edition: Edition

    @property
    def headlines(self) -> dict[str, str]:
        """Story id → headline."""
        return {story.id: story.headline for story in self.newsroom.edition_stories(self.edition)}

    def lay_out(
        self, wish: EditionWish, listener: Listener = lambda _number, _progress: None
    ) -> tuple[FormatPages, ...]:
        """The wanted pages, by format; what is laid out anew is locked.

        Raises ``UsageError`` for a page that is not there, and when the solver is needed and not installed.
        """
        pages = EditionMakeUp(self.root, self.checked, self.newsroom, self.edition, wish.format)
        pages.assign(listener)
        results = pages.make(wish.pages, wish.effort, listener, anew=False)
        made = dict(zip((page.number for page in pages.wanted(wish.pages)), results, strict=True))
        return tuple(
            FormatPages(makeup, tuple(made[page.number] for page in group))
            for makeup, group in by_format(pages, pages.wanted(wish.pages))
        )


def open_edition(root: Path, clock: Clock, wish: EditionWish) -> OpenEdition | tuple[Problem, ...]:
    """The edition that is wanted, or the problems that forbid it. Nobody but the public is ever asked for.

    Raises ``UsageError`` for an edition that is not there.
    """
    checked = check(root)
    if checked.settings is None or (has_errors(checked.problems) and not wish.keep_going):
        return checked.problems
    newsroom, edition = edition_to_print(checked, wish.edition, clock.now(), "public")
    return OpenEdition(root, checked, newsroom, edition)


def by_format(makeups: EditionMakeUp, pages: Sequence[EditionPage]) -> Iterator[tuple[MakeUp, list[EditionPage]]]:
    """*pages* by what makes them up: those of one format stand together."""
    groups: dict[str, tuple[MakeUp, list[EditionPage]]] = {}
    for page in pages:
        makeup = makeups.makeup(page)
        groups.setdefault(makeup.form.name, (makeup, []))[1].append(page)
    return iter(groups[name] for name in sorted(groups))


def page_fit(result: PageResult, headlines: dict[str, str]) -> PageFit:
    """How the copy of a page fits that has been made up, or why it could not."""
    request = result.request
    if result.plan:
        return PageFit(
            request.number,
            request.name,
            full=True,
            how=result.how,
            stories=story_fits(result.plan, headlines),
            filler=any(one.kind == "filler" for one in result.plan.furniture),
            collisions=result.faults.collisions,
            straight=result.faults.cuts,
        )
    assert result.cannot
    cannot = result.cannot
    cuts = tuple(StoryCut(c.story, headlines.get(c.story, c.story), c.lines, c.characters) for c in cannot.cuts)
    homeless = tuple(headlines.get(story, story) for story in cannot.homeless)
    return PageFit(
        request.number,
        request.name,
        full=False,
        how=result.how,
        over=cannot.over,
        under=cannot.under,
        cuts=cuts,
        homeless=homeless,
    )
