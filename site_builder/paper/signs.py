"""Signs that the fonts can draw: what no font has is replaced before a page is laid out, since PDF/A forbids it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from site_builder.paper.coverage import SUBSTITUTE


class Signs:
    """Makes texts drawable, and notes in ``missing`` each sign that was replaced, once, in order.

    *drawable* are the code points that a font has.
    """

    def __init__(self, drawable: Collection[int]) -> None:
        self.drawable = drawable
        self.missing: dict[str, None] = {}

    def text(self, words: str) -> str:
        """*words* with 〓 for each sign that cannot be drawn, and without those that are unseen anyway."""
        return "".join(map(self._sign, words))

    def _sign(self, char: str) -> str:
        """*char* if it can be drawn. What is unseen anyway (joiners, controls, variation selectors) goes."""
        code = ord(char)
        category = unicodedata.category(char)
        if category == "Zs" or char in "\n\t\u2028\u2029":
            return char if char == "\u3000" else " "
        if category in ("Cc", "Cf") or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
            return ""
        if code in self.drawable and category != "Co":
            return char
        self.missing[char] = None
        return SUBSTITUTE
