"""The schemas for editor programs as files, with the names that a newsroom has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from site_builder.build.atomic import replace_file
from site_builder.build.check import CheckedNewsroom
from site_builder.messages import load_messages
from site_builder.schema.jsonschema import Known, make_schema


def schema_text(kind: str, language: str, known: Known) -> str:
    """The schema of *kind* as JSON, hints in *language*; the same every time."""
    schema = make_schema(kind, load_messages(language), known)
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_schemas(folder: Path, kinds: Sequence[str], language: str, known: Known) -> tuple[Path, ...]:
    """Write ``<kind>.json`` of each of *kinds* into *folder*; schemas that lie there are replaced."""
    paths = tuple(folder / f"{kind}.json" for kind in kinds)
    for kind, path in zip(kinds, paths, strict=True):
        replace_file(path, schema_text(kind, language, known).encode())
    return paths


def known_names(newsroom: CheckedNewsroom) -> Known:
    """The names that *newsroom* knows; what has problems is left out."""
    taxonomy = newsroom.taxonomy
    stories = sorted(newsroom.stories, key=lambda story: (story.date, story.id), reverse=True)
    return Known(
        sections=tuple(section.name for section in taxonomy.sections),
        regions=tuple(region.name for region in taxonomy.regions),
        topics=tuple(sorted({topic for story in stories for topic in story.topics})),
        organisations=tuple(organisation.name for organisation in taxonomy.organisations),
        people=tuple(person.key for person in taxonomy.people),
        stories=tuple(story.id for story in stories),
    )
