"""Hypothesis strategies for values of the newsroom. One file, and it grows.

Bylines are generated from the grammar in `site_builder.schema.printed`. Left out is only what that
grammar (house style, docs/reference/story-format.md) calls ambiguous:

* names of spaced characters side by side with only a blank between them (four are two names, more
  must be asked about), and such names before a lone 发, 文 or 图;
* Latin names with only a blank between them: that is one name;
* 摄影, 文/图 and other words that are role and suffix, before a blank or `/` and a bare name;
* words inside a name, or made by a name and its neighbour, that mean something else (记者, 供图).
"""

from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from site_builder.model.byline import (
    ROLE_WORDS,
    SUFFIX_ROLES,
    Byline,
    CreditLine,
    Dateline,
    DatelineKind,
    Group,
    Lead,
    Name,
    Role,
)
from site_builder.schema import printed_words as words

BLANKS = st.sampled_from([" ", "\u3000", "  "])
SIGNS = st.sampled_from([":", "：", "/", "： "])
COMMON = "张王李陈翀嫱茜甜伟娜强静文图编发员报社网电讯志远"
RARE = "㐀䶵﨑𠮷𪚥𫝀𫠝𬺡𮯠𰀀𲎯龘"
KNOWN_ORGS = st.sampled_from(["本报", "本网", "新华社", "人民日报", "工人日报", "《中国煤炭报》"])
POSTED_ORGS = st.sampled_from(["徐报", "徐报融媒", "江苏融媒体", "工人日报—中工网", "河北工人报"])
TITLES = st.sampled_from([*words.TITLES, "全媒体见习", "首席特约"])
STRONG_ROLES = st.sampled_from(sorted(words.STRONG_ROLES - words.NAMELESS_ROLES))
NAMED_SUFFIXES = st.sampled_from(sorted(set(SUFFIX_ROLES) - words.LONE_SUFFIXES | {"插图", "漫画"}))

_BEFORE = ("人", "生")
_AFTER = ("摄", "综合", "资料", *words.STANDING_TAILS, *words.DONOR_TAILS)


def _is_only_a_name(name: str) -> bool:
    holds = any(word in name for word in words.NOT_IN_NAMES) or name in words.WEAK_ROLES
    return not (holds or "摄" in name or name.startswith(_BEFORE) or name.endswith(_AFTER))


def han() -> st.SearchStrategy[str]:
    """One Han character: common, rare, beyond the basic plane, or any of the basic block."""
    return st.sampled_from(COMMON + RARE) | st.characters(
        min_codepoint=0x4E00, max_codepoint=0x9FFF, exclude_characters="摄"
    )


def plain_names() -> st.SearchStrategy[str]:
    """Names without alignment blanks: Han, with ·, Latin."""
    part = st.text(han(), min_size=1, max_size=6) | st.sampled_from(["W", "J"])
    dotted = st.lists(part, min_size=2, max_size=3).map("·".join)
    latin = st.sampled_from(["Maria Lopez", "O'Brien", "X", "José García", "J. K. Rowling"])
    return (st.text(han(), min_size=2, max_size=4) | dotted | latin).filter(_is_only_a_name)


@st.composite
def spaced_names(draw: st.DrawFn) -> str:
    """Two or three characters with the same blank between them."""
    single = han().filter(lambda char: char not in "文图发")
    chars = draw(st.lists(single, min_size=2, max_size=3))
    return draw(BLANKS).join(chars)


def names() -> st.SearchStrategy[Name]:
    """Names as printed."""
    return st.builds(Name, plain_names() | spaced_names())


def _is_latin(name: Name) -> bool:
    return name.text[-1].isascii() or name.text[0].isascii()


def _is_spaced(name: Name) -> bool:
    return name.plain != name.text


@st.composite
def name_lists(draw: st.DrawFn, line: bool) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """Names and what separates them; `line`: no line ends."""
    listed = draw(st.lists(names(), min_size=1, max_size=3))
    seps = []
    for left, right in pairwise(listed):
        both = (_is_latin(left) and _is_latin(right)) or (_is_spaced(left) and _is_spaced(right))
        seps.append(draw(_marks(line) if both else _marks(line) | BLANKS | st.just("/")))
    return tuple(listed), tuple(seps)


def _marks(line: bool) -> st.SearchStrategy[str]:
    return st.sampled_from(["、", "，", "、 ", " 、"] + ([] if line else ["\n"]))


