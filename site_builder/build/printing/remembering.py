"""Which signs fonts have, remembered: to find out of a Han font takes longer than to set a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from site_builder.build.atomic import replace_file
from site_builder.build.sources import StatCache
from site_builder.errors import BuildError
from site_builder.paper.coverage import covered

_FOLDER, _STATS = "signs", "fonts.json"


class Coverage:
    """The code points of fonts; what was read of them is kept in the folder *work*, by the digests of their files.

    Without a folder every font is read. What is damaged there is read again from the font.
    """

    def __init__(self, work: Path | None) -> None:
        self.work = work
        self._stats = StatCache(work / _STATS) if work else None

    def of(self, font: Path) -> frozenset[int]:
        """Code points that *font* has. Raises ``BuildError`` when it is no font."""
        if self.work is None or self._stats is None:
            return _read(font)
        known = dict(self._stats.known)
        note = self.work / _FOLDER / f"{self._stats.digest(font)}.json"
        found = _noted(note)
        if found is None:
            found = _read(font)
            replace_file(note, json.dumps(list(_ranges(found))).encode())
        if self._stats.known != known:
            self._stats.save()
        return found


def _read(font: Path) -> frozenset[int]:
    try:
        return covered(font.read_bytes())
    except ValueError as error:
        raise BuildError("print.font-broken", str(font)) from error


def _noted(note: Path) -> frozenset[int] | None:
    try:
        found: set[int] = set()
        for first, end in json.loads(note.read_text(encoding="utf-8")):
            found.update(range(first, end))
    except (OSError, ValueError, TypeError):
        return None
    return frozenset(found) or None


def _ranges(codes: frozenset[int]) -> Iterator[tuple[int, int]]:
    """(first, one after the last) of each row of code points without a gap."""
    for _, group in groupby(enumerate(sorted(codes)), key=lambda pair: pair[1] - pair[0]):
        row = [code for _, code in group]
        yield row[0], row[-1] + 1
