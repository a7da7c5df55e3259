"""Rendering: which tasks a newsroom needs, and running them through the cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor

from site_builder.build.cache import Cache
from site_builder.build.check import CheckedNewsroom
from site_builder.build.events import Listener, silent
from site_builder.build.executing.running import run_tasks
from site_builder.build.executing.tasks import Blob, Crash, Outcome, Shared, Task, crash_problem, unpack_body
from site_builder.build.host import HostOutput
from site_builder.build.origins import Origins
from site_builder.build.records import Made
from site_builder.model import urls
from site_builder.model.newsroom import Newsroom
from site_builder.model.story import Body, Story
from site_builder.problems import Problem
from site_builder.render import compose_feeds, compose_fronts, compose_pages, compose_story, inputs
from site_builder.render.artifact import Artifact
from site_builder.render.compose import Desk, Picture
from site_builder.render.images import PhotoInput
from site_builder.render.markdown import BodyInput
from site_builder.render.security import HeadersInput
from site_builder.render.sitemap import RobotsInput, SitemapInput

Page = (
    inputs.FrontInput
    | inputs.StoryInput
    | inputs.TombstoneInput
    | inputs.SectionInput
    | inputs.NamedInput
    | inputs.ListPageInput
    | inputs.IndexInput
    | inputs.BrowseInput
    | inputs.FollowInput
    | inputs.EditionInput
    | inputs.EditionListInput
    | inputs.EditionYearInput
    | inputs.ArchiveInput
    | inputs.MonthInput
    | inputs.SearchPageInput
    | inputs.OfflineInput
)


class Run:
    """Runs tasks through the cache and remembers what really ran and what went wrong."""

    def __init__(self, cache: Cache, executor: Executor, origins: Origins, listener: Listener = silent) -> None:
        self.cache = cache
        self.executor = executor
        self.origins = origins
        self.listener = listener
        self.ran: list[tuple[str, str]] = []
        self.problems: list[Problem] = []
        self.crashed: list[tuple[Task, Crash]] = []
        self.made: list[Made] = []

    def __call__(self, tasks: Sequence[Task], shared: Shared) -> list[Artifact]:
        """The artifacts of *tasks*, in order."""
        return [artifact for outcome in self.outcomes(tasks, shared) for artifact in outcome.artifacts]

    def outcomes(self, tasks: Sequence[Task], shared: Shared) -> list[Outcome]:
        """The outcomes of *tasks*, in order; what ran and what failed is noted."""
        outcomes = run_tasks(tasks, shared, self.cache, self.executor, self.listener)
        for task, outcome in zip(tasks, outcomes, strict=True):
            self.made.append(Made(task, outcome))
            if not outcome.cached:
                self.ran.append((task.kind, task.name))
            if outcome.problem:
                self.problems.append(outcome.problem)
            if outcome.crash:
                self.crashed.append((task, outcome.crash))
        return outcomes

    def lost_stories(self) -> set[str]:
        """Ids of the stories that cannot be shown, since something they need crashed."""
        return {story for task, _ in self.crashed for story in self.origins.stories(task)}

    def crash_problems(self) -> list[Problem]:
        """A problem for each task that crashed, at the file it is about."""
        return [crash_problem(task, crash, self.origins.home(task)) for task, crash in self.crashed]

    def bodies(self, newsroom: Newsroom) -> Mapping[str, Body]:
        """The rendered body of every visible story, but for those that crashed."""
        tasks = [Task("body", story.id, body_input(story)) for story in newsroom.stories]
        outcomes = self.outcomes(tasks, Shared())
        made = zip(tasks, outcomes, strict=True)
        return {task.name: unpack_body(outcome.artifacts[0]) for task, outcome in made if not outcome.crash}

    def photos(self, newsroom: Newsroom, checked: CheckedNewsroom) -> dict[str, tuple[Picture, tuple[Artifact, ...]]]:
        """The pictures of visible stories with their variants; no other picture is published.

        Pictures that crashed are missing.
        """
        files = dict.fromkeys(photo.file for story in newsroom.stories for photo in story.photos)
        tasks = []
        for file in files:
            photo = checked.photos[file]
            tasks.append(Task("photo", file, PhotoInput(file, photo.digest), Blob(photo.path, photo.digest)))
        made = {}
        for task, outcome in zip(tasks, self.outcomes(tasks, Shared()), strict=True):
            if outcome.crash:
                continue
            photo = checked.photos[task.name]
            size = outcome.artifacts[-1].size
            picture = Picture(photo.digest, photo.width, photo.height, size)
            made[task.name] = (picture, outcome.artifacts)
        return made


def page_tasks(desk: Desk, output: HostOutput) -> list[Task]:
    """Every page, feed and index of the site."""
    newsroom = desk.newsroom
    follow = compose_feeds.follow(desk)
    pages = [*_pages(desk), follow]
    redirects = [
        inputs.RedirectInput(urls.story(alias), urls.story(story.id))
        for story in newsroom.stories
        for alias in story.aliases
    ]
    tasks = [Task("page", page.url or "/", page) for page in pages]
    tasks += [Task("redirect", redirect.url, redirect) for redirect in redirects]
    tasks += [Task("feed", feed.url or "/", feed) for feed in compose_feeds.all_feeds(desk)]
    tasks.append(Task("opml", urls.OPML, compose_feeds.opml(desk, follow)))
    tasks.append(Task("search", urls.SEARCH_DATA, compose_pages.search_entries(desk)))
    tasks.append(Task("sitemap", "sitemap.xml", _sitemap(desk, pages, output)))
    return [*tasks, *_server_tasks(newsroom.settings.site_url, output)]


def _server_tasks(site_url: str, output: HostOutput) -> Iterator[Task]:
    """Files for crawlers and servers; a newsroom's own in its folder of ordinary pages take their place."""
    given = {artifact.path for artifact in output.artifacts}
    if "robots.txt" not in given:
        yield Task("robots", "robots.txt", RobotsInput(site_url))
    if "_headers" not in given:
        yield Task("headers", "_headers", HeadersInput(site_url))


