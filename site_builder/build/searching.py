"""Building the search index: stories to volumes, volumes to segments, each through the cache.

A volume is looked at story by story only when something in it has changed, and then what was made of each other story
comes from the cache. A segment is made anew only when a volume of it is. So a new story costs its days and its month,
whatever the size of the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from site_builder.build.bundles import Bundles, bundle_key
from site_builder.build.check import CheckedNewsroom
from site_builder.build.executing.running import run_tasks
from site_builder.build.executing.tasks import Given, Outcome, Shared, Task, task_keys
from site_builder.build.fingerprint import digest, digest_bytes
from site_builder.build.records import Made
from site_builder.build.rendering import Run
from site_builder.model import urls
from site_builder.model.story import Story
from site_builder.render import compose_search
from site_builder.render.artifact import Artifact
from site_builder.render.compose import Desk
from site_builder.render.searching.segments import SearchIndex, Segment, SegmentName, directory_pages
from site_builder.render.searching.volumes import Month, Volume, internal, published

VOLUME_KIND = "search-volume"
SEARCH_KINDS = frozenset({VOLUME_KIND, "search-segment", "search-index", "suggest"})
"""Tasks whose artifacts are files of the index."""
_RECORDS_DIGEST = 8
"""Hex digits by which a browser tells a month's records from those that it keeps."""


@dataclass(frozen=True)
class _MadeVolume:
    """A volume, its records on the site, and what its segment is made from."""

    name: str
    months: tuple[Month, ...]
    """Newest first."""
    records: tuple[Artifact, ...]
    parts: tuple[Artifact, ...]

    @property
    def segment_row(self) -> tuple[str, int, str]:
        return self.name, len(self.records), _digest_of(self.parts)


def search_files(run: Run, desk: Desk, checked: CheckedNewsroom) -> list[Artifact]:
    """All files of the index.

    Nothing when a part of it crashed: an index that lacks stories would tell readers that there are none.
    """
    names = digest((compose_search.names_that_show(desk), desk.newsroom.settings.language))
    made = [_volume(run, desk, checked, names, bound) for bound in compose_search.volumes(desk)]
    volumes = [volume for volume in made if volume]
    if len(volumes) < len(made):
        return []
    files = [record for volume in volumes for record in volume.records]
    rows = []
    pages = []
    for name, group in groupby(volumes, key=lambda volume: _segment_of(volume, volumes[0])):
        members = list(group)
        found = _segment(run, name, members)
        if not found:
            return []
        files += found
        folder = found[0].path.removeprefix(urls.SEARCH).partition("/")[0]
        pages.append(directory_pages(found))
        rows.append((folder, tuple(_index_rows(members))))
    suggested = run([Task("suggest", f"{urls.SEARCH}suggest", compose_search.suggestions(desk))], Shared())
    if not suggested:
        return []
    index = SearchIndex(tuple(rows), suggested[0].path.removeprefix(urls.SEARCH), tuple(pages))
    return [*files, *suggested, *run([Task("search-index", urls.SEARCH_INDEX, index)], Shared())]


def _segment_of(volume: _MadeVolume, newest: _MadeVolume) -> SegmentName:
    month, this_month = volume.months[0].name, newest.months[0].name
    if month == this_month:
        return "month"
    return "year" if month[:4] == this_month[:4] else "archive"


def _index_rows(volumes: Sequence[_MadeVolume]) -> Iterator[tuple[str, int, str]]:
    """Each month of *volumes*, its stories, and the digest of their records."""
    of_months: dict[str, list[Artifact]] = {}
    for volume in volumes:
        records = iter(volume.records)
        for month in volume.months:
            of_months.setdefault(month.name, []).extend(islice(records, month.size))
    for name, own in of_months.items():
        yield name, len(own), _digest_of(own)[:_RECORDS_DIGEST]


def _volume(
    run: Run, desk: Desk, checked: CheckedNewsroom, names: str, bound: compose_search.Bound
) -> _MadeVolume | None:
    """The volume of *bound*; ``None`` when something of it crashed."""
    entries = tuple(compose_search.entries(desk, bound.stories, checked.story_digests))
    task = Task(VOLUME_KIND, f"{urls.SEARCH}x/{bound.name}/", Volume(bound.name, bound.months, entries, names))

    def supply(tasks: Sequence[Task]) -> Sequence[Task | None]:
        given = _of_stories(run, desk, bound.stories)
        return [replace(one, blob=Given(given, "")) if given else None for one in tasks]

    (outcome,) = run_tasks([task], Shared(), run.cache, run.executor, run.listener, supply)
    _note(run, [task], [outcome])
    if not outcome.artifacts:
        return None
    if outcome.cached:  # what it was made of stays in the cache as long as it is used, for the day when a story changes
        for month in bound.months:
            for name in compose_search.thirds(month.name):
                run.cache.touch(bundle_key(_bundle(name)))
    files = published(outcome.artifacts)
    run.made.append(Made(task, replace(outcome, artifacts=files)))
    return _MadeVolume(bound.name, bound.months, files, internal(outcome.artifacts))


def _of_stories(run: Run, desk: Desk, stories: Sequence[Story]) -> tuple[Artifact, ...]:
    """What is made of each story for its volume; nothing when one of them crashed."""
    tasks = [Task("terms", story.id, compose_search.searched_story(desk, story)) for story in stories]
    keys = task_keys(tasks, Shared())
    names = (_bundle(compose_search.third_of(story.date)) for story in stories)
    bundles = Bundles(run.cache, dict(zip(keys, names, strict=True)))
    try:
        outcomes = run_tasks(tasks, Shared(), bundles, run.executor, run.listener, keys=keys, trails=False)
    finally:  # a build that is stopped has not worked for nothing
        bundles.keep()
    _note(run, tasks, outcomes)
    if not all(outcome.artifacts for outcome in outcomes):
        return ()
    return tuple(artifact for key in keys for artifact in bundles.get(key) or ())


def _bundle(third: str) -> str:
    """The name of the bundle in which lies what is made of the stories of ten days, whatever volume they are in."""
    return f"terms {third}"


def _segment(run: Run, name: SegmentName, volumes: Sequence[_MadeVolume]) -> list[Artifact]:
    """The files of a segment."""
    rows = tuple(volume.segment_row for volume in volumes)
    task = Task("search-segment", f"{urls.SEARCH}{name}", Segment(name, rows))
    parts = tuple(part for volume in volumes for part in volume.parts)
    # Its key holds the digests of the parts already.
    return run([replace(task, blob=Given(parts, "", held=True))], Shared())


def _note(run: Run, tasks: Sequence[Task], outcomes: Sequence[Outcome]) -> None:
    """Note what ran of tasks whose artifacts are not, or not all, files of the site."""
    for task, outcome in zip(tasks, outcomes, strict=True):
        run.note(task, outcome)


def _digest_of(artifacts: Iterable[Artifact]) -> str:
    return digest_bytes("".join(artifact.digest for artifact in artifacts).encode())
