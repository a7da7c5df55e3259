"""The order of stages, and nothing else: read, check, index, render, write.

Two halves, since a host may stand between them: ``prepare`` knows what the chrome of every page needs,
``produce`` makes the site from what the host gave.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from site_builder.build.cache import DamagedEntry, DiskCache
from site_builder.build.check import CheckedNewsroom
from site_builder.build.checking import WORK_DIR, check_with, open_cache
from site_builder.build.clock import Clock
from site_builder.build.collecting import few_collections
from site_builder.build.events import Listener, Stage, silent
from site_builder.build.executing.executors import Crew
from site_builder.build.explaining import Explainer
from site_builder.build.host import Host, HostOutput
from site_builder.build.hosting import host_output
from site_builder.build.making import Options, Prepared, make_site, page_setting
from site_builder.build.publishing.manifest import NAME as MANIFEST
from site_builder.build.publishing.manifest import Notes
from site_builder.build.publishing.publish import publish, recover
from site_builder.build.publishing.writer import plan_changes
from site_builder.build.records import records_file, update_records
from site_builder.build.theme_files import read_theme
from site_builder.errors import BuildError
from site_builder.model.settings import Settings
from site_builder.problems import Problem, has_errors, sort_problems
from site_builder.render.artifact import Artifact

T = TypeVar("T")


@dataclass(frozen=True)
class Report:
    """What a build did."""

    problems: tuple[Problem, ...]
    stories: int = 0
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    rendered: tuple[tuple[str, str], ...] = ()
    """(kind, name) of the tasks that ran, not taken from the cache."""
    seconds: float = 0.0
    site_dir: Path | None = None
    damaged: tuple[str, ...] = ()
    """Cache files that were broken and have been made anew."""
    checked: CheckedNewsroom | None = None
    """What the build was made from."""
    tracebacks: tuple[str, ...] = ()
    """Of tasks that crashed: for those who mend Bulletin."""

    @property
    def failed(self) -> bool:
        """Whether the site was left as it was, or lacks stories that have errors."""
        return has_errors(self.problems)


@few_collections()
def prepare(root: Path, options: Options, executor: Executor, listener: Listener = silent) -> Prepared | Report:
    """Read and check; a Report instead when the build must stop here.

    A publication that was cut short is undone first, so that "the site is as it was" is true in any case.
    """
    started = time.monotonic()
    cache = open_cache(root, renew=options.clean)
    checked = check_with(root, cache, executor, listener)
    if checked.settings is not None:
        recover(site_folder(root, checked.settings, options))
    if checked.settings is None or (has_errors(checked.problems) and not options.keep_going):
        return Report(
            checked.problems,
            len(checked.stories),
            seconds=time.monotonic() - started,
            checked=checked,
            tracebacks=checked.tracebacks,
        )
    if options.audience == "preview":  # a browser that kept drafts would show them when they are gone
        checked = replace(checked, settings=replace(checked.settings, offline=False))
    return Prepared(root, options, checked, read_theme(root), cache, started)


def build(
    root: Path, host: Host, clock: Clock, options: Options, listener: Listener, executor: Executor | None = None
) -> Report:
    """The whole build; without an *executor*, by a crew of its own."""
    if executor is None:
        with Crew(options.jobs) as crew:
            return build(root, host, clock, options, listener, crew)
    now = clock.now()  # one moment for the whole build, however long it takes
    with lock(root):
        listener(Stage("read"))
        prepared = prepare(root, options, executor, listener)
        if isinstance(prepared, Report):
            return prepared
        listener(Stage("host"))
        request = prepared.host_request()
        output = host_output(request, root / prepared.settings.pages_dir, prepared.theme, prepared.cache, host)
        return produce(prepared, output, now, listener, executor)


@few_collections()
def produce(prepared: Prepared, output: HostOutput, now: datetime, listener: Listener, executor: Executor) -> Report:
    """Render and publish the site of *now* from a checked newsroom and the host's pages."""
    return _with_care(prepared.cache, lambda: _produce(prepared, output, now, listener, executor))


