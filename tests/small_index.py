"""A reader of a search index made of a handful of stories."""

from __future__ import annotations

from collections.abc import Iterable

from search_samples import files_of

from site_builder.render.searching.reader import IndexReader
from site_builder.render.searching.records import SearchedStory


def reader_of(stories: Iterable[SearchedStory]) -> IndexReader:
    """A reader of the index of *stories*."""
    return IndexReader(files_of(stories).__getitem__)


def found(reader: IndexReader, typed: str, **options: object) -> list[str]:
    """The ids of the stories that a query finds, in order."""
    answer = reader.search(typed, limit=1000, **options)  # type: ignore[arg-type]
    return [hit.record["u"].split("/")[1] for hit in answer.hits]
