"""Rendering: which tasks a newsroom needs, and running them through the cache."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from site_builder.build.cache import Cache
from site_builder.build.check import CheckedNewsroom
from site_builder.build.events import Listener, silent
from site_builder.build.executing.lettering import card_faces
from site_builder.build.executing.running import Supply, run_tasks
from site_builder.build.executing.tasks import (
    Blob,
    Crash,
    Given,
    Outcome,
    Shared,
    Task,
    card_problem,
    crash_problem,
    task_keys,
    unpack_body,
)
from site_builder.build.host import HostOutput
from site_builder.build.origins import Origins
from site_builder.build.records import Made
from site_builder.model import urls
from site_builder.model.newsroom import Newsroom
from site_builder.model.settings import Settings
from site_builder.model.story import Body
from site_builder.problems import Problem
from site_builder.render import (
    compose_epaper,
    compose_feeds,
    compose_fronts,
    compose_pages,
    compose_sections,
    compose_story,
    inputs,
)
from site_builder.render.artifact import Artifact
from site_builder.render.compose import Desk
from site_builder.render.compose_pictures import Picture
from site_builder.render.epaper_inputs import PaperInput, PaperPageInput
from site_builder.render.facsimiles import Epaper
from site_builder.render.markdown import body_input
from site_builder.render.pages import is_indexed
from site_builder.render.pictures.cards import MISSING
from site_builder.render.pictures.crops import CropInput
from site_builder.render.pictures.images import PhotoInput, PublishInput
from site_builder.render.pictures.label import Label, label_of
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
    | PaperInput
    | PaperPageInput
)


Pictures = dict[tuple[str, Label], tuple[Picture, tuple[Artifact, ...]]]
"""By file and what is said of it: what pages show of the picture, and its files."""


class Run:
    """Runs tasks through the cache and remembers what really ran and what went wrong."""

    def __init__(self, cache: Cache, executor: Executor, origins: Origins, listener: Listener = silent) -> None:
        self.cache = cache
        self.executor = executor
        self.origins = origins
        self.listener = listener
        self.ran: list[tuple[str, str]] = []
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self.crashed: list[tuple[Task, Crash]] = []
        self.made: list[Made] = []

    def __call__(self, tasks: Sequence[Task], shared: Shared) -> list[Artifact]:
        """The artifacts of *tasks*, in order."""
        return [artifact for outcome in self.outcomes(tasks, shared) for artifact in outcome.artifacts]

    def outcomes(self, tasks: Sequence[Task], shared: Shared, supply: Supply | None = None) -> list[Outcome]:
        """The outcomes of *tasks*, in order; what ran and what failed is noted."""
        outcomes = run_tasks(tasks, shared, self.cache, self.executor, self.listener, supply)
        for task, outcome in zip(tasks, outcomes, strict=True):
            self.made.append(Made(task, outcome))
            self.note(task, outcome)
        return outcomes

    def note(self, task: Task, outcome: Outcome) -> None:
        """Remember whether *task* really ran, and what went wrong."""
        if not outcome.cached:
            self.ran.append((task.kind, task.name))
        if outcome.problem:
            self.problems.append(outcome.problem)
        if outcome.crash:
            self.crashed.append((task, outcome.crash))

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

    def photos(self, newsroom: Newsroom, checked: CheckedNewsroom) -> Pictures:
        """The pictures of visible stories with their files; no other picture is published.

        Pixels are made once for each original; a new caption only writes another label round them. Two stories that
        say different things of one picture have files of their own. Pictures that crashed are missing.
        """
        tasks = _photo_tasks(newsroom, checked)
        self._keep_pixels(tasks)
        made: Pictures = {}
        for task, outcome in zip(tasks, self.outcomes(tasks, Shared(), self._with_pixels), strict=True):
            if not outcome.artifacts:
                continue
            photo: PublishInput = task.input
            size = outcome.artifacts[-1].size
            measured = checked.photos[photo.file]
            paths = tuple(artifact.path for artifact in outcome.artifacts)
            picture = Picture(photo.digest, measured.width, measured.height, measured.tone, paths, size)
            made[photo.file, photo.label] = (picture, outcome.artifacts)
        return made

    def cards(self, desk: Desk, checked: CheckedNewsroom) -> list[Artifact]:
        """The social cards of every story; a sign that no font has is told, and 〓 stands for it."""
        tasks = card_tasks(desk, checked)
        shared = Shared(faces=card_faces(checked.card_fonts)) if tasks else Shared()
        made = []
        for task, outcome in zip(tasks, self.outcomes(tasks, shared), strict=True):
            for artifact in outcome.artifacts:
                if artifact.path != MISSING:
                    made.append(artifact)
                elif artifact.size:
                    self.notices.append(card_problem(self.origins.home(task), artifact.data.decode()))
        return made

    def _with_pixels(self, tasks: Sequence[Task]) -> Sequence[Task | None]:
        """*tasks* with the pixels that they label."""
        works = _pixel_tasks(tasks)
        outcomes = dict(zip(works, self.outcomes(list(works.values()), Shared()), strict=True))
        made = [outcomes[task.input.file].artifacts for task in tasks]
        return [
            replace(task, blob=Given(pixels, task.input.digest)) if pixels else None
            for task, pixels in zip(tasks, made, strict=True)
        ]

    def _keep_pixels(self, tasks: Sequence[Task]) -> None:
        """Pixels stay in the cache while their picture is used, though they are read for a new caption only."""
        for key in task_keys(_pixel_tasks(tasks).values(), Shared()):
            self.cache.touch(key)


def make_desk(
    newsroom: Newsroom,
    bodies: Mapping[str, Body],
    photos: Pictures,
    checked: CheckedNewsroom,
    epaper: Epaper | None = None,
    *,
    preview: bool = False,
) -> Desk:
    """All that pages and feeds are composed from."""
    pictures = {shown: picture for shown, (picture, _) in photos.items()}
    return Desk(newsroom, bodies, pictures, checked.card_fonts.digest, epaper or Epaper(), preview)


def _photo_tasks(newsroom: Newsroom, checked: CheckedNewsroom) -> list[Task]:
    """A task for each picture and what is said of it, named after its file; after the story too where several do."""
    users: dict[tuple[str, Label], str] = {}
    for story in newsroom.stories:
        for photo in story.photos:
            users.setdefault((photo.file, label_of(photo)), story.id)
    labels = Counter(file for file, _ in users)
    tasks = []
    for (file, label), story_id in users.items():
        found = checked.photos[file]
        name = file if labels[file] == 1 else f"{file} ({story_id})"
        tasks.append(Task("photo", name, PublishInput(file, found.digest, label), Blob(found.path, found.digest)))
    return tasks


def _pixel_tasks(tasks: Sequence[Task]) -> dict[str, Task]:
    """The tasks that make the pixels for *tasks*, by file."""
    return {
        task.input.file: Task("pixels", task.input.file, PhotoInput(task.input.file, task.input.digest), task.blob)
        for task in tasks
    }


def crop_tasks(desk: Desk, checked: CheckedNewsroom) -> list[Task]:
    """The crops of every story's first picture, named after the first story that shows it so."""
    users: dict[CropInput, str] = {}
    for story in desk.newsroom.stories:
        crop = desk.crops(story)
        if crop and crop.sizes():
            users.setdefault(crop, story.id)
    files = (checked.photos[crop.file] for crop in users)
    return [
        Task("crops", story_id, crop, Blob(photo.path, photo.digest))
        for (crop, story_id), photo in zip(users.items(), files, strict=True)
    ]


