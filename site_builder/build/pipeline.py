"""The order of stages, and nothing else: read, check, index, render, write.

Two halves, since a host may stand between them: ``prepare`` knows what the chrome of every page needs,
``produce`` makes the site from what the host gave.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from site_builder.build.cache import Cache, DiskCache, NoCache
from site_builder.build.check import CheckedNewsroom, check_sources
from site_builder.build.clock import Clock
from site_builder.build.events import Listener, Stage
from site_builder.build.executors import SerialExecutor
from site_builder.build.fingerprint import code_version, digest, library_versions
from site_builder.build.host import Host, HostOutput, HostRequest
from site_builder.build.manifest import manifest_path, read_manifest, write_manifest
from site_builder.build.publish import publish, recover
from site_builder.build.sources import CONFIG_FILE, StatCache, read_sources
from site_builder.build.tasks import Blob, Outcome, Shared, Task, run_tasks, unpack_body
from site_builder.build.theme_files import ThemeFiles, read_theme
from site_builder.build.writer import plan_changes
from site_builder.errors import BuildError, HostError
from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.model.newsroom import Newsroom, build_newsroom
from site_builder.model.settings import Settings
from site_builder.model.story import Audience, Body, Story
from site_builder.problems import Problem, has_errors, sort_problems
from site_builder.render import inputs
from site_builder.render.artifact import Artifact
from site_builder.render.compose import Desk, Picture
from site_builder.render.compose_feeds import section_feeds, site_feed
from site_builder.render.frame import FrameError, split_frame
from site_builder.render.images import PhotoInput
from site_builder.render.markdown import BodyInput
from site_builder.render.pages import PageSetting
from site_builder.render.sitemap import SitemapInput

WORK_DIR = ".bulletin"


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

    @property
    def failed(self) -> bool:
        """Whether the site was left as it was, or lacks stories that have errors."""
        return has_errors(self.problems)


@dataclass(frozen=True)
class Prepared:
    """A newsroom that was read and checked."""

    root: Path
    checked: CheckedNewsroom
    theme: ThemeFiles
    cache: Cache
    started: float

    @property
    def settings(self) -> Settings:
        """The settings; a newsroom without any never gets here."""
        assert self.checked.settings is not None
        return self.checked.settings


def check(root: Path, *, executor: Executor | None = None) -> CheckedNewsroom:
    """Everything that is wrong in the newsroom at *root*; nothing is written but the cache."""
    stats = StatCache(root / WORK_DIR / "stat.json")
    checked = check_sources(read_sources(root), DiskCache(_cache_dir(root)), stats, executor or SerialExecutor())
    with contextlib.suppress(OSError):
        stats.save()
    return checked


def prepare(root: Path, options: Options, executor: Executor) -> Prepared | Report:
    """Read and check; a Report instead when the build must stop here."""
    started = time.monotonic()
    cache: Cache = NoCache() if options.clean else DiskCache(_cache_dir(root))
    stats = StatCache(root / WORK_DIR / "stat.json")
    checked = check_sources(read_sources(root), cache, stats, executor)
    stats.save()
    if checked.settings is None or (has_errors(checked.problems) and not options.keep_going):
        return Report(checked.problems, len(checked.stories), seconds=time.monotonic() - started)
    return Prepared(root, checked, read_theme(root), cache, started)


def build(
    root: Path, host: Host, clock: Clock, options: Options, listener: Listener, executor: Executor | None = None
) -> Report:
    """The whole build."""
    executor = executor or SerialExecutor()
    with lock(root):
        listener(Stage("read"))
        prepared = prepare(root, options, executor)
        if isinstance(prepared, Report):
            return prepared
        listener(Stage("host"))
        output = _host_output(prepared, host)
        return produce(prepared, output, clock, options, listener, executor)


def host_request(prepared: Prepared) -> HostRequest:
    """What the host is asked to render."""
    chrome = _chrome(prepared, ())
    words = load_messages(prepared.settings.language).section("site")
    return HostRequest(
        prepared.root,
        prepared.root / CONFIG_FILE,
        prepared.theme.overrides,
        {**asdict(chrome), "t": words},
    )


def produce(
    prepared: Prepared,
    output: HostOutput,
    clock: Clock,
    options: Options,
    listener: Listener,
    executor: Executor,
) -> Report:
    """Render and publish the site from a checked newsroom and the host's pages."""
    checked, settings = prepared.checked, prepared.settings
    run = _Run(prepared.cache, executor)
    newsroom = build_newsroom(
        settings, checked.taxonomy, checked.stories, checked.editions, _local(clock, settings), options.audience
    )
    try:
        frame = split_frame(output.frame)
    except FrameError as error:
        raise HostError("frame-broken", str(error)) from error
    shared = Shared(PageSetting(prepared.theme.theme, frame, _chrome(prepared, output.pages)))
    listener(Stage("render"))
    photos = run.photos(newsroom, checked)
    desk = Desk(newsroom, run.bodies(newsroom), {file: picture for file, (picture, _) in photos.items()})
    pages = run(_page_tasks(desk, output), shared)
    artifacts = [
        *output.artifacts,
        *prepared.theme.static,
        *(artifact for _, variants in photos.values() for artifact in variants),
        *pages,
    ]
    problems = sort_problems((*checked.problems, *run.problems))
    if run.problems:
        return Report(problems, len(newsroom.stories), seconds=time.monotonic() - prepared.started)
    listener(Stage("write"))
    return _publish(prepared, artifacts, options, Report(problems, len(newsroom.stories), rendered=tuple(run.ran)))


