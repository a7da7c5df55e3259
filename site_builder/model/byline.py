"""署名 and 电头 as printed: who made a story, and where it was sent from.

Values are frozen and print themselves: `str(value)` is the text as it stands in the paper, to the
last blank. They are read from text by `site_builder.schema.printed`. The forms are house style,
docs/reference/story-format.md.

Two views of a byline exist. The printed one (`Byline`, `Group`, `Name`) keeps every sign; the
flat one (`Byline.credits()`) says only who did what, and is what pages and feeds use.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Role(StrEnum):
    """What a person did. `UNSTATED` is kept as it is: a missing role is never guessed."""

    REPORTER = "reporter"
    CORRESPONDENT = "correspondent"
    INTERN = "intern"
    CONTRIBUTING_WRITER = "contributing_writer"
    COMMENTATOR = "commentator"
    PHOTOGRAPHER = "photographer"
    EDITOR = "editor"
    TEXT = "text"
    PICTURE = "picture"
    TEXT_AND_PICTURE = "text_and_picture"
    COMPILER = "compiler"
    TRANSLATOR = "translator"
    DONOR = "donor"
    CHART = "chart"
    ILLUSTRATOR = "illustrator"
    DUTY_EDITOR = "duty_editor"
    ART_EDITOR = "art_editor"
    PROOFREADER = "proofreader"
    REVIEWER = "reviewer"
    UNSTATED = "unstated"

    @property
    def is_staff(self) -> bool:
        """True for those who made the page, not the story: never shown as authors."""
        return self in _STAFF


_STAFF = frozenset({Role.EDITOR, Role.DUTY_EDITOR, Role.ART_EDITOR, Role.PROOFREADER, Role.REVIEWER})

# The first word of a role is the one the house prints (`byline_from_credits`).
ROLE_WORDS: Mapping[str, Role] = MappingProxyType(
    {
        "记者": Role.REPORTER,
        "文字记者": Role.REPORTER,
        "通讯员": Role.CORRESPONDENT,
        "实习生": Role.INTERN,
        "特约撰稿": Role.CONTRIBUTING_WRITER,
        "特约撰稿人": Role.CONTRIBUTING_WRITER,
        "评论员": Role.COMMENTATOR,
        "摄影": Role.PHOTOGRAPHER,
        "摄影记者": Role.PHOTOGRAPHER,
        "摄": Role.PHOTOGRAPHER,
        "编辑": Role.EDITOR,
        "文": Role.TEXT,
        "文字": Role.TEXT,
        "撰文": Role.TEXT,
        "图": Role.PICTURE,
        "图片": Role.PICTURE,
        "文/图": Role.TEXT_AND_PICTURE,
        "图/文": Role.TEXT_AND_PICTURE,
        "图文": Role.TEXT_AND_PICTURE,
        "文图": Role.TEXT_AND_PICTURE,
        "整理": Role.COMPILER,
        "编译": Role.TRANSLATOR,
        "翻译": Role.TRANSLATOR,
        "供图": Role.DONOR,
        "制图": Role.CHART,
        "插图": Role.ILLUSTRATOR,
        "漫画": Role.ILLUSTRATOR,
        "责任编辑": Role.DUTY_EDITOR,
        "责编": Role.DUTY_EDITOR,
        "美编": Role.ART_EDITOR,
        "美术编辑": Role.ART_EDITOR,
        "版面编辑": Role.ART_EDITOR,
        "校对": Role.PROOFREADER,
        "审核": Role.REVIEWER,
    }
)
"""Words printed before names, and the role they state."""

SUFFIX_ROLES: Mapping[str, Role | None] = MappingProxyType(
    {
        "摄": Role.PHOTOGRAPHER,
        "摄影": Role.PHOTOGRAPHER,
        "摄影报道": Role.TEXT_AND_PICTURE,
        "文/图": Role.TEXT_AND_PICTURE,
        "图/文": Role.TEXT_AND_PICTURE,
        "综合整理": Role.COMPILER,
        "整理": Role.COMPILER,
        "编译": Role.TRANSLATOR,
        "供图": Role.DONOR,
        "提供": Role.DONOR,
        "制图": Role.CHART,
        "插图": Role.ILLUSTRATOR,
        "漫画": Role.ILLUSTRATOR,
        "综合报道": None,
        "报道": None,
        "发": None,
        "资料图": None,
        "资料图片": None,
        "资料照片": None,
        "视频截图": None,
        "效果图": None,
        "AI生成": None,
        "AI制图": None,
    }
)
"""Words printed after names. None: the word leaves the role stated before the names alone."""


@dataclass(frozen=True, slots=True)
class Name:
    """One person's name."""

    text: str
    """As printed, inner blanks included: `张　嫱`, `张 胜 男`, `阿依古丽·买买提`, `Maria Lopez`."""

    @property
    def plain(self) -> str:
        """The name without the blanks that only align it: `张嫱`. Latin names keep theirs."""
        parts = self.text.replace("\u3000", " ").split(" ")
        aligned = all(len(part) <= 1 and not (part and part.isascii()) for part in parts)
        return "".join(parts) if aligned else self.text

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Credit:
    """One person and what they did: the flat view of a byline."""

    name: str
    """Without alignment blanks."""
    role: Role
    org: str | None = None
    """As printed but without 《》; None when nothing is printed, even for our own reporters."""
    title: str | None = None
    """首席, 见习, 特约 …"""


