"""The data of the search page: one JSON of all stories, newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass

from site_builder.model import urls
from site_builder.render.artifact import Artifact


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What the search page knows of a story."""

    url: str
    headline: str
    kicker: str
    section: str
    region: str
    day: str
    byline: str
    text: str


def render_search_data(entries: tuple[SearchEntry, ...]) -> Artifact:
    """``search/stories.json``: short keys, since every reader who searches loads it whole."""
    rows = [
        {
            "u": urls.encoded(entry.url),
            "h": entry.headline,
            "k": entry.kicker,
            "s": entry.section,
            "r": entry.region,
            "d": entry.day,
            "b": entry.byline,
            "t": entry.text,
        }
        for entry in entries
    ]
    return Artifact.text(urls.SEARCH_DATA, json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
