"""Click's own words (“Usage:”, “No such option …”) in the language of the command.

Click asks :mod:`gettext` for each of its words, in the process's current text domain. This module gives it one: a
catalogue compiled from the ``[click]`` tables of the message files, whose English values are Click's own phrases.
"""

from __future__ import annotations

import gettext
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from site_builder.formats.excerpt import cells
from site_builder.messages import Messages, load_messages

_DOMAIN = "bulletin-click"
_HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"
_MANY = "-many"
"""Ends the key of a phrase that is said of several things; the key before it is said of one."""
_MAGIC = 0x950412DE


@contextmanager
def click_words(messages: Messages) -> Iterator[None]:
    """Within, Click speaks the language of *messages*; phrases without a translation stay English.

    gettext reads catalogues from files and takes the language from ``LANGUAGE``, so both are there for as long as
    the command runs. Not thread-safe: text domain and environment belong to the whole process.
    """
    phrases = catalogue(messages)
    if not phrases:
        yield
        return
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    with TemporaryDirectory(prefix="bulletin-") as folder:
        file = Path(folder, messages.locale, "LC_MESSAGES", f"{_DOMAIN}.mo")
        file.parent.mkdir(parents=True)
        file.write_bytes(compile_catalogue(phrases))
        gettext.bindtextdomain(_DOMAIN, folder)
        gettext.textdomain(_DOMAIN)
        os.environ["LANGUAGE"] = messages.locale
        try:
            yield
        finally:
            gettext.textdomain(domain)
            if language is None:
                del os.environ["LANGUAGE"]
            else:
                os.environ["LANGUAGE"] = language


def catalogue(messages: Messages) -> Mapping[str, str]:
    """Click's phrase → ours. One and many stand together, set off by a NUL, as gettext files have them."""
    own, english = messages.section("click"), load_messages("en").section("click")
    phrases = {}
    for key, phrase in english.items():
        if key.endswith(_MANY) or own.get(key, phrase) == phrase:
            continue
        many = key + _MANY
        if many in english:
            phrases[f"{phrase}\0{english[many]}"] = f"{own[key]}\0{own[many]}"
        else:
            phrases[phrase] = own[key]
    return phrases


def compile_catalogue(phrases: Mapping[str, str]) -> bytes:
    """A ``.mo`` file: a header of seven numbers, two tables of (length, offset), then the texts, NUL-terminated."""
    pairs = [(a.encode(), b.encode()) for a, b in sorted({"": _HEADER, **phrases}.items())]
    count = len(pairs)
    table_size = 8 * count
    header = struct.pack("<7I", _MAGIC, 0, count, 28, 28 + table_size, 0, 28 + 2 * table_size)
    offset = 28 + 2 * table_size
    tables, texts = b"", b""
    for column in zip(*pairs, strict=True):
        for text in column:
            tables += struct.pack("<2I", len(text), offset + len(texts))
            texts += text + b"\0"
    return header + tables + texts


class Formatter(click.HelpFormatter):
    """Click's own, with columns that stand under each other where Han characters take two cells."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of names and texts; a name wider than *col_max* has its text on the next line."""
        rows = list(rows)
        column = min(max((cells(name) for name, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        after = indent + " " * column
        for name, text in rows:
            gap = column - cells(name)
            before = f"{indent}{name}{' ' * gap}" if gap >= col_spacing else f"{indent}{name}\n{after}"
            lines = click.wrap_text(text, max(self.width - len(after), 10)).splitlines() or [""]
            self.write(f"{before}{f'{chr(10)}{after}'.join(lines)}".rstrip() + "\n")


class SpokenContext(click.Context):
    """The context of our commands."""

    formatter_class = Formatter


def name_values(parameters: list[click.Parameter], messages: Messages) -> None:
    """Say what kind of value each option takes (``TEXT``, ``DIRECTORY``) in the language of *messages*."""
    for parameter in parameters:
        plain = isinstance(parameter, click.Option) and not parameter.is_flag and not parameter.count
        key = f"click.metavar-{parameter.type.name}"
        if plain and parameter.metavar is None and messages.has(key):
            parameter.metavar = messages.text(key)