def card_tasks(desk: Desk, checked: CheckedNewsroom) -> list[Task]:
    """The social cards of every story, where the newsroom wants them."""
    if not desk.newsroom.settings.social_cards:
        return []
    tasks = []
    for story in desk.newsroom.stories:
        photo = checked.photos[story.photos[0].file] if story.photos else None
        tasks.append(Task("card", story.id, desk.card(story), Blob(photo.path, photo.digest) if photo else None))
    return tasks


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
    tasks += [Task("iiif", manifest.url, manifest) for manifest in compose_epaper.manifests(desk)]
    tasks.append(Task("opml", urls.OPML, compose_feeds.opml(desk, follow)))
    tasks.append(Task("sitemap", "sitemap.xml", _sitemap(desk, pages, output)))
    if newsroom.settings.news_sitemap:
        tasks.append(Task("news", urls.NEWS_SITEMAP, compose_feeds.news_sitemap(desk)))
    return [*tasks, *_server_tasks(newsroom.settings, output)]


def _server_tasks(settings: Settings, output: HostOutput) -> Iterator[Task]:
    """Files for crawlers and servers; a newsroom's own in its folder of ordinary pages take their place."""
    given = {artifact.path for artifact in output.artifacts}
    if "robots.txt" not in given:
        yield Task("robots", "robots.txt", RobotsInput(settings.site_url, settings.news_sitemap))
    if "_headers" not in given:
        yield Task("headers", "_headers", HeadersInput(settings.site_url))


def _pages(desk: Desk) -> Iterator[Page]:
    newsroom = desk.newsroom
    yield compose_pages.front_page(desk)
    for story in newsroom.stories:
        yield compose_story.story_page(desk, story)
    for story in newsroom.withdrawn:
        yield inputs.TombstoneInput(story.id, urls.story(story.id), story.date)
    for section in newsroom.taxonomy.sections:
        yield compose_sections.section_front(desk, section)
    for edition in newsroom.editions:
        yield compose_pages.edition_page(desk, edition)
    yield from compose_epaper.epaper_pages(desk)
    yield compose_pages.edition_list(desk)
    yield from compose_pages.edition_years(desk)
    yield from compose_fronts.named_fronts(desk)
    yield from compose_fronts.indexes(desk)
    yield from compose_fronts.list_pages(desk)
    yield compose_fronts.browse(desk)
    yield compose_pages.archive_page(desk)
    for month in newsroom.by_month:
        yield compose_pages.month_page(desk, month)
    yield compose_pages.search_page(desk)
    if newsroom.settings.offline:
        yield inputs.OfflineInput(urls.OFFLINE)


def _sitemap(desk: Desk, pages: Sequence[Page], output: HostOutput) -> SitemapInput:
    changed = {urls.story(s.id): s.updated or s.date for s in desk.newsroom.stories}
    listed = [(page.url, changed.get(page.url)) for page in pages if is_indexed(page)]
    listed += [(url, None) for _, url in output.pages]
    return SitemapInput(desk.newsroom.settings.site_url, tuple(sorted(listed, key=lambda row: row[0])))
