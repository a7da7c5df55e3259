"""What a build adds for reading offline: icons, manifest, and the service worker, which lists finished files."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.build.check import CheckedNewsroom
from site_builder.build.executing.tasks import Task
from site_builder.build.theme_files import ThemeFiles
from site_builder.model import urls
from site_builder.model.newsroom import Newsroom
from site_builder.render.artifact import Artifact
from site_builder.render.offline import ManifestInput, WorkerInput, compose_worker
from site_builder.render.pictures.icons import IconInput

NEWEST = 12
"""Stories that are kept where there is no edition."""
_WORKING = "sw.js"
_RETIRED = "retired.js"


def app_tasks(newsroom: Newsroom, checked: CheckedNewsroom) -> list[Task]:
    """The manifest and its icons."""
    settings = newsroom.settings
    logo = checked.icon
    icons = Task("icons", "icons", IconInput(logo.digest if logo else ""), logo)
    manifest = ManifestInput(settings.site_name, settings.description, settings.language)
    return [Task("manifest", urls.MANIFEST, manifest), icons]


def worker_task(newsroom: Newsroom, theme: ThemeFiles, artifacts: Iterable[Artifact]) -> Task:
    """The service worker of a site that consists of *artifacts*.

    Where the settings want none it is one that takes itself away with all that it kept.
    """
    settings = newsroom.settings
    if not settings.offline:
        return Task("worker", urls.WORKER, WorkerInput(theme.workers[_RETIRED], settings.language))
    files = {artifact.path: artifact.data for artifact in artifacts}
    withdrawn = (urls.story(story.id) for story in newsroom.withdrawn)
    code = theme.workers[_WORKING]
    return Task("worker", urls.WORKER, compose_worker(code, settings.language, _pages(newsroom), withdrawn, files))


def _pages(newsroom: Newsroom) -> list[str]:
    """URLs of the front, the last edition, and its stories in printed order."""
    if not newsroom.editions:
        return ["", *(urls.story(story.id) for story in newsroom.stories[:NEWEST])]
    edition = newsroom.editions[0]
    return ["", urls.edition(edition.date), *(urls.story(story.id) for story in newsroom.edition_stories(edition))]
