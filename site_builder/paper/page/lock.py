"""The lock of an edition's layout: what was chosen for every page, so that every machine prints the same one.

It lies beside the edition's file (``2024-04-08.layout.lock``) and is kept with it. It holds shapes and places, and of
the words only the rows of headlines: whoever has the stories sets the pages again from it, and solves nothing.
JSON, one story a line, so that a change of layout reads well in a comparison of versions.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from site_builder.errors import BuildError
from site_builder.paper.page.plan import Cells
from site_builder.paper.page.request import Copy
from site_builder.paper.page.shapes import Chosen

VERSION = 1
LOCK_SUFFIX = ".layout.lock"


@dataclass(frozen=True, slots=True)
class LockedStory:
    """A story on a locked page."""

    chosen: Chosen
    asked: str
    """Digest of what the editor asked for; when it changes, the page is laid out anew."""


@dataclass(frozen=True, slots=True)
class LockedPage:
    """A page that keeps its layout."""

    number: int
    format: str
    stories: tuple[LockedStory, ...]
    filler: Cells | None = None
    """Where a public notice was needed."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The unplaced stories that a page was given, in order."""

    page: int
    stories: tuple[str, ...]


class DamagedLock(ValueError):
    """Text that is no lock. *offset* is where reading ended; *foreign*: another version of Bulletin wrote it."""

    def __init__(self, offset: int, reason: str, *, foreign: bool = False) -> None:
        super().__init__(reason)
        self.offset, self.foreign = offset, foreign


@dataclass(frozen=True, slots=True)
class Lock:
    """The pages of an edition that have been laid out, and the pages that unplaced stories were put on."""

    pages: tuple[LockedPage, ...] = ()
    assigned: tuple[Assigned, ...] = ()

    def page(self, number: int) -> LockedPage | None:
        """The page of that *number*."""
        return next((page for page in self.pages if page.number == number), None)

    def stories_by_page(self) -> dict[int, tuple[str, ...]]:
        """The assignment, by number of page."""
        return {one.page: one.stories for one in self.assigned}


def lock_name(edition: str) -> str:
    """File name of the lock of the edition of that date."""
    return edition + LOCK_SUFFIX


def asked(copy: Copy) -> str:
    """Digest of what the editor asked for *copy*: weight, place, form and rows, but none of its words."""
    # Not by the words: without the dictionary they are others, and the page has to stay all the same.
    marked = "".join(copy.headline)
    rows = [len(row) for row in re.split("(｜)", marked)] if "｜" in marked else []
    wishes = (copy.priority, copy.lead, copy.place, copy.form, copy.boxed, copy.columns, copy.headline_size, rows)
    return hashlib.sha256(repr(wishes).encode()).hexdigest()[:10]


def keeps_words(copy: Copy, chosen: Chosen) -> bool:
    """Whether the rows that were *chosen* for headline, kicker and deck still hold the words of *copy*."""
    head = chosen.shape.head
    pairs = ((head.rows, copy.headline), (head.kicker, copy.kicker), (head.deck, copy.deck))
    return all(_solid("".join(rows)) == _solid("".join(words).replace("｜", "")) for rows, words in pairs)


def _solid(text: str) -> str:
    """*text* without white space: where a row ends there is none."""
    return "".join(text.split())


def lock_text(lock: Lock) -> str:
    """*lock* as its file holds it."""
    rows = [f'{{"version": {VERSION}, "pages": [']
    if lock.assigned:
        rows = [f'{{"version": {VERSION}, "assigned": [', _assigned_rows(lock.assigned), '], "pages": [']
    for page in lock.pages:
        filler = f' "filler": {_json(page.filler)},' if page.filler else ""
        rows.append(f'  {{"number": {page.number}, "format": {_json(page.format)},{filler} "stories": [')
        rows += [f"    {_json(story)}{',' if story is not page.stories[-1] else ''}" for story in page.stories]
        rows.append("  ]}" + ("," if page is not lock.pages[-1] else ""))
    return "\n".join([*rows, "]}", ""])


def _assigned_rows(assigned: tuple[Assigned, ...]) -> str:
    pages = []
    for one in assigned:
        stories = ",\n".join(f"    {_json(story)}" for story in one.stories)
        pages.append(f'  {{"page": {one.page}, "stories": [\n{stories}\n  ]}}')
    return ",\n".join(pages)


def parse_lock(text: str, path: str) -> Lock:
    """The lock that the file at *path* holds. Raises ``BuildError`` when it is damaged or of another version."""
    try:
        return read_lock(text)
    except DamagedLock as error:
        if error.foreign:
            raise BuildError("print.lock-version", path) from error
        raise BuildError("print.lock-broken", path, str(error)) from error


def read_lock(text: str) -> Lock:
    """The lock that *text* is. Raises ``DamagedLock``."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise DamagedLock(error.pos, error.msg) from error
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise DamagedLock(0, "", foreign=True)
    try:
        lock: Lock = _value(Lock, {"pages": data.get("pages"), "assigned": data.get("assigned", [])})
    except (ValueError, TypeError) as error:
        raise DamagedLock(0, str(error)) from error
    return lock


def _json(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: object) -> object:
    """*value* as JSON knows it; what stands at its default is left out."""
    if is_dataclass(value):
        return dict(_said(value))
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return round(value, 3) if isinstance(value, float) else value


def _said(value: Any) -> Iterator[tuple[str, object]]:
    for entry in fields(value):
        held = _plain(getattr(value, entry.name))
        if entry.default is MISSING or held != _plain(entry.default):
            yield entry.name, held


def _value(kind: Any, value: Any) -> Any:
    """*value* of JSON as *kind*. Raises ``ValueError`` or ``TypeError``."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{name: _value(hints[name], held) for name, held in _table(value, hints).items()})
    if origin is UnionType and NoneType in arguments:
        return None if value is None else _value(arguments[0], value)
    if origin is Literal and value in arguments:
        return value
    if origin is tuple and isinstance(value, list):
        kinds = [arguments[0]] * len(value) if arguments[-1] is Ellipsis else arguments
        return tuple(_value(one, held) for one, held in zip(kinds, value, strict=True))
    if kind is float and type(value) in (int, float):
        return float(value)
    if kind in (int, str, bool) and type(value) is kind:
        return value
    raise ValueError(f"{value!r}"[:80])


def _table(value: Any, hints: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(value, dict) or not value.keys() <= hints.keys():
        raise ValueError(f"{value!r}"[:80])
    return value
