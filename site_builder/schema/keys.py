"""One table for field names: English as in the code, Chinese as editors say them.

The table is not written anywhere: it is read off the pydantic models, whose fields carry :class:`Key`.
"""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel


@dataclass(frozen=True)
class Key:
    """The Chinese spellings of a field; the first is the one that Bulletin itself writes."""

    chinese: tuple[str, ...]

    def __init__(self, *chinese: str) -> None:
        object.__setattr__(self, "chinese", chinese)


@dataclass(frozen=True)
class Inside:
    """The model of the mappings inside a field whose own type does not name it."""

    model: type[BaseModel]


@dataclass(frozen=True)
class KeyTable:
    """What may be typed as a key at one place of a document, and what it means."""

    fields: Mapping[str, str] = field(default_factory=dict)
    """Every accepted spelling → field name."""
    nested: Mapping[str, KeyTable] = field(default_factory=dict)
    """Field name → table of the mappings inside it."""

    def nearest(self, typed: str) -> str:
        """The known key most like *typed*, in the script of *typed*; empty when none is near."""
        han = any("\u4e00" <= char <= "\u9fff" for char in typed)
        known = [k for k in self.fields if any("\u4e00" <= c <= "\u9fff" for c in k) == han]
        matches = difflib.get_close_matches(typed.lower(), known, n=1, cutoff=0.5)
        return matches[0] if matches else ""

    def spellings(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(field, accepted spellings) in the order of declaration, for the reference pages."""
        grouped: dict[str, list[str]] = {}
        for typed, name in self.fields.items():
            grouped.setdefault(name, []).append(typed)
        return tuple((name, tuple(typed)) for name, typed in grouped.items())


@lru_cache(maxsize=64)
def key_table(model: type[BaseModel]) -> KeyTable:
    """The table of *model* and of the models nested in its fields."""
    fields: dict[str, str] = {}
    nested: dict[str, KeyTable] = {}
    for name, info in model.model_fields.items():
        fields[name] = name
        for mark in info.metadata:
            if isinstance(mark, Key):
                fields.update(dict.fromkeys(mark.chinese, name))
            elif isinstance(mark, Inside):
                nested[name] = key_table(mark.model)
        for inner in _models_in(info.annotation):
            nested[name] = key_table(inner)
    return KeyTable(types.MappingProxyType(fields), types.MappingProxyType(nested))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # Any: a typing form has no common type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for argument in get_args(annotation):
        yield from _models_in(argument)
