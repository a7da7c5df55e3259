"""Chinese to pinyin, for ids that an editor may keep or change. The only module that knows pypinyin."""

from __future__ import annotations

import re
from unicodedata import normalize

from pypinyin import lazy_pinyin

MAX_SLUG = 48
"""Long enough to tell stories apart, short enough to be typed."""
_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile("[a-z0-9]+")


def to_slug(text: str) -> str:
    """*text* in pinyin syllables, ASCII, joined by ``-``, cut at a syllable: 青岛工会 → qing-dao-gong-hui."""
    # Decomposed and without its accents, so that Ü and ２ leave a U and a 2 behind.
    parts = (_MARKS.sub("", normalize("NFKD", part)).lower() for part in lazy_pinyin(text))
    syllables = (word for part in parts for word in _WORD.findall(part))
    slug = ""
    for syllable in syllables:
        longer = f"{slug}-{syllable}" if slug else syllable
        if len(longer) > MAX_SLUG:
            break
        slug = longer
    return slug
