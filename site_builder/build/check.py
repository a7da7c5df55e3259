"""From source files to checked values: every problem of the whole newsroom at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from site_builder.build.cache import Cache
from site_builder.build.events import Listener, silent
from site_builder.build.executing.running import run_tasks
from site_builder.build.executing.tasks import Blob, Outcome, Shared, Task, crash_problem
from site_builder.build.fingerprint import digest, digest_bytes
from site_builder.build.fonts import CardFonts, find_card_fonts, font_files
from site_builder.build.locks import assigned, read_locks
from site_builder.build.logo import find_logo
from site_builder.build.profiles import profile_fault
from site_builder.build.sources import PHOTOS, Sources, StatCache, find_photo, photo_spelling
from site_builder.model.edition import Edition
from site_builder.model.settings import Settings
from site_builder.model.story import Story
from site_builder.model.taxonomy import Taxonomy
from site_builder.paper.page.lock import Lock
from site_builder.problems import Problem, sort_problems
from site_builder.render.pictures.images import PhotoInput
from site_builder.schema.crosscheck import Consistent, crosscheck
from site_builder.schema.data import DataFiles, parse_data
from site_builder.schema.edition import parse_edition
from site_builder.schema.located import Located
from site_builder.schema.settings import parse_settings, setting_at
from site_builder.schema.story import StoryContext, parse_story
from site_builder.schema.text import SourceText, decode

Measuring = Callable[[Sequence[Task]], list[Outcome]]
"""Runs tasks that measure pictures."""


@dataclass(frozen=True)
class PhotoFile:
    """A picture of a story or an advertisement, found and measured."""

    path: Path
    digest: str
    width: int
    height: int
    tone: str
    """Name of the tone that stands in for it."""


_Use = tuple[Located[Story] | Located[Edition], tuple[str | int, ...]]
"""A file that shows a picture, and the place in it."""


@dataclass(frozen=True)
class CheckedNewsroom:
    """All that is right, and all that is wrong. Without settings nothing else was looked at."""

    settings: Settings | None
    taxonomy: Taxonomy
    stories: tuple[Story, ...]
    editions: tuple[Edition, ...]
    photos: dict[str, PhotoFile]
    problems: tuple[Problem, ...]
    files: int = 0
    """How many files were looked at."""
    story_ids: Mapping[str, str] = field(default_factory=dict)
    """Path of each story file → its id; of a file with errors, the id that it seems to have."""
    story_paths: Mapping[str, str] = field(default_factory=dict)
    """Story id → its file."""
    edition_paths: Mapping[date, str] = field(default_factory=dict)
    """Day of the edition → its file."""
    icon: Blob | None = None
    """The newsroom's own logo, where icons can be made of it."""
    card_fonts: CardFonts = field(default_factory=CardFonts)
    """The newsroom's own fonts that social cards are set in."""
    story_digests: Mapping[str, str] = field(default_factory=dict)
    """Story id → digest of its file."""
    locks: Mapping[date, Lock] = field(default_factory=dict)
    """Day of the edition → how its pages were laid out."""
    fonts: str = ""
    """Digest of the newsroom's own fonts, as paper is set in them."""
    tracebacks: tuple[str, ...] = ()
    """Of what crashed while pictures were measured: for those who mend Bulletin."""


def check_sources(
    sources: Sources, cache: Cache, stats: StatCache, executor: Executor, listener: Listener = silent
) -> CheckedNewsroom:
    """Check everything that editors wrote."""
    problems: list[Problem] = []
    tracebacks: list[str] = []

    def measured(tasks: Sequence[Task]) -> list[Outcome]:
        outcomes = run_tasks(tasks, Shared(), cache, executor, listener)
        tracebacks.extend(outcome.crash.traceback for outcome in outcomes if outcome.crash)
        return outcomes

    count = 1 + len(sources.stories) + len(sources.editions) + len(sources.data)
    settings = _settings(sources, problems)
    if settings is None:
        return CheckedNewsroom(None, Taxonomy(), (), (), {}, sort_problems(problems), files=count)
    texts = {name: _decoded(file.path, file.data, problems) for name, file in sources.data.items()}
    taxonomy, found = parse_data(DataFiles(**texts))
    problems += found
    wrong = {problem.path for problem in problems if problem.severity == "error"}
    incomplete = frozenset(name for name, file in sources.data.items() if file.path in wrong)
    context = StoryContext(taxonomy, ZoneInfo(settings.timezone), incomplete)
    stories, unreadable = _stories(sources, context, problems)
    editions = _editions(sources, problems)
    guessed = {story_id for ids in unreadable.values() for story_id in ids}
    consistent = crosscheck(stories, editions, taxonomy, guessed, incomplete)
    problems += consistent.problems
    locks = read_locks(sources.locks, [(edition.path, edition.value) for edition in consistent.editions])
    problems += locks.problems
    photos = _photos(sources.root, _uses(consistent), stats, measured, problems)
    icon, wrong_icon = find_logo(sources.root, settings)
    problems += wrong_icon
    card_fonts, wrong_fonts = find_card_fonts(sources.root, stats.digest)
    problems += wrong_fonts
    own_fonts = font_files(sources.root)
    data = {file.path: file.data for file in sources.stories}
    whole = [s for s in consistent.stories if all(photo.file in photos for photo in s.value.photos)]
    return CheckedNewsroom(
        settings,
        taxonomy,
        tuple(story.value for story in whole),
        tuple(assigned(edition.value, locks) for edition in consistent.editions),
        photos,
        sort_problems(problems),
        files=count,
        story_ids={story.path: story.value.id for story in stories}
        | {path: ids[0] for path, ids in unreadable.items()},
        story_paths={story.value.id: story.path for story in whole},
        edition_paths={edition.value.date: edition.path for edition in consistent.editions},
        icon=icon,
        card_fonts=card_fonts,
        story_digests={story.value.id: digest_bytes(data[story.path]) for story in whole},
        locks=locks.locks,
        fonts=digest([(path.relative_to(sources.root).as_posix(), stats.digest(path)) for path in own_fonts]),
        tracebacks=tuple(filter(None, tracebacks)),
    )


