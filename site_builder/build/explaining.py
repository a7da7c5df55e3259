"""What an output is made of and why it was last made; what a file of the newsroom reaches. Publishes nothing.

The newsroom is read and composed as for a build, up to the inputs of all pages; only then it is compared with the
records of the last build. So the answer is about the files as they are now.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from site_builder.build.epaper import EPAPER_KINDS, make_epaper, offline_part
from site_builder.build.executing.tasks import Task, task_keys, uses_setting
from site_builder.build.executing.trail import NAME as TRAIL
from site_builder.build.fingerprint import digest_bytes
from site_builder.build.host import HostOutput
from site_builder.build.indexing import index
from site_builder.build.making import Prepared, page_setting
from site_builder.build.offline import app_tasks, worker_task
from site_builder.build.origins import Origins
from site_builder.build.publishing.manifest import read_manifest
from site_builder.build.records import (
    Reason,
    Record,
    Records,
    by_output,
    load_records,
    records_file,
    setting_parts,
    why_changed,
)
from site_builder.build.rendering import Run, card_tasks, crop_tasks, make_desk, page_tasks
from site_builder.build.searching import SEARCH_KINDS, VOLUME_KIND, search_files
from site_builder.build.sources import CONFIG_FILE
from site_builder.build.theme_files import static_sources
from site_builder.errors import UsageError
from site_builder.model import urls
from site_builder.model.newsroom import Newsroom
from site_builder.render.artifact import Artifact
from site_builder.render.searching.volumes import record_addresses

State = Literal["current", "stale", "missing", "touched", "unbuilt", "gone"]
"""As the next build would leave it; it would be made anew; its file was deleted; its file was changed by somebody;
no build made it yet; the next build will remove it."""
TEMPLATES = "themes/templates/"


@dataclass(frozen=True, slots=True)
class Output:
    """An output of the site."""

    path: str
    """Relative to the site."""
    kind: str
    """Of the task that makes it; ``host`` for ordinary pages and the host's own files, ``static`` for the theme's."""
    name: str
    sources: tuple[str, ...]
    """The newsroom's files that its content comes from, sorted."""
    setting: tuple[str, ...]
    """Parts of the setting that it sees, as in ``Reason.parts``."""
    state: State
    stale: Reason | None
    """Why the next build would make it anew."""
    last: Reason | None
    at: str
    """When and why it was last made; empty where no record tells."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the newsroom."""

    path: str
    outputs: tuple[str, ...]
    """The outputs that it reaches, sorted."""


