"""Bytes of a content file to text, with everything that goes wrong before YAML or Markdown is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.problems import Problem, Severity, Span, problem


@dataclass(frozen=True)
class SourceText:
    """A decoded file: where it is, its text with ``\\n`` line ends, and its lines."""

    path: str
    text: str

    @property
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

    UTF-8 with or without BOM, any line ends. Anything else is ``not-utf8`` (GB 18030 text is named as such),
    and NUL bytes or a UTF-16 BOM are told apart too. Git's conflict marks are ``git-conflict``.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem("not-utf8", path, encoding="UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return problem("not-utf8", path, Span(line, 1), encoding=_guess_encoding(data))
    source = SourceText(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    return _find_conflict(source) or _find_control(source) or source


def _guess_encoding(data: bytes) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    han = sum("\u4e00" <= char <= "\u9fff" for char in text)
    wide = sum(ord(char) > 0x7F for char in text)
    # Random bytes decode as GB 18030 too, but hardly ever to common Han characters.
    return "GBK" if han * 2 >= wide else "?"


def _find_conflict(source: SourceText) -> Problem | None:
    lines = source.lines
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("<<<<<<< ")]
    ends = [number for number, line in enumerate(lines, 1) if line.startswith(">>>>>>> ")]
    if not starts and not ends:
        return None
    number = min(starts + ends)
    return source.problem("git-conflict", Span(number, 1, 7), mark=lines[number - 1][:7])


def _find_control(source: SourceText) -> Problem | None:
    for offset, char in enumerate(source.text):
        if (ord(char) < 0x20 and char not in "\n\t") or char in "\x7f\ufffe\uffff":
            return source.problem("control-character", source.span_at(offset), character=f"U+{ord(char):04X}")
    return None
