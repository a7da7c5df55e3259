"""Digests of values: the cache keys of everything that is built."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from importlib.metadata import distributions
from importlib.resources import files
from importlib.resources.abc import Traversable


def digest(value: object) -> str:
    """A hex SHA-256 of *value*: equal for equal values on every machine and in every run.

    Known: None, booleans, numbers, text, bytes, dates, enums, tuples and lists, sets, mappings, dataclasses.
    Raises ``TypeError`` for anything else, since an unknown value would make a key that means nothing.
    """
    hasher = hashlib.sha256()
    _feed(hasher.update, value)
    return hasher.hexdigest()


def digest_bytes(data: bytes) -> str:
    """Hex SHA-256 of *data*."""
    return hashlib.sha256(data).hexdigest()


def _feed(update: Callable[[bytes], object], value: object) -> None:
    """Write *value* unambiguously: a type mark, the length, the content."""
    if value is None or isinstance(value, bool):
        update(f"c{value};".encode())
    elif isinstance(value, Enum):
        _tagged(update, f"e{type(value).__name__}.{value.name}".encode(), b"")
    elif isinstance(value, str):
        _tagged(update, b"s", value.encode("utf-8", "surrogatepass"))
    elif isinstance(value, bytes):
        _tagged(update, b"b", value)
    elif isinstance(value, int | float):
        _tagged(update, b"n", repr(value).encode())
    elif isinstance(value, datetime | date):
        _tagged(update, b"d", value.isoformat().encode())
    elif is_dataclass(value):
        _feed(update, (type(value).__name__, *((f.name, getattr(value, f.name)) for f in fields(value))))
    elif isinstance(value, tuple | list):
        _tagged(update, b"l", str(len(value)).encode())
        for item in value:
            _feed(update, item)
    elif isinstance(value, Mapping):
        _feed(update, ("map", *sorted((str(k), digest(v)) for k, v in value.items())))
    elif isinstance(value, set | frozenset):
        _feed(update, ("set", *sorted(digest(item) for item in value)))
    else:
        raise TypeError(f"no digest for {type(value)!r}")


def _tagged(update: Callable[[bytes], object], tag: bytes, data: bytes) -> None:
    update(tag + str(len(data)).encode() + b":" + data)


@lru_cache(maxsize=1)
def code_version() -> str:
    """Digest of Bulletin's own source and messages: any change of code makes every cache entry new."""
    hasher = hashlib.sha256()
    for name, data in sorted(_source_files(files("site_builder"), "")):
        hasher.update(f"{name}:{len(data)}:".encode() + data)
    return hasher.hexdigest()


@lru_cache(maxsize=1)
def library_versions() -> str:
    """Digest of the names and versions of everything installed: outputs may change with any of it."""
    names = sorted({f"{d.metadata['Name']}=={d.version}" for d in distributions()})
    return digest_bytes("\n".join(names).encode())


def _source_files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            # The theme has a digest of its own.
            if entry.name not in ("__pycache__", "themes"):
                found += _source_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".toml")):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
