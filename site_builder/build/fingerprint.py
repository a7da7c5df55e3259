"""Digests of values: the cache keys of everything that is built."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from importlib.metadata import distributions
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import attrgetter
from typing import Any

Put = Callable[[bytes], object]


def digest(value: object) -> str:
    """A hex SHA-256 of *value*: equal for equal values on every machine and in every run.

    Known: None, booleans, numbers, text, bytes, dates, enums, tuples and lists, sets, mappings, dataclasses. One that
    has ``in_short`` is digested by what that returns: the same in fewer values.
    Raises ``TypeError`` for anything else, since an unknown value would make a key that means nothing.
    """
    pieces: list[bytes] = []
    _feed(pieces.append, value)
    return digest_bytes(b"".join(pieces))


def digest_bytes(data: bytes) -> str:
    """Hex SHA-256 of *data*."""
    return hashlib.sha256(data).hexdigest()


def _feed(put: Put, value: object) -> None:
    """Write *value* unambiguously: a type mark, the length, the content.

    A build digests about a million values, so how a type is written is decided once for each type.
    """
    kind = type(value)
    write = _writers.get(kind)
    if write is None:
        write = _writers[kind] = _writer(kind)
    write(put, value)


def _feed_all(put: Put, values: Iterable[object]) -> None:
    for value in values:
        (_writers.get(type(value)) or _feed)(put, value)  # one call less for each than by ``_feed`` alone


# Any: a writer is only ever given values of its own type.
Writer = Callable[[Put, Any], None]


def _text(put: Put, value: str) -> None:
    data = value.encode("utf-8", "surrogatepass")
    put(b"s%d:%b" % (len(data), data))


def _bytes(put: Put, value: bytes) -> None:
    put(b"b%d:" % len(value))
    put(value)


def _constant(put: Put, value: bool | None) -> None:
    put(f"c{value};".encode())


def _number(put: Put, value: float) -> None:
    put(f"n{value!r};".encode())


def _date(put: Put, value: date) -> None:
    put(f"d{value.isoformat()};".encode())


def _sequence(put: Put, value: Sequence[object]) -> None:
    put(b"l%d:" % len(value))
    _feed_all(put, value)


def _mapping(put: Put, value: Mapping[object, object]) -> None:
    _sequence(put, ("map", *sorted((str(key), digest(item)) for key, item in value.items())))


def _set(put: Put, value: Iterable[object]) -> None:
    _sequence(put, ("set", *sorted(digest(item) for item in value)))


def _enum(put: Put, value: Enum) -> None:
    put(b"e")
    _text(put, f"{type(value).__name__}.{value.name}")


def _dataclass(kind: type) -> Writer:
    """The writer of a dataclass: its name, then each field's name and value."""
    names = tuple(field.name for field in fields(kind))
    heads: list[bytes] = []
    _text(heads.append, f"{kind.__name__}({','.join(names)})")
    head = b"o" + b"".join(heads)
    # All fields in one call, as a tuple: one name alone would give the bare value.
    get = attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]

    def write(put: Put, value: object) -> None:
        put(head)
        _feed_all(put, get(value))

    return write


_writers: dict[type, Writer] = {}
_WRITERS: tuple[tuple[type | tuple[type, ...], Writer], ...] = (
    ((type(None), bool), _constant),
    (Enum, _enum),
    (str, _text),
    (bytes, _bytes),
    ((int, float), _number),
    (date, _date),
    ((tuple, list), _sequence),
    (Mapping, _mapping),
    ((set, frozenset), _set),
)
"""The first that fits is taken: a boolean is a number too, and an enum may be text."""


def _writer(kind: type) -> Writer:
    if hasattr(kind, "in_short"):
        return lambda put, value: _sequence(put, (kind.__name__, *value.in_short()))
    if is_dataclass(kind):
        return _dataclass(kind)
    for types, write in _WRITERS:
        if issubclass(kind, types):
            return write
    raise TypeError(f"no digest for {kind!r}")


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
