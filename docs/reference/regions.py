"""What stands in the generated regions of the documentation: tables and lists, made from the code.

Each region is a function of the place where it stands: the examples of a field table are the lines of the fenced
blocks in its section, so that an example is typed once, and checked once.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from pydantic import BaseModel

from site_builder.cli.main import make_command
from site_builder.formats.text import format_text
from site_builder.messages import load_messages
from site_builder.model.byline import ROLE_WORDS, SUFFIX_ROLES, Byline
from site_builder.model.taxonomy import Section, Taxonomy
from site_builder.schema import printed, printed_words, story
from site_builder.schema.keys import key_table
from site_builder.schema.text import SourceText

_PACKAGE = Path(__file__).resolve().parents[2] / "site_builder"
_STORY = re.compile(r"^```markdown story\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"([\\`*_<>\[\]|#])")
_EXAMPLE_CHARACTERS = 28


@dataclass(frozen=True)
class Place:
    """Where a region stands: the page, and the section of it between two headings."""

    page: str
    section: str


Region = Callable[[Place], str]

TYPES: Mapping[str, str] = {
    "Text": "text",
    "Line": "line",
    "Id": "id",
    "Ids": "list of ids",
    "Texts": "list of words",
    "Moment": "date, or date and time",
    "Day": "date",
    "Number": "number",
    "Count": "number",
    "Boolean": "yes or no",
    "Slug": "slug",
    "GenreWord": "genre",
    "StatusWord": "status",
    "PhotoKindWord": "kind of picture",
    "HeadlineFormWord": "横题 or 竖题",
    "PinFile": "`PinFile`",
    "JumpFile": "`JumpFile`",
    "Focus": "focus",
    "Role": "role",
    "AnyValue": "text, or list",
    "PublicationKind": "word",
    "str": "text",
}
"""What each declared type is called in the tables. A new one must be named here."""


def field_table(model: type[BaseModel]) -> Region:
    """A region: every field of *model*, with its spellings, type, default, an example and its docstring."""

    def region(place: Place) -> str:
        spellings = dict(key_table(model).spellings())
        rows = []
        for name, info in model.model_fields.items():
            english, *chinese = spellings[name]
            default = "**required**" if info.is_required() else _default(info.default)
            example = _example(place.section, spellings[name], f"{model.__name__}.{name}")
            keys = "、".join(f"`{key}`" for key in chinese) or "–"
            kind = _type_name(_annotation(model, name))
            rows.append((f"`{english}`", keys, kind, default, example, info.description or ""))
        return _table(("field", "中文键", "type", "default", "example", "meaning"), rows)

    return region


def _annotation(model: type[BaseModel], name: str) -> str:
    """The type that is declared for the field, in *model* or in what it extends."""
    return next(
        str(inspect.get_annotations(base)[name]) for base in model.__mro__ if name in inspect.get_annotations(base)
    )


def _type_name(annotation: str) -> str:
    """The declared type in words; models inside lists are linked by their table's name."""
    inner = re.sub(r"^Annotated\[|\s*\|\s*None", "", annotation)
    if inner.startswith("tuple["):
        found = re.search(r"\b([A-Z]\w+(?:File|Entry))\b", inner)
        assert found, annotation
        return f"list of `{found.group(1)}`"
    name = re.match(r"\w+", inner)
    assert name, annotation
    return "block" if name.group().endswith("Block") else TYPES[name.group()]


def _default(value: object) -> str:
    if value in ("", (), None) or isinstance(value, BaseModel):
        return "–"
    return f"`{value.value if isinstance(value, Enum) else str(value).lower() if value is False else value}`"


def _example(section: str, spellings: Iterable[str], field: str) -> str:
    """The line of the section's fenced blocks that uses the field, shortened."""
    blocks = "\n".join(re.findall(r"^```.*?^```$", section, re.MULTILINE | re.DOTALL))
    for before in (r"^ *(?:- )?", r"[{,] *"):
        keys = "|".join(map(re.escape, spellings))
        found = re.search(rf"{before}((?:{keys}):(?: +[^\n]*|$))", blocks, re.MULTILINE)
        if found:
            text = re.split(r"(?<=[^\[{,]), (?=\S+: )|\}\s*$", found.group(1))[0].strip()
            return f"`{text[:_EXAMPLE_CHARACTERS]}{'…' if len(text) > _EXAMPLE_CHARACTERS else ''}`"
    raise ValueError(f"no example of {field} in its section")


