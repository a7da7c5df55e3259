"""What tasks gave before, on disk, by the digest of all they may see.

An entry is one file: the checksum of its index, the index (path, size and digest of each artifact, as JSON), and the
bytes. Of a large entry only the index is read; its bytes stay where they are until somebody writes them to a site.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from site_builder.build.atomic import replace_file
from site_builder.render.artifact import Artifact

KEEP_SECONDS = 14 * 24 * 3600
"""Entries that no build used for so long are removed."""
SMALL_BYTES = 16 << 10
"""An entry up to this size is read at once: opening it a second time would cost more than its place in memory."""


class DamagedEntry(Exception):
    """Bytes in the cache are not those that were put there. Its argument is the entry's file."""


class Cache(Protocol):
    """Artifacts by key."""

    def get(self, key: str) -> tuple[Artifact, ...] | None:
        """What was put there, or ``None``."""

    def put(self, key: str, artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
        """Keep *artifacts* under *key*; the same artifacts, which may be held by the cache from now on."""

    def touch(self, key: str) -> None:
        """Mark the entry of *key* as used, if there is one."""


class _InEntry(NamedTuple):  # a build makes one for every file of the site, and no class is made faster
    """Bytes of an artifact in an entry's file."""

    file: Path
    start: int
    size: int
    digest: str

    def read(self) -> bytes:
        """The bytes. Raises ``DamagedEntry``."""
        try:
            with self.file.open("rb") as file:
                return _checked(file, self)
        except OSError as error:
            raise DamagedEntry(self.file) from error


class DiskCache:
    """One file per entry, written beside and renamed.

    With *renew* nothing is taken from it, and everything is put anew. A damaged entry counts as missing, and its
    path is listed in ``damaged`` for a warning. Of a large entry damage to its bytes shows only when they are
    read, as ``DamagedEntry``; once ``thorough`` is set, all bytes are compared with their digests at ``get``.
    """

    def __init__(self, folder: Path, *, renew: bool = False) -> None:
        self.folder = folder
        self.renew = renew
        self.thorough = False
        self.damaged: list[Path] = []

    def get(self, key: str) -> tuple[Artifact, ...] | None:
        """The entry of *key*; marks it as used."""
        if self.renew:
            return None
        path = self._path(key)
        try:
            artifacts = _read_entry(path, thorough=self.thorough)
        except OSError:
            return None
        except DamagedEntry:
            self.damaged.append(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return artifacts

    def peek(self, key: str) -> tuple[Artifact, ...] | None:
        """The entry of *key*, whatever ``renew`` says, without marking it as used."""
        try:
            return _read_entry(self._path(key))
        except (OSError, DamagedEntry):
            return None

    def put(self, key: str, artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
        """Keep *artifacts* under *key*; a disk that refuses costs time later, nothing else."""
        path, made = self._path(key), tuple(artifacts)
        head = _head(made)
        size = len(head) + sum(artifact.size for artifact in made)
        try:
            replace_file(path, head + b"".join(artifact.data for artifact in made))
        except OSError:
            return made
        return made if size <= SMALL_BYTES else _held(_places(path, len(head), _index(made)))

    def touch(self, key: str) -> None:
        """Mark the entry of *key* as used without reading it."""
        with contextlib.suppress(OSError):
            os.utime(self._path(key))

    def prune(self) -> int:
        """Remove entries that were not used for a long time; how many."""
        oldest = time.time() - KEEP_SECONDS
        removed = 0
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):  # a check beside this build may be putting files in their place
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    removed += 1
        return removed

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


_JSON = json.JSONEncoder(ensure_ascii=False)
_Index = list[tuple[str, int, str]]
"""(path, size, digest) of each artifact."""


def _index(artifacts: tuple[Artifact, ...]) -> _Index:
    return [(artifact.path, artifact.size, artifact.digest) for artifact in artifacts]


def _head(artifacts: tuple[Artifact, ...]) -> bytes:
    """What stands before the bytes of an entry."""
    index = _JSON.encode(_index(artifacts)).encode()
    return hashlib.sha256(index).hexdigest().encode() + b"\n" + index + b"\n"


def _places(path: Path, start: int, index: _Index) -> list[tuple[str, _InEntry]]:
    """Where the bytes of each artifact lie in an entry whose bytes begin at *start*."""
    places = []
    for name, size, digest in index:
        places.append((name, _InEntry(path, start, size, digest)))
        start += size
    return places


def _held(places: list[tuple[str, _InEntry]]) -> tuple[Artifact, ...]:
    return tuple(Artifact(name, place) for name, place in places)


def _read_entry(path: Path, *, thorough: bool = False) -> tuple[Artifact, ...]:
    """The artifacts of the entry in *path*; raises ``OSError`` or ``DamagedEntry``."""
    with path.open("rb") as file:
        checksum, index = file.readline().rstrip(b"\n"), file.readline().rstrip(b"\n")
        if hashlib.sha256(index).hexdigest().encode() != checksum:
            raise DamagedEntry(path)
        rows: _Index = json.loads(index)
        start, whole = file.tell(), os.fstat(file.fileno()).st_size
        if whole != start + sum(size for _, size, _ in rows):
            raise DamagedEntry(path)
        places = _places(path, start, rows)
        if whole <= SMALL_BYTES:
            return tuple(Artifact(name, _checked(file, place)) for name, place in places)
        if thorough:
            for _, place in places:
                _checked(file, place)
    return _held(places)


def _checked(file: BinaryIO, place: _InEntry) -> bytes:
    file.seek(place.start)
    data = file.read(place.size)
    if hashlib.sha256(data).hexdigest() != place.digest:
        raise DamagedEntry(place.file)
    return data
