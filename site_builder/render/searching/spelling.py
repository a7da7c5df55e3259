"""Terms of pinyin: ``~qingdaoshi`` and ``~qds`` lead to 青岛市."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

MARK = "~"
"""Before every term of pinyin, so that none is taken for a Latin word."""
SYLLABLES = 4
INITIALS = 6
FEWEST_INITIALS = 2

Spelling = tuple[str, tuple[str, ...]]
"""A text, and for each of its characters the syllable, or nothing."""


def spelling_terms(spellings: Iterable[Spelling]) -> set[str]:
    """The terms for every syllable of *spellings* that a reader may begin with."""
    return set().union(*(_terms(syllables) for _, syllables in spellings))


@lru_cache(maxsize=4096)  # regions and organisations stand in many stories
def _terms(syllables: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"{MARK}{term}" for term in _beginnings([syllable for syllable in syllables if syllable]))


def _beginnings(syllables: Sequence[str]) -> Iterator[str]:
    initials = "".join(syllable[0] for syllable in syllables)
    for start in range(len(syllables)):
        yield "".join(syllables[start : start + SYLLABLES])
        if start + FEWEST_INITIALS <= len(syllables):
            yield initials[start : start + INITIALS]


def spelled(query: str, syllables: Sequence[str]) -> tuple[int, int] | None:
    """The first (start, stop) of *syllables*, one for each character, that *query* spells; ``None`` where none does.

    A query spells whole syllables or the beginning of the last, or the initials of two syllables and more. Characters
    without a syllable stand between without being typed.
    """
    places = [place for place, syllable in enumerate(syllables) if syllable]
    sounds = [syllables[place] for place in places]
    initials = "".join(sound[0] for sound in sounds)
    for start in range(len(sounds)):
        count = _syllables_spelled(query, sounds, start)
        if not count and len(query) >= FEWEST_INITIALS and initials.startswith(query, start):
            count = len(query)
        if count:
            return places[start], places[start + count - 1] + 1
    return None


def _syllables_spelled(query: str, sounds: Sequence[str], start: int) -> int:
    """How many syllables from *start* on *query* is the beginning of; 0: it is not."""
    rest = query
    for count, sound in enumerate(sounds[start:], 1):
        if sound.startswith(rest):
            return count
        if not rest.startswith(sound):
            return 0
        rest = rest[len(sound) :]
    return 0