@st.composite
def groups(draw: st.DrawFn, *, line: bool = False, signed: bool = False) -> Group:
    """One group of names with any of the things that may stand round them.

    `line`: no line ends inside; `signed`: with a role.
    """
    listed, seps = draw(name_lists(line))
    unsigned = st.just(Group()) | weak_roles(listed[0]) | known_orgs()
    before = draw(posts() if signed else posts() | unsigned)
    marker = draw(st.sampled_from(["", *sorted(words.MARKERS)]))
    suffix = draw(st.just("") | NAMED_SUFFIXES)
    if suffix == "发" and _is_spaced(listed[-1]):
        suffix = "摄"
    blank = suffix and (suffix == "发" or draw(st.booleans()))
    return replace(
        before,
        marker=marker,
        marker_gap=draw(st.just("") | BLANKS) if marker else "",
        names=listed,
        name_seps=seps,
        suffix_gap=draw(BLANKS) if blank else "",
        suffix=suffix,
    )


@st.composite
def weak_roles(draw: st.DrawFn, first: Name) -> Group:
    """文, 图, 摄: before a sign, or some before a blank and an unspaced name."""
    word = draw(st.sampled_from(sorted(words.WEAK_ROLES)))
    blank = word != "摄" and not _is_spaced(first) and draw(st.booleans())
    return Group(role_word=word, join=draw(BLANKS if blank else SIGNS))


@st.composite
def posts(draw: st.DrawFn) -> Group:
    """[task] [org “column”] [title] role."""
    task = draw(st.just("") | st.sampled_from(sorted(words.TASKS)))
    return Group(
        task=task,
        task_join=draw(SIGNS) if task else "",
        org=draw(st.just("") | KNOWN_ORGS | POSTED_ORGS),
        column=draw(st.sampled_from(["", "新华视点", "劳模 3·15"])),
        title=draw(st.just("") | TITLES),
        role_word=draw(st.sampled_from(["记者", "通讯员", "实习生"]) if task else STRONG_ROLES),
        join=draw(st.just("") | BLANKS | SIGNS),
    )


@st.composite
def known_orgs(draw: st.DrawFn) -> Group:
    """An org, a title, or both, without a role."""
    title = draw(st.just("") | TITLES)
    org = draw(KNOWN_ORGS | st.just("")) if title else draw(KNOWN_ORGS)
    return Group(
        org=org,
        org_gap=draw(BLANKS) if org else "",
        title=title,
        join=draw(st.just("") | BLANKS) if title else "",
    )


def _begins_with_name(group: Group) -> bool:
    before = replace(group, names=(), name_seps=(), suffix_gap="", suffix="")
    return str(before) == ""


@st.composite
def bylines(draw: st.DrawFn, *, brackets: bool | None = None, line: bool = False, signed: bool = False) -> Byline:
    """Whole bylines in which everybody is named.

    `brackets` asks for or against （）; `line`: no line ends; `signed`: begins with a role.
    """
    brackets = draw(st.booleans()) if brackets is None else brackets
    line = line or brackets
    listed = [draw(groups(line=line, signed=signed))]
    for group in draw(st.lists(groups(line=line), max_size=3)):
        # Names without a role are only their own group at the start or after a suffix.
        if listed[-1].suffix or not _begins_with_name(group):
            listed.append(group)
    seps = [draw(_separators(left, right, line)) for left, right in pairwise(listed)]
    return Byline(tuple(listed), tuple(seps), brackets)


def _separators(left: Group, right: Group, line: bool) -> st.SearchStrategy[str]:
    # 张　嫱 图 李四五: is 图 a third character of the name?
    if not left.suffix and _is_spaced(left.names[-1]) and str(right)[0] in "文图":
        return _marks(line)
    if left.suffix not in ROLE_WORDS:
        return _marks(line) | BLANKS | st.just("/")
    # 张三 摄影 李四 and 张三 摄影/本报记者 李四: there the suffix would be a role.
    return _marks(line) if _begins_with_name(right) else _marks(line) | BLANKS


@st.composite
def nameless_credits(draw: st.DrawFn) -> Byline:
    """Picture credits of nobody, and those whose name stands in an aside."""
    donors = st.sampled_from(["受访者", "河北省总工会", "某集团公司", "企业"])
    gap = st.just("") | BLANKS
    aside = Byline((Group(names=(draw(names()),), suffix_gap=" ", suffix="摄"),), (), True)
    lone = st.sampled_from(sorted(words.LONE_SUFFIXES))
    of_org = st.sampled_from(sorted(words.ORG_SUFFIXES))
    group = draw(
        st.builds(Group, suffix=lone)
        | st.builds(Group, org=donors, suffix_gap=gap, suffix=st.sampled_from(["供图", "提供"]))
        | st.builds(Group, org=KNOWN_ORGS)
        | st.builds(Group, org=KNOWN_ORGS, suffix_gap=gap, suffix=of_org)
        | st.builds(
            Group,
            org=KNOWN_ORGS,
            suffix_gap=gap,
            suffix=of_org,
            aside_gap=gap,
            aside=st.just(aside),
        )
    )
    return Byline((group,), (), draw(st.booleans()))


