"""YAML text to plain data with the position of every key and value.

Built from parser events rather than loaded: scalars stay the text that was typed (plain YAML makes 12351 an int
and 3:15 a 195), duplicate keys are seen, and anchors, aliases, merge keys and tags are refused, so that no file
can unfold into something that its editor does not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from site_builder.problems import Problem, Severity, Span
from site_builder.schema.keys import KeyTable
from site_builder.schema.text import SourceText

Path = tuple[str | int, ...]
Data = dict[str, Any] | list[Any] | str | None
"""Nested plain data; every scalar is a ``str``, a null is ``None``. Any: JSON-like nesting is recursive."""

MAX_DEPTH = 12
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """A parsed YAML document: canonical keys, positions by path, and what was wrong while reading."""

    source: SourceText
    data: Data = None
    values: dict[Path, Span] = field(default_factory=dict)
    """Where each value stands."""
    keys: dict[Path, Span] = field(default_factory=dict)
    """Where each key stands, by the path of its value."""
    typed: dict[Path, str] = field(default_factory=dict)
    """Each key as it was typed."""
    offsets: dict[Path, int] = field(default_factory=dict)
    """Where the text of a one-line scalar starts in the file, for positions inside it."""
    problems: list[Problem] = field(default_factory=list)
    start: Span = field(default_factory=Span)
    """Where to point for what is missing."""

    def span(self, path: Path) -> Span:
        """The value's span, else that of the nearest enclosing value."""
        while path:
            if path in self.values:
                return self.values[path]
            path = path[:-1]
        return self.start

    def key_span(self, path: Path) -> Span:
        """The key's span, else the value's."""
        return self.keys.get(path) or self.span(path)

    def inner_span(self, path: Path, start: int, length: int) -> Span:
        """A span of *length* code points from *start* inside a scalar; the whole scalar when it was folded."""
        if path in self.offsets:
            return self.source.span_at(self.offsets[path] + start, length)
        return self.span(path)

    def problem(self, code: str, path: Path, *, severity: Severity = "error", **values: object) -> Problem:
        """A problem at the value of *path*."""
        return self.source.problem(code, self.span(path), severity=severity, **values)


