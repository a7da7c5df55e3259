"""What the grammars of printed forms share: the refusal, kinds of characters, looking ahead."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from site_builder.schema.printed_words import BLANKS, SEPARATOR_MARKS

Reason = Literal["bracket", "role-without-name", "spaced-characters", "word", "date", "dateline", "empty"]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A printed form that cannot be read, and the part of the given text that is to blame."""

    start: int
    """Offsets in code points; the text is `given[start:end]`."""
    end: int
    reason: Reason
    """bracket: unclosed, half a pair, or half-width; role-without-name; spaced-characters: single
    characters with gaps that may be cut in several ways; word: no name, role, org or separator;
    date: no such day; dateline: begins like one; empty."""


class Refused(Exception):
    """Carries an Unreadable up to the parse function. Never leaves this package's parsers."""

    def __init__(self, unreadable: Unreadable) -> None:
        super().__init__(unreadable)
        self.unreadable = unreadable


def refuse(start: int, end: int, reason: Reason) -> Refused:
    """The exception to raise."""
    return Refused(Unreadable(start, end, reason))


def is_han(char: str) -> bool:
    """True for ideographs of every plane; false for 〇, which is a numeral, and for punctuation."""
    code = ord(char) if char else 0
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF
    )


def is_latin(char: str) -> bool:
    """True for letters a to z and their accented kin."""
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN ")


def blanks_end(text: str, pos: int, end: int) -> int:
    """Where the blanks at pos end; pos when there are none."""
    while pos < end and text[pos] in BLANKS:
        pos += 1
    return pos


def separator_end(text: str, pos: int, end: int) -> int:
    """Where a separator at pos ends: blanks, at most one mark, blanks."""
    pos = blanks_end(text, pos, end)
    if pos < end and text[pos] in SEPARATOR_MARKS:
        pos = blanks_end(text, pos + 1, end)
    return pos


def run_end(text: str, pos: int, end: int) -> int:
    """Where the run of non-separators at pos ends: what is shown to the editor as one word."""
    stop = pos
    while stop < end and text[stop] not in BLANKS and text[stop] not in SEPARATOR_MARKS:
        stop += 1
    return max(stop, min(pos + 1, end))


def longest_at(words: Iterable[str], text: str, pos: int, end: int) -> str:
    """The longest of the words that stands at pos and ends by end; empty if none does."""
    found = (word for word in words if text.startswith(word, pos, end))
    return max(found, key=len, default="")


def closing_bracket(text: str, start: int, end: int) -> int | None:
    """Where the pair of the （ at start closes on the same line, or None."""
    depth = 0
    for pos in range(start, end):
        depth += (text[pos] == "（") - (text[pos] == "）")
        if depth == 0:
            return pos
        if text[pos] == "\n":
            return None
    return None


def check_brackets(text: str, start: int, end: int) -> None:
    """Refuse half-width brackets and halves of pairs."""
    opened: list[int] = []
    for pos in range(start, end):
        if text[pos] in "()" or (text[pos] == "）" and not opened):
            raise refuse(pos, pos + 1, "bracket")
        if text[pos] == "（":
            opened.append(pos)
        elif text[pos] == "）":
            opened.pop()
    if opened:
        raise refuse(opened[-1], opened[-1] + 1, "bracket")