def _produce(prepared: Prepared, output: HostOutput, now: datetime, listener: Listener, executor: Executor) -> Report:
    listener(Stage("render"))
    site = make_site(prepared, output, now, listener, executor)
    report = Report(
        sort_problems((*prepared.checked.problems, *site.problems)),
        site.stories,
        rendered=site.rendered,
        checked=prepared.checked,
        tracebacks=(*prepared.checked.tracebacks, *site.tracebacks),
        seconds=time.monotonic() - prepared.started,
    )
    if not site.publishable:
        return report
    listener(Stage("write"))
    artifacts = [*output.artifacts, *prepared.theme.static, *site.artifacts]
    report = _publish(prepared, artifacts, report)
    if report.site_dir is not None:
        records = records_file(prepared.root / WORK_DIR, report.site_dir)
        moment = now.astimezone(ZoneInfo(prepared.settings.timezone))
        update_records(records, site.made, page_setting(prepared, output), prepared.cache, moment)
    return report


def _with_care(cache: DiskCache, work: Callable[[], T]) -> T:
    """What *work* gives; when it meets damaged bytes, once more with every entry compared with its digests first.

    *work* publishes in its last step only, and all or nothing, so that nothing is done twice.
    """
    try:
        return work()
    except DamagedEntry:
        cache.thorough = True
        return work()


def explainer(root: Path, host: Host, clock: Clock, options: Options, executor: Executor) -> Explainer | Report:
    """Answers about the site of this newsroom; a Report instead when its settings cannot be read.

    Files with errors count as left out, as a build with ``keep_going`` would do.
    """
    now = clock.now()
    with lock(root):
        prepared = prepare(root, replace(options, keep_going=True), executor)
        if isinstance(prepared, Report):
            return prepared
        request = prepared.host_request()
        output = host_output(request, root / prepared.settings.pages_dir, prepared.theme, prepared.cache, host)
        site_dir = site_folder(root, prepared.settings, options)
        return _with_care(prepared.cache, lambda: Explainer(prepared, output, now, site_dir, root / WORK_DIR, executor))


def _publish(prepared: Prepared, artifacts: Sequence[Artifact], report: Report) -> Report:
    site_dir = site_folder(prepared.root, prepared.settings, prepared.options)
    _guard_site_dir(site_dir, prepared)
    notes = Notes(prepared.root / WORK_DIR, site_dir)
    changes = plan_changes(artifacts, site_dir, notes.seen)
    publish(changes, site_dir)
    notes.save(site_dir, changes.digests)
    prepared.cache.prune()
    return replace(
        report,
        written=tuple(artifact.path for artifact in changes.write if artifact.path != MANIFEST),
        unchanged=len(changes.keep) - (MANIFEST in changes.keep),
        removed=changes.remove,
        seconds=time.monotonic() - prepared.started,
        site_dir=site_dir,
        damaged=tuple(map(str, prepared.cache.damaged)),
    )


def site_folder(root: Path, settings: Settings, options: Options) -> Path:
    """Where the site goes. A preview has a place of its own: drafts never lie where a deployment reads."""
    if options.site_dir is not None:
        return options.site_dir.resolve()
    suffix = "-preview" if options.audience == "preview" else ""
    return (root / (settings.site_dir.rstrip("/") + suffix)).resolve()


def _guard_site_dir(site_dir: Path, prepared: Prepared) -> None:
    """The site never lies in or over what editors wrote, nor in a folder of other programs."""
    root = prepared.root.resolve()
    precious = [root / name for name in ("content", "themes", "assets", prepared.settings.pages_dir)]
    inside = site_dir.relative_to(root).parts if site_dir.is_relative_to(root) else ()
    if (
        site_dir == root
        or any(part.startswith(".") for part in inside)
        or any(site_dir.is_relative_to(folder) or folder.is_relative_to(site_dir) for folder in precious)
    ):
        raise BuildError("site-dir-precious", str(site_dir))


@contextlib.contextmanager
def lock(root: Path) -> Iterator[None]:
    """One build at a time in a newsroom."""
    work = root / WORK_DIR
    work.mkdir(exist_ok=True)
    try:
        with FileLock(work / "lock", timeout=0):
            yield
    except Timeout:
        raise BuildError("build-running", str(root)) from None