@dataclass(frozen=True, slots=True)
class Group:
    """Names under one role, with all that is printed before and after them.

    Printed order: marker, task, org, column, title, role word, names, suffix, aside. A field that
    is not printed is empty.
    """

    marker: str = ""
    """□ ■ ◎ ●"""
    marker_gap: str = ""
    task: str = ""
    """A role word before a second role: the 文 of `文/徐报融媒记者 王正喜`."""
    task_join: str = ""
    org: str = ""
    """`本报`, `《中国煤炭报》`; for pictures also a donor that is no person (`受访者`)."""
    column: str = ""
    """Of the org, without its quotes: 新华视点."""
    org_gap: str = ""
    """Between org or column and what follows."""
    title: str = ""
    role_word: str = ""
    join: str = ""
    """Between title or role word and the first name: nothing, a blank, `:`, `：` or `/`."""
    names: tuple[Name, ...] = ()
    name_seps: tuple[str, ...] = ()
    """One fewer than names."""
    suffix_gap: str = ""
    suffix: str = ""
    aside_gap: str = ""
    aside: "Byline | None" = None
    """The bracket of `新华社发（张三 摄）`."""

    @property
    def role(self) -> Role:
        """The role its word states."""
        return ROLE_WORDS.get(self.role_word, Role.UNSTATED)

    @property
    def credited_role(self) -> Role:
        """What these people did here: the suffix says it first, then the task, then the role.

        `新华社记者 王松 摄` made a picture, whatever post its author holds.
        """
        return SUFFIX_ROLES.get(self.suffix) or ROLE_WORDS.get(self.task) or self.role

    def credits(self) -> tuple[Credit, ...]:
        """One credit for each name, in printed order, then those of the aside."""
        role, org = self.credited_role, self.org.strip("《》") or None
        own = tuple(Credit(name.plain, role, org, self.title or None) for name in self.names)
        return own + (self.aside.credits() if self.aside else ())

    def pieces(self) -> "tuple[str | Name, ...]":
        """What is printed, in order: the names as values, all between them as text."""
        column = f"“{self.column}”" if self.column else ""
        before = (
            f"{self.marker}{self.marker_gap}{self.task}{self.task_join}"
            f"{self.org}{column}{self.org_gap}{self.title}{self.role_word}{self.join}"
        )
        after = f"{self.suffix_gap}{self.suffix}{self.aside_gap}"
        aside = self.aside.pieces() if self.aside else ()
        return (before, *_interleave(self.names, self.name_seps), after, *aside)

    def __str__(self) -> str:
        return "".join(map(str, self.pieces()))


@dataclass(frozen=True, slots=True)
class Byline:
    """A whole 署名: groups, what separates them, and whether （） stand round them."""

    groups: tuple[Group, ...]
    separators: tuple[str, ...] = ()
    """One fewer than groups: a blank, `、`, `，`, `/` or a line end, with the blanks round it."""
    brackets: bool = False

    def credits(self) -> tuple[Credit, ...]:
        """Everybody named, in printed order; empty for `资料图` and the like."""
        return tuple(credit for group in self.groups for credit in group.credits())

    def pieces(self) -> tuple[str | Name, ...]:
        """What is printed, in order: the names as values, all between them as text."""
        parts = _interleave([group.pieces() for group in self.groups], [(separator,) for separator in self.separators])
        inside = tuple(piece for part in parts for piece in part)
        return ("（", *inside, "）") if self.brackets else inside

    def __str__(self) -> str:
        return "".join(map(str, self.pieces()))