class _Run:
    """Runs tasks through the cache and remembers what really ran and what went wrong."""

    def __init__(self, cache: Cache, executor: Executor) -> None:
        self.cache = cache
        self.executor = executor
        self.ran: list[tuple[str, str]] = []
        self.problems: list[Problem] = []

    def __call__(self, tasks: Sequence[Task], shared: Shared) -> list[Artifact]:
        return [artifact for outcome in self.outcomes(tasks, shared) for artifact in outcome.artifacts]

    def outcomes(self, tasks: Sequence[Task], shared: Shared) -> list[Outcome]:
        outcomes = run_tasks(tasks, shared, self.cache, self.executor)
        for task, outcome in zip(tasks, outcomes, strict=True):
            if not outcome.cached:
                self.ran.append((task.kind, task.name))
            if outcome.problem:
                self.problems.append(outcome.problem)
        return outcomes

    def bodies(self, newsroom: Newsroom) -> Mapping[str, Body]:
        """The rendered body of every visible story."""
        tasks = [Task("body", story.id, _body_input(story)) for story in newsroom.stories]
        outcomes = self.outcomes(tasks, Shared())
        return {task.name: unpack_body(outcome.artifacts[0]) for task, outcome in zip(tasks, outcomes, strict=True)}

    def photos(self, newsroom: Newsroom, checked: CheckedNewsroom) -> dict[str, tuple[Picture, tuple[Artifact, ...]]]:
        """The pictures of visible stories with their variants; no other picture is published."""
        files = dict.fromkeys(photo.file for story in newsroom.stories for photo in story.photos)
        tasks = []
        for file in files:
            photo = checked.photos[file]
            tasks.append(Task("photo", file, PhotoInput(file, photo.digest), Blob(photo.path, photo.digest)))
        made = {}
        for task, outcome in zip(tasks, self.outcomes(tasks, Shared()), strict=True):
            photo = checked.photos[task.name]
            size = len(outcome.artifacts[-1].data)
            picture = Picture(photo.digest, photo.width, photo.height, size)
            made[task.name] = (picture, outcome.artifacts)
        return made


def _body_input(story: Story) -> BodyInput:
    return BodyInput(
        markdown=story.body,
        dateline=str(story.dateline or ""),
        gap=story.dateline_gap if story.byline_in_lead else "",
        byline=str(story.byline) if story.byline_in_lead else "",
        end_byline=str(story.byline) if story.end_byline else "",
        photos=tuple(photo.file for photo in story.photos),
    )


def _page_tasks(desk: Desk, output: HostOutput) -> list[Task]:
    """Every page, feed and index of the site."""
    newsroom = desk.newsroom
    pages = list(_pages(desk))
    redirects = [
        inputs.RedirectInput(urls.story(alias), urls.story(story.id))
        for story in newsroom.stories
        for alias in story.aliases
    ]
    tasks = [Task("page", page.url or "/", page) for page in pages]
    tasks += [Task("redirect", redirect.url, redirect) for redirect in redirects]
    feeds = [feed for feed in (site_feed(desk), *section_feeds(desk)) if feed]
    tasks += [Task("feed", feed.url or "/", feed) for feed in feeds]
    tasks.append(Task("search", urls.SEARCH_DATA, desk.search_entries()))
    tasks.append(Task("sitemap", "sitemap.xml", _sitemap(desk, pages, output)))
    return tasks


def _pages(desk: Desk) -> Iterator[_Page]:
    newsroom = desk.newsroom
    yield desk.front()
    for story in newsroom.stories:
        yield desk.story(story)
    for story in newsroom.withdrawn:
        yield inputs.TombstoneInput(story.id, urls.story(story.id), story.date)
    for section in newsroom.taxonomy.sections:
        yield desk.section(section)
    for edition in newsroom.editions:
        yield desk.edition(edition)
    yield desk.edition_list()
    yield desk.archive()
    for month in newsroom.by_month:
        yield desk.month(month)
    yield inputs.SearchPageInput(urls.SEARCH, urls.SEARCH_DATA, urls.ARCHIVE)


