"""What tasks gave before, on disk, by the digest of all they may see."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from site_builder.build.atomic import replace_file
from site_builder.render.artifact import Artifact

KEEP_SECONDS = 14 * 24 * 3600
"""Entries that no build used for so long are removed."""


class Cache(Protocol):
    """Artifacts by key."""

    def get(self, key: str) -> tuple[Artifact, ...] | None:
        """What was put there, or ``None``."""

    def put(self, key: str, artifacts: Iterable[Artifact]) -> None:
        """Keep *artifacts* under *key*."""

    def touch(self, key: str) -> None:
        """Mark the entry of *key* as used, if there is one."""


class DiskCache:
    """One file per entry: a checksum line, an index line, the bytes. Written beside and renamed.

    With *renew* nothing is taken from it, and everything is put anew. A damaged entry counts as missing, and its
    path is listed in ``damaged`` for a warning.
    """

    def __init__(self, folder: Path, *, renew: bool = False) -> None:
        self.folder = folder
        self.renew = renew
        self.damaged: list[Path] = []

    def get(self, key: str) -> tuple[Artifact, ...] | None:
        """The entry of *key*; marks it as used."""
        path = self._path(key)
        if self.renew:
            return None
        try:
            raw = path.read_bytes()
        except OSError:
            return None
        artifacts = unpack(raw)
        if artifacts is None:
            self.damaged.append(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return artifacts

    def peek(self, key: str) -> tuple[Artifact, ...] | None:
        """The entry of *key*, whatever ``renew`` says, without marking it as used."""
        try:
            return unpack(self._path(key).read_bytes())
        except OSError:
            return None

    def put(self, key: str, artifacts: Iterable[Artifact]) -> None:
        """Keep *artifacts* under *key*; a disk that refuses costs time later, nothing else."""
        with contextlib.suppress(OSError):
            replace_file(self._path(key), pack(tuple(artifacts)))

    def touch(self, key: str) -> None:
        """Mark the entry of *key* as used without reading it."""
        with contextlib.suppress(OSError):
            os.utime(self._path(key))

    def prune(self) -> int:
        """Remove entries that were not used for a long time; how many."""
        oldest = time.time() - KEEP_SECONDS
        removed = 0
        for path in self.folder.glob("??/*"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def pack(artifacts: tuple[Artifact, ...]) -> bytes:
    """*artifacts* as one file."""
    index = json.dumps([[a.path, len(a.data)] for a in artifacts], ensure_ascii=False).encode()
    body = index + b"\n" + b"".join(a.data for a in artifacts)
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unpack(raw: bytes) -> tuple[Artifact, ...] | None:
    """The artifacts in a file of ``pack``; ``None`` when it is damaged."""
    checksum, _, body = raw.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        return None
    index, _, data = body.partition(b"\n")
    artifacts = []
    position = 0
    for path, size in json.loads(index):
        artifacts.append(Artifact(path, data[position : position + size]))
        position += size
    return tuple(artifacts)
