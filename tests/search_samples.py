"""Stories of random words for the search engine, and the files of their index, made without a newsroom or a disk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from unittest.mock import patch

from hypothesis import strategies as st

from site_builder.model.urls import name_slug
from site_builder.render.artifact import Artifact
from site_builder.render.searching.records import SearchedStory, render_searched
from site_builder.render.searching.segments import (
    CHUNK_BYTES,
    SearchIndex,
    Segment,
    SegmentName,
    directory_pages,
    render_search_index,
    render_segment,
)
from site_builder.render.searching.suggestions import Suggestions, render_suggestions
from site_builder.render.searching.volumes import Entry, Month, Volume, internal, published, render_volume

NEWS = ("yaowen", "要闻")


def searched(id: str, headline: str, day: date, **values: object) -> SearchedStory:
    """A story with what a test cares for."""
    return SearchedStory(
        **{"id": id, "headline": headline, "day": day, "section": NEWS, "genre": ("news", "消息"), **values}
    )  # type: ignore[arg-type]


def newest_first(stories: Iterable[SearchedStory]) -> list[SearchedStory]:
    """In the order in which the index numbers them."""
    return sorted(stories, key=lambda row: (row.day, row.id), reverse=True)


def files_of(
    stories: Iterable[SearchedStory], suggestions: Suggestions = Suggestions(()), chunk_bytes: int = 0
) -> dict[str, bytes]:
    """All files of the index of *stories*, by path. With small *chunk_bytes* a few stories make many chunks."""
    sizes = dict.fromkeys(CHUNK_BYTES, chunk_bytes) if chunk_bytes else CHUNK_BYTES
    with patch.dict(CHUNK_BYTES, sizes):
        return _files_of(stories, suggestions)


def _files_of(stories: Iterable[SearchedStory], suggestions: Suggestions) -> dict[str, bytes]:
    rows = newest_first(stories)
    newest = f"{rows[0].day:%Y-%m}"

    def volume_of(story: SearchedStory) -> str:
        return newest if f"{story.day:%Y-%m}" == newest else f"{story.day:%Y}"

    def segment_of(volume: tuple[str, list[SearchedStory]]) -> SegmentName:
        return "month" if volume[0] == newest else "year" if volume[0] == newest[:4] else "archive"

    volumes = [(name, list(members)) for name, members in groupby(rows, key=volume_of)]
    files: list[Artifact] = [render_suggestions(suggestions)]
    segments, pages = [], []
    for segment, group in groupby(volumes, key=segment_of):
        counts, months, parts = [], [], []
        for name, members in group:
            entries = tuple(Entry(row.id, "") for row in members)
            own = groupby(members, key=lambda row: f"{row.day:%Y-%m}")
            months_here = tuple(Month(month, 0, len(list(rows))) for month, rows in own)
            parts_of_stories = [part for row in members for part in render_searched(row)]
            made = render_volume(Volume(name, months_here, entries, ""), parts_of_stories)
            files += published(made)
            parts += internal(made)
            counts.append((name, len(members), "0" * 8))
            months += [(month.name, month.size, "0" * 8) for month in months_here]
        found = render_segment(Segment(segment, tuple(counts)), parts)
        files += found
        segments.append((found[0].path.split("/")[1], tuple(months)))
        pages.append(directory_pages(found))
    suggested = files[0].path.removeprefix("search/")
    files.append(render_search_index(SearchIndex(tuple(segments), suggested, tuple(pages))))
    return {artifact.path: artifact.data for artifact in files}


# Few characters, so that random texts and queries meet; every class of character has some.
PIECES = (
    "工会",
    "會",
    "青岛",
    "重庆",
    "五",
    "力",
    "ai",
    "AI",
    "e",
    "g",
    "é",
    "5",
    "12",
    "3.5",
    "，",
    ".",
    ",",
    "か",
    "ü",
    "𠮷",
)
BREAKS = (" ", "“", "”", "\n", "-", "\u3000")
texts = st.lists(st.sampled_from(PIECES + BREAKS), max_size=12).map("".join)
headlines = texts.filter(str.strip)
terms = st.lists(st.sampled_from([*PIECES, "qing", "qd", "gh", "chongq", "a b"]), min_size=1, max_size=4).map("".join)
days = st.sampled_from([date(2024, 4, 8), date(2024, 4, 1), date(2024, 2, 29), date(2022, 12, 31), date(2022, 12, 1)])


@st.composite
def random_stories(draw: st.DrawFn) -> SearchedStory:
    """A story of random words."""
    return searched(
        draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz")),
        draw(headlines),
        draw(days),
        kicker=draw(texts),
        tips=draw(texts),
        body=draw(texts),
        captions=tuple(draw(st.lists(texts, max_size=2))),
        byline=draw(texts),
        topics=tuple((name_slug(text), text) for text in draw(st.lists(headlines, max_size=2, unique=True))),
        names=tuple(draw(st.lists(st.sampled_from(["单青", "工力"]), max_size=1))),
    )


newsrooms = st.lists(random_stories(), min_size=1, max_size=6, unique_by=lambda row: row.id)