class DatelineKind(StrEnum):
    """Which form of 电头 is printed."""

    OWN = "own"
    """本报讯, 本网讯, 本台消息"""
    NAMED = "named"
    """河北日报讯"""
    FILED = "filed"
    """本报北京4月3日电"""
    AGENCY = "agency"
    """新华社北京4月3日电"""
    ADAPTED = "adapted"
    """据新华社北京4月3日电: cut or edited by the paper"""
    FEATURE = "feature"
    """新华社北京4月3日电 题：…"""
    WEB = "web"
    """中工网讯, 工人日报客户端讯"""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A 电头."""

    kind: DatelineKind
    source: str
    """Agency, masthead or 本报, as printed."""
    verb: str
    """讯, 电, 专电 or 消息."""
    place: str = ""
    month: int | None = None
    day: int | None = None
    """None when no date is printed. The year never is: it comes from the issue."""
    cut: bool = False
    """据 is printed: the paper shortened or edited the text."""
    title_gap: str = ""
    title: str = ""
    """The agency's own title after 题："""

    def __str__(self) -> str:
        month = "" if self.month is None else f"{self.month}月"
        date = "" if self.day is None else f"{month}{self.day}日"
        title = f"{self.title_gap}题：{self.title}" if self.title else ""
        return f"{'据' if self.cut else ''}{self.source}{self.place}{date}{self.verb}{title}"


@dataclass(frozen=True, slots=True)
class Lead:
    """What is printed before the first sentence of a 消息: dateline, then byline in brackets."""

    dateline: Dateline
    separator: str = ""
    """Between the two, as printed; empty without a byline."""
    byline: Byline | None = None

    def __str__(self) -> str:
        return f"{self.dateline}{self.separator}{self.byline or ''}"


class EndNoteKind(StrEnum):
    """What a note at the end of a story tells."""

    AUTHOR = "author"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class EndNote:
    """`（作者系…）` or `据新华社`: about an author or a source, itself no byline."""

    kind: EndNoteKind
    word: str
    """作者系, 作者单位：, 据, 综合, 来源： …"""
    text: str
    brackets: bool = False

    def __str__(self) -> str:
        inside = f"{self.word}{self.text}"
        return f"（{inside}）" if self.brackets else inside


CreditLine = tuple[Role, Sequence[str], str | None, str | None]
"""Role, names, org, title: one group of a byline as an editor's form gives it."""

_HOUSE_WORDS: Mapping[Role, str] = {role: word for word, role in reversed(list(ROLE_WORDS.items()))}
_HOUSE_SUFFIXES: Mapping[Role, str] = {
    Role.PHOTOGRAPHER: "摄",
    Role.TEXT_AND_PICTURE: "文/图",
    Role.DONOR: "供图",
    Role.CHART: "制图",
}


def byline_from_credits(lines: Iterable[CreditLine], *, brackets: bool = False) -> Byline:
    """The byline as the house prints it: `（记者张翀 通讯员张茜）` or `本报记者 王伟`.

    A single group of picture makers is printed as a credit (`张三 摄`). Names without role, org
    and title must come first, for a role binds all names to its right; ValueError otherwise.
    """
    rows = list(lines)
    groups: list[Group] = []
    for role, names, org, title in rows:
        if not names:
            raise ValueError("a credit line needs a name")
        if groups and role is Role.UNSTATED and not org and not title:
            raise ValueError("names without a role must come first")
        groups.append(_house_group(role, names, org, title, brackets, alone=len(rows) == 1))
    if not groups:
        raise ValueError("a byline needs a credit line")
    return Byline(tuple(groups), (" ",) * (len(groups) - 1), brackets)


def _house_group(
    role: Role,
    names: Sequence[str],
    org: str | None,
    title: str | None,
    brackets: bool,
    alone: bool,
) -> Group:
    printed = tuple(Name(name) for name in names)
    # A blank between two Latin names would read as one name.
    gap = "、" if any(char.isascii() for name in names for char in name) else " "
    seps = (gap,) * (len(printed) - 1)
    org, title = org or "", title or ""
    if alone and role in _HOUSE_SUFFIXES and not title:
        org_gap, suffix = " " if org else "", _HOUSE_SUFFIXES[role]
        return Group(org=org, org_gap=org_gap, names=printed, name_seps=seps, suffix_gap=" ", suffix=suffix)
    word = _HOUSE_WORDS.get(role, "")
    return Group(
        org=org,
        org_gap=" " if org and not title and not word else "",
        title=title,
        role_word=word,
        join=_house_join(word, title, brackets),
        names=printed,
        name_seps=seps,
    )


def _house_join(word: str, title: str, brackets: bool) -> str:
    # 文 and 图 are surnames too, so they never stand next to a name without a sign.
    if word in ("文", "图", "文/图"):
        return "/" if len(word) == 1 else "："
    return " " if (word or title) and not brackets else ""


def _interleave(items: Sequence[A], separators: Sequence[B]) -> tuple[A | B, ...]:
    tail = (piece for pair in zip(separators, items[1:], strict=True) for piece in pair)
    return (*items[:1], *tail)