def word_table(table: Mapping[str, Enum]) -> Region:
    """A region: the words of a choice, Chinese and English."""

    def region(_place: Place) -> str:
        words = defaultdict(list)
        for word, member in table.items():
            words[str(member.value)].append(f"`{word}`")
        return _table(("中文", "English"), [("、".join(chinese), f"`{english}`") for english, chinese in words.items()])

    return region


def printed_words_table(_place: Place) -> str:
    """A region: the words that bylines and datelines are made of."""
    roles, suffixes = defaultdict(list), [f"`{word}`" for word in SUFFIX_ROLES]
    for word, role in ROLE_WORDS.items():
        roles[role.value].append(word)
    rows = [
        ("own", _words(printed_words.OWN_SOURCES)),
        ("agency", _words(printed_words.AGENCIES)),
        ("masthead", _words(printed_words.MASTHEADS)),
        ("org ending", _words(printed_words.ORG_TAILS)),
        ("title", _words(printed_words.TITLES)),
        ("role", "；".join(f"{name}: {_words(words)}" for name, words in roles.items())),
        ("suffix", " ".join(suffixes)),
    ]
    return _table(("word class", "words"), rows)


def _words(words: Iterable[str]) -> str:
    listed = words if isinstance(words, tuple | list) else sorted(words)
    return " ".join(f"`{word}`" for word in listed)


DATELINES = (
    "本报讯", "本网讯", "本台消息", "本报4月3日讯", "本报北京4月3日讯", "本报北京4月3日电", "本报北京3日专电",
    "新华社北京4月3日电", "人民日报北京、上海4月3日电", "据新华社北京4月3日电", "新华社北京4月3日电 题：让技能成为底气",
    "河北日报讯", "江口工人报讯", "中工网讯", "工人日报客户端北京4月3日电",
)  # fmt: skip
BYLINES = (
    "（记者张翀 通讯员张茜 黎甜）", "（杨明清 记者张嫱）", "（记者柳姗姗 彭冰 通讯员许翔宇）", "（全媒体记者简文湘）",
    "（记者/简文湘 通讯员/罗江莉）", "本报记者 王伟", "本报记者 王伟 本报通讯员 陆阳丽",
    "本报记者 李玉波\n本报通讯员 张媛 刘俊平", "□ 本报记者 张驰 □ 本报见习记者 范瑞恒", "《中国煤炭报》首席记者 王伟",
    "新华社“新华视点”记者伍岳、许可、乌梦达", "◎文/徐报融媒记者 王正喜 图/徐报融媒记者 陈艳", "特约撰稿 王伟",
    "王伟", "本报评论员", "张三 文/图", "张三 摄影报道", "王伟 综合整理", "记者阿依古丽·买买提", "张　嫱 李　娜",
)  # fmt: skip
CREDITS = (
    "本报记者 王松 摄", "王松 摄", "新华社记者 王松 摄", "新华社发（张三 摄）", "张三 供图", "受访者供图",
    "江口市总工会供图", "本报 林一舟 制图", "插图", "资料图", "本报资料图", "AI生成",
)  # fmt: skip


def dateline_forms(_place: Place) -> str:
    """A region: every form of a dateline, as the parser reads it."""
    rows = []
    for text in DATELINES:
        found = printed.parse_dateline(text)
        assert not isinstance(found, printed.Unreadable), text
        day = "" if found.day is None else f"{found.month or ''}-{found.day}".lstrip("-")
        rows.append((f"`{text}`", found.kind.value, found.source, found.place, day, found.verb, found.title))
    return _table(("printed", "kind", "source", "place", "date", "verb", "title"), rows)


def people_table(texts: Iterable[str], parse: Callable[[str], Byline | printed.Unreadable]) -> Region:
    """A region: printed bylines or credits, and whom the parser finds in them."""

    def region(_place: Place) -> str:
        rows = []
        for text in texts:
            found = parse(text)
            assert isinstance(found, Byline), text
            people = [" ".join(filter(None, (c.role.value, c.org, c.title, c.name))) for c in found.credits()]
            rows.append((" ⏎ ".join(f"`{line}`" for line in text.split("\n")), "；".join(people) or "–"))
        return _table(("printed", "who did what"), rows)

    return region


