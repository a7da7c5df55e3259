"""What no line break may tear, and what stands between: the rules of 避头尾 and 标点挤压.

Sources: W3C *Requirements for Chinese Text Layout* (CLREQ) 3.1 and 3.2, GB/T 15834-2011 (punctuation at line ends),
GB/T 15835-2011 (a number keeps its unit). The widths mirror what Typst does, so that it agrees with our lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from site_builder.paper.page.plan import Span
from site_builder.paper.setting.widths import Widths

OPENING = frozenset("“‘（〔［｛《〈「『【")
CLOSING = frozenset("”’）〕］｝》〉」』】，、。．；：？！")
NO_START = CLOSING | frozenset("…—～·%％‰℃!),.:;?]}’”-–/")
"""What no line may begin with."""
NO_END = OPENING | frozenset("￥$№([{£€#")
"""What no line may end with."""
HALF = 0.5
"""What a mark gives up at the edge of a line, beside another mark, or when a line is tight (em)."""
GAP = 0.25
"""Between Han and Latin (em); half of it may be taken out of a tight line."""
_TIGHTEN_SPACE = 1 / 3
_UNITS = frozenset(
    "年月日号时分秒点岁周天届次个名人位家件条项种户所台辆只张份册路公里米斤吨升度元角万亿千百十余多倍折版期级层班组座起场批"
)
_LETTERS = r"A-Za-z0-9\u00c0-\u024f\u0370-\u04ff"
_ATOM = re.compile(rf"[{_LETTERS}]+(?:[.,:'’/&@_+~-][{_LETTERS}]+)*[%‰℃°]?|—+|…+|\s|[\s\S]")
_FIGURE = re.compile(r"[\d%％‰]")
_LATIN = re.compile(rf"[{_LETTERS}#$%&]")
_HAN = re.compile("[\u2e80-\u2fff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Atoms:
    """A paragraph between whose atoms lines may end. Position *i* is before the atom of that number."""

    stops: tuple[int, ...]
    """Position → offset into the text; one more than there are atoms."""
    width: tuple[float, ...]
    """Position → em from the beginning of the paragraph, with all that stands between the atoms before it."""
    shrink: tuple[float, ...]
    """Position → em that could be taken out before it."""
    before: tuple[tuple[float, float], ...]
    """Position → (width, shrink) between the atom and the one before; a line that begins here has none."""
    start_trim: tuple[tuple[float, float], ...]
    """Position → (em, shrink) that the atom gives up at the beginning of a line."""
    end_trim: tuple[tuple[float, float], ...]
    """Position → (em, shrink) that the atom before it gives up at the end of a line."""
    breaks: tuple[bool, ...]
    """Position → whether a line may end there."""

    def line(self, begin: int, end: int, *, first: bool) -> tuple[float, float, int]:
        """(natural width, shrink, gaps) of the line from *begin* to *end*, the *first* one indented."""
        before_width, before_shrink = self.before[begin]
        start_width, start_shrink = (0.0, 0.0) if first else self.start_trim[begin]
        end_width, end_shrink = self.end_trim[end]
        width = self.width[end] - self.width[begin] - before_width - start_width - end_width
        shrink = self.shrink[end] - self.shrink[begin] - before_shrink - start_shrink - end_shrink
        return width, max(shrink, 0.0), end - begin - 1


def make_atoms(spans: Sequence[Span], widths: Widths, measure: float) -> Atoms:
    """The atoms of *spans*; what is wider than *measure* (em) is torn apart, since it has to be."""
    text = "".join(span.text for span in spans)
    advances = [advance for span in spans for advance in widths.of(span)]
    edges = [0.0, *accumulate(advances)]
    stops, torn = [0], set[int]()
    for begin, end in (match.span() for match in _ATOM.finditer(text)):
        if edges[end] - edges[begin] > measure - HALF:
            torn.update(range(begin + 1, end))
            stops.extend(range(begin + 1, end))
        stops.append(end)
    return _Builder(text, edges, tuple(stops), torn).atoms()


class _Builder:
    """Sums up what stands before each position."""

    def __init__(self, text: str, edges: Sequence[float], stops: tuple[int, ...], torn: set[int]) -> None:
        self.text, self.edges, self.stops, self.torn = text, edges, stops, torn

    def atoms(self) -> Atoms:
        """All sums."""
        count = len(self.stops) - 1
        width, shrink = [0.0], [0.0]
        before: list[tuple[float, float]] = []
        for number in range(count):
            first, last = self._ends(number)
            extra, less = self._between(number)
            before.append((extra, less))
            own = self.edges[self.stops[number + 1]] - self.edges[self.stops[number]]
            width.append(width[-1] + extra + own)
            shrink.append(shrink[-1] + less + self._give(number, first, last, own))
        before.append((0.0, 0.0))
        return Atoms(
            self.stops,
            tuple(width),
            tuple(shrink),
            tuple(before),
            (*(self._start_trim(position) for position in range(count)), (0.0, 0.0)),
            tuple(self._end_trim(position) for position in range(count + 1)),
            tuple(self._may_end(position) for position in range(count + 1)),
        )

    def _ends(self, number: int) -> tuple[str, str]:
        return self.text[self.stops[number]], self.text[self.stops[number + 1] - 1]

    def _start_trim(self, number: int) -> tuple[float, float]:
        first, last = self._ends(number)
        return (HALF, self._give(number, first, last, 1.0)) if first in OPENING else (0.0, 0.0)

    def _give(self, number: int, first: str, last: str, own: float) -> float:
        """What an atom can give up inside a line: a mark its empty half, unless a neighbour has taken it."""
        if last.isspace():
            return own * _TIGHTEN_SPACE
        if last in CLOSING:
            return 0.0 if self._is_mark(number + 1) else HALF
        if first in OPENING:
            return 0.0 if self._is_mark(number - 1) else HALF
        return 0.0

    def _is_mark(self, number: int) -> bool:
        return 0 <= number < len(self.stops) - 1 and self._ends(number)[0] in OPENING | CLOSING

    def _between(self, number: int) -> tuple[float, float]:
        """(width, shrink) between an atom and the one before."""
        if number == 0:
            return 0.0, 0.0
        left, right = self._ends(number - 1)[1], self._ends(number)[0]
        if self._is_mark(number - 1) and self._is_mark(number):
            return -HALF, 0.0
        if (_HAN.match(left) and _LATIN.match(right)) or (_LATIN.match(left) and _HAN.match(right)):
            return GAP, GAP / 2
        return 0.0, 0.0

    def _end_trim(self, position: int) -> tuple[float, float]:
        if position == 0:
            return 0.0, 0.0
        first, last = self._ends(position - 1)
        own = self.edges[self.stops[position]] - self.edges[self.stops[position - 1]]
        if last.isspace():
            return own, self._give(position - 1, first, last, own)
        if last in CLOSING:
            # A mark before another has given its half to it; at the end of a line it gives it to the edge.
            return HALF, self._give(position - 1, first, last, own)
        return 0.0, 0.0

    def _may_end(self, position: int) -> bool:
        if position in (0, len(self.stops) - 1):
            return True
        left, right = self._ends(position - 1)[1], self._ends(position)[0]
        if right in NO_START or left in NO_END or right.isspace():
            return False
        if self.stops[position] in self.torn or left.isspace():
            return True
        if right in _UNITS and _FIGURE.match(left):
            return False
        return not (_LATIN.match(left) and _LATIN.match(right))
