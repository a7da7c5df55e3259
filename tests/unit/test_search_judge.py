"""The judge of search judged: archives that do not change, truths that anybody can check by eye."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from benchmarks.search import scoring
from benchmarks.search.building import build_measured
from benchmarks.search.queries import COUNTS, QueryMaker
from benchmarks.search.stories import FIRST_DAY, LAST_DAY, Archive
from benchmarks.search.truth import Answer, Query, Truth, contains, fold, parse

from site_builder.render.searching.reader import IndexReader

ARCHIVE = Archive(stories=300, seed=7)
SAMPLE = replace(
    ARCHIVE.story(0),
    number=1,
    day=date(2024, 4, 8),
    headline="港口工人“求学圆梦”",
    kicker="",
    tips="夜校怎么办？",
    paragraphs=("工会登记５１２５个心愿，AI智能体检覆盖35,125人。", "職工書屋开到码头。\t书 香 满 港。"),
    people=("柳姗姗", "彭冰"),
)
OTHER = replace(
    SAMPLE, number=2, day=date(2024, 4, 9), headline="求学", paragraphs=("求学圆梦，从夜校起步。",), tips=""
)


def test_the_same_seed_writes_the_same_stories_and_asks_the_same() -> None:
    again = Archive(stories=300, seed=7)

    assert list(again) == list(ARCHIVE)
    assert QueryMaker(again, lambda _: ()).make() == QueryMaker(ARCHIVE, lambda _: ()).make()
    assert Archive(stories=300, seed=8).story(5) != ARCHIVE.story(5)


def test_an_index_is_made_of_an_archive_and_its_cost_is_told(tmp_path: Path) -> None:
    site = tmp_path / "site"
    cost = build_measured(Archive(stories=30, seed=7), tmp_path, site)

    assert IndexReader(lambda path: (site / path).read_bytes()).stories == 30
    assert cost.cpu_ms_a_story > 0
    assert 0 < cost.added_mb < 1


def test_stories_are_spread_over_all_the_years_and_have_the_length_of_news() -> None:
    samples = list(ARCHIVE)
    mean = sum(len(sample.body) for sample in samples) / len(samples)

    assert (samples[0].day, samples[-1].day.year) == (FIRST_DAY, LAST_DAY.year)
    assert sorted(samples, key=lambda sample: sample.day) == samples
    assert 1150 < mean < 1400


def test_every_kind_is_asked_and_most_have_an_answer() -> None:
    queries = QueryMaker(ARCHIVE, lambda _: [("青岛总工会", ("qing", "dao", "zong", "gong", "hui"))]).make()
    truth = Truth(ARCHIVE)

    assert len(queries) > 450
    assert {query.kind for query in queries} == set(COUNTS)
    answered = [query for query in queries if truth.answer(query).numbers]
    asked_to_be_found = [query for query in queries if query.kind not in ("missing", "facet", "dates", "number near")]
    assert len(answered) > 0.8 * len(asked_to_be_found)


def test_fewer_queries_are_still_of_every_kind() -> None:
    queries = QueryMaker(ARCHIVE, lambda _: [("青岛", ("qing", "dao"))]).make(at_most=100)

    assert len(queries) == 100
    assert len({query.kind for query in queries}) > 30


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("求学圆梦", (1, 2)),  # in the headline before in the body, though it is older
        ("「求学圆梦」", (1, 2)),
        ("5125个", (1,)),
        ("5125", (1,)),
        ("125人", ()),
        ("35,125人", (1,)),
        ("ai智能", (1,)),
        ("Ａ", (1,)),
        ("i智能", ()),
        ("职工书屋", (1,)),
        ("職工", (1,)),
        ("书香满港", (1,)),
        ("起步 夜校", (2,)),
        ("夜校 -起步", (1,)),
        ("求学圆梦，从", (2,)),
        ("圆梦工会", ()),  # headline and body are two texts
        ("姗姗通讯员", (2, 1)),  # elsewhere in both, so the newer one first
    ],
)
def test_truth(typed: str, numbers: tuple[int, ...]) -> None:
    assert Truth([SAMPLE, OTHER]).answer(Query("", typed)).numbers == numbers


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("qingdao", True),
        ("daozong", True),
        ("qd", True),
        ("dz", True),
        ("qingd", True),
        ("ingdao", False),
        ("qg", False),
    ],
)
def test_readings_are_found_from_any_syllable_on(typed: str, found: bool) -> None:
    readings = [("青岛总工会", ("qing", "dao", "zong", "gong", "hui"))]
    truth = Truth([replace(SAMPLE, paragraphs=())], lambda _: readings)

    assert bool(truth.answer(Query("", typed)).numbers) is found


def test_the_best_place_ranks_a_story_whether_the_term_stands_or_is_read_there() -> None:
    """Initials of a headline once stood behind a Latin word of the body that begins alike."""
    older = replace(SAMPLE, headline="广东的码头", paragraphs=("GDP",))
    newer = replace(OTHER, headline="码头", paragraphs=("GDP",))
    readings = {1: [("广东的码头", ("guang", "dong", "de", "ma", "tou"))], 2: [("码头", ("ma", "tou"))]}

    assert Truth([older, newer], readings.__getitem__).answer(Query("", "gd")).numbers == (1, 2)


def test_facets_are_alternatives_within_and_conditions_among() -> None:
    truth = Truth([SAMPLE, OTHER])
    either = Query("", "", (("person", "柳姗姗"), ("person", "没有此人"), ("year", "2024")))
    from_the_ninth = Query("", "", (("from", "2024-04-09"), ("to", "2024-12-31")))

    assert truth.answer(either).numbers == (2, 1)
    assert truth.answer(from_the_ninth).numbers == (2,)


def test_folding_and_parsing() -> None:
    assert fold("《ＡＢ》 中\u3000文  open  Day") == "ab中文open day"
    assert parse('工会 -“旧 稿” "a b" －x “”') == (["工会", "a b"], ["旧稿", "x"])


def test_a_number_is_found_whole_only() -> None:
    for text, holds in (("5125个", True), ("35125", False), ("5125.6", False), ("3,5125", False), ("5125。", True)):
        assert contains(text, "5125") is holds
    assert not contains("51250", "5125")


RIGHT = Answer(tuple(range(20, 0, -1)), ordered=True)
"""Twenty stories match, the newest first."""


def score(numbers: tuple[int, ...], count: int = 20, *, exact: bool = True, received: int = 30_000) -> scoring.Score:
    return scoring.Score(Query("kind", "词"), RIGHT, scoring.Found(numbers, count, exact, received))


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (score(RIGHT.numbers[:10]), ""),
        (score(RIGHT.numbers[:10], 19, exact=False), ""),
        (score(RIGHT.numbers[:9]), "missed"),
        (score((*RIGHT.numbers[:9], 99)), "missed+false+order"),
        (score((19, 20, *RIGHT.numbers[2:10])), "order"),
        (score(RIGHT.numbers[:10], 19), "count"),
        (score(RIGHT.numbers[:10], received=131_000), "bytes"),
        (score(()), "missed"),
    ],
)
def test_what_is_wrong_with_an_answer_is_named(one: scoring.Score, fault: str) -> None:
    assert one.fault == fault
    assert bool(scoring.faults([one])) is bool(fault)


def test_recall_counts_what_a_page_can_hold() -> None:
    assert score(RIGHT.numbers[:5]).recall == 0.5
    assert scoring.Score(Query("kind", "词"), Answer((3,), True), scoring.Found((3,), 1, True)).recall == 1
    assert scoring.Score(Query("kind", "词"), Answer((), True), scoring.Found((3,), 1, True)).precision == 0


def test_bars_are_missed_by_what_is_too_little_false_or_too_much() -> None:
    def missed(scores: list[scoring.Score], cost: scoring.Cost = scoring.Cost()) -> list[str]:
        return [bar.name for bar in scoring.bars(scores, cost, [0.4]) if not bar.cleared]

    good = score(RIGHT.numbers[:10])

    assert missed([good]) == []
    assert missed([good] * 100 + [score((*RIGHT.numbers[:9], 99))]) == ["precision@10"]
    assert missed([good, score(RIGHT.numbers[:5])]) == ["recall@10"]
    assert missed([good, score(RIGHT.numbers[:10], 3)]) == ["wrong exact counts"]
    assert missed([good, good, score(RIGHT.numbers[:10], received=140_000)]) == ["kB most"]
    assert missed([score(RIGHT.numbers[:10], received=90_000)]) == ["kB median"]
    assert missed([good], scoring.Cost(1.4, 700, 0.6, 2.1)) == [
        "build, CPU ms a story",
        "build, MB a segment",
        "one more story, CPU s",
        "one more story, MB changed",
    ]
