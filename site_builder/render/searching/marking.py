"""Where a record holds what was asked for: a headline with its hits, and a piece of text round the first of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.render.searching.query import find_spelling, find_term
from site_builder.render.searching.records import Record, fields
from site_builder.text.folding import fold_with_places

BEFORE, LENGTH = 12, 60
"""Characters of an excerpt before its first hit, and in all."""
CUT = "……"

Part = tuple[str, bool]
"""A piece of text, and whether it is a hit."""


def mark_text(text: str, terms: Sequence[str], record: Record | None = None) -> tuple[Part, ...]:
    """*text* in parts; joined together they are *text*. With *record* what a term spells is a hit as well."""
    spans = list(_spans(text, terms))
    for source, syllables in (record or {}).get("z", ()):
        if source == text:
            spans += [span for term in terms if (span := find_spelling(syllables, term))]
    parts: list[Part] = []
    at = 0
    for start, stop in sorted(spans):
        if start < at:
            continue
        parts += [(text[at:start], False)] if start > at else []
        parts.append((text[start:stop], True))
        at = stop
    return (*parts, (text[at:], False)) if at < len(text) else tuple(parts)


def mark_excerpt(record: Record, terms: Sequence[str]) -> tuple[Part, ...]:
    """A piece of the record's text round the first hit that is not in its headline, else its beginning."""
    texts = [text for _, text in fields(record) if text != record["h"]]
    text, start = next(
        ((text, span[0]) for text in texts for span in _spans(text, terms)),
        (record.get("t") or record.get("b", "").split("\n")[0], 0),
    )
    begin = max(start - BEFORE, 0)
    piece = text[begin : begin + LENGTH].replace("\n", "\u3000")
    before = ((CUT, False),) if begin else ()
    after = ((CUT, False),) if begin + LENGTH < len(text) else ()
    return (*before, *mark_text(piece, terms), *after)


def _spans(text: str, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    folded, places = fold_with_places(text)
    for term in terms:
        for start, stop in find_term(folded, term):
            yield places[start], places[stop - 1] + 1
