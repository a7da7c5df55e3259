"""How wide characters are, as a value: whoever reads fonts makes it, and nothing below reads a font."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.paper.page.plan import Face, Span

MEASURED = "".join(map(chr, (*range(0x20, 0x530), *range(0x2000, 0x2300), *range(0x2460, 0x2500))))
"""Characters whose width depends on the font. All others are as wide as they are high."""


@dataclass(frozen=True, eq=False)
class Widths:
    """Advances in em. Compared by identity, so that settings may be cached by it."""

    advances: Mapping[tuple[Face, int], Mapping[str, float]]
    """(face, weight) → character → advance, for ``MEASURED``; what is missing is 1 em wide."""

    def table(self, face: Face, weight: int) -> Mapping[str, float]:
        """The advances of *face* in the nearest weight that was measured."""
        found = self.advances.get((face, weight))
        if found is None:
            near = [key for key in self.advances if key[0] == face]
            key = min(near, key=lambda key: (abs(key[1] - weight), key[1]), default=None)
            found = self.advances[key] if key else {}
        return found

    def of(self, span: Span) -> tuple[float, ...]:
        """The advance of each character of *span*."""
        table = self.table(span.face, span.weight)
        return tuple(table.get(character, 1.0) for character in span.text)
