"""Postings and terms come back as they were written: within a volume of any size, and joined to a segment."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.render.artifact import Artifact
from site_builder.render.searching import volumes
from site_builder.render.searching.arrays import invert_runs
from site_builder.render.searching.coding import (
    Bytes,
    expand,
    pack_steps,
    pack_terms,
    unpack_chunk,
    unpack_postings,
    unpack_terms,
)
from site_builder.render.searching.postings import BOUNDS, NONE, Table, invert, pack_tables, ranged, read_tables
from site_builder.render.searching.segments import Segment, render_segment
from site_builder.render.searching.terms import Cut
from site_builder.render.searching.volumes import LARGE, Entry, Month, Volume, internal, render_volume

FACETS_OF_ONE = '[1,[["news","要闻"]],[],[],[],[["news","消息"]],[]]'
FAR = (0, 1 << 7 >> 2, 1 << 14 >> 2)
"""Stories between two, so that their distance takes one, two and three bytes."""
runs = st.lists(st.text("工会青岛鱼龘𠀀か", min_size=1, max_size=6), max_size=3).map(" ".join)
some_stories = st.lists(st.tuples(runs, runs, runs), min_size=1, max_size=8)


def _spread(stories: list[tuple[str, ...]], far: int) -> list[tuple[str, ...]]:
    """*stories*, with *far* others without a word after each."""
    empty = ("", "", "")
    return [one for story in stories for one in (story, *[empty] * far)]


def _terms(stories: list[tuple[str, ...]]) -> list[tuple[list[str], ...]]:
    return [tuple(list(Cut(own).run_terms()) for own in classes) for classes in stories]


@given(st.dictionaries(st.integers(0, 400_000), st.integers(0, 2)))
def test_postings_come_back(classes: dict[int, int]) -> None:
    rows = sorted(classes.items())
    before = [NONE, *(number << 2 for number, _ in rows)]
    steps = [(number << 2 | place) - last for (number, place), last in zip(rows, before, strict=False)]
    assert unpack_postings(pack_steps(steps)) == rows


@given(st.sets(st.text("青岛工会鱼𠀀~abc09", min_size=1, max_size=5)))
def test_terms_come_back(terms: set[str]) -> None:
    assert unpack_terms(Bytes(pack_terms(sorted(terms)))) == sorted(terms)


@given(some_stories)
def test_a_term_stands_in_the_best_class_of_each_story_that_has_it(stories: list[tuple[str, ...]]) -> None:
    found: dict[str, list[tuple[int, int]]] = {}
    for number, classes in enumerate(_terms(stories)):
        for term in {term for terms in classes for term in terms}:
            place = next(place for place, terms in enumerate(classes) if term in terms)
            found.setdefault(term, []).append((number, place))
    table = invert(_terms(stories))
    assert list(table.terms) == sorted(found)
    for term, first, last, rest in zip(*table, strict=True):
        assert unpack_postings(pack_steps([first - NONE]) + rest) == found[term]
        assert last == found[term][-1][0] << 2


@given(some_stories, st.sampled_from(FAR[:2]))
@example([("工会", "", ""), ("", "工会", ""), ("", "", "会 工")], FAR[2])
def test_both_ways_of_inverting_give_the_same_bytes(stories: list[tuple[str, ...]], far: int) -> None:
    spread = _spread(stories, far)
    one = [pack_tables([table]) for table in ranged(invert(_terms(spread)))]
    assert [pack_tables([table]) for table in invert_runs(spread)] == one


def test_a_volume_is_the_same_with_numpy_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volumes, "LARGE", 3)
    with_it = _volume("2023", 3)
    monkeypatch.setattr(volumes, "find_spec", lambda name: None)
    assert _volume("2023", 3) == with_it


@given(st.lists(st.tuples(st.text("ab工会\t@", min_size=1), st.integers(0, 9), st.integers(0, 9), st.binary())))
def test_tables_come_back(rows: list[tuple[str, int, int, bytes]]) -> None:
    columns = Table(*map(list, zip(*rows, strict=True))) if rows else Table([], [], [], [])
    nothing = Table([], [], [], [])
    back = read_tables(pack_tables([columns, nothing, columns]))
    assert [Table(*map(list, table)) for table in back] == [columns, nothing, columns]


def test_ranges_hold_all_terms_in_order() -> None:
    terms = sorted({"@a", "5125个", "ai", "か", "一", "工会", "龥", "𠀀", *BOUNDS[1:]})
    cut = list(ranged(Table(terms, range(len(terms)), range(len(terms)), [b""] * len(terms))))
    assert [term for table in cut for term in table.terms] == terms
    assert all(bound <= term for bound, table in zip(BOUNDS, cut, strict=True) for term in table.terms)


def test_postings_of_volumes_of_any_size_are_joined() -> None:
    newer, older = _volume("2024-04", 3), _volume("2023", 2 * LARGE)
    files = render_segment(Segment("archive", (("2024-04", 3, ""), ("2023", 2 * LARGE, ""))), [*newer, *older])
    chunks = [file for file in files if file.path.rpartition("/")[2].removesuffix(".gz").isdigit()]
    postings = {term: row for file in chunks for term, row in unpack_chunk(expand(file.data)).items()}
    everywhere = [(number, 2) for number in range(3 + 2 * LARGE)]
    first_class = [(number, 0) for number, _ in everywhere]
    assert {term: unpack_postings(row) for term, row in postings.items()} == {
        "工": everywhere,
        "会": everywhere,
        "工会": everywhere,
        "5g": everywhere,
        "@section=news\t要闻": first_class,
        "@genre=news\t消息": first_class,
    }


def _volume(name: str, stories: int) -> tuple[Artifact, ...]:
    """What is joined of a volume of stories that hold two words, in their bodies."""
    made = (Artifact("record", b""), Artifact.text("terms", "\t\n\t\n工会\t5g"), Artifact.text("facets", FACETS_OF_ONE))
    volume = Volume(name, (Month(name, 0, stories),), (Entry("", ""),) * stories, "")
    return internal(render_volume(volume, made * stories))
