"""Chinese to pinyin, for ids that an editor may keep or change. The only module that knows pypinyin."""

from __future__ import annotations

from pypinyin import lazy_pinyin

MAX_SLUG = 48
"""Long enough to tell stories apart, short enough to be typed."""


def to_slug(text: str) -> str:
    """*text* in pinyin syllables, ASCII, joined by ``-``, cut at a syllable: 青岛工会 → qing-dao-gong-hui."""
    syllables = ["".join(c for c in part.lower() if c.isascii() and c.isalnum()) for part in lazy_pinyin(text)]
    slug = ""
    for syllable in filter(None, syllables):
        longer = f"{slug}-{syllable}" if slug else syllable
        if len(longer) > MAX_SLUG:
            break
        slug = longer
    return slug
