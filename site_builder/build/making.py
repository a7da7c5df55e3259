"""Making a site from a checked newsroom: the tasks, their shared setting, and what to leave out when one crashes."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from site_builder.build.cache import DiskCache
from site_builder.build.check import CheckedNewsroom
from site_builder.build.epaper import make_epaper, offline_part
from site_builder.build.events import Listener
from site_builder.build.executing.tasks import Shared
from site_builder.build.host import HostOutput, HostRequest
from site_builder.build.hosting import host_request, make_chrome
from site_builder.build.indexing import index
from site_builder.build.offline import app_tasks, worker_task
from site_builder.build.origins import Origins
from site_builder.build.records import Made, published
from site_builder.build.rendering import Run, crop_tasks, make_desk, page_tasks
from site_builder.build.searching import search_files
from site_builder.build.theme_files import ThemeFiles
from site_builder.errors import HostError
from site_builder.model import urls
from site_builder.model.newsroom import Newsroom
from site_builder.model.settings import Settings
from site_builder.model.story import Audience
from site_builder.problems import Problem
from site_builder.render.artifact import Artifact
from site_builder.render.frame import FrameError, split_frame
from site_builder.render.pages import PageSetting


@dataclass(frozen=True)
class Options:
    """How to build."""

    audience: Audience = "public"
    keep_going: bool = False
    """Leave out files with errors and build the rest."""
    clean: bool = False
    """Do not use what was built before."""
    site_dir: Path | None = None
    """Instead of the settings' own."""
    jobs: int | None = 1
    """Processes at most; ``None``: as many as there are cores, where they pay. More than one needs a main module
    that may be imported (``if __name__ == "__main__":``), as the standard ``multiprocessing`` does."""


@dataclass(frozen=True)
class Prepared:
    """A newsroom that was read and checked."""

    root: Path
    options: Options
    checked: CheckedNewsroom
    theme: ThemeFiles
    cache: DiskCache
    started: float

    @property
    def settings(self) -> Settings:
        """The settings; a newsroom without any never gets here."""
        assert self.checked.settings is not None
        return self.checked.settings

    def host_request(self) -> HostRequest:
        """What a host is asked to render for this newsroom."""
        return host_request(self.root, self.settings, self.checked.taxonomy, self.theme)


@dataclass(frozen=True)
class Site:
    """What was made, before anything is published."""

    artifacts: tuple[Artifact, ...]
    stories: int
    problems: tuple[Problem, ...] = ()
    """What went wrong while it was made."""
    rendered: tuple[tuple[str, str], ...] = ()
    """(kind, name) of the tasks that ran."""
    tracebacks: tuple[str, ...] = ()
    made: tuple[Made, ...] = ()
    """Every task whose artifacts are files of the site."""
    publishable: bool = True
    """Whether it may take the place of the site before it."""


def make_site(prepared: Prepared, output: HostOutput, now: datetime, listener: Listener, executor: Executor) -> Site:
    """Everything that Bulletin makes itself of the site of *now*.

    Where a task crashed, nothing is to be published; with ``keep_going`` the stories that cannot be shown without it
    are left out, as are stories with errors, and so is an output that is about no story. Its file of an earlier build
    goes too: it may show what was withdrawn since. A site without a front page is never published.
    """
    options = prepared.options
    shared = page_setting(prepared, output)
    origins = Origins(prepared.checked)
    left_out: set[str] = set()
    ran: list[tuple[str, str]] = []
    crashes: dict[tuple[str, str], tuple[Problem, str]] = {}
    while True:
        run = Run(prepared.cache, executor, origins, listener)
        newsroom = index(prepared.checked, now, options.audience, left_out)
        artifacts = _render(run, newsroom, prepared, output, shared)
        ran += run.ran
        for (task, crash), problem in zip(run.crashed, run.crash_problems(), strict=True):
            crashes[task.kind, task.name] = problem, crash.traceback
        lost = run.lost_stories() - left_out
        if not (lost and options.keep_going and not run.problems):
            break
        left_out |= lost
    front = any(artifact.path == urls.file_of("") for artifact in artifacts)
    return Site(
        tuple(artifacts),
        len(newsroom.stories),
        (*run.problems, *run.notices, *(problem for problem, _ in crashes.values())),
        tuple(ran),
        tuple(traceback for _, traceback in crashes.values() if traceback),
        tuple(published(run.made)),
        publishable=not run.problems and (not crashes or (options.keep_going and front)),
    )


def page_setting(prepared: Prepared, output: HostOutput) -> Shared:
    """What all pages share. Raises ``HostError`` for a frame that is not whole."""
    try:
        frame = split_frame(output.frame)
    except FrameError as error:
        raise HostError("frame-broken", str(error)) from error
    chrome = make_chrome(prepared.settings, prepared.checked.taxonomy, output.pages)
    return Shared(PageSetting(prepared.theme.theme, frame, chrome))


def _render(run: Run, newsroom: Newsroom, prepared: Prepared, output: HostOutput, shared: Shared) -> list[Artifact]:
    """All pictures and pages; nothing when a picture or a text crashed, since pages are composed of them."""
    photos = run.photos(newsroom, prepared.checked)
    bodies = run.bodies(newsroom)
    if run.crashed:
        return []
    epaper, printed = make_epaper(run, newsroom, bodies, prepared.checked, prepared.root)
    preview = prepared.options.audience == "preview"
    desk = make_desk(newsroom, bodies, photos, prepared.checked, epaper, preview=preview)
    crops = run(crop_tasks(desk, prepared.checked), Shared())
    cards = run.cards(desk, prepared.checked)
    pages = run([*page_tasks(desk, output), *app_tasks(newsroom, prepared.checked)], shared)
    found = search_files(run, desk, prepared.checked)
    made = [*(artifact for _, variants in photos.values() for artifact in variants), *crops, *cards]
    made += [*pages, *found]
    kept = (*output.artifacts, *prepared.theme.static, *made, *offline_part(printed))
    made += printed
    return [*made, *run([worker_task(newsroom, prepared.theme, kept)], shared)]
