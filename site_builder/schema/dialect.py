"""The closed dialect of story bodies: what Markdown may not hold, with positions.

Rendering sanitises again by an allow-list; these checks exist so that an editor is told, not silently cut.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from site_builder.problems import Problem, Span
from site_builder.schema.text import SourceText
from site_builder.text.languages import language_tag, marks_language
from site_builder.text.typography import count_characters

ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_RAW_HTML = re.compile(r"<(?!https?://[^\s<>]*>|[\w.+-]+@[\w.-]+>)(?:[A-Za-z/!?][^\n>]{0,200}>?)")
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})", re.MULTILINE)
# The renderer takes #标题 for a heading too, and a first line of a block with === or --- under it.
_HEADING = re.compile(r"^#(?:#{3,})?(?!#).*|(?<![^\n]\n)^[^\n]+\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\(\s*(<(?=[^<>\n]*>))?(?P<file>(?(1)[^<>\n]*|[^)\s>]*))")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)")
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
_STORY = re.compile(r"/stories/([^/?#]+)/?(?:index\.html)?(?:[?#].*)?")
# Lines of a pull quote; a > quote that goes deeper is none, so the line above must not begin with one.
_PULL_QUOTE = re.compile(r"(?:(?<=\n\n)|\A)(?: {0,3}> ?>[^\n]*(?:\n|\Z))+")
_QUOTE_SIGNS = re.compile(r"^ {0,3}> ?> ?", re.MULTILINE)
_UNSEEN = re.compile(r"[\x00-\x20\u200b-\u200f\u2028\u2029\ufeff]")

PULL_QUOTE_CHARACTERS = 40
"""A pull quote is set four times as large as the text."""


def check_body(source: SourceText, start: int, photos: Collection[str] | None) -> list[Problem]:
    """Everything in the body (from offset *start*) that the dialect does not know.

    *photos* are the files that the front matter declares; ``None`` when that is not known.
    """
    return [
        *_matches(source, start, _RAW_HTML, "raw-html"),
        *_matches(source, start, _FENCE, "code-fence"),
        *_matches(source, start, _HEADING, "heading-level"),
        *_check_links(source, start),
        *_check_figures(source, start, photos),
        *_check_pull_quotes(source, start),
    ]


def safe_link(target: str) -> bool:
    """Whether a link may lead to *target*: a known scheme, a path of this site, or a place on this page."""
    plain = _UNSEEN.sub("", html.unescape(target))
    if plain.startswith(("#", "/")):
        return not plain.startswith("//") and "\\" not in plain
    scheme, colon, _ = plain.partition(":")
    return bool(colon) and scheme.lower() in ALLOWED_SCHEMES


def story_links(source: SourceText, start: int) -> Iterator[tuple[str, Span]]:
    """The ids of the stories that links in the body (from offset *start*) lead to, and where each address stands."""
    for target, span in _links(source, start):
        story = _STORY.fullmatch(unquote(html.unescape(target)))
        if story:
            yield story.group(1), span


def _matches(source: SourceText, start: int, pattern: re.Pattern[str], code: str) -> Iterator[Problem]:
    # Cut, so that what follows a printed lead begins a line, as it does for the renderer.
    for match in pattern.finditer(source.text[start:]):
        found = match.group().split("\n", 1)[0]
        yield source.problem(code, source.span_at(start + match.start(), len(found)), found=found)


def _check_links(source: SourceText, start: int) -> Iterator[Problem]:
    for target, span in _links(source, start):
        if marks_language(target):
            if not language_tag(target):
                yield source.problem("lang-unknown", span, found=target)
        elif not safe_link(target):
            yield source.problem("link-target", span, found=target)


def _links(source: SourceText, start: int) -> Iterator[tuple[str, Span]]:
    """The addresses that links in the body lead to, and where each stands."""
    pictures = {match.start("file") for match in _IMAGE.finditer(source.text, start)}
    for pattern in (_LINK, _REFERENCE):
        for match in pattern.finditer(source.text, start):
            target = match.group(1)
            if match.start(1) not in pictures:
                yield target, source.span_at(match.start(1), max(len(target), 1))


def _check_figures(source: SourceText, start: int, photos: Collection[str] | None) -> Iterator[Problem]:
    if photos is None:
        return
    for match in _IMAGE.finditer(source.text, start):
        file = match["file"]
        if file not in photos:
            span = source.span_at(match.start("file"), max(len(file), 1))
            yield source.problem("figure-unknown", span, found=file)


def _check_pull_quotes(source: SourceText, start: int) -> Iterator[Problem]:
    for match in _PULL_QUOTE.finditer(source.text[start:]):
        lines = _QUOTE_SIGNS.sub("", match.group()).split("\n")
        length = count_characters("".join(line for line in lines if not line.startswith("——")))
        if not 0 < length <= PULL_QUOTE_CHARACTERS:
            first = match.group().split("\n", 1)[0]
            span = source.span_at(start + match.start(), len(first))
            yield source.problem(
                "pull-quote-length", span, severity="warning", number=length, limit=PULL_QUOTE_CHARACTERS
            )
