"""A facsimile as the e-paper's pages see it: its pictures and zones, read off its files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
    """(URL, width in px), narrowest first."""

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
    pictures = (file.path for file in files if file.path.endswith(".webp"))
    return Facsimile(
        edition,
        page["number"],
        page["name"],
        page["width"],
        page["height"],
        tuple(Zone(story["story"], tuple(map(_polygon, story["polygons"]))) for story in page["stories"]),
        tuple((path, int(path.rpartition("-")[2].removesuffix(".webp"))) for path in pictures),
    )


def _polygon(corners: list[list[float]]) -> Polygon:
    return tuple((x, y) for x, y in corners)