class Explainer:
    """Answers for one newsroom and one of its sites."""

    def __init__(
        self,
        prepared: Prepared,
        output: HostOutput,
        now: datetime,
        site_dir: Path,
        work_dir: Path,
        executor: Executor,
    ) -> None:
        self.prepared = prepared
        self.output = output
        self.site_dir = site_dir
        self.origins = Origins(prepared.checked)
        self.shared = page_setting(prepared, output)
        self.parts = setting_parts(self.shared)
        self.records = load_records(records_file(work_dir, site_dir)) or Records({}, {})
        self.manifest = read_manifest(site_dir) or {}
        newsroom, tasks = _tasks(prepared, output, now, self.origins, executor)
        keys = task_keys(tasks, self.shared)
        worker = worker_task(newsroom, prepared.theme, self._made(tasks, keys))
        tasks, keys = [*tasks, worker], [*keys, *task_keys([worker], self.shared)]
        self.tasks = {(task.kind, task.name): (task, key) for task, key in zip(tasks, keys, strict=True)}
        self.made_by = {path: task for task in self.tasks for path in self._paths(*task)}
        volumes = [task.input for task in tasks if task.kind == VOLUME_KIND]
        self.parts_of_stories = {p: e for v in volumes for p, e in zip(record_addresses(v), v.stories, strict=True)}
        """What each file sees that is made of one story, by a task that makes those of many."""

    def _made(self, tasks: Iterable[Task], keys: Iterable[str]) -> Iterator[Artifact]:
        """The files of the site as far as they are known without making any; of the e-paper its thumbnails."""
        yield from (*self.output.artifacts, *self.prepared.theme.static)
        for task, key in zip(tasks, keys, strict=True):
            made = self.prepared.cache.peek(key) or ()
            yield from offline_part(made) if task.kind in EPAPER_KINDS else made

    def output_of(self, path: str) -> Output | None:
        """What is known of the output at *path* (relative to the site); ``None`` when there is none."""
        if path in self.made_by:
            return self._of_task(path, *self.tasks[self.made_by[path]])
        if path in {artifact.path for artifact in self.output.artifacts}:
            return self._of_others(path, "host", self._host_sources(path))
        if path in {artifact.path for artifact in self.prepared.theme.static}:
            return self._of_others(path, "static", static_sources(path))
        made = by_output(self.records).get(path)
        if made is None:
            return None
        record = self.records.rows[made]
        return Output(path, *made, (), (), "gone", None, record.reason, record.at)

    def source(self, path: str) -> Source:
        """The outputs that the newsroom's file *path* reaches."""
        tasks = {made: task for made, (task, _) in self.tasks.items() if path in self._sources(task)}
        reached = {out for out, made in self.made_by.items() if made in tasks}
        reached -= {
            o for o in reached & self.parts_of_stories.keys() if path not in self._sources(tasks[self.made_by[o]], o)
        }
        reached |= {a.path for a in self.output.artifacts if path in self._host_sources(a.path)}
        reached |= {a.path for a in self.prepared.theme.static if path in static_sources(a.path)}
        return Source(path, tuple(sorted(reached)))

    def paths(self) -> Iterator[str]:
        """Every output of the site."""
        yield from self.made_by
        yield from (artifact.path for artifact in (*self.output.artifacts, *self.prepared.theme.static))

    def _sources(self, task: Task, path: str = "") -> tuple[str, ...]:
        """The files that *task* sees, or those of them that reach its output *path*.

        A theme's templates are sources too, where the newsroom has its own.
        """
        if path in self.parts_of_stories:
            task = replace(task, input=self.parts_of_stories[path])
        own = self.prepared.root / TEMPLATES
        templates = (TEMPLATES + name for name, _ in self.prepared.theme.theme.templates if (own / name).is_file())
        return (*self.origins.sources(task), *(templates if uses_setting(task.kind) else ()))

    def _host_sources(self, path: str) -> tuple[str, ...]:
        """An ordinary page's file, or the file that the host only copies, with what surrounds every page."""
        folder = self.prepared.settings.pages_dir
        page = path.removesuffix("/index.html").removesuffix("index.html")
        names = (f"{folder}/{page}.md", f"{folder}/{page}/index.md".replace("//", "/"), f"{folder}/{path}")
        found = tuple(name for name in names if (self.prepared.root / name).is_file())
        return (*found, CONFIG_FILE) if path.endswith(".html") else found

    def _of_task(self, path: str, task: Task, key: str) -> Output:
        record = self.records.rows.get((task.kind, task.name))
        state = self._state(path, record, key)
        stale = None
        if state == "stale" and record is not None:
            stale = why_changed(task, record, self.records, self.parts, self.prepared.cache)
        return Output(
            path,
            task.kind,
            task.name,
            self._sources(task, path),
            tuple(name for name in self.parts if uses_setting(task.kind) or name in ("code", "libraries")),
            state,
            stale,
            record.reason if record else None,
            record.at if record else "",
        )

    def _of_others(self, path: str, kind: str, sources: tuple[str, ...]) -> Output:
        state: State = "current" if path in self.manifest else "unbuilt"
        return Output(path, kind, path, sources, (), self._on_disk(path) or state, None, None, "")

    def _state(self, path: str, record: Record | None, key: str) -> State:
        if record is None or path not in record.paths:
            return "unbuilt"
        return "stale" if record.key != key else self._on_disk(path) or "current"

    def _on_disk(self, path: str) -> State | None:
        """What is wrong with the file itself."""
        if path not in self.manifest:
            return None
        try:
            data = (self.site_dir / path).read_bytes()
        except OSError:
            return "missing"
        return None if digest_bytes(data) == self.manifest[path] else "touched"

    def _paths(self, kind: str, name: str) -> tuple[str, ...]:
        """The files that a task makes: those of its record, of its cache entry, or of the address it is named by.

        A cache entry may hold a photograph, so it is read only for a task that no record knows as it is now.
        """
        _, key = self.tasks[kind, name]
        record = self.records.rows.get((kind, name))
        if record is not None and record.key == key:
            return record.paths
        made = self.prepared.cache.peek(key)
        if made is not None:
            return tuple(artifact.path for artifact in made if artifact.path != TRAIL)
        return record.paths if record is not None else _addresses(kind, name)