def parse_yaml(
    source: SourceText, table: KeyTable, *, start: int = 0, stop: int | None = None, tolerant: bool = False
) -> Document:
    """Read ``source.text[start:stop]`` as one YAML mapping.

    *table* turns typed keys into field names. *tolerant* (for ``mkdocs.yml``, which other programs own) lets
    tags, anchors and duplicate keys pass. After a syntax error ``data`` is ``None`` and one problem is reported.
    """
    text = source.text[start:stop]
    first_line = source.text.count("\n", 0, start)
    document = Document(source, start=Span(first_line + 1, 1))
    if not tolerant:
        document.problems += list(_typing_slips(source, text, first_line, table))
        if document.problems:
            return document
    try:
        events = list(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        document.problems.append(_syntax_problem(source, error, first_line))
        return document
    reader = _Reader(document, iter(events), start, text, first_line, tolerant)
    document.data = reader.read(table)
    return document


class _Reader:
    """Builds data from events. One use per document."""

    def __init__(
        self, document: Document, events: Iterator[yaml.Event], start: int, text: str, first_line: int, tolerant: bool
    ) -> None:
        self.document = document
        self.events = events
        self.start = start
        self.text = text
        self.first_line = first_line
        self.tolerant = tolerant
        self.anchors: dict[str, Data] = {}

    def read(self, table: KeyTable) -> Data:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self.node(next(self.events), (), table)
        return None

    def node(self, event: yaml.Event, path: Path, table: KeyTable) -> Data:
        self.document.values[path] = self.span(event)
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"*{event.anchor}")
            return self.anchors.get(str(event.anchor))
        self.check_properties(event)
        if isinstance(event, yaml.ScalarEvent):
            data: Data = self.scalar(event, path)
        elif len(path) > MAX_DEPTH:
            self.skip()
            self.document.problems.append(self.document.problem("yaml-too-deep", path, depth=MAX_DEPTH))
            data = None
        elif isinstance(event, yaml.SequenceStartEvent):
            data = self.sequence(path, table)
        else:
            data = self.mapping(path, table)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = data
        return data

    def scalar(self, event: yaml.ScalarEvent, path: Path) -> str | None:
        if event.style is None and event.value in _NULLS:
            return None
        opening = 0 if event.style is None else 1
        begin = _mark(event.start_mark).index + opening
        if self.text.startswith(event.value, begin):
            self.document.offsets[path] = self.start + begin
        return str(event.value)

    def sequence(self, path: Path, table: KeyTable) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, (*path, len(items)), table))
        return items

    def mapping(self, path: Path, table: KeyTable) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self.skip(event)
                self.document.problems.append(self.document.source.problem("yaml-key", self.span(event)))
                self.skip_value()
                continue
            self.entry(event, data, path, table)
        return data

    def entry(self, key: yaml.ScalarEvent, data: dict[str, Any], path: Path, table: KeyTable) -> None:
        self.check_properties(key)
        if key.value == "<<":
            self.refuse(key, "<<")
        name = table.fields.get(key.value, key.value)
        here = (*path, name)
        span = self.span(key)
        if name in data and not self.tolerant:
            first = self.document.keys[here]
            problem = self.document.source.problem(
                "key-duplicate", span, key=key.value, first=self.document.typed[here], line=first.line
            )
            self.document.problems.append(problem)
            self.skip_value()
            return
        self.document.keys[here] = span
        self.document.typed[here] = key.value
        data[name] = self.node(next(self.events), here, table.nested.get(name, _EMPTY))

    def check_properties(self, event: yaml.Event) -> None:
        if getattr(event, "anchor", None):
            self.refuse(event, "&" + str(event.anchor))  # type: ignore[attr-defined]  # seen by getattr
        tag = getattr(event, "tag", None)
        if tag:
            self.refuse(event, str(tag).replace("tag:yaml.org,2002:", "!!"))

    def refuse(self, event: yaml.Event, what: str) -> None:
        if not self.tolerant:
            self.document.problems.append(self.document.source.problem("yaml-alias", self.span(event), found=what))

    def skip_value(self) -> None:
        self.skip(next(self.events))

    def skip(self, event: yaml.Event | None = None) -> None:
        """Pass over the rest of a collection whose start event was *event* (or was just taken)."""
        depth = 1 if event is None or isinstance(event, yaml.CollectionStartEvent) else 0
        while depth:
            following = next(self.events)
            depth += isinstance(following, yaml.CollectionStartEvent)
            depth -= isinstance(following, yaml.CollectionEndEvent)

    def span(self, event: yaml.Event) -> Span:
        begin, end = _mark(event.start_mark), _mark(event.end_mark)
        line = self.document.source.line(begin.line + self.first_line + 1)
        length = end.column - begin.column if end.line == begin.line else len(line) - begin.column
        return Span(begin.line + self.first_line + 1, begin.column + 1, max(length, 1))


_EMPTY = KeyTable()


def _mark(mark: Any) -> yaml.Mark:  # Any: the stubs allow None, which the parsers never give
    return mark  # type: ignore[no-any-return]


def _typing_slips(source: SourceText, text: str, first_line: int, table: KeyTable) -> Iterator[Problem]:
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
                yield source.problem("yaml-fullwidth-colon", span, key=key, rest=rest.strip())
            elif rest and rest[0] not in " \t":
                yield source.problem("yaml-space-after-colon", span, key=key, rest=rest.strip())
            break


def _syntax_problem(source: SourceText, error: yaml.YAMLError, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    detail = str(getattr(error, "problem", "") or error).strip()
    context = str(getattr(error, "context", "") or "")
    line = (mark.line if mark else 0) + first_line + 1
    span = Span(line, (mark.column if mark else 0) + 1)
    if "mapping values are not allowed" in detail:
        return source.problem("yaml-colon-in-value", span, text=_value_of(source.line(line)))
    if "quoted scalar" in context:
        begin = _mark(getattr(error, "context_mark", None) or mark)
        return source.problem("yaml-quote", Span(begin.line + first_line + 1, begin.column + 1))
    if "\\t" in detail:
        return source.problem("yaml-tab", span)
    return source.problem("yaml-syntax", span, detail=detail)


def _value_of(line: str) -> str:
    """What an unquoted value of *line* would be, for the fix that quotes it."""
    return line.partition(":")[2].strip().replace('"', "")
