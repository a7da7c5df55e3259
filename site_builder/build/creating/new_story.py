"""New story files: a suggested id, the right folder, the fields an editor needs, nothing overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from site_builder.build.atomic import write_new_files
from site_builder.build.clock import Clock
from site_builder.build.sources import STORIES, SourceFile, read_sources
from site_builder.errors import UsageError
from site_builder.messages import DEFAULT_LANGUAGE, load_messages
from site_builder.model.taxonomy import Taxonomy
from site_builder.schema.data import DataFiles, parse_data
from site_builder.schema.fields import GENRES, suggest_id
from site_builder.schema.settings import DEFAULT_TIMEZONE, parse_settings
from site_builder.schema.text import SourceText, decode
from site_builder.schema.yamlquote import quoted
from site_builder.text.pinyin import to_slug

_ID = re.compile(r"[a-z0-9-]{3,80}")


@dataclass(frozen=True, slots=True)
class NewStory:
    """What the editor said about the story to be."""

    headline: str
    id: str = ""
    """Suggested from the headline's pinyin when empty."""
    genre: str = "消息"
    section: str = ""
    """The newsroom's first section when empty."""
    region: str = ""


def write_story(root: Path, story: NewStory, clock: Clock) -> Path:
    """Make the file of *story*; its path. Raises ``UsageError`` for an id that is wrong or taken."""
    if not story.headline.strip() or not story.headline.isprintable():
        raise UsageError("headline-empty")
    sources = read_sources(root)
    taken = _taken_ids(sources.stories)
    story_id = story.id or _free_id(suggest_id(to_slug(story.headline)), taken)
    if not _ID.fullmatch(story_id):
        raise UsageError("id-invalid", story_id, suggest_id(to_slug(story_id)))
    if story_id in taken:
        raise UsageError("id-taken", story_id)
    if story.genre not in GENRES:
        raise UsageError("genre-unknown", story.genre, tuple(GENRES))
    texts = {name: decode(file.path, file.data) for name, file in sources.data.items()}
    taxonomy, _ = parse_data(DataFiles(**{n: t for n, t in texts.items() if isinstance(t, SourceText)}))
    section = _section(taxonomy, story.section)
    if story.region and taxonomy.region(story.region) is None:
        raise UsageError("region-unknown", story.region)
    timezone, language = _zone_and_language(sources.config.path, sources.config.data)
    today = clock.now().astimezone(timezone)
    body = load_messages(language).text("init.new-story-body")
    path = f"{STORIES}/{today:%Y}/{today:%m}/{story_id}.md"
    try:
        write_new_files(root, {path: _template(story, story_id, section, today, body).encode()})
    except FileExistsError:
        raise UsageError("id-taken", story_id) from None
    return root / path


_ID_LINE = re.compile(r"^(?:id|编号|aliases|旧编号)\s*:(.*(?:\n\s*-.*)*)", re.MULTILINE)


def _taken_ids(stories: Iterable[SourceFile]) -> set[str]:
    """File names, ids and former ids of all stories, also of those that cannot be read as YAML just now."""
    taken = set()
    for file in stories:
        taken.add(Path(file.path).stem.lower())
        for match in _ID_LINE.finditer(file.data.decode("utf-8", "replace")):
            taken |= set(_ID.findall(match.group(1).lower()))
    return taken


def _free_id(wanted: str, taken: set[str]) -> str:
    """*wanted*, or with a number behind it where it is taken; never longer than an id may be."""
    candidate, number = wanted, 2
    while candidate in taken:
        tail = f"-{number}"
        candidate, number = wanted[: 80 - len(tail)] + tail, number + 1
    return candidate


def _section(taxonomy: Taxonomy, wanted: str) -> str:
    if wanted:
        found = taxonomy.section(wanted)
        if found is None:
            raise UsageError("section-unknown", wanted, tuple(s.name for s in taxonomy.sections))
        return found.name
    if not taxonomy.sections:
        raise UsageError("no-sections")
    return taxonomy.sections[0].name


def _zone_and_language(path: str, data: bytes) -> tuple[ZoneInfo, str]:
    """Those of the settings, or the defaults where the settings cannot be read just now."""
    text = decode(path, data)
    checked = parse_settings(text) if isinstance(text, SourceText) else None
    if checked is None or checked.value is None:
        return ZoneInfo(DEFAULT_TIMEZONE), DEFAULT_LANGUAGE
    return ZoneInfo(checked.value.value.timezone), checked.value.value.language


def _template(story: NewStory, story_id: str, section: str, today: datetime, body: str) -> str:
    region = f"地区: {quoted(story.region)}\n" if story.region else ""
    return (
        "---\n"
        f"编号: {story_id}\n"
        f"主题: {quoted(story.headline)}\n"
        f"体裁: {story.genre}\n"
        f"日期: {today:%Y-%m-%d}\n"
        f"频道: {quoted(section)}\n"
        f"{region}"
        "状态: 草稿\n"
        "---\n"
        "\n"
        f"{body}\n"
    )
