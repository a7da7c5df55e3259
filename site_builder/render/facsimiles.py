"""A facsimile as the e-paper's pages see it: its pictures and zones, read off its files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby

from site_builder.model import urls
from site_builder.render.artifact import Artifact

Polygon = tuple[tuple[float, float], ...]
"""Corners in points from the upper left of the page."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A story's place on the page."""

    story: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Facsimile:
    """A page that is shown as it was printed."""

    edition: date
    number: int
    name: str
    width: float
    height: float
    """In points."""
    zones: tuple[Zone, ...]
    """In reading order."""
    pictures: tuple[tuple[str, int], ...]
    """(URL, width in px) in WebP, narrowest first."""
    jpegs: tuple[tuple[str, int], ...]
    """The same in JPEG, fewer."""
    pdf_bytes: int

    @property
    def url(self) -> str:
        """Address of its page."""
        return urls.facsimile(self.edition, self.number)

    def height_at(self, width: int) -> int:
        """Height in px of the picture that is *width* px wide."""
        return round(width * self.height / self.width)


def read_facsimile(edition: date, files: Sequence[Artifact]) -> Facsimile:
    """The facsimile of a page of *edition* from the *files* that were made of it."""
    layout = next(file for file in files if file.path.endswith(urls.LAYOUT))
    (page,) = json.loads(layout.data)["pages"]
    pdf = next(file for file in files if file.path.endswith(urls.PAGE_PDF))
    return Facsimile(
        edition,
        page["number"],
        page["name"],
        page["width"],
        page["height"],
        tuple(Zone(story["story"], tuple(map(_polygon, story["polygons"]))) for story in page["stories"]),
        _pictures(files, ".webp"),
        _pictures(files, ".jpg"),
        pdf.size,
    )


def _pictures(files: Sequence[Artifact], ending: str) -> tuple[tuple[str, int], ...]:
    paths = (file.path for file in files if file.path.endswith(ending))
    return tuple((path, int(path.rpartition("-")[2].removesuffix(ending))) for path in paths)


def _polygon(corners: list[list[float]]) -> Polygon:
    return tuple((x, y) for x, y in corners)


@dataclass(frozen=True)
class Epaper:
    """All pages that are shown as they were printed."""

    pages: Mapping[tuple[date, int], Facsimile] = field(default_factory=dict)
    """By edition and number."""
    pdfs: Mapping[date, int] = field(default_factory=dict)
    """Edition → bytes of the PDF of its pages."""

    @cached_property
    def editions(self) -> Mapping[date, tuple[Facsimile, ...]]:
        """The pages of each edition by number, the latest edition first."""
        rows = groupby(sorted(self.pages, reverse=True), key=lambda key: key[0])
        return {day: tuple(self.pages[key] for key in sorted(keys)) for day, keys in rows}

    def of(self, day: date) -> tuple[Facsimile, ...]:
        """The pages of the edition of *day*, by number; none when it has no e-paper."""
        return self.editions.get(day, ())
