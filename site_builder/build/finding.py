"""Searching the published index from the newsroom's desk: the same files that readers' browsers search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.build.sources import CONFIG_FILE, STORIES
from site_builder.errors import BuildError, UsageError, system_error
from site_builder.model import urls
from site_builder.problems import Problem
from site_builder.render.searching.marking import Part, mark_excerpt, mark_text
from site_builder.render.searching.query import parse_query
from site_builder.render.searching.reader import BrokenIndex, IndexReader, Sort
from site_builder.schema.settings import parse_settings
from site_builder.schema.text import decode


@dataclass(frozen=True)
class FindOptions:
    """What to search for, and where."""

    query: str
    facets: Mapping[str, tuple[str, ...]]
    """Of each facet the keys of which a story must have one."""
    sort: Sort = "relevance"
    limit: int = 10
    site_dir: Path | None = None
    """Instead of the settings' own."""


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A story that matches."""

    file: str
    """Its file, relative to the newsroom; empty where none has its name."""
    day: str
    section: str
    headline: tuple[Part, ...]
    excerpt: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found."""

    stories: tuple[FoundStory, ...]
    count: int
    exact: bool
    changed: int
    """Story files that were changed since the index was made."""


def find_stories(root: Path, options: FindOptions) -> Findings:
    """Search the index of the site that was built last of the newsroom at *root*.

    Raises ``UsageError`` when there is none, ``BuildError`` when it cannot be read.
    """
    site = options.site_dir or root / _site_dir(root)
    index = site / urls.SEARCH_INDEX
    if not index.is_file():
        raise UsageError("search.no-index", str(site))
    files = {path.stem: path for path in (root / STORIES).rglob("*.md")}
    try:
        reader = IndexReader(lambda path: (site / path).read_bytes())
        answer = reader.search(options.query, facets=options.facets, sort=options.sort, limit=options.limit)
        made = index.stat().st_mtime
        changed = sum(path.stat().st_mtime > made for path in files.values())
    except BrokenIndex as error:
        raise BuildError("search.broken", str(index), str(error)) from error
    except OSError as error:
        raise system_error(error) from error
    terms = parse_query(options.query).terms
    found = []
    for hit in answer.hits:
        record = hit.record
        file = files.get(record["u"].strip("/").rpartition("/")[2])
        found.append(
            FoundStory(
                file.relative_to(root).as_posix() if file else "",
                record["d"],
                record["e"][1],
                mark_text(record["h"], terms, record),
                mark_excerpt(record, terms),
            )
        )
    return Findings(tuple(found), answer.count, answer.exact, changed)


def _site_dir(root: Path) -> Path:
    """Where the settings say that the site is; they need not be whole for that."""
    text = decode(CONFIG_FILE, (root / CONFIG_FILE).read_bytes())
    checked = None if isinstance(text, Problem) else parse_settings(text).value
    return Path(checked.value.site_dir) if checked else Path("site")
