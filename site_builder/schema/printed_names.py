"""Names in printed bylines: where one ends, and which blanks belong to it.

name  := HAN{2,4} | part ("·" part)+ | LATIN (" " LATIN)* | run
run   := HAN gap HAN | HAN gap HAN gap HAN          single characters, spaced for alignment
gap   := (" " | U+3000)+
"""

from dataclasses import dataclass
from itertools import pairwise

from site_builder.model.byline import Name
from site_builder.schema.printed_text import blanks_end, is_han, is_latin, refuse, run_end
from site_builder.schema.printed_words import (
    ATTACHED_SUFFIXES,
    BLANKS,
    NOT_IN_NAMES,
    SEPARATOR_MARKS,
)

MAX_PART = 20
_LATIN_SIGNS = frozenset("'’.-")


@dataclass(frozen=True, slots=True)
class Names:
    """Names read at one place. More than one only for four and more spaced characters."""

    names: tuple[Name, ...]
    seps: tuple[str, ...]
    end: int


def starts_name(text: str, pos: int, end: int) -> bool:
    """Could a name begin here, by its first character alone?"""
    return pos < end and (is_han(text[pos]) or is_latin(text[pos]))


def at_boundary(text: str, pos: int, end: int) -> bool:
    """True where a word may end: at a separator, an aside or the end."""
    return pos >= end or text[pos] in BLANKS or text[pos] in SEPARATOR_MARKS or text[pos] == "（"


def attached_suffix(text: str, pos: int, end: int) -> str:
    """The suffix word that stands here without a blank and ends its word; or nothing."""
    for word in ATTACHED_SUFFIXES:
        if text.startswith(word, pos, end) and at_boundary(text, pos + len(word), end):
            return word
    return ""


def is_single(text: str, pos: int, end: int) -> bool:
    """Is this one Han character by itself, such as each half of 张　嫱 (and of 张　嫱摄)?"""
    if not (pos < end and is_han(text[pos])):
        return False
    after = text[pos + 1] if pos + 1 < end else ""
    if attached_suffix(text, pos + 1, end):
        return True
    return not (after and (is_han(after) or is_latin(after) or after == "·"))


def read_word_name(text: str, pos: int, end: int) -> Names:
    """A name without inner blanks, or a Latin one. An attached suffix is left unread."""
    stop = _name_run_end(text, pos, end)
    suffixes = [(cut, attached_suffix(text, cut, end)) for cut in range(pos + 1, stop + 1)]
    for word in ATTACHED_SUFFIXES:
        for cut, suffix in suffixes:
            if suffix == word and is_name(text[pos:cut]):
                return Names((Name(text[pos:cut]),), (), cut)
    if not (is_name(text[pos:stop]) and at_boundary(text, stop, end)):
        raise refuse(pos, run_end(text, pos, end), "word")
    return Names((Name(text[pos:stop]),), (), stop)


def _name_run_end(text: str, pos: int, end: int) -> int:
    stop = pos
    while stop < end:
        char = text[stop]
        inside = is_han(char) or is_latin(char) or char == "·" or char in _LATIN_SIGNS
        # One half-width blank joins two Latin words; anything else between them separates.
        joins = char == " " and is_latin(text[stop + 1 : stop + 2] or " ")
        if not inside and not (joins and _is_latin_word(text[pos:stop])):
            break
        stop += 1
    return stop


def _is_latin_word(word: str) -> bool:
    return bool(word) and all(is_latin(char) or char in _LATIN_SIGNS or char == " " for char in word)


def is_name(word: str) -> bool:
    """Is the word, without alignment blanks, a name? By form only: any two to four Han are one."""
    if "·" in word:
        return all(map(_is_part, word.split("·"))) and not _holds_other_word(word)
    if _is_latin_word(word):
        return all(map(_is_latin_part, word.split(" ")))
    # 摄 ends no name, so 王摄 is a slip of the pen rather than somebody.
    han = 2 <= len(word) <= 4 and all(map(is_han, word))
    return han and not word.endswith("摄") and not _holds_other_word(word)


def _is_part(part: str) -> bool:
    if not 1 <= len(part) <= MAX_PART:
        return False
    return all(map(is_han, part)) or (" " not in part and _is_latin_part(part))


def _is_latin_part(part: str) -> bool:
    inside = all(is_latin(char) or char in _LATIN_SIGNS for char in part)
    return bool(part) and inside and is_latin(part[0]) and part[-1] not in "'’-"


def _holds_other_word(word: str) -> bool:
    return any(other in word for other in NOT_IN_NAMES)


def cut_run(text: str, starts: list[int], end: int) -> Names:
    """Cut a run of single characters into names, by their number and gaps.

    Two or three are one name, four are two. A longer run is cut only where its gaps show how:
    one kind inside the names, another between them. Anything else is refused: ask.
    """
    chars = [text[pos] for pos in starts]
    gaps = [text[a + 1 : b] for a, b in pairwise(starts)]
    sizes = _sizes(gaps)
    if not sizes:
        raise refuse(starts[0], end, "spaced-characters")
    names: list[Name] = []
    seps: list[str] = []
    first = 0
    for size in sizes:
        inner = [*gaps[first : first + size - 1], ""]
        pieces = zip(chars[first : first + size], inner, strict=True)
        names.append(Name("".join(char + gap for char, gap in pieces)))
        first += size
        if first < len(chars):
            seps.append(gaps[first - 1])
    return Names(tuple(names), tuple(seps), end)


def _sizes(gaps: list[str]) -> list[int]:
    """How many characters each name of a run has; empty when that cannot be told."""
    inner = gaps[0]
    if len(gaps) == 3 and gaps[0] == gaps[2]:
        return [2, 2]
    if len(set(gaps)) == 1:
        return [len(gaps) + 1] if len(gaps) < 3 else []
    if len(gaps) < 3 or len(set(gaps)) > 2:
        return []
    sizes = [1]
    for gap in gaps:
        if gap == inner:
            sizes[-1] += 1
        else:
            sizes.append(1)
    return sizes if all(2 <= size <= 3 for size in sizes) else []


def collect_run(text: str, pos: int, end: int) -> list[int]:
    """Where the single characters of the run at pos stand; the reader may shorten the list."""
    starts = [pos]
    while True:
        after = starts[-1] + 1
        following = blanks_end(text, after, end)
        if following == after or not is_single(text, following, end):
            return starts
        starts.append(following)
