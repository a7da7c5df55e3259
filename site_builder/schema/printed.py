"""The grammar of printed 署名 and 电头: text to values of `site_builder.model.byline`.

What is read prints back to the same text; what is not read completely is `Unreadable`, with the
offsets of the part to blame. No function here raises or reads a part. House style,
docs/reference/story-format.md.

    lead      := dateline [ blanks? "（" groups "）" | "\n" byline ]      the latter after 题：
    dateline  := "据"? source ( verb | place? date verb ) [ blanks? "题：" title ]
    source    := 本报 | 本网 | 本刊 | 本台 | AGENCY | MASTHEAD ( ( "—" | "-" ) MASTHEAD )*
    date      := [ M "月" ] D "日"               verb := 讯 | 电 | 专电 | 消息
    byline    := groups | "（" groups "）"
    groups    := group ( sep group )*
    sep       := blanks | blanks? ( "、" | "，" | "/" | newline ) blanks?
    group     := marker? [ task join ] org? title* [ role join? ] name ( sep name )* suffix?
               | org? title* NAMELESS-ROLE                    本报评论员
               | org? suffix [ blanks? "（" groups "）" ]      pictures only: 新华社发（张三 摄）
               | org                                          pictures only, alone
    marker    := ( □ | ■ | ◎ | ● ) blanks?
    org       := WORD [ "“" column "”" ] blanks? | "《" name "》" … | "“" column "”"
    task      := 文 | 图 | 摄影 | …              only before an org, title or post: 文/本报记者 X
    title     := 首席 | 见习 | 特约 | 驻站 | 全媒体 | 融媒体 | 实习
    join      := blanks | blanks? ( ":" | "：" | "/" ) blanks?
    suffix    := blanks? ( 摄 | 摄影 | 文/图 | 综合报道 | … )
    blanks    := ( " " | U+3000 )+

Names are in `printed_names`, all words in `printed_words` and `model.byline`. Longest word first;
a role binds all names to its right until the next role. Where two readings remain:

* 文, 图, 摄 are roles only with a sign after them, 文 and 图 also before a blank and a name of
  several characters. Otherwise they belong to a name (文图强, 文　静).
* A word that is role and suffix (摄影, 文/图, 编译) is a role if a sign, or a blank
  and a name, follow.
* An org that is not in the tables needs a title or role attached, or an ending such as 日报.
* A name that holds a role, title or suffix word is refused, not read: 张三记者.
"""

from site_builder.model.byline import Byline, Dateline, EndNote, EndNoteKind, Lead, Role
from site_builder.schema import printed_words as words
from site_builder.schema.printed_byline import read_byline
from site_builder.schema.printed_dateline import head_end, read_dateline
from site_builder.schema.printed_text import (
    Reason,
    Refused,
    Unreadable,
    blanks_end,
    closing_bracket,
    longest_at,
)

__all__ = [
    "Reason",
    "Unreadable",
    "find_end_byline",
    "find_lead",
    "parse_byline",
    "parse_dateline",
    "parse_end_note",
    "parse_lead",
    "parse_photo_credit",
]


def parse_byline(text: str) -> Byline | Unreadable:
    """A whole byline, with or without （）. Every group names somebody, but for 本报评论员."""
    return _byline(text, 0, len(text), nameless=False)


def parse_photo_credit(text: str) -> Byline | Unreadable:
    """A picture's credit: a byline that may also name nobody (资料图, 受访者供图, 新华社发)."""
    return _byline(text, 0, len(text), nameless=True)


def parse_dateline(text: str) -> Dateline | Unreadable:
    """A whole dateline and nothing after it."""
    found = _dateline(text)
    if isinstance(found, Unreadable):
        return found
    dateline, end = found
    return dateline if end == len(text) else Unreadable(end, len(text), "dateline")


def parse_lead(text: str) -> Lead | Unreadable:
    """A whole lead: dateline, blanks or none, byline in （） or none."""
    found = _dateline(text)
    if isinstance(found, Unreadable):
        return found
    lead = _with_byline(text, *found)
    if isinstance(lead, Unreadable):
        return lead
    return lead[0] if lead[1] == len(text) else Unreadable(lead[1], len(text), "word")


