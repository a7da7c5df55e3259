"""What a search for quoted terms must find, by looking through the text of every record of an index."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

from search_samples import newest_first

from site_builder.render.searching.records import SearchedStory, fields
from site_builder.text.folding import fold

LETTER = r"[^\W\d_\u2e80-\uffff\U00020000-\U0003ffff]"
"""One letter of a script that puts spaces between words, so neither kana nor Han, of whatever plane."""


def query_of(wanted: list[str], unwanted: str | None) -> str:
    """What a reader types to ask for texts as they are, and to exclude one."""
    return " ".join([*(f'"{term}"' for term in wanted), *([f'-"{unwanted}"'] if unwanted else [])])


def place_of(record: dict[str, Any], term: str) -> int | None:
    """The best class in which a story has *term*, by looking through all of its text: each rule in one pattern."""
    before = rf"(?<!{LETTER})(?<![0-9])" if re.match(LETTER, term) else ""
    before = r"(?<![0-9])(?<![0-9][.,])" if re.match("[0-9]", term) else before
    pattern = before + re.escape(term) + ("(?![.,]?[0-9])" if re.search("[0-9]$", term) else "")
    places = [place for place, text in fields(record) if re.search(pattern, fold(text))]
    for text, syllables in record.get("z", ()) if re.fullmatch("[a-zü]+", term) else ():
        sounds = [sound for sound in syllables if sound]
        spelled = term.replace("ü", "v")
        whole = any("".join(sounds[start:]).startswith(spelled) for start in range(len(sounds)))
        if whole or (len(spelled) > 1 and spelled in "".join(sound[0] for sound in sounds)):
            places.append(0 if text == record["h"] else 2)
    return min(places, default=None)


def found_by_looking(
    rows: list[SearchedStory], files: dict[str, bytes], wanted: list[str], unwanted: str | None, sort: str
) -> list[str]:
    """The ids of the stories that match, in order."""
    asked = [fold(term) for term in wanted if re.search(r"\w", term)]
    refused = [fold(unwanted)] if unwanted and re.search(r"\w", unwanted) else []
    records = [json.loads(gzip.decompress(data)) for path, data in files.items() if path.startswith("search/x/")]
    by_id = {record["u"].strip("/").split("/")[-1]: record for record in records}
    hits = []
    for number, row in enumerate(newest_first(rows)):
        places = [place_of(by_id[row.id], term) for term in asked]
        if None in places or any(place_of(by_id[row.id], term) is not None for term in refused):
            continue
        best = max((place for place in places if place is not None), default=0)
        hits.append((best if sort == "relevance" else 0, number, row.id))
    return [name for _, _, name in sorted(hits)] if asked or refused else []