def _decoded(path: str, data: bytes, problems: list[Problem]) -> SourceText | None:
    text = decode(path, data)
    if isinstance(text, Problem):
        problems.append(text)
        return None
    return text


def _settings(sources: Sources, problems: list[Problem]) -> Settings | None:
    text = _decoded(sources.config.path, sources.config.data, problems)
    if text is None:
        return None
    checked = parse_settings(text)
    problems += checked.problems
    if checked.value is None:
        return None
    settings = checked.value.value
    if not (sources.root / settings.pages_dir).is_dir():
        problems.append(checked.value.problem("pages-dir-missing", ("docs_dir",), folder=settings.pages_dir))
    fault = profile_fault(sources.root, settings)
    if fault:
        # Only the press needs it, so the site goes on without.
        at = setting_at(checked.value, "print", "profile")
        file = settings.press_profile
        problems.append(checked.value.problem("profile-unusable", at, severity="warning", file=file, found=fault))
    return settings


def _stories(
    sources: Sources, context: StoryContext, problems: list[Problem]
) -> tuple[list[Located[Story]], dict[str, list[str]]]:
    """The stories without errors, and the ids that each other file may have, the likeliest first."""
    stories, unreadable = [], {}
    for file in sources.stories:
        text = _decoded(file.path, file.data, problems)
        checked = parse_story(text, context) if text else None
        if checked:
            problems += checked.problems
        if checked and checked.value:
            stories.append(checked.value)
        else:
            unreadable[file.path] = [*_ids_in(file.data), PurePosixPath(file.path).stem]
    return stories, unreadable


def _ids_in(data: bytes) -> list[str]:
    """The id that a story file without a value seems to have, so that no edition is blamed for naming it."""
    return [found.decode() for found in re.findall(rb"^(?:id|\xe7\xbc\x96\xe5\x8f\xb7) *: *([a-z0-9-]+)", data, re.M)]


def _editions(sources: Sources, problems: list[Problem]) -> list[Located[Edition]]:
    editions = []
    for file in sources.editions:
        text = _decoded(file.path, file.data, problems)
        if text is None:
            continue
        checked = parse_edition(text)
        problems += checked.problems
        if checked.value:
            editions.append(checked.value)
    return editions


def _uses(newsroom: Consistent) -> dict[str, list[_Use]]:
    """Where each picture is used: by stories, and as an advertisement on a page."""
    uses: dict[str, list[_Use]] = {}
    for story in newsroom.stories:
        for index, photo in enumerate(story.value.photos):
            uses.setdefault(photo.file, []).append((story, ("photos", index, "file")))
    for edition in newsroom.editions:
        for number, page in enumerate(edition.value.pages):
            for index, advertisement in enumerate(page.advertisements):
                at = ("pages", number, "advertisements", index, "file")
                uses.setdefault(advertisement.file, []).append((edition, at))
    return uses


def _photos(
    root: Path, users: Mapping[str, list[_Use]], stats: StatCache, measured: Measuring, problems: list[Problem]
) -> dict[str, PhotoFile]:
    """The pictures that are used; a missing or unreadable one is a problem of every file that uses it."""
    found: dict[str, Path] = {}
    for file, uses in users.items():
        path = find_photo(root, file)
        spelled = photo_spelling(root, file)
        if path is not None and spelled == file:
            found[file] = path
            continue
        code = "photo-missing" if spelled == file else "photo-case"
        problems += [user.problem(code, at, file=file, found=spelled) for user, at in uses]
    sizes = _measure(found, stats, measured, problems)
    told = {problem.path for problem in problems}
    for file in found.keys() - sizes.keys():
        if f"{PHOTOS}/{file}" in told:
            continue
        problems += [user.problem("photo-unreadable", at, file=file) for user, at in users[file]]
    return sizes


def _measure(
    found: dict[str, Path], stats: StatCache, measured: Measuring, problems: list[Problem]
) -> dict[str, PhotoFile]:
    digests = {file: stats.digest(path) for file, path in found.items()}
    tasks: Sequence[Task] = [
        Task("measure", file, PhotoInput(file, digests[file]), Blob(path, digests[file]))
        for file, path in found.items()
    ]
    sizes = {}
    for task, outcome in zip(tasks, measured(tasks), strict=True):
        if outcome.crash:
            problems.append(crash_problem(task, outcome.crash, f"{PHOTOS}/{task.name}"))
            continue
        size = json.loads(outcome.artifacts[0].data)
        if size:
            sizes[task.name] = PhotoFile(found[task.name], digests[task.name], *size)
    return sizes
