"""What a value may look like to an editor program: fragments of JSON Schema, each beside the validator it mirrors.

Editor programs read YAML by its own rules, where ``12351`` is a number, while our parser keeps the text that was
typed; so most forms admit numbers too, and a pattern binds only what is text to them. ``null`` and booleans are
left out where :mod:`site_builder.schema.validate` would bear them: an editor program would offer them as values.
Patterns are written for Python and JavaScript alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from site_builder.text.pinyin import HAN


@dataclass(frozen=True)
class Form:
    """The form of a value as it is typed. A mark in ``Annotated``; the last one of a field counts."""

    types: tuple[str, ...] = ()
    """JSON types that the value may have."""
    told: str = ""
    """Key in the ``schema`` messages of what to say about a wrong value."""
    pattern: str = ""
    """For the whole text without the blanks around it; empty when any text will do."""
    least: int | None = None
    most: int | None = None
    """Bounds of a value that the editor program reads as a number."""
    words: tuple[str | bool, ...] = ()
    """The only values that there are, best spelling first."""
    examples: tuple[str, ...] = ()
    many: bool = False
    """A list of such values is meant; one line of them will do."""

    def schema(self, *, required: bool) -> dict[str, Any]:  # Any: JSON has no type
        """The JSON Schema of one value. *required*: text without a character is none."""
        if self.words:
            return {"enum": list(self.words)}
        found: dict[str, Any] = {"type": list(self.types)}
        if self.pattern:
            found["pattern"] = rf"^\s*(?:{self.pattern})\s*$" if required else rf"^\s*(?:{self.pattern})?\s*$"
        elif required:
            found["pattern"] = r"\S"
        bounds = {"minimum": self.least, "maximum": self.most}
        found |= {name: bound for name, bound in bounds.items() if bound is not None}
        return found | ({"examples": list(self.examples)} if self.examples else {})


def choice_form(table: Mapping[str, StrEnum]) -> Form:
    """The words of *table*, Chinese first, then the English ones."""
    english = (member.value for member in table.values())
    return Form(told="choice", words=tuple(dict.fromkeys((*table, *english))))


FOCUS_NUMBERS = "(100|[0-9]{1,2})%?[ ,，、]+(100|[0-9]{1,2})%?"
"""Two numbers up to 100: per cent from left and top."""


def focus_form(words: Iterable[str]) -> Form:
    """One of *words*, or two numbers."""
    return Form(("string",), "focus", "|".join((*words, FOCUS_NUMBERS)), examples=("上", "左上", "70% 30%"))


_MONTH, _DAY_OF_MONTH = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
_HOUR, _SIXTIETH = "(?:[01]?[0-9]|2[0-3])", "[0-5][0-9]"
_ZONE = r"\s*(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])"
_CLOCK = rf"[T ]{_HOUR}:{_SIXTIETH}(?::{_SIXTIETH})?(?:{_ZONE})?"
_ID = "[a-z0-9-]{3,80}"
_MARK, _MARKS = "[、,，;；]", r"[\s、,，;；]*"
_LARGEST = 999_999_999

TEXT = Form(("string", "number"), "text")
TEXTS = Form(("string", "number", "array"), "texts", many=True)
ID = Form(("string", "integer"), "id", _ID, 100)
IDS = Form(
    ("string", "integer", "array"), "id", rf"{_MARKS}(?:{_ID}(?:\s*{_MARK}{_MARKS}{_ID})*)?{_MARKS}", 100, many=True
)
SLUG = Form(("string", "integer"), "slug", "[a-z0-9]+(?:-[a-z0-9]+)*", 0)
MOMENT = Form(("string",), "date", rf"(?!0000)[0-9]{{4}}-{_MONTH}-{_DAY_OF_MONTH}(?:{_CLOCK})?")
NUMBER = Form(("integer", "string"), "number", "[0-9]{1,9}", 0, _LARGEST)
COUNT = Form(("integer", "string"), "count", "(?=[0-9]*[1-9])[0-9]{1,9}", 1, _LARGEST)
PRIORITY = Form(("integer", "string"), "priority", "0{0,8}[1-9]|0{0,7}10", 1, 10)
BOOLEAN = Form(told="choice", words=("是", "否", True, False, "yes", "no"))
REGION_CODE = Form(("string", "integer"), "region-code", "[1-9][0-9]{5}", 100_000, 999_999)
HAN_WORD = Form(("string",), "han-word", f"[{HAN}]+", examples=("浒湾",))
SYLLABLES = Form(("string",), "syllables", r"[a-zü]+(?:\s+[a-zü]+)*", examples=("xu wan",))
AUTHORITY = Form(
    ("string",),
    "authority",
    r"[A-Za-z0-9.@-]+,[0-9]{4}(?:-[0-9][0-9](?:-[0-9][0-9])?)?",
    examples=("bulletin.example,2024",),
)
ZONE = Form(("string",), "text", examples=("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "UTC"))
SITE_URL = Form(("string",), "site-url", r"https?://[^\s/?#]+(?:/[^\s?#]*)?")