def _addresses(kind: str, name: str) -> tuple[str, ...]:
    """A feed's front and a printed page have several files, and only their renderers know which."""
    return () if kind in ("feed", "facsimile") else (urls.file_of(name.removeprefix("/")),)


def _tasks(
    prepared: Prepared, output: HostOutput, now: datetime, origins: Origins, executor: Executor
) -> tuple[Newsroom, list[Task]]:
    """All tasks of the site whose artifacts are published, but the one that lists their files.

    Stories that crash are left out.
    """
    left_out: set[str] = set()
    while True:
        run = Run(prepared.cache, executor, origins)
        newsroom = index(prepared.checked, now, prepared.options.audience, left_out)
        photos = run.photos(newsroom, prepared.checked)
        bodies = run.bodies(newsroom)
        if not run.crashed:
            break
        left_out |= run.lost_stories()
    epaper, _ = make_epaper(run, newsroom, bodies, prepared.checked, prepared.root)
    preview = prepared.options.audience == "preview"
    desk = make_desk(newsroom, bodies, photos, prepared.checked, epaper, preview=preview)
    pictures = [made.task for made in run.made if made.task.kind == "photo" or made.task.kind in EPAPER_KINDS]
    search_files(run, desk, prepared.checked)
    searched = [made.task for made in run.made if made.task.kind in SEARCH_KINDS]
    drawn = [*crop_tasks(desk, prepared.checked), *card_tasks(desk, prepared.checked)]
    pages = [*page_tasks(desk, output), *app_tasks(newsroom, prepared.checked)]
    return newsroom, [*pictures, *drawn, *pages, *searched]


def find(explainer: Explainer, path: str, folder: Path) -> Output | Source:
    """What *path* means: a file (seen from *folder* or from the newsroom), an address, or a path in the site.

    Raises ``UsageError`` for what is neither an output nor a file of the newsroom.
    """
    root = explainer.prepared.root.resolve()
    wanted = path.removeprefix(explainer.prepared.settings.site_url).partition("#")[0].partition("?")[0]
    relative = wanted.lstrip("/")
    outputs = [relative, f"{relative.rstrip('/')}/index.html".lstrip("/")]
    for file in dict.fromkeys(((folder / wanted).resolve(), (root / wanted).resolve())):
        if file.is_relative_to(explainer.site_dir):
            name = file.relative_to(explainer.site_dir).as_posix()
            outputs += [name, f"{name}/index.html"]
        elif file.is_relative_to(root) and file.is_file():
            return explainer.source(file.relative_to(root).as_posix())
    for name in outputs:
        output = explainer.output_of(name)
        if output is not None:
            return output
    near = difflib.get_close_matches(relative, list(explainer.paths()), 1, 0.5)
    raise UsageError("explain-near", path, near[0]) if near else UsageError("explain-unknown", path)