def _pages(desk: Desk) -> Iterator[Page]:
    newsroom = desk.newsroom
    yield compose_pages.front_page(desk)
    for story in newsroom.stories:
        yield compose_story.story_page(desk, story)
    for story in newsroom.withdrawn:
        yield inputs.TombstoneInput(story.id, urls.story(story.id), story.date)
    for section in newsroom.taxonomy.sections:
        yield compose_pages.section_front(desk, section)
    for edition in newsroom.editions:
        yield compose_pages.edition_page(desk, edition)
    yield compose_pages.edition_list(desk)
    yield from compose_pages.edition_years(desk)
    yield from compose_fronts.named_fronts(desk)
    yield from compose_fronts.indexes(desk)
    yield from compose_fronts.list_pages(desk)
    yield compose_fronts.browse(desk)
    yield compose_pages.archive_page(desk)
    for month in newsroom.by_month:
        yield compose_pages.month_page(desk, month)
    yield inputs.SearchPageInput(urls.SEARCH, urls.SEARCH_DATA, urls.ARCHIVE)
    if newsroom.settings.offline:
        yield inputs.OfflineInput(urls.OFFLINE)


def _sitemap(desk: Desk, pages: Sequence[Page], output: HostOutput) -> SitemapInput:
    changed = {urls.story(s.id): s.updated or s.date for s in desk.newsroom.stories}
    hidden = (inputs.TombstoneInput, inputs.SearchPageInput, inputs.OfflineInput)  # their heads say noindex
    listed = [(page.url, changed.get(page.url)) for page in pages if not isinstance(page, hidden)]
    listed += [(url, None) for _, url in output.pages]
    return SitemapInput(desk.newsroom.settings.site_url, tuple(sorted(listed, key=lambda row: row[0])))


def body_input(story: Story) -> BodyInput:
    """What the body of *story* is rendered from."""
    return BodyInput(
        markdown=story.body,
        dateline=str(story.dateline or ""),
        gap=story.dateline_gap if story.byline_in_lead else "",
        byline=str(story.byline) if story.byline_in_lead else "",
        end_byline=str(story.byline) if story.end_byline else "",
        photos=tuple(photo.file for photo in story.photos),
    )
