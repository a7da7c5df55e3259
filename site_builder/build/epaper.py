"""The e-paper in a build: locked pages to facsimiles, through the cache. Nothing is laid out, and nothing solved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.build.check import CheckedNewsroom, PhotoFile
from site_builder.build.executing.tasks import Given, Shared, Task
from site_builder.build.fingerprint import digest, digest_bytes
from site_builder.build.printing.facsimiles import PressRoom
from site_builder.build.printing.nameplate import read_nameplate
from site_builder.build.rendering import Run
from site_builder.build.theme_files import read_format, read_sheet_theme
from site_builder.errors import BuildError, UsageError
from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.model.edition import Edition, EditionPage
from site_builder.model.newsroom import Newsroom
from site_builder.model.story import Body
from site_builder.paper.page.facsimile import FacsimileInput, masthead_settings, on_paper, only_page
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Nameplate
from site_builder.paper.page.lock import LockedPage
from site_builder.paper.page.requesting import contents_entries
from site_builder.render.artifact import Artifact
from site_builder.render.dates import lunar_date
from site_builder.render.facsimiles import Epaper, Facsimile, read_facsimile
from site_builder.render.pictures.facsimiles import WIDTHS

EPAPER_KINDS = frozenset({"facsimile", "edition-pdf"})
TEMPLATE = "page"
THUMBNAIL = f"-{WIDTHS[0]}.webp"


@dataclass(frozen=True, slots=True)
class _Original:
    """A picture on disk, read when its page is really made."""

    file: PhotoFile

    @property
    def digest(self) -> str:
        """Hex SHA-256 of its bytes."""
        return self.file.digest

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.file.path.stat().st_size

    def read(self) -> bytes:
        """Its bytes."""
        return self.file.path.read_bytes()


def make_epaper(
    run: Run, newsroom: Newsroom, bodies: Mapping[str, Body], checked: CheckedNewsroom, root: Path
) -> tuple[Epaper, list[Artifact]]:
    """The e-paper, and all files of its pages: of those whose stories still fit the places they were locked in."""
    tasks = _Composer(newsroom, bodies, checked, root).tasks()
    if not tasks:
        return Epaper(), []
    room = PressRoom(root, read_sheet_theme(root, TEMPLATE), checked.fonts)
    shared = Shared(press=room)
    pages: dict[tuple[date, int], Facsimile] = {}
    artifacts: list[Artifact] = []
    editions: dict[date, list[Task]] = {}
    for task, outcome in zip(tasks, run.outcomes(tasks, shared), strict=True):
        if outcome.artifacts:
            day = task.input.edition.date
            pages[day, task.input.number] = read_facsimile(day, outcome.artifacts)
            artifacts += outcome.artifacts
            editions.setdefault(day, []).append(task)
    whole = list(_edition_pdfs(editions.values()))
    pdfs: dict[date, int] = {}
    for task, outcome in zip(whole, run.outcomes(whole, shared), strict=True):
        artifacts += outcome.artifacts
        for artifact in outcome.artifacts:
            pdfs[task.input[0].edition.date] = artifact.size
    return Epaper(pages, pdfs), artifacts


def offline_part(printed: Iterable[Artifact]) -> list[Artifact]:
    """What a service worker may keep of the files of printed pages: all of an archive's would fill the memory."""
    return [artifact for artifact in printed if artifact.path.endswith(THUMBNAIL)]


def _edition_pdfs(editions: Iterable[Sequence[Task]]) -> Iterable[Task]:
    """A task for each edition whose pages have one format."""
    for tasks in editions:
        pages = tuple(task.input for task in tasks)
        if len({digest(page.format) for page in pages}) == 1:
            name = urls.epaper(pages[0].edition.date) + urls.EDITION_PDF
            blobs = [task.blob for task in tasks if isinstance(task.blob, Given)]
            given = {artifact.path: artifact for blob in blobs for artifact in blob.artifacts}
            yield Task(
                "edition-pdf", name, pages, Given(tuple(given.values()), digest([blob.digest for blob in blobs]))
            )


class _Composer:
    """Composes the inputs of the pages, which alone decide what each may see."""

    def __init__(self, newsroom: Newsroom, bodies: Mapping[str, Body], checked: CheckedNewsroom, root: Path) -> None:
        self.newsroom, self.bodies, self.checked, self.root = newsroom, bodies, checked, root
        self.settings = masthead_settings(newsroom.settings)
        self.formats: dict[str, Format | None] = {}
        self.setting = ""
        self.nameplate: tuple[Nameplate, bytes] | None = None

    def tasks(self) -> list[Task]:
        """A task for each locked page of the newsroom's editions."""
        locked = [
            (edition, page, entry)
            for edition in self.newsroom.editions
            for page in sorted(edition.pages, key=lambda page: page.number)
            if (lock := self.checked.locks.get(edition.date)) and (entry := lock.page(page.number))
        ]
        if locked:
            try:
                self.nameplate = read_nameplate(self.root, self.settings.publication.nameplate)
            except BuildError:
                return []  # bulletin print tells it
            self.setting = digest((read_sheet_theme(self.root, TEMPLATE), self.checked.fonts))
        return [task for row in locked if (task := self._task(*row))]

    def _task(self, edition: Edition, page: EditionPage, locked: LockedPage) -> Task | None:
        wanted = page.format or edition.format or locked.format
        form = self._format(wanted)
        if form is None or wanted != locked.format or not page.placements:
            return None
        stories = [self.newsroom.by_id[placement.story] for placement in page.placements]
        files = [photo.file for story in stories for photo in story.photos]
        files += [advert.file for advert in page.advertisements if advert.file in self.checked.photos]
        photos = {file: self.checked.photos[file] for file in files}
        given = tuple(Artifact(file, _Original(photo)) for file, photo in photos.items())
        mark = digest((self.setting, [photo.digest for photo in photos.values()]))
        if self.nameplate:
            nameplate, data = self.nameplate
            given = (*given, Artifact(nameplate.file, data))
            mark = digest((mark, digest_bytes(data)))
        headlines = {story.id: story.headline for story in self.newsroom.edition_stories(edition)}
        task_input = FacsimileInput(
            only_page(edition, page),
            page.number,
            self.settings,
            form,
            locked,
            tuple((on_paper(story), self.bodies[story.id].html) for story in stories),
            tuple((file, photo.width, photo.height) for file, photo in photos.items()),
            contents_entries(edition, page, headlines) if page.contents else (),
            self.nameplate[0] if self.nameplate else None,
            lunar_date(edition.date, load_messages(self.settings.language)),
            mark,
        )
        return Task("facsimile", urls.facsimile(edition.date, page.number), task_input, Given(given, mark))

    def _format(self, name: str) -> Format | None:
        """The format called *name*; ``None`` when it is gone or wrong, which ``bulletin print`` tells."""
        if name not in self.formats:
            try:
                self.formats[name] = read_format(self.root, name)
            except (UsageError, BuildError):
                self.formats[name] = None
        return self.formats[name]
