"""Breaking paragraphs into lines: a dynamic programme over (position, number of lines).

It keeps the best setting for every number of lines near the best one. That is the lever of copyfitting: a story
becomes a few lines longer or shorter, and nobody touches its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from site_builder.paper.page.plan import Line, Span
from site_builder.paper.setting.atoms import Atoms, make_atoms
from site_builder.paper.setting.widths import Widths

USABLE_SHRINK = 0.96
"""Share of the possible shrink that a line may use, so that rounding elsewhere never overfills it."""
WIDEST_GAP = 0.22
"""Em added at each place of a line, from which on it is loose beyond use."""
_LOOSE = 0.12
"""Em added at each place that cost 1."""
_FORCED = 40.0
"""Cost of a line that is too loose and cannot be otherwise."""
_SHORT_TAIL, _SHORT_TAIL_COST = 2.5, 3.0
FEWER, MORE = 1, 2
"""Numbers of lines that are kept below and above the best."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to set a paragraph."""

    cost: float
    ends: tuple[int, ...]
    """Offset into the text after each line."""


Settings = Mapping[int, Setting]
"""Number of lines → the best setting in so many."""


@lru_cache(maxsize=20000)
def break_paragraph(spans: tuple[Span, ...], widths: Widths, measure: float, indent: float) -> Settings:
    """The settings of *spans* in lines of *measure* em, the first one indented by *indent* em.

    Never empty: a paragraph without text has one line.
    """
    atoms = make_atoms(spans, widths, measure - indent)
    count = len(atoms.stops) - 1
    if count == 0:
        return {1: Setting(0.0, (0,))}
    # reached[position]: lines → (cost, position before).
    reached: list[dict[int, tuple[float, int]]] = [{} for _ in range(count + 1)]
    reached[0] = {0: (0.0, -1)}
    for begin in range(count):
        states = reached[begin]
        if not states:
            continue
        least = min(states)
        kept = [(lines, state[0]) for lines, state in states.items() if lines <= least + FEWER + MORE + 1]
        for end, cost in _lines_from(atoms, begin, measure - (indent if begin == 0 else 0.0)):
            target = reached[end]
            for lines, before in kept:
                total = before + cost
                known = target.get(lines + 1)
                if known is None or total < known[0]:
                    target[lines + 1] = (total, begin)
    return _near_the_best(reached, atoms)


def _near_the_best(reached: list[dict[int, tuple[float, int]]], atoms: Atoms) -> Settings:
    finished = reached[-1]
    best = min(finished, key=lambda lines: (finished[lines][0], lines))
    found: dict[int, Setting] = {}
    for lines in sorted(finished):
        if best - FEWER <= lines <= best + MORE:
            ends: list[int] = []
            position, left = len(atoms.stops) - 1, lines
            while left:
                ends.append(atoms.stops[position])
                position, left = reached[position][left][1], left - 1
            found[lines] = Setting(finished[lines][0], tuple(reversed(ends)))
    return found


def _lines_from(atoms: Atoms, begin: int, measure: float) -> list[tuple[int, float]]:
    """(end, cost) of every line that may begin at *begin*; at least one."""
    count = len(atoms.stops) - 1
    first = begin == 0
    found: list[tuple[int, float]] = []
    longest = 0
    end = max(begin + 1, bisect_left(atoms.width, atoms.width[begin] + measure * 0.6, begin + 1, count))
    while end <= count:
        width, shrink, gaps = atoms.line(begin, end, first=first)
        if width - shrink * USABLE_SHRINK > measure:
            # Marks at the end of a line take room from it, so the next position may fit again.
            if width - shrink > measure + 1.5:
                break
        elif atoms.breaks[end]:
            longest = end
            cost = line_cost(width, shrink, gaps, measure, last=end == count)
            if cost is not None:
                found.append((end, cost))
        end += 1
    if found:
        return found
    return [(longest or _forced(atoms, begin, measure), _FORCED)]


def _forced(atoms: Atoms, begin: int, measure: float) -> int:
    """Where a line ends that has no good end: at the last position that fits, however short the line becomes."""
    count = len(atoms.stops) - 1
    fits = begin + 1
    allowed = 0
    for end in range(begin + 1, count + 1):
        width, shrink, _ = atoms.line(begin, end, first=begin == 0)
        if width - shrink * USABLE_SHRINK > measure:
            break
        fits = end
        allowed = end if atoms.breaks[end] else allowed
    return allowed or fits


def line_cost(width: float, shrink: float, gaps: int, measure: float, *, last: bool) -> float | None:
    """What a line costs: squared stretch at each place, or squared share of its shrink; ``None`` if it is too loose.

    *width*, *shrink* and *measure* in em. The last line of a paragraph is not stretched, but must not be a stub.
    """
    slack = measure - width
    if slack < 0:
        return (slack / shrink) ** 2 if shrink else 0.0
    if last:
        return _SHORT_TAIL_COST if width < _SHORT_TAIL else 0.0
    each = slack / max(gaps, 1)
    return (each / _LOOSE) ** 2 if each <= WIDEST_GAP else None


def make_lines(spans: tuple[Span, ...], setting: Setting, indent: float) -> tuple[Line, ...]:
    """The lines of a paragraph as *setting* ends them; a space that parts the words of two lines ends the first."""
    lines: list[Line] = []
    begin = 0
    for number, end in enumerate(setting.ends, 1):
        pieces = _cut(spans, begin, end)
        lines.append(Line(pieces, indent if number == 1 else 0.0, last=number == len(setting.ends)))
        begin = end
    return tuple(lines)


def _cut(spans: tuple[Span, ...], begin: int, end: int) -> tuple[Span, ...]:
    """What stands from *begin* to *end*; of the spaces at either end one may stay at the right."""
    text = "".join(span.text for span in spans)[begin:end]
    spaces = len(text) - len(text.rstrip())
    # U+3000 is a sign as wide as any other; a typesetter would not let it hang over the end of a line.
    end -= spaces - 1 if text.endswith(" ") and text[len(text) - spaces] == " " else spaces
    begin = min(end, begin + len(text) - len(text.lstrip()))
    found: list[Span] = []
    offset = 0
    for span in spans:
        part = span.text[max(begin - offset, 0) : max(end - offset, 0)]
        if part:
            found.append(Span(part, span.face, span.weight, span.dotted))
        offset += len(span.text)
    return tuple(found)
