"""What the published files of an index say without being searched: its size, and how names are read."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_STORY = re.compile(r"stories/s-(\d{6})/$")


class Published:
    """The index in the *site*'s folder."""

    def __init__(self, site: Path) -> None:
        self.folder = site / "search"
        self._readings = {number: tuple(readings) for number, readings in self._all_readings()}

    def readings(self, number: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """How the texts of a story are read, as its record tells browsers."""
        return self._readings[number]

    def _all_readings(self) -> Iterator[tuple[int, Iterator[tuple[str, tuple[str, ...]]]]]:
        index = json.loads((self.folder / "index.json").read_bytes())
        for segment in index["segments"]:
            for month, count, _digest in segment["months"]:
                for place in range(count):
                    record: dict[str, Any] = json.loads(gzip.decompress(self._record(month, place)))
                    match = _STORY.search(record["u"])
                    assert match, record["u"]
                    yield int(match[1]), ((text, tuple(syllables)) for text, syllables in record.get("z", ()))

    def _record(self, month: str, place: int) -> bytes:
        return (self.folder / "x" / month / f"{place}.gz").read_bytes()


def sizes(site: Path) -> dict[str, tuple[int, int]]:
    """(number of files, bytes) under ``search/``: of records, and of each segment by the letter that it begins with."""
    found: dict[str, tuple[int, int]] = {}
    for path in (site / "search").rglob("*"):
        if path.is_file() and path.suffix in (".gz", ".json"):
            kind = path.relative_to(site / "search").parts[0][:1]
            files, size = found.get(kind, (0, 0))
            found[kind] = (files + 1, size + path.stat().st_size)
    return found
