"""Names that are suggested while a reader types: people, topics, regions, organisations, columns, sections."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.searching.coding import compress
from site_builder.text.pinyin import Readings, spell, spell_name

MOST = 1500
"""Names in the file; those with the most stories."""
_DIGEST = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name with a front of its own."""

    url: str
    text: str
    kind: str
    """``people``, ``topics`` … as in addresses."""
    count: int
    """Its stories."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The names, those with the most stories first."""

    rows: tuple[Suggestion, ...]
    readings: tuple[tuple[str, str], ...] = ()
    """The newsroom's own corrections of pinyin."""


def render_suggestions(suggestions: Suggestions) -> Artifact:
    """``search/suggest-….gz``: each name with its pinyin and its initials."""
    readings = Readings(suggestions.readings)
    rows = []
    for row in suggestions.rows:
        syllables = [s for s in (spell_name if row.kind == "people" else spell)(row.text, readings) if s]
        initials = "".join(syllable[0] for syllable in syllables)
        rows.append([row.text, row.kind, row.count, "".join(syllables), initials, urls.encoded(row.url)])
    data = compress(json.dumps({"v": 1, "rows": rows}, ensure_ascii=False, separators=(",", ":")).encode())
    return Artifact(urls.search_suggestions(hashlib.sha256(data).hexdigest()[:_DIGEST]), data)