_Page = (
    inputs.FrontInput
    | inputs.StoryInput
    | inputs.TombstoneInput
    | inputs.SectionInput
    | inputs.EditionInput
    | inputs.EditionListInput
    | inputs.ArchiveInput
    | inputs.MonthInput
    | inputs.SearchPageInput
)


def _sitemap(desk: Desk, pages: Sequence[_Page], output: HostOutput) -> SitemapInput:
    changed = {urls.story(s.id): s.updated or s.date for s in desk.newsroom.stories}
    listed = [(page.url, changed.get(page.url)) for page in pages if not isinstance(page, inputs.TombstoneInput)]
    listed += [(url, None) for _, url in output.pages]
    return SitemapInput(desk.newsroom.settings.site_url, tuple(sorted(listed, key=lambda row: row[0])))


def _chrome(prepared: Prepared, pages: Sequence[tuple[str, str]]) -> inputs.Chrome:
    settings = prepared.settings
    return inputs.Chrome(
        site_name=settings.site_name,
        site_url=settings.site_url,
        description=settings.description,
        language=settings.language,
        publication=settings.publication,
        filing=settings.filing,
        sections=tuple(inputs.Link(s.name, urls.section(s.slug)) for s in prepared.checked.taxonomy.sections),
        ordinary_pages=tuple(inputs.Link(title, url) for title, url in pages),
    )


def _host_output(prepared: Prepared, host: Host) -> HostOutput:
    """The host's pages, from the cache unless something that it reads changed."""
    request = host_request(prepared)
    key = digest(("host", _host_inputs(prepared), request.chrome, code_version(), library_versions()))
    cached = prepared.cache.get(key)
    if cached is not None:
        return _unpack_output(cached)
    output = host.render(request)
    prepared.cache.put(key, _pack_output(output))
    return output


def _host_inputs(prepared: Prepared) -> dict[str, object]:
    pages = prepared.root / prepared.settings.pages_dir
    files = sorted(path for path in pages.rglob("*") if path.is_file())
    return {
        "config": (prepared.root / CONFIG_FILE).read_bytes(),
        "overrides": prepared.theme.overrides_digest,
        "pages": {path.relative_to(pages).as_posix(): path.read_bytes() for path in files},
    }


def _pack_output(output: HostOutput) -> list[Artifact]:
    pages = "\n".join(f"{url}\t{title}" for title, url in output.pages)
    return [Artifact.text("frame", output.frame), Artifact.text("pages", pages), *output.artifacts]


def _unpack_output(artifacts: Sequence[Artifact]) -> HostOutput:
    frame, pages, *rest = artifacts
    rows = (line.split("\t", 1) for line in pages.data.decode().split("\n") if line)
    return HostOutput(tuple(rest), frame.data.decode(), tuple((title, url) for url, title in rows))


def _publish(prepared: Prepared, artifacts: Sequence[Artifact], options: Options, report: Report) -> Report:
    site_dir = (options.site_dir or prepared.root / prepared.settings.site_dir).resolve()
    _guard_site_dir(site_dir, prepared)
    recover(site_dir)
    path = manifest_path(prepared.root / WORK_DIR, site_dir)
    changes = plan_changes(artifacts, read_manifest(path), site_dir)
    manifest = publish(changes, site_dir)
    write_manifest(path, manifest)
    if isinstance(prepared.cache, DiskCache):
        prepared.cache.prune()
    return replace(
        report,
        written=tuple(artifact.path for artifact in changes.write),
        unchanged=len(changes.keep),
        removed=changes.remove,
        seconds=time.monotonic() - prepared.started,
        site_dir=site_dir,
    )


def _guard_site_dir(site_dir: Path, prepared: Prepared) -> None:
    """The site never lies in or over what editors wrote."""
    root = prepared.root.resolve()
    precious = [root / name for name in ("content", "themes", "assets", prepared.settings.pages_dir)]
    if site_dir == root or any(
        site_dir.is_relative_to(folder) or folder.is_relative_to(site_dir) for folder in precious
    ):
        raise BuildError("site-dir-precious", str(site_dir))


def _local(clock: Clock, settings: Settings) -> datetime:
    return clock.now().astimezone(ZoneInfo(settings.timezone))


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


def _cache_dir(root: Path) -> Path:
    return root / WORK_DIR / "cache"
