"""A search index made of a handful of stories without a newsroom or a disk, and stories to make it of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from hypothesis import strategies as st

from site_builder.render.artifact import Artifact
from site_builder.render.searching.months import Month, internal, published, render_month
from site_builder.render.searching.reader import IndexReader
from site_builder.render.searching.records import SearchedStory, render_searched
from site_builder.render.searching.segments import (
    SearchIndex,
    Segment,
    directory_pages,
    render_search_index,
    render_segment,
)


def story(id: str = "one", headline: str = "标题", day: date = date(2024, 4, 8), **values: object) -> SearchedStory:
    """A story with what a test cares for."""
    whole = {"section": ("gonghui-xinwen", "工会新闻"), "genre": ("news", "消息"), **values}
    return SearchedStory(id=id, headline=headline, day=day, **whole)  # type: ignore[arg-type]


def index_files(stories: Iterable[SearchedStory]) -> dict[str, bytes]:
    """The files of the index of *stories*, by path."""
    rows = sorted(stories, key=lambda row: (row.day, row.id), reverse=True)
    newest = f"{rows[0].day:%Y-%m}" if rows else ""
    files: list[Artifact] = []
    segments, pages = [], []

    def segment_of(month: tuple[str, Sequence[Artifact]]) -> str:
        return "month" if month[0] == newest else "year" if month[0][:4] == newest[:4] else "archive"

    months = []
    for name, members in groupby(rows, key=lambda row: f"{row.day:%Y-%m}"):
        made = [artifact for member in members for artifact in render_searched(member)]
        months.append((name, render_month(Month(name, (), ""), made)))
    for name, group in groupby(months, key=segment_of):
        members = list(group)
        counts = tuple((month, len(published(artifacts)), "") for month, artifacts in members)
        parts = [artifact for _, artifacts in members for artifact in internal(artifacts)]
        found = render_segment(Segment(name, counts), parts)  # type: ignore[arg-type]
        segments.append((found[0].path.split("/")[1], tuple((month, count, "x") for month, count, _ in counts)))
        pages.append(directory_pages(found))
        files += found
        files += [artifact for _, artifacts in members for artifact in published(artifacts)]
    files.append(render_search_index(SearchIndex(tuple(segments), "", tuple(pages))))
    return {artifact.path: artifact.data for artifact in files}


def reader_of(stories: Iterable[SearchedStory]) -> IndexReader:
    """A reader of the index of *stories*."""
    return IndexReader(index_files(stories).__getitem__)


def found(reader: IndexReader, typed: str, **options: object) -> list[str]:
    """The ids of the stories that a query finds, in order."""
    answer = reader.search(typed, limit=1000, **options)  # type: ignore[arg-type]
    return [hit.record["u"].split("/")[1] for hit in answer.hits]


# Few characters, so that random texts and queries meet; every class of character has some.
WORDS = (
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
    " ",
    "“",
    "”",
    "\n",
    "か",
    "-",
    "ü",
)
texts = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)


@st.composite
def stories(draw: st.DrawFn) -> SearchedStory:
    """A story of random words."""
    return story(
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