def find_lead(body_text: str) -> tuple[Lead, int] | Unreadable | None:
    """The lead a body starts with and its length, `body_text[:length] == str(lead)`.

    None for a body that begins with ordinary prose. A blank after the lead is left to the prose;
    a blank before it hides the lead, so strip the body first.
    """
    try:
        found = read_dateline(body_text)
    except Refused as refused:
        return refused.unreadable
    if found is None or isinstance(found, Unreadable):
        return found
    return _with_byline(body_text, *found)


def find_end_byline(body_text: str) -> tuple[Byline, int] | Unreadable | None:
    """The byline in （） that is a body's whole last line, and the offset at which it starts.

    None for any other last line, also for notes such as （全文完） and （据新华社）. Blanks and
    empty lines after it are no part of it.
    """
    end = len(body_text.rstrip(" \u3000\n"))
    start = body_text.rfind("\n", 0, end) + 1
    start = blanks_end(body_text, start, end)
    line = body_text[start:end]
    if not line or line[0] not in "（(" or line[-1] not in "）)" or line[1:-1] in words.REMARKS:
        return None
    found = _byline(body_text, start, end, nameless=False)
    if isinstance(found, Byline):
        return found, start
    return found if _announces_byline(line[1:]) else None


def parse_end_note(text: str) -> EndNote | Unreadable:
    """A note about an author or a source, with or without （）: 作者系…, 据新华社, 来源：…"""
    if not text.strip(" \u3000（）"):
        return Unreadable(0, len(text), "empty")
    brackets = text.startswith("（")
    if brackets and closing_bracket(text, 0, len(text)) != len(text) - 1:
        return Unreadable(0, 1, "bracket")
    inside = text[1:-1] if brackets else text
    for kind, table in _NOTE_WORDS:
        word = longest_at(table, inside, 0, len(inside))
        if word and inside[len(word) :].strip():
            return EndNote(kind, word, inside[len(word) :], brackets)
    return Unreadable(0, len(text), "word")


_NOTE_WORDS = (
    (EndNoteKind.AUTHOR, words.AUTHOR_WORDS),
    (EndNoteKind.SOURCE, words.SOURCE_WORDS),
)


def _byline(text: str, start: int, end: int, *, nameless: bool) -> Byline | Unreadable:
    try:
        return read_byline(text, start, end, nameless=nameless)
    except Refused as refused:
        return refused.unreadable


def _dateline(text: str) -> tuple[Dateline, int] | Unreadable:
    if not text.strip(" \u3000\n"):
        return Unreadable(0, len(text), "empty")
    try:
        return read_dateline(text) or Unreadable(0, head_end(text) or len(text), "dateline")
    except Refused as refused:
        return refused.unreadable


def _with_byline(text: str, dateline: Dateline, end: int) -> tuple[Lead, int] | Unreadable:
    """The lead that starts with the dateline, and its length."""
    start = blanks_end(text, end, len(text))
    if text.startswith("(", start):
        return Unreadable(start, start + 1, "bracket")
    if text.startswith("（", start):
        close = closing_bracket(text, start, len(text))
        if close is None:
            return Unreadable(start, start + 1, "bracket")
        stop = close + 1
        byline = _byline(text, start, stop, nameless=False)
    elif dateline.title and text.startswith("\n", end):
        # 新华社“新华视点”记者伍岳、许可: its own line after the agency's title.
        start, stop = end + 1, _line_end(text, end + 1)
        byline = _byline(text, start, stop, nameless=False)
        if isinstance(byline, Unreadable) or not _is_signed(byline):
            return Lead(dateline), end
    else:
        return Lead(dateline), end
    if isinstance(byline, Unreadable):
        return byline
    return Lead(dateline, text[end:start], byline), stop


def _line_end(text: str, pos: int) -> int:
    end = text.find("\n", pos)
    return end if end >= 0 else len(text)


def _is_signed(byline: Byline) -> bool:
    """Does a line say by itself that it is a byline? Two characters alone may be a crosshead."""
    first = byline.groups[0]
    return first.role is not Role.UNSTATED


def _announces_byline(line: str) -> bool:
    """Does the inside of a bracket begin like a byline, so that the editor must be asked?"""
    return bool(longest_at((*words.STRONG_ROLES, *words.OWN_SOURCES), line, 0, len(line)))
