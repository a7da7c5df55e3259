"""What a task saw, kept beside what it made: so that a later build can tell what has changed since.

A trail is the task's input as plain JSON. Long texts are kept as digests, which is enough to see that they differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from site_builder.build.executing.tasks import Task
from site_builder.build.fingerprint import digest_bytes
from site_builder.render.artifact import Artifact

NAME = ".trail"
"""The artifact of a cache entry that is not published; no path of a site starts so (``writer.check_paths``)."""
LONG = 200
"""Characters of a text that is kept as a digest."""
KIND = "kind"
"""The field of the change that says: this is now another kind of page, as when a story is withdrawn."""
_DIGEST = "#"
_KEYS = ("id", "url")
_FOLLOWS = frozenset({"avif", "webp", "jpeg", "fallback_bytes", "share"})
"""Addresses of pictures and cards that change with what is told anyway; a picture's ``fallback`` stays to tell it."""

# Any: plain JSON values.
Plain = Any


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs between two trails."""

    owner: str
    """Short name of the innermost thing that holds the value: a story's id, a section's slug; empty: the output."""
    field: str
    """Its name in that thing, ``""`` where the whole thing came or went; ``order`` where only the order differs."""
    before: str | None
    """As text; ``None``: not there, or too long to be kept."""
    after: str | None


def trail_of(task: Task) -> Artifact:
    """The trail of *task*."""
    return Artifact.text(NAME, json.dumps(_plain(task.input), ensure_ascii=False, separators=(",", ":")))


def read_trail(artifact: Artifact) -> Plain:
    """The value in an artifact of ``trail_of``."""
    return json.loads(artifact.data)


def changes(before: Plain, after: Plain, owner: str = "", field: str = "") -> Iterator[Change]:
    """What differs between two trails, in the order of the fields."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        if not field and _of_other_kinds(before, after):
            yield Change(owner, KIND, None, None)
            return
        owner = _short(_key(after)) or owner if field else owner
        for name in (name for name in {**before, **after} if name not in _FOLLOWS):
            yield from changes(before.get(name), after.get(name), owner, name)
    elif isinstance(before, list) and isinstance(after, list) and _is_keyed(before) and _is_keyed(after):
        yield from _list_changes(before, after, owner, field)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            yield from changes(one, other, owner, field)
    else:
        yield Change(owner, field, _shown(before), _shown(after))


def _list_changes(before: list[Plain], after: list[Plain], owner: str, field: str) -> Iterator[Change]:
    """Things that came, went or changed, whatever their place; only then their order."""
    old, new = ({_key(row): row for row in rows} for rows in (before, after))
    for key in {**old, **new}:
        if key not in old or key not in new:
            title = _title(new.get(key) or old.get(key))
            yield Change(_short(key), "", title if key in old else None, title if key in new else None)
        else:
            yield from changes(old[key], new[key], owner, field)
    if old == new:
        yield Change(owner, "order", None, None)


def _of_other_kinds(before: dict[str, Plain], after: dict[str, Plain]) -> bool:
    """Whether the two have less than half of their fields in common."""
    return 2 * len(before.keys() & after.keys()) < max(len(before), len(after))


def _short(key: str) -> str:
    """The last part of an address or a ``tag:`` URI: what people call the thing."""
    return key.rstrip("/").rpartition("/")[-1]


def _is_keyed(rows: list[Plain]) -> bool:
    keys = [_key(row) for row in rows]
    return all(keys) and len(set(keys)) == len(keys)


def _key(value: Plain) -> str:
    """By what people know a thing: its id, or its address."""
    if not isinstance(value, dict):
        return ""
    return next((str(value[name]) for name in _KEYS if value.get(name)), "")


def _title(value: Plain) -> str:
    return str(value.get("headline") or value.get("title") or "")


def _shown(value: Plain) -> str | None:
    if isinstance(value, str):
        return None if value.startswith(_DIGEST) else value
    return str(value) if isinstance(value, int | float) else None


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _plain(value: object) -> Plain:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, str):
        return value if len(value) <= LONG and value[:1] != _DIGEST else _DIGEST + digest_bytes(value.encode())[:16]
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(_plain, value), key=str)
    if isinstance(value, date):
        return value.isoformat()
    kind: type = type(value)
    if is_dataclass(kind):
        return {name: _plain(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    raise TypeError(f"no trail of {type(value)!r}")
