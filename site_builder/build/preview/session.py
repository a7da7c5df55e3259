"""A preview that lives: it builds when told to, remembers what the last build said, and answers for pages.

Nothing that editors do ends it. What stops a build (a problem, a theme, the host, a disk) becomes part of the next
answers, while the last site that could be built stays.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.build.clock import Clock
from site_builder.build.events import Progress, Stage
from site_builder.build.fonts import FONTS
from site_builder.build.host import Host
from site_builder.build.making import Options
from site_builder.build.pipeline import Report, build, site_folder
from site_builder.build.preview.answers import Answer, Shown, read_preview_theme
from site_builder.build.theme_files import package_themes
from site_builder.errors import BuildError, BulletinError, system_error
from site_builder.model.settings import Settings
from site_builder.problems import Problem

_RETRY_SECONDS = 0.4
_SOURCES = ("content", "assets", "themes", FONTS)


@dataclass(frozen=True)
class Rebuilt:
    """What a build of the preview did, for the terminal."""

    changed: frozenset[Path]
    """What it was made for; empty the first time, and when something may have changed unseen."""
    problems: tuple[Problem, ...]
    files: int = 0
    """How many files were looked at."""
    stories: int = 0
    written: int = 0
    removed: int = 0
    seconds: float = 0.0
    error: BulletinError | None = None
    """What stopped it, where that is no problem of a file."""
    published: bool = False
    """Whether the site is now as this build made it."""


class Preview:
    """The preview of one newsroom. ``rebuild`` belongs to one thread; answers may be asked from any."""

    def __init__(
        self,
        root: Path,
        host: Host,
        clock: Clock,
        language: str,
        waiting: Callable[[], None] = lambda: None,
        *,
        jobs: int | None = 1,
    ) -> None:
        """*language* is spoken until the newsroom's own is known.

        *waiting* is called when another build is in the way. *jobs* as in ``Options``.
        """
        self.root = root.resolve()
        self.host = host
        self.clock = clock
        self.waiting = waiting
        self.options = Options(audience="preview", keep_going=True, jobs=jobs)
        self.settings: Settings | None = None
        self.number = 0
        """Grows with each build, and whenever there is something to look at."""
        self._shown = Shown(read_preview_theme(), language)
        self._files = threading.RLock()
        """Held while files are exchanged: nobody reads half a site."""
        self._news = threading.Condition()

    # What others ask

    def folders(self) -> frozenset[Path]:
        """The folders that hold sources now: the newsroom's, and the theme that comes with Bulletin."""
        names = (*_SOURCES, *([self.settings.pages_dir] if self.settings else []))
        named = {self.root / name for name in names} | {package_themes()}
        folders = {folder.resolve() for folder in named if folder.is_dir()}
        return frozenset(folder for folder in folders if folders.isdisjoint(folder.parents))

    @property
    def base(self) -> str:
        """Path of the front page on the server: ``/``, or ``/paper/`` for a site below a sub-path."""
        return self._shown.base

    def answer(self, path: str) -> Answer:
        """The answer for the address *path* (as sent, without query). Waits while a site is being published."""
        with self._files:
            return self._shown.answer(path)

    def bar(self, path: str) -> str:
        """The HTML of the line at the foot of the page at *path*."""
        with self._files:
            return self._shown.bar(path)

    @property
    def styles(self) -> str:
        """Digest of all style sheets."""
        return self._shown.styles

    def wait(self, number: int, seconds: float) -> int:
        """The number as soon as it is not *number*, at most *seconds* from now."""
        with self._news:
            self._news.wait_for(lambda: self.number != number, seconds)
            return self.number

    def wake(self) -> None:
        """Make everyone who waits look again."""
        with self._news:
            self.number += 1
            self._news.notify_all()

    # What one thread does

    def rebuild(self, changed: frozenset[Path] = frozenset()) -> Rebuilt:
        """Build anew, whatever is in the files. Only Ctrl-C gets out of here."""
        with ExitStack() as held:
            try:
                report = self._build(held)
            except BulletinError as error:
                return self._failed(changed, error)
            except OSError as error:
                return self._failed(changed, system_error(error))
            except Exception as error:
                # A fault of our own must not cost an editor the preview either; it is told as what it is.
                return self._failed(changed, BuildError("bug", f"{type(error).__name__}: {error}"))
            self._show(self._shown.after(report, self._site_dir(report)))
        return _rebuilt(changed, report)

    def _failed(self, changed: frozenset[Path], error: BulletinError) -> Rebuilt:
        self._show(replace(self._shown, error=error))
        return Rebuilt(changed, self._shown.problems, error=error)

    def _build(self, held: ExitStack) -> Report:
        """A build; waits as long as another one has the newsroom. From its publication on, files are *held*."""
        told = False
        while True:
            try:
                return build(self.root, self.host, self.clock, self.options, lambda event: self._hold(event, held))
            except BuildError as error:
                if error.code != "build-running":
                    raise
                if not told:
                    self.waiting()
                told = True
                time.sleep(_RETRY_SECONDS)

    def _hold(self, event: Stage | Progress, held: ExitStack) -> None:
        if event == Stage("write"):
            held.enter_context(self._files)

    def _site_dir(self, report: Report) -> Path | None:
        if report.checked and report.checked.settings:
            self.settings = report.checked.settings
        return site_folder(self.root, self.settings, self.options) if self.settings else None

    def _show(self, shown: Shown) -> None:
        with self._files:
            self._shown = shown
        self.wake()


def _rebuilt(changed: frozenset[Path], report: Report) -> Rebuilt:
    return Rebuilt(
        changed,
        report.problems,
        report.checked.files if report.checked else 0,
        report.stories,
        len(report.written),
        len(report.removed),
        report.seconds,
        published=report.site_dir is not None,
    )
