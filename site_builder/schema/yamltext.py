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
from site_builder.schema.text import SourceText, find_control
from site_builder.schema.yamlslips import plain_mark, syntax_problem, typing_slips

Path = tuple[str | int, ...]
Data = dict[str, Any] | list[Any] | str | None
"""Nested plain data; every scalar is a ``str``, a null is ``None``. Any: JSON-like nesting is recursive."""

MAX_DEPTH = 12
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PLAIN_TAGS = frozenset({"", "!", *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "seq", "map"))})
"""Tags that say what a value looks like anyway."""
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
    blocks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Where the text of a ``|`` block starts: its first line that is not empty, and how far it is indented."""
    tags: dict[Path, str] = field(default_factory=dict)
    """Tags of values (``!ENV``), where they are allowed: what such a value means only its own program knows."""
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
        """A span of *length* code points from *start* inside a scalar; the whole scalar when it was folded.

        Blanks around a scalar do not count: fields are stripped before anybody looks inside.
        """
        if path in self.offsets:
            begin = self.offsets[path]
            return self.source.span_at(begin + _blanks(self.source.text[begin:]) + start, length)
        if path in self.blocks:
            return self._block_span(self.blocks[path], start, length)
        return self.span(path)

    def _block_span(self, block: tuple[int, int], start: int, length: int) -> Span:
        first, indent = block
        lines = [line[indent:] for line in self.source.lines[first - 1 :]]
        start += _blanks(lines[0])
        row = 0
        while row < len(lines) - 1 and start > len(lines[row]):
            start -= len(lines[row]) + 1
            row += 1
        return Span(first + row, indent + start + 1, max(1, min(length, len(lines[row]) - start)))

    def problem(self, code: str, path: Path, *, severity: Severity = "error", **values: object) -> Problem:
        """A problem at the value of *path*."""
        return self.source.problem(code, self.span(path), severity=severity, **values)

    def control_problem(self, path: Path, text: str) -> Problem | None:
        """The problem of a scalar that holds a control character; in quotes it can be typed as ``\\x01``."""
        found = find_control(text)
        return self.problem("control-character", path, character=found[1]) if found else None


def parse_yaml(
    source: SourceText, table: KeyTable, *, start: int = 0, stop: int | None = None, tolerant: bool = False
) -> Document:
    """Read ``source.text[start:stop]`` as one YAML mapping.

    *table* turns typed keys into field names. *tolerant* (for ``mkdocs.yml``, which other programs own) lets
    tags, anchors and duplicate keys pass. After a syntax error ``data`` is ``None`` and one problem is reported;
    so it is where lists and mappings lie too deep in each other.
    """
    text = source.text[start:stop]
    first_line = source.text.count("\n", 0, start)
    document = Document(source, start=Span(first_line + 1, 1))
    if not tolerant:
        document.problems += list(typing_slips(source, text, first_line, table))
        if document.problems:
            return document
    events: list[yaml.Event] = []
    try:
        # One by one: what was read before an error helps to explain it.
        for event in yaml.parse(text, Loader=_LOADER):
            events.append(event)
    except yaml.YAMLError as error:
        document.problems.append(syntax_problem(source, error, first_line, events))
        return document
    reader = _Reader(document, iter(events), start, text, first_line, tolerant)
    data = reader.read(table)
    document.data = None if reader.too_deep else data
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
        self.too_deep = False

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
        tag = str(getattr(event, "tag", None) or "")
        if tag not in _PLAIN_TAGS:
            self.document.tags[path] = tag
        if isinstance(event, yaml.ScalarEvent):
            data: Data = self.scalar(event, path)
        elif len(path) > MAX_DEPTH:
            self.skip()
            self.document.problems.append(self.document.problem("yaml-too-deep", path, depth=MAX_DEPTH))
            self.too_deep = True
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
        plain = not event.style  # None or "", as the parser is written in Python or C
        if plain and event.value in _NULLS:
            return None
        opening = 0 if plain else 1
        begin = plain_mark(event.start_mark).index + opening
        if event.style in ("|", ">"):
            first, indent, text = self.block(event)
            self.document.values[path] = Span(first, indent + 1, max(len(text), 1))
            if event.style == "|":
                self.document.blocks[path] = first, indent
        elif self.text.startswith(event.value, begin):
            self.document.offsets[path] = self.start + begin
        control = None if self.tolerant else self.document.control_problem(path, event.value)
        if control:
            self.document.problems.append(control)
        return str(event.value)

    def block(self, event: yaml.ScalarEvent) -> tuple[int, int, str]:
        """The first line of a block's text, how far it is indented, and what stands on it."""
        lines = event.value.split("\n")
        blank = next((index for index, text in enumerate(lines) if text.strip()), 0)
        first = plain_mark(event.start_mark).line + self.first_line + 2 + blank
        line = self.document.source.line(first)
        # Folded text joins lines, so only its beginning tells the indent.
        indent = _blanks(line) - _blanks(lines[blank])
        return first, max(indent, 0), line.strip()

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
        begin, end = plain_mark(event.start_mark), plain_mark(event.end_mark)
        line = self.document.source.line(begin.line + self.first_line + 1)
        length = end.column - begin.column if end.line == begin.line else len(line) - begin.column
        return Span(begin.line + self.first_line + 1, begin.column + 1, max(length, 1))


_EMPTY = KeyTable()


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())