_SEVERITIES = {"error": "**错误** error", "warning": "**警告** warning"}


def problem_list(_place: Place) -> str:
    """A region: every problem code in both languages, in the order of the message files."""
    languages = [load_messages(code).section("problems") for code in ("zh-CN", "en")]
    severities = _severities()
    lines = []
    for code in dict.fromkeys(key.rpartition(".")[0] for key in languages[0]):
        lines += [
            f"### {code}",
            "",
            f"{' / '.join(_SEVERITIES[s] for s in sorted(severities.get(code, {'error'})))}",
            "",
        ]
        for words, labels in zip(languages, (("什么", "原因", "改法"), ("what", "why", "fix")), strict=True):
            parts = zip(labels, ("what", "why", "fix"), strict=True)
            lines += [f"- {label}: {_escaped(words[f'{code}.{part}'])}" for label, part in parts]
        lines.append("")
    return "\n".join(lines)


def _severities() -> Mapping[str, set[str]]:
    """The severities that the code gives to each problem, read off its calls of ``problem``."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted(_PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or getattr(call.func, "attr", getattr(call.func, "id", "")) != "problem":
                continue
            words = {word for k in call.keywords if k.arg == "severity" for word in _texts(k.value)}
            for code in _texts(call.args[0]) if call.args else ():
                found[code] |= words & {"error", "warning"} or {"error"}
    return found


def _texts(node: ast.AST) -> list[str]:
    """The string constants in *node*."""
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def command_list(_place: Place) -> str:
    """A region: every command with its options, in both languages."""
    chinese, english = (make_command(load_messages(code)) for code in ("zh-CN", "en"))
    pairs = [(chinese, english), *((chinese.commands[n], english.commands[n]) for n in chinese.commands)]
    return "\n".join(line for pair in pairs for line in _command(*pair))


def _command(chinese: click.Command, english: click.Command) -> Iterator[str]:
    name = "bulletin" if isinstance(chinese, click.Group) else f"bulletin {chinese.name}"
    yield from (f"### {name}", "", _escaped(chinese.help or ""), "", _escaped(english.help or ""), "")
    usages = [" ".join(c.collect_usage_pieces(click.Context(c))) for c in (chinese, english)]
    yield f"Usage: `{name} {usages[1]}`"
    yield ""
    rows = []
    helps = zip(*(c.get_params(click.Context(c)) for c in (chinese, english)), strict=True)
    for ours, theirs in ((a, b) for a, b in helps if isinstance(a, click.Option) and isinstance(b, click.Option)):
        value = f"`{ours.default}`" if ours.show_default else "–"
        choice = "`, `".join(ours.type.choices) if isinstance(ours.type, click.Choice) else ""
        rows.append((f"`{ours.opts[0]}`", f"`{choice}`" if choice else "–", value, ours.help or "", theirs.help or ""))
    yield _table(("option", "one of", "default", "说明", "meaning"), rows)


def error_example(language: str) -> Region:
    """A region: what the check says of the page's own story when its month is 13."""

    def region(place: Place) -> str:
        found = _STORY.search(place.page)
        assert found, "the page shows no story"
        text = re.sub(r"(\d{4})-\d\d-(\d\d)", r"\1-13-\2", found.group(1), count=1)
        id_line = re.search(r"^编号: (\S+)$", text, re.MULTILINE)
        assert id_line, "the page's story has no id"
        taxonomy = Taxonomy((Section("union-news", "工会新闻"),))
        source = SourceText(f"content/stories/2024/04/{id_line.group(1)}.md", text)
        checked = story.parse_story(source, story.StoryContext(taxonomy, ZoneInfo("Asia/Shanghai")))
        shown = "\n\n".join(format_text(p, load_messages(language)) for p in checked.problems)
        return f"```text\n{shown}\n```\n"

    return region


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    listed = [tuple(head), *(tuple(cell.replace("|", r"\|") for cell in row) for row in rows)]
    lines = ["| " + " | ".join(row) + " |" for row in listed]
    return "\n".join([lines[0], "|" + " --- |" * len(listed[0]), *lines[1:]]) + "\n"
