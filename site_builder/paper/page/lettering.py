"""Single lines of furniture: how large they may be, and rows of several.

Widths are upper bounds that need no font: furniture stands alone in its row and is never broken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from site_builder.paper.page.plan import Align, Box, Face, Line, Piece, Role, Span

_LATIN_EM = 0.62
"""An upper bound of the mean advance of Latin letters and digits, in em."""
_GAP_EM = 0.25
"""White between Han and Latin signs."""
_PITCH = 1.3


def ems(text: str) -> float:
    """How wide *text* is at most, in em of its size."""
    wide = [unicodedata.east_asian_width(sign) in "WFA" for sign in text]
    gaps = sum(before != here for before, here in pairwise(wide))
    return sum(1.0 if one else _LATIN_EM for one in wide) + gaps * _GAP_EM


def fitting(text: str, width: float, largest: float) -> float:
    """The type size at which *text* fits *width*, *largest* at most; in points."""
    return min(largest, width / max(ems(text), 1.0))


def set_line(
    words: str,
    box: Box,
    face: Face,
    weight: int = 400,
    *,
    align: Align = "start",
    color: str = "ink",
    role: Role = "furniture",
    tracking: float = 0.0,
) -> Piece:
    """*words* as one line as high as *box*."""
    line = Line((Span(words, face, weight),))
    return Piece(box, role, (line,), box.height, box.height * _PITCH, align, color=color, tracking=tracking)


def one_line(
    parts: Sequence[str], box: Box, largest: float, face: Face, weight: int, roles: Sequence[Role] = ()
) -> Iterator[Piece]:
    """Three *parts* at the left, in the middle and at the right of *box*, all as large as lets them stand apart."""
    aligns: tuple[Align, ...] = ("start", "center", "end")
    left, middle, right = (ems(part) for part in parts)
    # The middle one stands in the middle of the box, so the longer side decides.
    needed = (2 * max(left, right) + middle + 4) if middle else left + right + 2
    size = min(largest, box.width / max(needed, 1.0))
    y = box.y + (largest - size) / 2
    starts = (box.x, box.x + (box.width - (middle + 2) * size) / 2, box.x + box.width - right * size)
    widths = (left * size, (middle + 2) * size, right * size)
    for index, (words, align) in enumerate(zip(parts, aligns, strict=True)):
        if words:
            frame = Box(starts[index], y, widths[index], size)
            yield set_line(words, frame, face, weight, align=align, role=roles[index] if roles else "furniture")
