"""Postings and terms come back as they were written: within a month of any size, and joined to a segment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.render.artifact import Artifact
from site_builder.render.searching.coding import (
    Bytes,
    expand,
    pack_postings,
    pack_terms,
    unpack_chunk,
    unpack_postings,
    unpack_terms,
)
from site_builder.render.searching.months import Month, internal, render_month
from site_builder.render.searching.segments import Segment, render_segment

FACETS_OF_ONE = '[1,[["news","要闻"]],[],[],[],[["news","消息"]],[]]'
PAST_SURROGATES = (0xE000 >> 2) + 100
"""Stories of a month whose postings, as characters, reach beyond the code points of surrogates."""


@given(st.dictionaries(st.integers(0, 400_000), st.integers(0, 2)))
def test_postings_come_back(classes: dict[int, int]) -> None:
    rows = sorted(classes.items())
    assert unpack_postings(pack_postings([number << 2 | place for number, place in rows])) == rows


@given(st.sets(st.text("青岛工会鱼𠀀~abc09", min_size=1, max_size=5)))
def test_terms_come_back(terms: set[str]) -> None:
    assert unpack_terms(Bytes(pack_terms(sorted(terms)))) == sorted(terms)


def test_postings_of_months_of_any_size_are_joined() -> None:
    newer, older = _month("2024-04", 3), _month("2024-03", PAST_SURROGATES)
    months = (("2024-04", 3, ""), ("2024-03", PAST_SURROGATES, ""))
    files = render_segment(Segment("archive", months), [*newer, *older])
    chunks = [file for file in files if file.path.rpartition("/")[2].removesuffix(".gz").isdigit()]
    postings = {term: row for file in chunks for term, row in unpack_chunk(expand(file.data)).items()}
    everywhere = [(number, 2) for number in range(3 + PAST_SURROGATES)]
    first_class = [(number, 0) for number, _ in everywhere]
    assert {term: unpack_postings(row) for term, row in postings.items()} == {
        "工": everywhere,
        "会": everywhere,
        "工会": everywhere,
        "@section=news\t要闻": first_class,
        "@genre=news\t消息": first_class,
    }


def _month(name: str, stories: int) -> tuple[Artifact, ...]:
    """What is joined of a month of stories that hold one word, in their bodies."""
    made = (Artifact("record", b""), Artifact.text("terms", "\t\n\t\n工会\t"), Artifact.text("facets", FACETS_OF_ONE))
    return internal(render_month(Month(name, (), ""), made * stories))
