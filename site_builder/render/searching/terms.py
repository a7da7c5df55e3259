"""Which terms lead to a text: characters, pairs of characters, words, numbers, and what stands where they meet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import add

from site_builder.text.folding import HAN, LETTER

NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
HAN_RUN = re.compile(f"[{HAN}]+")
WORD_RUN = re.compile(f"[0-9{LETTER}](?:[0-9{LETTER}]|(?<=[0-9])[.,](?=[0-9]))*")
"""Letters and figures without anything between them: ai, 5125, 3.5, 5g, covid19."""
_NUMBER = re.compile(NUMBER)
_IS_HAN = re.compile(f"[{HAN}]")


def is_han(char: str) -> bool:
    """Whether *char* is one that needs no neighbours to be searched for. False for an empty text."""
    return bool(_IS_HAN.match(char))


@dataclass(frozen=True, slots=True)
class Cut:
    """A folded text, cut: from this its terms are read off."""

    runs: str
    """Han characters, with a blank between those that are no neighbours."""
    others: Collection[str] = ()
    """The terms in which there are letters or figures."""

    def run_terms(self) -> Iterator[str]:
        """Every character and every pair of neighbours of the runs."""
        runs = self.runs.split(" ")
        return chain("".join(runs), chain.from_iterable(map(add, run, run[1:]) for run in runs))


def cut(folded: str) -> Cut:
    """A folded text, cut."""
    others: set[str] = set()
    for match in WORD_RUN.finditer(folded):
        others |= _of_run(match)
    return Cut(" ".join(HAN_RUN.findall(folded)), others)


def _of_run(match: re.Match[str]) -> set[str]:
    """The terms of letters and figures: from the start and from each number in them, and with their neighbours."""
    text, run = match.string, match.group()
    starts = word_starts(run)
    found = {run[start:] for start, _ in starts} | {number for _, number in starts if number}
    after = text[match.end() : match.end() + 1]
    if is_han(after):
        found |= {run[start:] + after for start, _ in starts}
    before = text[match.start() - 1 : match.start()]
    if is_han(before):
        found |= {before + run, before + (starts[0][1] or run)}
    return found


def word_starts(run: str) -> list[tuple[int, str]]:
    """Where in a run of letters and figures a search may begin, and the number that stands there: 0 and each number."""
    numbers = [(match.start(), match.group()) for match in _NUMBER.finditer(run)]
    return numbers if numbers and numbers[0][0] == 0 else [(0, ""), *numbers]