DATELINE_SOURCES = {
    DatelineKind.OWN: ["本报", "本网", "本刊", "本台"],
    DatelineKind.NAMED: ["河北日报", "羊城晚报", "河北工人报"],
    DatelineKind.FILED: ["本报", "本网"],
    DatelineKind.AGENCY: ["新华社", "中新网", "人民日报"],
    DatelineKind.ADAPTED: ["新华社", "中新社", "河北日报"],
    DatelineKind.FEATURE: ["新华社", "中新社", "工人日报", "本报"],
    DatelineKind.WEB: ["中工网", "工人日报客户端", "工人日报—中工网"],
}


@st.composite
def datelines(draw: st.DrawFn) -> Dateline:
    """Every kind of dateline."""
    kind = draw(st.sampled_from(DatelineKind))
    source = draw(st.sampled_from(DATELINE_SOURCES[kind]))
    bare = kind in (DatelineKind.OWN, DatelineKind.NAMED)
    if bare or (kind is DatelineKind.WEB and draw(st.booleans())):
        return Dateline(kind, source, "消息" if source == "本台" else "讯")
    month = draw(st.none() | st.integers(1, 12))
    feature = kind is DatelineKind.FEATURE
    cut = feature and source != "本报" and draw(st.booleans())
    return Dateline(
        kind,
        source,
        verb=draw(st.sampled_from(["电", "专电"] if feature else ["电", "专电", "讯"])),
        place=draw(st.sampled_from(["北京", "石家庄", "亚的斯亚贝巴", "北京、上海", ""])),
        month=month,
        day=draw(st.integers(1, 29 if month == 2 else 30)),
        cut=kind is DatelineKind.ADAPTED or cut,
        title_gap=draw(st.just("") | BLANKS) if feature else "",
        title=draw(st.sampled_from(["招聘　送岗", "“五一”前夜", "A（B）"])) if feature else "",
    )


@st.composite
def leads(draw: st.DrawFn) -> Lead:
    """A dateline alone, or with its byline: in brackets, or on the line after a title."""
    dateline = draw(datelines())
    if draw(st.booleans()):
        return Lead(dateline)
    if dateline.title:
        return Lead(dateline, "\n", draw(bylines(brackets=False, line=True, signed=True)))
    return Lead(dateline, draw(st.just("") | BLANKS), draw(bylines(brackets=True)))


def prose_after(lead: Lead) -> st.SearchStrategy[str]:
    """Text that may follow a lead. 消息 and an unknown masthead's 讯 need a blank before prose."""
    if lead.dateline.title:
        return st.sampled_from(["", "\n", "\n春天里，工人们返岗。", "\n\n记者日前从省总获悉，"])
    dateline = lead.dateline
    known = lead.byline or (dateline.source in words.ORGS and dateline.verb != "消息")
    starts = ["", " ", "\u3000", "\n"] if known else [" ", "\u3000", "\n"]
    texts = ["今年以来，", "记者张三报道。", "湖北省总工会（下称省总）", "4月3日，", "“五一”前夕"]
    return st.tuples(st.sampled_from(starts), st.sampled_from(texts)).map("".join) | st.just("")


@st.composite
def credit_lines(draw: st.DrawFn) -> list[CreditLine]:
    """What an editor's form hands to `byline_from_credits`."""
    line = st.tuples(
        st.sampled_from(Role),
        st.lists(plain_names(), min_size=1, max_size=3),
        st.none() | st.sampled_from(["本报", "新华社", "河北日报"]),
        st.none() | st.sampled_from(words.TITLES),
    )
    first = draw(line)
    rest = draw(st.lists(line, max_size=3))
    return [first, *(row for row in rest if row[0] is not Role.UNSTATED)]


PRINTED_TOKENS = [
    *(*ROLE_WORDS, *SUFFIX_ROLES, *words.TITLES, *words.MARKERS, *words.OWN_SOURCES),
    *["新华社", "徐报融媒", "《中国煤炭报》", "“新华视点”", "据", "北京", "4月3日", "31日"],
    *["讯", "电", "题：", "张", "嫱", "张三", "王伟强", "X", "𠮷", "报", "社", "〇", "1"],
    *"（）() \u3000\n\t、，。/:：·—“《\U000e0100",
]
"""What bylines and datelines are made of, and a few things that they are not."""


def printed_noise() -> st.SearchStrategy[str]:
    """Anything, made of the pieces of bylines and datelines in any order."""
    piece = st.sampled_from(PRINTED_TOKENS) | han() | st.text(max_size=2)
    return st.lists(piece, max_size=14).map("".join)
