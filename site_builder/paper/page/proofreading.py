"""The check of a finished page: does every sign of the plan stand where the plan has it, and nothing else?

It knows nothing of the typesetter. It compares the plan with the origins of the signs as a reader of PDF found them.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from site_builder.paper.page.order import reading_order
from site_builder.paper.page.plan import PagePlan, Piece
from site_builder.paper.page.upright import upright_cells

BASELINE_EM = 0.88
"""From the top of a line to its baseline, as the template sets it."""
OFF_LINE_PT = 0.3
"""How far a sign may stand above or below its baseline."""
OFF_FRAME_EM = 0.1
"""How far a sign may stand out of its frame at the sides: the ink of some Han glyphs is wider than their em."""
NOT_AT_START = frozenset("，。、；：？！…—％%‰℃·”’）》〉】〕」』")
"""避头: what must not begin a line (GB/T 15834—2011, 5.1)."""
NOT_AT_END = frozenset("“‘（《〈【〔「『￥$№")
"""避尾: what must not end one."""
_TEXT = frozenset({"body", "tips", "caption"})
"""Roles of running text, in which the rules for the ends of lines hold."""

FaultKind = Literal["lost", "stray", "wrong", "forbidden-start", "forbidden-end", "outside-frame", "outside-page"]


@dataclass(frozen=True, slots=True)
class Sign:
    """A character on the finished page; lengths in points from the upper left corner of the page."""

    text: str
    x: float
    """Of its origin."""
    y: float
    """Of its baseline."""
    left: float
    """Where its ink begins."""
    right: float
    """Where its ink ends."""

    @property
    def middle(self) -> float:
        """Of its ink. The origin of an opening mark whose white half was cut off lies before its neighbour."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a reader of PDF found on a page."""

    width: float
    height: float
    signs: tuple[Sign, ...]
    outside: int = 0
    """Things other than type that stand out of the page."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as planned."""

    kind: FaultKind
    page: int
    story: str
    """Empty for furniture."""
    line: str
    """The words of the line as planned."""
    sign: str
    """The sign that is wrong."""


@dataclass(slots=True)
class _Line:
    """A line as planned, and what was found of it."""

    story: str
    text: str
    left: float
    right: float
    baseline: float
    size: float
    running: bool
    opens: bool
    """Whether its paragraph begins with it."""
    closes: bool
    found: list[Sign] = field(default_factory=list)


def proofread(plan: PagePlan, page: Drawn) -> tuple[Fault, ...]:
    """All faults of the finished *page*, in reading order; an empty tuple: each sign stands on its line."""
    lines = list(_planned(plan))
    level = sorted(lines, key=lambda line: line.baseline)
    strays: list[Fault] = []
    for sign in page.signs:
        home = _home(sign, level)
        if home is None:
            strays.append(Fault("stray", plan.number, "", "", sign.text))
        else:
            home.found.append(sign)
        if not (0 <= sign.x <= plan.width and 0 <= sign.y <= plan.height):
            strays.append(Fault("outside-page", plan.number, home.story if home else "", "", sign.text))
    if page.outside:
        strays.append(Fault("outside-page", plan.number, "", "", ""))
    faults = [Fault(kind, plan.number, line.story, line.text, sign) for line in lines for kind, sign in _faults(line)]
    return (*faults, *strays)


def _planned(plan: PagePlan) -> Iterator[_Line]:
    for passage in reading_order(plan):
        open_paragraph: tuple[str, int] | None = None
        for element in passage.elements:
            piece = element.part
            if not isinstance(piece, Piece):
                continue
            if piece.vertical:
                for cell in upright_cells(piece):
                    baseline = cell.y + BASELINE_EM * piece.size
                    yield _Line(
                        passage.story, cell.text, cell.x, cell.x + piece.size, baseline, piece.size, False, True, True
                    )
                continue
            before = open_paragraph == (piece.role, piece.paragraph)
            for index, line in enumerate(piece.lines):
                yield _Line(
                    passage.story,
                    "".join(line.text.split()),
                    piece.box.x,
                    piece.box.x + piece.box.width,
                    piece.box.y + index * piece.pitch + BASELINE_EM * piece.size,
                    piece.size,
                    piece.role in _TEXT,
                    not before,
                    line.last,
                )
                before = not line.last
            open_paragraph = (piece.role, piece.paragraph) if before else None


def _home(sign: Sign, lines: Sequence[_Line]) -> _Line | None:
    """The line that *sign* stands on: of those at its height the one whose frame it stands in."""
    low = bisect_left(lines, sign.y - OFF_LINE_PT, key=lambda line: line.baseline)
    high = bisect_right(lines, sign.y + OFF_LINE_PT, key=lambda line: line.baseline)
    level = lines[low:high]
    # A line that is too long stands out of its frame, and is still that line: up to an em on both sides.
    x, y = sign.middle, sign.y
    near = [line for line in level if line.left - line.size <= x <= line.right + line.size]
    return min(
        near, key=lambda line: max(line.left - x, x - line.right, 0.0) + abs(y - line.baseline), default=None
    )  # fmt: skip


def _faults(line: _Line) -> Iterator[tuple[FaultKind, str]]:
    found = sorted(line.found, key=lambda sign: sign.middle)
    text = "".join(sign.text for sign in found)
    wrong = _difference(line.text, text)
    if wrong:
        yield wrong
    if not found:
        return
    if found[0].left < line.left - OFF_FRAME_EM * line.size:
        yield "outside-frame", found[0].text
    if found[-1].right > line.right + OFF_FRAME_EM * line.size:
        yield "outside-frame", found[-1].text
    if line.running and not line.opens and text[0] in NOT_AT_START:
        yield "forbidden-start", text[0]
    if line.running and not line.closes and text[-1] in NOT_AT_END:
        yield "forbidden-end", text[-1]


def _difference(planned: str, found: str) -> tuple[FaultKind, str] | None:
    """What is not the same in *planned* and *found*, first of all."""
    if planned == found:
        return None
    expected, got = _signs(planned), _signs(found)
    if expected == got or (_unordered(planned) and sorted(expected) == sorted(got)):
        return None
    for index, sign in enumerate(expected):
        if index >= len(got):
            return "lost", sign
        if got[index] != sign:
            kind: FaultKind = "lost" if len(got) < len(expected) else "stray" if len(got) > len(expected) else "wrong"
            return kind, sign if kind == "lost" else got[index]
    return "stray", got[len(expected)]


def _signs(text: str) -> list[str]:
    """*text* as far as a PDF keeps it: one glyph may serve two signs that NFKC takes for one."""
    return [sign for sign in unicodedata.normalize("NFKC", text) if not sign.isspace()]


def _unordered(text: Iterable[str]) -> bool:
    """Whether *text* has signs whose order on paper is not that of the words: such as run from the right, or stand
    above others."""
    return any(unicodedata.bidirectional(sign) in ("R", "AL", "AN", "NSM") for sign in text)
