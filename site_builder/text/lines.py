"""Breaking a headline into lines where nothing else does it: on pictures.

Rules: W3C *Requirements for Chinese Text Layout* 3.1.5 (what may not begin or end a line); a number keeps its unit
and a Latin word its letters. A line ends at the end of a phrase where that is possible.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from site_builder.text.typography import phrases

OPENING = frozenset("“‘《〈（【「『")
CLOSING = frozenset("”’》〉）】」』，。、；：！？")
_LETTERS = r"[^\W\d_\u2e80-\uffff]+"
_RUN = re.compile(rf"{_LETTERS}(?:['’./-]{_LETTERS})*|\d[\d.,:%‰℃～-]*[年月日号届次个名人万亿元]?|—+|…+|[\s\S]")
_TORN_PHRASE = 1.0
"""A line that ends inside a phrase is as bad as an empty one."""
_LINE = 0.05
"""What one more line costs."""


@dataclass(frozen=True, slots=True)
class Atom:
    """What no line break may tear."""

    text: str
    ends_phrase: bool


@lru_cache(maxsize=1024)
def atoms(text: str) -> tuple[Atom, ...]:
    """*text* in pieces between which a line may end; joined again they are *text*, but for spaces before it.

    Marks stay with the characters that they close or open, spaces with those before them.
    """
    found: list[Atom] = []
    for phrase in phrases(text):
        pieces = _RUN.findall(phrase)
        for number, piece in enumerate(pieces, 1):
            ends = number == len(pieces)
            if found and _belongs_to(found[-1].text, piece):
                found[-1] = Atom(found[-1].text + piece, ends)
            elif not piece.isspace():
                found.append(Atom(piece, ends))
    return tuple(found)


def _belongs_to(before: str, piece: str) -> bool:
    # A space after an opening mark falls away at the end of a line, and the mark would end it.
    return before.rstrip()[-1] in OPENING or piece[0] in CLOSING or piece[0] in "—…" or piece.isspace()


def break_lines(
    pieces: Sequence[Atom], width: Callable[[str], float], limit: float, most: int, *, tear: bool
) -> tuple[str, ...] | None:
    """*pieces* in at most *most* lines no wider than *limit*, as even as can be; ``None`` when they do not fit.

    Unless *tear*, lines end at the ends of phrases only.
    """
    edges = [0.0, *accumulate(width(piece.text) for piece in pieces)]
    spaces = [width(piece.text) - width(piece.text.rstrip()) for piece in pieces]
    count = len(pieces)
    # best[i]: (cost, lines) of the pieces from i on, for so many lines still allowed.
    best: list[dict[int, tuple[float, tuple[int, ...]]]] = [{} for _ in range(count + 1)]
    best[count] = {0: (0.0, ())}
    for start in range(count - 1, -1, -1):
        for stop in range(start + 1, count + 1):
            length = edges[stop] - edges[start] - spaces[stop - 1]
            if length > limit:
                break
            torn = not pieces[stop - 1].ends_phrase
            if torn and not tear:
                continue
            cost = (1 - length / limit) ** 2 + (_TORN_PHRASE if torn else 0) + _LINE
            for lines, (rest, stops) in best[stop].items():
                if lines < most and cost + rest < best[start].get(lines + 1, (float("inf"), ()))[0]:
                    best[start][lines + 1] = (cost + rest, (stop, *stops))
    if not best[0]:
        return None
    begin, made = 0, []
    for stop in min(best[0].values())[1]:
        made.append("".join(piece.text for piece in pieces[begin:stop]).strip())
        begin = stop
    return tuple(made)
