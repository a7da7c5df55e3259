"""How well search did: what it gave beside what is true, by kind of query, and the bars it must clear."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, median, quantiles
from typing import Protocol

from benchmarks.search.truth import Answer, Query

PAGE = 10
"""Hits on a page of results: recall and precision are judged on the first."""
LEAST_RECALL = 0.985
MOST_KB = 130.0
MEDIAN_KB = 80.0
MOST_SECONDS = 1.0
MOST_CPU_MS = 1.3
"""Processor time of the index, per story."""
MOST_MB = 600.0
MOST_CPU_S_ADDED = 0.5
MOST_MB_ADDED = 2.0


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine gave for one query."""

    numbers: tuple[int, ...]
    """Stories of the first page, in order."""
    count: int
    exact: bool
    """Whether the engine says that *count* is the number of all that match, and not about so many."""
    received: int = 0
    """Bytes that came for this query from ``search/``, with an empty cache: index, records, HTTP headers."""
    columns: int = 0
    """Bytes of the other facets' columns, which offer what else could be chosen once the answer is shown."""
    requests: int = 0
    seconds: float = 0.0
    """From the beginning of navigation until the hits stand on the page; 0: not measured."""


class Engine(Protocol):
    """Something that can be asked."""

    def can_be_asked(self, query: Query) -> bool:
        """Whether it knows everything that *query* asks by."""

    def ask(self, query: Query) -> Found:
        """The first page of what it finds, with nothing remembered from earlier queries."""


@dataclass(frozen=True, slots=True)
class Score:
    """One query judged."""

    query: Query
    answer: Answer
    found: Found

    @property
    def recall(self) -> float | None:
        """Share of what the first page could hold; nothing where nothing is true."""
        true = set(self.answer.numbers)
        return len(true & set(self.found.numbers[:PAGE])) / min(PAGE, len(true)) if true else None

    @property
    def precision(self) -> float | None:
        """Share of the first page that is true; nothing where nothing was given."""
        given = self.found.numbers[:PAGE]
        return len(set(given) & set(self.answer.numbers)) / len(given) if given else None

    @property
    def in_order(self) -> bool | None:
        """Whether what was given is what should stand on top; nothing where the order is not said.

        That more should have been given is told by ``recall``.
        """
        if not self.answer.ordered:
            return None
        given = self.found.numbers[:PAGE]
        return given == self.answer.numbers[: len(given)]

    @property
    def counted(self) -> bool:
        """Whether the number of hits is right, or said to be a guess."""
        return not self.found.exact or self.found.count == len(self.answer.numbers)

    @property
    def fault(self) -> str:
        """What is wrong, in a few words; empty when nothing is."""
        faults = (
            ("missed", self.recall is not None and self.recall < 1),
            ("false", self.precision is not None and self.precision < 1),
            ("order", self.in_order is False),
            ("count", not self.counted),
            ("bytes", self.found.received > MOST_KB * 1000),
        )
        return "+".join(name for name, wrong in faults if wrong)


@dataclass(frozen=True, slots=True)
class Cost:
    """What the index costs; 0: not measured."""

    cpu_ms_a_story: float = 0.0
    peak_mb: float = 0.0
    """Resident memory of the process that makes the greatest segment, beyond what it had before."""
    added_cpu_s: float = 0.0
    added_mb: float = 0.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, and whether it is cleared."""

    name: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def cleared(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def judge(engine: Engine, answer: Callable[[Query], Answer], queries: Iterable[Query]) -> list[Score]:
    """Ask *engine* every query."""
    return [Score(query, answer(query), engine.ask(query)) for query in queries]


def bars(scores: Sequence[Score], cost: Cost = Cost(), seconds: Sequence[float] = ()) -> list[Bar]:
    """Every bar for which there is a figure; *seconds* are those of the queries that were timed."""
    found = [score.found for score in scores]
    kilobytes = [one.received / 1000 for one in found if one.received]
    figures = [
        Bar("recall@10", _mean(score.recall for score in scores), LEAST_RECALL, at_least=True),
        Bar("precision@10", _mean(score.precision for score in scores), 1.0, at_least=True),
        Bar("wrong exact counts", sum(not score.counted for score in scores), 0),
    ]
    if kilobytes:
        figures += [Bar("kB median", median(kilobytes), MEDIAN_KB), Bar("kB most", max(kilobytes), MOST_KB)]
    if seconds:
        figures.append(Bar("seconds, 19 of 20", _nineteen_of_twenty(seconds), MOST_SECONDS))
    costs = (
        Bar("build, CPU ms a story", cost.cpu_ms_a_story, MOST_CPU_MS),
        Bar("build, MB a segment", cost.peak_mb, MOST_MB),
        Bar("one more story, CPU s", cost.added_cpu_s, MOST_CPU_S_ADDED),
        Bar("one more story, MB changed", cost.added_mb, MOST_MB_ADDED),
    )
    return figures + [bar for bar in costs if bar.value]


def table(scores: Sequence[Score]) -> str:
    """A line for each kind of query, and one for all."""
    kinds = list(dict.fromkeys(score.query.kind for score in scores))
    heading = f"{'kind':16} {'n':>4} {'recall':>7} {'precis.':>7} {'order':>6} {'kB':>6} {'most':>6} {'columns':>7} {'reqs':>5}"
    lines = [heading]
    for kind in [*kinds, ""]:
        rows = [score for score in scores if kind in ("", score.query.kind)]
        found = [score.found for score in rows]
        ordered = [score.in_order for score in rows if score.in_order is not None]
        lines.append(
            f"{kind or 'all':16} {len(rows):4} {_mean(row.recall for row in rows):7.3f} "
            f"{_mean(row.precision for row in rows):7.3f} {mean(ordered) if ordered else 1:6.2f} "
            f"{median(one.received for one in found) / 1000:6.1f} {max(one.received for one in found) / 1000:6.1f} "
            f"{median(one.columns for one in found) / 1000:7.1f} {median(one.requests for one in found):5.0f}"
        )
    return "\n".join(lines)


def faults(scores: Iterable[Score], at_most: int = 40) -> list[str]:
    """One line for each query that went wrong."""
    wrong = [score for score in scores if score.fault]
    lines = [
        f"{score.fault:14} {score.query.kind:16} {score.query!s:32} true {len(score.answer.numbers)}, "
        f"said {'' if score.found.exact else 'about '}{score.found.count}, "
        f"first {list(score.found.numbers[:3])} for {list(score.answer.numbers[:3])}"
        for score in wrong[:at_most]
    ]
    return [*lines, f"and {len(wrong) - at_most} more"] if len(wrong) > at_most else lines


def _mean(values: Iterable[float | None]) -> float:
    """The mean of the values that there are; 1 where there are none."""
    known = [value for value in values if value is not None]
    return mean(known) if known else 1.0


def _nineteen_of_twenty(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
