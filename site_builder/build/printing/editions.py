"""Making up an edition: its unplaced stories get pages, the pages are laid out, and what does not fit is moved.

What the lock remembers stays: only stories without a page are assigned, and only pages whose stories changed are laid
out. A page that cannot hold its copy gives stories away, or gets some, as often as ``ROUNDS`` allows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from site_builder.build.check import CheckedNewsroom
from site_builder.build.locks import lock_path
from site_builder.build.printing.laying_out import Progress
from site_builder.build.printing.lockfile import LockFile
from site_builder.build.printing.makeup import DEFAULT_FORMAT, Listener, MakeUp, PageResult, has_solver
from site_builder.build.printing.packing import Effort
from site_builder.build.printing.spreading import Spreader
from site_builder.errors import UsageError
from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.newsroom import Newsroom
from site_builder.paper.page.inserts import Entry

ROUNDS = 5
"""How often stories are assigned to pages before the best of it is taken."""
WHOLE_EDITION = 0
"""Instead of the number of a page, while a listener hears of the edition."""

_Seen = dict[tuple[int, tuple[Placement, ...], tuple[Entry, ...]], PageResult]


class EditionMakeUp:
    """Makes up the pages of *edition*, in the format called *form* or, when that is empty, in their own."""

    def __init__(self, root: Path, checked: CheckedNewsroom, newsroom: Newsroom, edition: Edition, form: str) -> None:
        self.edition = edition
        path = root / lock_path(checked.edition_paths[edition.date], edition)
        self.file = LockFile(path, {page.number for page in edition.pages})
        self._form = form
        self._make_up: Callable[[str], MakeUp] = lambda name: MakeUp(
            root, checked, newsroom, self.edition, name, self.file
        )
        self._makeups: dict[str, MakeUp] = {}
        self._spreader = Spreader(newsroom, self.makeup)

    def makeup(self, page: EditionPage) -> MakeUp:
        """What makes *page* up: pages of one format share it."""
        name = self._form or page.format or self.edition.format or DEFAULT_FORMAT
        if name not in self._makeups:
            self._makeups[name] = self._make_up(name)
        return self._makeups[name]

    def wanted(self, numbers: Sequence[int] = ()) -> tuple[EditionPage, ...]:
        """The pages with these *numbers*, or all, that have stories.

        Raises ``UsageError`` for a number that the edition does not have, and when no page is left.
        """
        pages = {page.number: page for page in sorted(self.edition.pages, key=lambda page: page.number)}
        found = tuple(pages[n] for n in numbers or pages if n in pages and pages[n].placements)
        unknown = next((n for n in numbers if n not in pages), None if found else (numbers or (1,))[0])
        if unknown is not None:
            raise UsageError("print.page-unknown", str(unknown), tuple(map(str, pages)))
        return found

    def assign(self, listener: Listener) -> None:
        """Give pages to the stories that have none, and remember them.

        Raises ``UsageError`` when there are such stories and the solver is not installed.
        """
        if self.edition.waiting() and self.edition.pages:
            if not has_solver():
                raise UsageError("print.solver-missing-unplaced")
            listener(WHOLE_EDITION, Progress())
            self._take(self._spreader.spread(self.edition))
        self.file.remember_assigned(self.edition)

    def make(self, numbers: Sequence[int], effort: Effort, listener: Listener, *, anew: bool) -> tuple[PageResult, ...]:
        """The pages with these *numbers*, or all, made up and remembered.

        Where one cannot hold its copy, unplaced stories are moved; in the end the edition is taken in which the most
        pages are full.
        """
        seen: _Seen = {}
        best, least = self.edition, -1
        for round_ in range(ROUNDS):
            results = self._make_round(numbers, effort, listener, seen, anew=anew)
            failed = [result.request.number for result in results if result.cannot]
            if least < 0 or len(failed) < least:
                best, least = self.edition, len(failed)
            if not failed or not self.edition.unplaced or round_ == ROUNDS - 1 or _is_hopeless(results):
                break
            for page, result in zip(self.wanted(numbers), results, strict=True):
                if result.cannot:
                    self._spreader.forbid(page, result.cannot)
            listener(WHOLE_EDITION, Progress())
            self._take(self._spreader.spread(self.edition))
        self._take(best)
        self.file.remember_assigned(best)
        # All of these pages have been seen: nothing is laid out once more.
        return self._make_round(numbers, effort, listener, seen, anew=anew)

    def _make_round(
        self, numbers: Sequence[int], effort: Effort, listener: Listener, seen: _Seen, *, anew: bool
    ) -> tuple[PageResult, ...]:
        results = []
        for page in self.wanted(numbers):
            makeup = self.makeup(page)
            # Contents tell of other pages, so that a page may change although its own stories stay.
            key = (page.number, page.placements, makeup.entries(page) if page.contents else ())
            if key not in seen:
                seen[key] = makeup.make(page, effort, listener, anew=anew)
            result = seen[key]
            results.append(result)
            if result.locked:
                # At once: what took half a minute is not to be lost when the next page is interrupted.
                self.file.remember(result.locked)
        return tuple(results)

    def _take(self, edition: Edition) -> None:
        self.edition = edition
        for makeup in self._makeups.values():
            makeup.edition = edition


def _is_hopeless(results: Sequence[PageResult]) -> bool:
    """Whether every page has too much copy, or every page too little: moving stories helps none of them."""
    failures = [result.cannot for result in results]
    return all(cannot and cannot.over for cannot in failures) or all(cannot and cannot.under for cannot in failures)
