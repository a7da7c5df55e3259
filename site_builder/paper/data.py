"""A sheet as the JSON that templates read, with only such signs as the fonts can draw."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from site_builder.paper.coverage import SUBSTITUTE
from site_builder.paper.sheet import Sheet

_AS_IS = frozenset({"file", "link", "id", "note_id", "again", "kind"})
"""Fields that are no text."""


def sheet_json(
    sheet: Sheet, fonts: Mapping[str, Sequence[str]], drawable: Collection[int]
) -> tuple[bytes, tuple[str, ...]]:
    """The JSON of *sheet*, and the signs that no font has, each once: 〓 stands for them.

    *fonts* are the families of each role, first choice first. All text is in string values; a template puts them on
    the page as text, never as markup.
    """
    cleaner = _Cleaner(drawable)
    table = {
        "fonts": {role: list(names) for role, names in fonts.items()},
        **cleaner.mapping(dataclasses.asdict(sheet)),
    }
    return json.dumps(table, ensure_ascii=False, sort_keys=True).encode(), tuple(cleaner.missing)


class _Cleaner:
    def __init__(self, drawable: Collection[int]) -> None:
        self.drawable = drawable
        self.missing: dict[str, None] = {}

    def mapping(self, table: Mapping[str, object]) -> dict[str, object]:
        return {key: value if key in _AS_IS else self.value(value) for key, value in table.items()}

    def value(self, value: object) -> object:
        if isinstance(value, str):
            return "".join(map(self.char, value))
        if isinstance(value, Mapping):
            return self.mapping(value)
        if isinstance(value, (list, tuple)):
            return [self.value(item) for item in value]
        return value.isoformat() if isinstance(value, date) else value

    def char(self, char: str) -> str:
        """*char* if it can be drawn. What is unseen anyway (joiners, controls, variation selectors) goes."""
        code = ord(char)
        category = unicodedata.category(char)
        if category == "Zs" or char in "\n\t\u2028\u2029":
            return char if char == "\u3000" else " "
        if category in ("Cc", "Cf") or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
            return ""
        if code in self.drawable and category != "Co":
            return char
        self.missing[char] = None
        return SUBSTITUTE
