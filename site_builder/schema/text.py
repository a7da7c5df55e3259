"""Bytes of a content file to text, with everything that goes wrong before YAML or Markdown is looked at."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property

from site_builder.problems import Problem, Severity, Span, problem

# U+0085, U+2028 and U+2029 end a line for YAML but not for an editor; U+FEFF is what joining two files leaves.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class SourceText:
    """A decoded file: where it is, its text with ``\\n`` line ends, and its lines."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends. Only ``\\n`` ends a line, as in YAML's and editors' counting."""
        return self.text.split("\n")

    def line(self, number: int) -> str:
        """Line *number* (1-based), or empty beyond the end."""
        lines = self.lines
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def span_at(self, offset: int, length: int = 1) -> Span:
        """The span of *length* code points at *offset*, cut at the end of its line."""
        before = self.text[:offset]
        line = before.count("\n") + 1
        column = offset - (before.rfind("\n") + 1) + 1
        rest = self.text[offset : offset + length].split("\n", 1)[0]
        return Span(line, column, max(len(rest), 1))

    def problem(self, code: str, span: Span, *, severity: Severity = "error", **values: object) -> Problem:
        """A problem in this file, with its source line for the excerpt."""
        return problem(code, self.path, span, severity=severity, source_line=self.line(span.line), **values)


def decode(path: str, data: bytes) -> SourceText | Problem:
    """The text of a content file.

    UTF-8 with or without BOM, any line ends. Anything else is ``not-utf8`` (UTF-16 and GB 18030 text are named
    as such, and UTF-8 with damaged bytes is told apart). Git's conflict marks are ``git-conflict``, characters
    that no feed or typesetting accepts are ``control-character``.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem("not-utf8", path, encoding="UTF-16")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error.start)
    source = SourceText(path, _lines(text))
    return _find_conflict(source) or _find_control(source) or source


def _not_utf8(path: str, data: bytes, start: int) -> Problem:
    """The problem at the byte *start*. Only where most of the file is good UTF-8 can its line be shown."""
    head = _lines(data[:start].decode())
    line = head.count("\n") + 1
    lossy = _lines(data.decode(errors="replace"))
    if _count_han(lossy) <= lossy.count("\ufffd"):
        return problem("not-utf8", path, Span(line, 1), encoding=_guess_encoding(data))
    span = Span(line, len(head) - head.rfind("\n"))
    return SourceText(path, lossy).problem("not-utf8", span, encoding="@kind.damaged")


def _guess_encoding(data: bytes) -> str:
    """GBK or UTF-16 (without its mark) where that gives Han text; else words for "nobody knows"."""
    for codec, name in (("gb18030", "GBK"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # Random bytes decode as GB 18030 too, but hardly ever to common Han characters.
        if "\0" not in text and _count_han(text) * 2 >= sum(ord(char) > 0x7F for char in text):
            return name
    return "@kind.unknown-encoding"


def _count_han(text: str) -> int:
    return sum("\u4e00" <= char <= "\u9fff" for char in text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _find_conflict(source: SourceText) -> Problem | None:
    lines = source.lines
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("<<<<<<< ")]
    ends = [number for number, line in enumerate(lines, 1) if line.startswith(">>>>>>> ")]
    if not starts and not ends:
        return None
    number = min(starts + ends)
    return source.problem("git-conflict", Span(number, 1, 7), mark=lines[number - 1][:7])


def _find_control(source: SourceText) -> Problem | None:
    found = find_control(source.text)
    return found and source.problem("control-character", source.span_at(found[0]), character=found[1])


def find_control(text: str) -> tuple[int, str] | None:
    """Offset and name (``U+0001``) of the first character in *text* that no feed or typesetting accepts."""
    found = _CONTROL.search(text)
    return (found.start(), f"U+{ord(found.group()):04X}") if found else None
