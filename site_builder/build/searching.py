"""Building the search index: stories to volumes, volumes to segments, each through the cache.

A volume is looked at story by story only when something in it has changed, and then what was made of each other story
comes from the cache. A segment is made anew only when a volume of it is. So a new story costs its month, whatever the
size of the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from site_builder.build.check import CheckedNewsroom
from site_builder.build.executing.running import Supply, run_tasks
from site_builder.build.executing.tasks import Given, Outcome, Shared, Task
from site_builder.build.fingerprint import digest, digest_bytes
from site_builder.build.records import Made
from site_builder.build.rendering import Run
from site_builder.model import urls
from site_builder.model.story import Story
from site_builder.render import compose_search
from site_builder.render.artifact import Artifact
from site_builder.render.compose import Desk
from site_builder.render.searching.segments import SearchIndex, Segment, SegmentName, directory_pages
from site_builder.render.searching.volumes import Volume, internal, published

VOLUME_KIND = "search-volume"
SEARCH_KINDS = frozenset({VOLUME_KIND, "search-segment", "search-index", "suggest"})
"""Tasks whose artifacts are files of the index."""
_RECORDS_DIGEST = 8
"""Hex digits by which a browser tells a month's records from those that it keeps."""


@dataclass(frozen=True)
class _MadeVolume:
    """A volume, its records on the site, and what its segment is made from."""

    name: str
    months: tuple[tuple[str, int], ...]
    """Each month and how many stories it has, newest first."""
    records: tuple[Artifact, ...]
    parts: tuple[Artifact, ...]

    @property
    def segment_row(self) -> tuple[str, int, str]:
        return self.name, len(self.records), _digest_of(self.parts)

    def index_rows(self) -> Iterator[tuple[str, int, str]]:
        """Each month, its stories, and the digest of their records."""
        records = iter(self.records)
        for month, count in self.months:
            yield month, count, _digest_of(islice(records, count))[:_RECORDS_DIGEST]


def search_files(run: Run, desk: Desk, checked: CheckedNewsroom) -> list[Artifact]:
    """All files of the index.

    Nothing when a part of it crashed: an index that lacks stories would tell readers that there are none.
    """
    names = digest((compose_search.names_that_show(desk), desk.newsroom.settings.language))
    made = [_volume(run, desk, checked, names, *volume) for volume in compose_search.volumes(desk)]
    volumes = [volume for volume in made if volume]
    if len(volumes) < len(made):
        return []
    files = [record for volume in volumes for record in volume.records]
    rows = []
    pages = []
    for name, group in groupby(volumes, key=lambda volume: _segment_of(volume.name, volumes[0].name)):
        members = list(group)
        found = _segment(run, name, members)
        if not found:
            return []
        files += found
        folder = found[0].path.removeprefix(urls.SEARCH).partition("/")[0]
        pages.append(directory_pages(found))
        rows.append((folder, tuple(row for volume in members for row in volume.index_rows())))
    suggested = run([Task("suggest", f"{urls.SEARCH}suggest", compose_search.suggestions(desk))], Shared())
    if not suggested:
        return []
    index = SearchIndex(tuple(rows), suggested[0].path.removeprefix(urls.SEARCH), tuple(pages))
    return [*files, *suggested, *run([Task("search-index", urls.SEARCH_INDEX, index)], Shared())]


def _segment_of(volume: str, newest: str) -> SegmentName:
    if volume == newest:
        return "month"
    return "year" if volume == newest[:4] else "archive"


def _volume(
    run: Run, desk: Desk, checked: CheckedNewsroom, names: str, name: str, stories: tuple[Story, ...]
) -> _MadeVolume | None:
    """The volume *name*; ``None`` when something of it crashed."""
    entries = tuple(compose_search.entries(desk, stories, checked.story_digests))
    task = Task(VOLUME_KIND, f"{urls.SEARCH}x/{name}/", Volume(name, entries, names))

    def supply(tasks: Sequence[Task]) -> Sequence[Task | None]:
        given = _of_stories(run, desk, stories)
        return [replace(one, blob=Given(given, "")) if given else None for one in tasks]

    (outcome,) = _outcomes(run, [task], supply)
    if not outcome.artifacts:
        return None
    files = published(outcome.artifacts)
    run.made.append(Made(task, replace(outcome, artifacts=files)))
    months = tuple((month, len(list(own))) for month, own in groupby(entries, key=lambda entry: entry.month))
    return _MadeVolume(name, months, files, internal(outcome.artifacts))


def _of_stories(run: Run, desk: Desk, stories: Sequence[Story]) -> tuple[Artifact, ...]:
    """What is made of each story for its volume; nothing when one of them crashed."""
    tasks = [Task("terms", story.id, compose_search.searched_story(desk, story)) for story in stories]
    outcomes = _outcomes(run, tasks, trails=False)
    if not all(outcome.artifacts for outcome in outcomes):
        return ()
    return tuple(artifact for outcome in outcomes for artifact in outcome.artifacts)


def _segment(run: Run, name: SegmentName, volumes: Sequence[_MadeVolume]) -> list[Artifact]:
    """The files of a segment."""
    rows = tuple(volume.segment_row for volume in volumes)
    task = Task("search-segment", f"{urls.SEARCH}{name}", Segment(name, rows))
    parts = tuple(part for volume in volumes for part in volume.parts)
    # Its key holds the digests of the parts already.
    return run([replace(task, blob=Given(parts, "", held=True))], Shared())


def _outcomes(run: Run, tasks: Sequence[Task], supply: Supply | None = None, *, trails: bool = True) -> list[Outcome]:
    """The outcomes of tasks whose artifacts are not, or not all, files of the site."""
    outcomes = run_tasks(tasks, Shared(), run.cache, run.executor, run.listener, supply, trails=trails)
    for task, outcome in zip(tasks, outcomes, strict=True):
        run.note(task, outcome)
    return outcomes


def _digest_of(artifacts: Iterable[Artifact]) -> str:
    return digest_bytes("".join(artifact.digest for artifact in artifacts).encode())
