"""The words of a headline: the only module that knows rjieba, which is part of the extra ``[layout]``."""

from __future__ import annotations

import re

_TOGETHER = re.compile(r"[“‘《（〈「『][^“”‘’《》（）〈〉「」『』]{1,12}[”’》）〉」』]|[\d.,]+[%‰℃]?[\u4e00-\u9fff]?")
"""What a row of a headline never tears: a short quotation with its marks, a figure with its unit."""


def segment_words(text: str) -> tuple[str, ...]:
    """*text* in words between which a row of a headline may end; joined again they are *text*."""
    import rjieba  # an extra: only who lays pages out has it

    words: list[str] = []
    at = 0
    for kept in _TOGETHER.finditer(text):
        words += [*rjieba.cut(text[at : kept.start()]), kept.group()]
        at = kept.end()
    return tuple(word for word in (*words, *rjieba.cut(text[at:])) if word)
