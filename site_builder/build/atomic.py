"""Files that are never seen half-written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write *data* beside *path* and put it in its place in one step; folders are made as needed.

    With *durable* the bytes are on the disk, not only on their way, before the file takes its place.
    """
    beside = f"{path}.{os.getpid()}.tmp"  # a build does this for every entry of its cache, so no paths are composed
    try:
        try:
            _write(beside, data, durable=durable)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(beside, data, durable=durable)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _write(file: str, data: bytes, *, durable: bool) -> None:
    with open(file, "wb") as stream:
        stream.write(data)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())


def in_the_way(folder: Path, name: str) -> bool:
    """Whether the file *name* cannot be made in *folder* without touching what is there."""
    path = folder / name
    parents = [folder, *(folder / part for part in Path(name).parents)]
    return os.path.lexists(path) or any(os.path.lexists(parent) and not parent.is_dir() for parent in parents)


def write_new_files(folder: Path, contents: Mapping[str, bytes], programs: frozenset[str] = frozenset()) -> None:
    """Write all of *contents* (path below *folder* → bytes), or leave nothing behind. Never overwrites.

    Those that *programs* names may be executed.
    """
    made: list[Path] = []
    try:
        for name, data in sorted(contents.items()):
            path = folder / name
            for parent in reversed([p for p in path.parents if not p.exists()]):
                parent.mkdir()
                made.append(parent)
            with path.open("xb") as file:
                made.append(path)
                file.write(data)
            if name in programs:
                path.chmod(0o755)
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise
