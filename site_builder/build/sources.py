"""Reading a newsroom: which files there are, and their bytes. Read once, at the start of a build."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.build.atomic import replace_file
from site_builder.build.fingerprint import digest_bytes
from site_builder.errors import BuildError, UsageError
from site_builder.paper.page.lock import LOCK_SUFFIX

CONFIG_FILE = "mkdocs.yml"
STORIES = "content/stories"
EDITIONS = "content/editions"
PHOTOS = "assets/photos"
DATA_FILES = ("sections", "regions", "organisations", "people", "pinyin")
_RACY_NS = 2_000_000_000


@dataclass(frozen=True)
class SourceFile:
    """A content file as it was read."""

    path: str
    """Relative to the newsroom, forward slashes."""
    data: bytes


@dataclass(frozen=True)
class Sources:
    """Everything that editors wrote."""

    root: Path
    config: SourceFile
    stories: tuple[SourceFile, ...] = ()
    editions: tuple[SourceFile, ...] = ()
    locks: tuple[SourceFile, ...] = ()
    """Beside the editions: which story stands on which page."""
    data: Mapping[str, SourceFile] = field(default_factory=dict)


def find_root(start: Path) -> Path:
    """The newsroom that *start* lies in: the nearest folder upwards with ``mkdocs.yml``.

    Raises ``UsageError`` when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file():
            return folder
    raise UsageError("no-newsroom", str(start))


def read_sources(root: Path) -> Sources:
    """Read the newsroom at *root*. Files and folders whose names begin with ``.`` or ``_`` are left alone."""
    return Sources(
        root,
        _read(root, root / CONFIG_FILE),
        tuple(_read(root, path) for path in _walk(root / STORIES, ".md")),
        tuple(_read(root, path) for path in _walk(root / EDITIONS, ".yml", ".yaml")),
        tuple(_read(root, path) for path in _walk(root / EDITIONS, LOCK_SUFFIX)),
        {
            name: _read(root, path)
            for name in DATA_FILES
            for path in [root / "content" / f"{name}.yml"]
            if path.is_file()
        },
    )


def _walk(folder: Path, *suffixes: str) -> Iterator[Path]:
    """Files below *folder*, sorted; links to folders are not followed, so that nothing is read twice or outside."""
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(names):
            if name.lower().endswith(suffixes) and not name.startswith((".", "_")):
                yield Path(parent, name)


def _refuse(error: OSError) -> None:
    """Stop at a folder that cannot be read: without it, its stories would silently leave the site."""
    if not isinstance(error, FileNotFoundError):
        raise BuildError("unreadable", str(error.filename), error.strerror or "") from error


def _read(root: Path, path: Path) -> SourceFile:
    try:
        return SourceFile(path.relative_to(root).as_posix(), path.read_bytes())
    except OSError as error:
        raise BuildError("unreadable", path.relative_to(root).as_posix(), error.strerror or "") from error


def find_photo(root: Path, file: str) -> Path | None:
    """The picture *file* below ``assets/photos/``; ``None`` when it is not there or leads outside by a link."""
    folder = (root / PHOTOS).resolve()
    path = (root / PHOTOS / file).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        return None
    return path


def photo_spelling(root: Path, file: str) -> str:
    """How *file* is really spelled on disk when only letter case differs; else ``file`` itself.

    A file system that ignores case finds ``A.PNG`` for ``a.png``; the published site would not.
    """
    folder = root / PHOTOS
    for part in file.split("/"):
        try:
            names = [entry.name for entry in folder.iterdir()]
        except OSError:
            return file
        if part not in names:
            match = next((name for name in names if name.lower() == part.lower()), None)
            if match is None:
                return file
            part = match
        folder = folder / part
    return folder.relative_to(root / PHOTOS).as_posix()


class StatCache:
    """Digests of large files by size and modification time, so that photographs are not read on every build.

    A file touched less than two seconds before its digest was noted is read again: its time may hide a change.
    """

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self.path = path
        self.known: dict[str, list[int | str]] = {}
        if fresh:
            return
        try:
            loaded = json.loads(path.read_text(encoding="utf-8"))
            self.known = loaded if isinstance(loaded, dict) else {}
        except (OSError, ValueError):
            self.known = {}

    def digest(self, path: Path) -> str:
        """Hex SHA-256 of the file's bytes."""
        stat = path.stat()
        # ctime cannot be set back, so a replaced file with an old date is seen too.
        look: list[int | str] = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
        entry = self.known.get(str(path))
        if entry and entry[:-1] == look:
            return str(entry[-1])
        value = digest_bytes(path.read_bytes())
        if time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > _RACY_NS:
            self.known[str(path)] = [*look, value]
        return value

    def save(self) -> None:
        """Write the notes beside and replace."""
        replace_file(self.path, json.dumps(self.known).encode())
