"""YAML that cannot be read, and slips of the keyboard that YAML answers with riddles: what the editor meant.

The parser says where it gave up; this module says, where it can, what to type instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from site_builder.problems import Problem, Span
from site_builder.schema.keys import KeyTable
from site_builder.schema.text import SourceText


def plain_mark(mark: Any) -> yaml.Mark:  # Any: the stubs allow None, which the parsers never give
    """*mark* as what it always is."""
    return mark  # type: ignore[no-any-return]


def typing_slips(source: SourceText, text: str, first_line: int, table: KeyTable) -> Iterator[Problem]:
    """Slips of the keyboard that YAML itself answers with riddles. Only unindented lines are looked at:
    an indented one may be the text of a block scalar, where ``来源：`` is right."""
    for number, line in enumerate(text.split("\n"), first_line + 1):
        if line.startswith("\t") or (line[:1] == " " and "\t" in line[: len(line) - len(line.lstrip())]):
            column = line.index("\t") + 1
            yield source.problem("yaml-tab", Span(number, column))
            continue
        for mark in ("：", ":"):
            key, colon, rest = line.partition(mark)
            if not colon or key.strip() not in table.fields or key != key.lstrip():
                continue
            span = Span(number, len(key) + 1)
            if mark == "：":
                yield source.problem("yaml-fullwidth-colon", span, key=key.strip(), rest=rest.strip())
            elif rest and rest[0] not in " \t":
                yield source.problem("yaml-space-after-colon", span, key=key.strip(), rest=rest.strip())
            break


def syntax_problem(source: SourceText, error: yaml.YAMLError, first_line: int, events: list[yaml.Event]) -> Problem:
    """What an editor most likely did, for what YAML says; YAML's own words only where nothing fits."""
    detail = str(getattr(error, "problem", "") or error).strip()
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    at = _span_of(mark, first_line) if mark else Span(first_line + 1)
    opened = _span_of(plain_mark(getattr(error, "context_mark", None) or mark), first_line) if mark else at
    if "quoted scalar" in context:
        if "escape" in detail or "hexdecimal" in detail:
            return source.problem("yaml-escape", _slash(source, at))
        return source.problem("yaml-quote", opened)
    quote = _quote_over_lines(events)
    if quote is not None:
        return source.problem("yaml-quote", _span_of(quote, first_line))
    return (
        _tab_at(source, at)
        or _colon_slip(source, at.line, first_line)
        or _opening_sign(source, at)
        or _open_bracket(source, context, events, first_line)
        or _by_words(source, detail, at, opened)
        or _first_line_indented(source, detail, first_line)
        or source.problem("yaml-syntax", at, detail=detail)
    )


def _open_bracket(source: SourceText, context: str, events: list[yaml.Event], first_line: int) -> Problem | None:
    """The innermost [ or { that was open where the error was met."""
    opened: list[yaml.Event] = []
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
    if "flow" not in context or not opened or not getattr(opened[-1], "flow_style", False):
        return None
    span = _span_of(plain_mark(opened[-1].start_mark), first_line)
    sign = source.line(span.line)[span.column - 1 : span.column]
    return source.problem("yaml-bracket", span, found=sign, closing="}" if sign == "{" else "]")


def _by_words(source: SourceText, detail: str, at: Span, opened: Span) -> Problem | None:
    if "could not find expected ':'" in detail:
        return source.problem("yaml-no-colon", _words_of(source, opened.line))
    if "mapping values are not allowed" in detail:
        line = source.line(at.line)
        if ":" in line[: at.column - 1]:
            return source.problem("yaml-colon-in-value", at, text=_quoted(line.partition(":")[2]))
        return source.problem("yaml-indent", _words_of(source, at.line))
    # The parser in C says the first two, the one in Python the third.
    if any(words in detail for words in ("did not find expected key", "expected '-' indicator", "<block end>")):
        return source.problem("yaml-indent", _words_of(source, at.line))
    return None


def _first_line_indented(source: SourceText, detail: str, first_line: int) -> Problem | None:
    lines = enumerate(source.lines[first_line:], first_line + 1)
    number, line = next(((n, text) for n, text in lines if text.strip()), (0, ""))
    if "<document start>" not in detail or line == line.lstrip():
        return None
    return source.problem("yaml-indent", _words_of(source, number))


def _span_of(mark: yaml.Mark, first_line: int) -> Span:
    return Span(mark.line + first_line + 1, mark.column + 1)


def _slash(source: SourceText, at: Span) -> Span:
    """The backslash at or before *at*: the two parsers mark different places."""
    column = source.line(at.line).rfind("\\", 0, at.column)
    return Span(at.line, column + 1, 2) if column >= 0 else at


def _quote_over_lines(events: list[yaml.Event]) -> yaml.Mark | None:
    """Where the last value before an error opened a quotation mark that closed on a later line only."""
    last = events[-1] if events else None
    if not isinstance(last, yaml.ScalarEvent) or last.style not in ("'", '"'):
        return None
    begin, end = plain_mark(last.start_mark), plain_mark(last.end_mark)
    return begin if end.line > begin.line else None


def _tab_at(source: SourceText, at: Span) -> Problem | None:
    line = source.line(at.line)
    column = line.find("\t")
    indented = column >= 0 and not line[:column].strip()
    return source.problem("yaml-tab", Span(at.line, column + 1)) if indented else None


_COLON_SLIP = re.compile(
    r"(?P<before>\s*(?:- +)*)(?P<key>[\u4e00-\u9fff]{1,6}|[a-z_]{1,20})(?P<colon>：|:(?=\S))(?P<rest>.*)"
)


def _colon_slip(source: SourceText, line: int, first_line: int) -> Problem | None:
    """A full-width colon, or one without a space, on the line of an error or the one before it."""
    for number in (line, line - 1):
        found = _COLON_SLIP.match(source.line(number)) if number > first_line else None
        if found and not found["rest"].startswith("//"):
            code = "yaml-fullwidth-colon" if found["colon"] == "：" else "yaml-space-after-colon"
            span = Span(number, found.start("colon") + 1)
            return source.problem(code, span, key=found["key"], rest=found["rest"].strip())
    return None


_OPENING_SIGN = re.compile(r"(?P<key>\s*(?:- +)*[^\s:#'\"\[{]+: +)(?P<value>(?P<sign>[\"'\[\]{}@`%*&!|>,?-]).*)")


def _opening_sign(source: SourceText, at: Span) -> Problem | None:
    """A value that begins with a sign that YAML takes for its own, and goes on after what the sign opened."""
    found = _OPENING_SIGN.match(source.line(at.line))
    if not found or (found["sign"] in "[{" and found["value"].rstrip()[-1] not in "]}" and not _closed(found["value"])):
        return None
    span = Span(at.line, found.start("value") + 1)
    return source.problem("yaml-needs-quotes", span, found=found["sign"], text=_quoted(found["value"]))


def _closed(value: str) -> bool:
    return ("]" if value[0] == "[" else "}") in value


def _words_of(source: SourceText, line: int) -> Span:
    """What stands on *line*, without the blanks around it."""
    text = source.line(line)
    return Span(line, len(text) - len(text.lstrip()) + 1, max(len(text.strip()), 1))


def _quoted(value: str) -> str:
    """*value* between quotation marks, as YAML reads it back."""
    value = value.strip()
    return "'" + value.replace("'", "''") + "'" if set(value) & set('"\\') else f'"{value}"'
