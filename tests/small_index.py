"""A reader of a search index made of a handful of stories, and random stories to make it of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st
from search_samples import BREAKS, PIECES, files_of, searched, texts

from site_builder.render.searching.reader import IndexReader
from site_builder.render.searching.records import SearchedStory


def reader_of(stories: Iterable[SearchedStory]) -> IndexReader:
    """A reader of the index of *stories*."""
    return IndexReader(files_of(stories).__getitem__)


def found(reader: IndexReader, typed: str, **options: object) -> list[str]:
    """The ids of the stories that a query finds, in order."""
    answer = reader.search(typed, limit=1000, **options)  # type: ignore[arg-type]
    return [hit.record["u"].split("/")[1] for hit in answer.hits]


WORDS = (*PIECES, *BREAKS)


@st.composite
def stories(draw: st.DrawFn) -> SearchedStory:
    """A story of random words."""
    return searched(
        id=draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz")) + "-story",
        day=draw(st.sampled_from([date(2024, 4, 8), date(2024, 4, 1), date(2024, 2, 29), date(2022, 12, 31)])),
        headline=draw(texts.filter(str.strip)),
        kicker=draw(texts),
        tips=draw(texts),
        body=draw(texts),
        captions=tuple(draw(st.lists(texts, max_size=2))),
        byline=draw(texts),
        topics=tuple((text, text) for text in draw(st.lists(texts.filter(str.strip), max_size=2, unique=True))),
        names=tuple(draw(st.lists(st.sampled_from(["单青", "工力"]), max_size=1))),
    )
