"""The reader of 电头. The grammar is in `site_builder.schema.printed`.

The first words of ordinary prose often look like the beginning of a dateline (新华社记者从…), so
this reader has three answers: a dateline, a refusal, or "not a dateline at all".
"""

from site_builder.model.byline import Dateline, DatelineKind
from site_builder.schema import printed_words as words
from site_builder.schema.printed_byline import is_org, is_org_char
from site_builder.schema.printed_names import at_boundary
from site_builder.schema.printed_text import (
    Unreadable,
    blanks_end,
    is_han,
    longest_at,
    refuse,
)

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DIGITS = frozenset("0123456789")
_HEAD_ENDS = frozenset("，。；：！？“（(\n")
_MAX_HEAD = 40
_SOUNDS = tuple(unit + verb for unit in "日月号" for verb in ("电", "讯", "专电"))
"""日电, 日讯, 月电 …: what is heard where a date meets its verb."""


def read_dateline(text: str) -> tuple[Dateline, int] | Unreadable | None:
    """The dateline at the start of the text and its length; None if the text begins otherwise.

    Raises Refused for a day that does not exist and for 题： without a title.
    """
    cut = text.startswith("据")
    start = len("据") if cut else 0
    ends = source_ends(text, start)
    for source_end in ends:
        found = read_after_source(text, start, source_end, cut)
        if found:
            return found
    end = head_end(text)
    if any(text[start:stop] in words.ORGS for stop in ends) and sounds_like_one(text[start:end]):
        return Unreadable(0, end, "dateline")
    return None


def source_ends(text: str, start: int) -> list[int]:
    """Where an agency, masthead or 本报 may end, longest first."""
    stop = start
    while stop < min(len(text), start + words.MAX_ORG) and is_org_char(text, start, stop):
        stop += 1
    ends = range(stop, start + 1, -1)
    return [end for end in ends if is_org(text[start:end]) and not text[start:end].startswith("据")]


def read_after_source(text: str, start: int, source_end: int, cut: bool) -> tuple[Dateline, int] | None:
    """The dateline whose source ends at source_end, and its length; None if no verb follows."""
    source = text[start:source_end]
    if cut and source in words.OWN_SOURCES:
        return None
    verb = bare_verb(text, source, source_end)
    place, month, day, pos = "", None, None, source_end
    if not verb:
        place, pos = read_place(text, source_end)
        month, day, date_end = read_date(text, pos)
        verb = longest_at(words.DATED_VERBS, text, date_end, len(text)) if day is not None else ""
        if not verb or not ends_verb(text, date_end, verb):
            return None
        if day is not None and not is_day(text[pos:date_end], month, day):
            raise refuse(pos, date_end, "date")
        pos = date_end
    pos += len(verb)
    gap, title, end = read_title(text, pos) if verb.endswith("电") else ("", "", pos)
    kind = kind_of(source, cut, bool(title), day is not None)
    return Dateline(kind, source, verb, place, month, day, cut, gap, title), end


def bare_verb(text: str, source: str, pos: int) -> str:
    """The verb right after the source: 本报讯, 本台消息, 新华社电. Strict, for prose is near."""
    verb = longest_at(words.BARE_VERBS, text, pos, len(text))
    after = pos + len(verb)
    if not ends_verb(text, pos, verb):
        return ""
    if verb in ("讯", "专电") and source in words.ORGS:
        return verb
    if verb == "消息" and source not in words.OWN_SOURCES:
        return ""
    if verb == "电" and source not in words.AGENCIES:
        return ""
    return verb if at_boundary(text, after, len(text)) or text[after] in "(:：，" else ""


def ends_verb(text: str, pos: int, verb: str) -> bool:
    """False where verb and next character are a word of prose: 电视, 讯问."""
    after = pos + len(verb)
    return text[after - 1 : after + 1] not in words.PROSE_AFTER


def read_place(text: str, pos: int) -> tuple[str, int]:
    """Up to the date: 北京, 圣胡安, 北京、上海. Empty when the date follows at once."""
    stop = pos
    while stop < len(text) and (is_han(text[stop]) or text[stop] in "、·"):
        stop += 1
    place = text[pos:stop]
    prose = any(role in place for role in words.STRONG_ROLES) or place.startswith(("、", "·"))
    return (place, stop) if len(place) <= words.MAX_PLACE and not prose else ("", pos)


def read_date(text: str, pos: int) -> tuple[int | None, int | None, int]:
    """(month, day, end); no day and an end of pos when no date stands here."""
    first_end = digits_end(text, pos)
    if first_end == pos:
        return None, None, pos
    first = int(text[pos:first_end])
    if text.startswith("日", first_end):
        return None, first, first_end + 1
    second_end = digits_end(text, first_end + 1)
    if not (text.startswith("月", first_end) and text.startswith("日", second_end)):
        return None, None, pos
    if second_end == first_end + 1:
        return None, None, pos
    return first, int(text[first_end + 1 : second_end]), second_end + 1


def digits_end(text: str, pos: int) -> int:
    """Where the ASCII digits at pos end, after four at most: int() of thousands would raise."""
    stop = pos
    while stop < min(len(text), pos + 4) and text[stop] in _DIGITS:
        stop += 1
    return stop


def is_day(printed: str, month: int | None, day: int) -> bool:
    """Does the day exist, and is it printed without leading zeros? The 29th of February does."""
    plain = f"{day}日" if month is None else f"{month}月{day}日"
    in_year = month is None or 1 <= month <= 12
    return plain == printed and in_year and 1 <= day <= _DAYS[(month or 1) - 1 if in_year else 0]


def read_title(text: str, pos: int) -> tuple[str, str, int]:
    """`题：TITLE` to the end of the line, without blanks at the end: (gap, title, end)."""
    start = blanks_end(text, pos, len(text))
    if text.startswith("题:", start):
        raise refuse(start, start + 2, "dateline")
    if not text.startswith("题：", start):
        return "", "", pos
    line_end = text.find("\n", start)
    line = text[start + 2 : line_end if line_end >= 0 else len(text)]
    title = line.rstrip(" \u3000")
    if not title or title[0] in words.BLANKS:
        raise refuse(start, start + 2, "dateline")
    return text[pos:start], title, start + 2 + len(title)


def kind_of(source: str, cut: bool, titled: bool, dated: bool) -> DatelineKind:
    """Which form it is, by what is printed: 题： before 据, 据 before the kind of source."""
    if titled:
        return DatelineKind.FEATURE
    if cut:
        return DatelineKind.ADAPTED
    if source in words.OWN_SOURCES:
        return DatelineKind.FILED if dated else DatelineKind.OWN
    if source in words.AGENCIES and dated:
        return DatelineKind.AGENCY
    if source.endswith(words.WEB_TAILS):
        return DatelineKind.WEB
    return DatelineKind.AGENCY if dated or source in words.AGENCIES else DatelineKind.NAMED


def head_end(text: str) -> int:
    """Where the part of the first line that could be a dateline ends."""
    stops = (pos for pos, char in enumerate(text[:_MAX_HEAD]) if char in _HEAD_ENDS)
    return next(stops, min(len(text), _MAX_HEAD))


def sounds_like_one(head: str) -> bool:
    """Does the head hold a date and its verb, or a verb that a blank parted from its source?"""
    packed = "".join(head.split())
    for sound in _SOUNDS:
        found = packed.find(sound)
        if found >= 0 and ends_verb(packed, found, sound):
            return True
    return head.endswith((" 讯", "\u3000讯"))
