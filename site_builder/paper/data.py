"""A sheet as the JSON that templates read, with only such signs as the fonts can draw."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from site_builder.paper.sheet import Sheet
from site_builder.paper.signs import Signs

_AS_IS = frozenset({"file", "link", "id", "note_id", "again", "kind"})
"""Fields that are no text."""


def sheet_json(
    sheet: Sheet, fonts: Mapping[str, Sequence[str]], drawable: Collection[int]
) -> tuple[bytes, tuple[str, ...]]:
    """The JSON of *sheet*, and the signs that no font has, each once: 〓 stands for them.

    *fonts* are the families of each role, first choice first. All text is in string values; a template puts them on
    the page as text, never as markup.
    """
    signs = Signs(drawable)
    table = {
        "fonts": {role: list(names) for role, names in fonts.items()},
        **_mapping(dataclasses.asdict(sheet), signs),
    }
    return json.dumps(table, ensure_ascii=False, sort_keys=True).encode(), tuple(signs.missing)


def _mapping(table: Mapping[str, object], signs: Signs) -> dict[str, object]:
    return {key: value if key in _AS_IS else _value(value, signs) for key, value in table.items()}


def _value(value: object, signs: Signs) -> object:
    if isinstance(value, str):
        return signs.text(value)
    if isinstance(value, Mapping):
        return _mapping(value, signs)
    if isinstance(value, (list, tuple)):
        return [_value(item, signs) for item in value]
    return value.isoformat() if isinstance(value, date) else value
