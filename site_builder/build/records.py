"""Why each output of a site was last made: one small file beside the cache, written when something was made.

Losing it loses the reasons, nothing else. A reason comes from comparing what a task saw with what it saw the time
before; where that is no longer known, the reason says so.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from site_builder.build.atomic import replace_file
from site_builder.build.cache import DamagedEntry, DiskCache
from site_builder.build.executing.tasks import Outcome, Shared, Task, uses_setting
from site_builder.build.executing.trail import NAME as TRAIL
from site_builder.build.executing.trail import Change, Plain, changes, read_trail, trail_of
from site_builder.build.fingerprint import code_version, digest, digest_bytes, library_versions

Why = Literal["first", "new", "changed", "asked", "lost", "unknown"]
"""No record of the site; no record of this output; something it sees differs; ``--clean``; its cache entry was lost;
it differs, but what it saw before is no longer known."""
MOST_CHANGES = 20
"""More of one output are not kept."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an output was made."""

    why: Why
    parts: tuple[str, ...] = ()
    """Parts of the setting that differ: ``template:story.html``, ``frame``, ``chrome:site_name``, ``code``,
    ``libraries``."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One task of the site as it was last published."""

    key: str
    paths: tuple[str, ...]
    reason: Reason
    at: str
    """When it was last made: ISO 8601."""


@dataclass(frozen=True, slots=True)
class Records:
    """All tasks of one site, by (kind, name)."""

    parts: Mapping[str, str]
    """Digest of each part of the setting."""
    rows: Mapping[tuple[str, str], Record]


@dataclass(frozen=True, slots=True)
class Made:
    """A task as a build left it."""

    task: Task
    outcome: Outcome


def setting_parts(shared: Shared) -> dict[str, str]:
    """The digest of everything that is not a task's own: templates, frame, chrome, code, libraries."""
    parts = {"code": code_version(), "libraries": library_versions()}
    if shared.setting is not None:
        parts |= {f"template:{name}": digest(text) for name, text in shared.setting.theme.templates}
        parts["frame"] = digest(shared.setting.frame)
        chrome = shared.setting.chrome
        parts |= {f"chrome:{field.name}": digest(getattr(chrome, field.name)) for field in fields(chrome)}
    return parts


def records_file(work_dir: Path, site_dir: Path) -> Path:
    """Where the records of a site lie."""
    return work_dir / "records" / f"{digest_bytes(str(site_dir).encode())[:16]}.json"


def load_records(path: Path) -> Records | None:
    """The records in *path*; ``None`` when they are lost or damaged."""
    try:
        value = json.loads(path.read_bytes())
        rows = {(kind, name): _record(row) for kind, name, row in value["rows"]}
        return Records(dict(value["parts"]), rows)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def update_records(path: Path, made: Sequence[Made], shared: Shared, cache: DiskCache, now: datetime) -> None:
    """Bring the records of a site in line with what was just published.

    A build that made nothing and found everything as it is recorded does not even read them.
    """
    state = digest([(m.task.kind, m.task.name, m.outcome.key) for m in made])
    stamp = path.with_suffix(".state")
    if all(m.outcome.cached for m in made) and path.is_file() and _read(stamp) == state:
        return
    parts = setting_parts(shared)
    old = load_records(path)
    rows = []
    for m in made:
        before = old.rows.get((m.task.kind, m.task.name)) if old else None
        reason = _reason(m, before, old, parts, cache)
        if reason is None and before is not None:
            record = replace(before, paths=_paths(m.outcome))
        else:
            moment = now.isoformat(timespec="seconds")
            record = Record(m.outcome.key, _paths(m.outcome), reason or Reason("unknown"), moment)
        rows.append((m.task.kind, m.task.name, asdict(record)))
    with contextlib.suppress(OSError):
        stamp.unlink(missing_ok=True)
        replace_file(path, json.dumps({"parts": parts, "rows": rows}, ensure_ascii=False).encode())
        replace_file(stamp, state.encode())


def why_changed(task: Task, before: Record, old: Records, parts: Mapping[str, str], cache: DiskCache) -> Reason:
    """Why *task* is another one than the recorded one."""
    differing = _differing(task, old.parts, parts)
    trail = recorded_trail(cache, before.key)
    if trail is None:
        return Reason("changed" if differing else "unknown", differing)
    found = tuple(dict.fromkeys(changes(trail, read_trail(trail_of(task)))))
    return Reason("changed" if found or differing else "unknown", differing, found[:MOST_CHANGES])


def recorded_trail(cache: DiskCache, key: str) -> Plain | None:
    """What the task of *key* saw; ``None`` when the cache no longer knows."""
    for artifact in cache.peek(key) or ():
        if artifact.path == TRAIL:
            with contextlib.suppress(DamagedEntry):
                return read_trail(artifact)
    return None


def _reason(
    made: Made, before: Record | None, old: Records | None, parts: Mapping[str, str], cache: DiskCache
) -> Reason | None:
    """``None``: it was not made anew, and nothing about it differs."""
    if old is None:
        return Reason("first")
    if before is None:
        return Reason("new")
    if before.key != made.outcome.key:
        return why_changed(made.task, before, old, parts, cache)
    if made.outcome.cached:
        return None
    return Reason("asked" if cache.renew else "lost")


def _differing(task: Task, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    names = sorted(name for name in {**before, **after} if before.get(name) != after.get(name))
    return tuple(name for name in names if name in ("code", "libraries") or uses_setting(task.kind))


def _paths(outcome: Outcome) -> tuple[str, ...]:
    return tuple(artifact.path for artifact in outcome.artifacts)


def _record(row: Mapping[str, object]) -> Record:
    key, paths, reason, at = (row[name] for name in ("key", "paths", "reason", "at"))
    if not (isinstance(key, str) and isinstance(paths, list) and isinstance(reason, dict) and isinstance(at, str)):
        raise TypeError("not a record")
    found = tuple(Change(**change) for change in reason["changes"])
    return Record(key, tuple(map(str, paths)), Reason(reason["why"], tuple(reason["parts"]), found), at)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def by_output(records: Records) -> dict[str, tuple[str, str]]:
    """Output path → (kind, name) of the task that made it."""
    return {path: task for task, record in records.rows.items() for path in record.paths}


def published(made: Iterable[Made]) -> list[Made]:
    """Those whose artifacts are files of the site."""
    return [m for m in made if m.task.kind not in ("body", "measure", "pixels") and m.outcome.artifacts]
