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

ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_RAW_HTML = re.compile(r"<(?!https?://[^\s<>]*>|[\w.+-]+@[\w.-]+>)(?:[A-Za-z/!?][^\n>]{0,200}>?)")
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})", re.MULTILINE)
# The renderer takes #标题 for a heading too, and a first line of a block with === or --- under it.
_HEADING = re.compile(r"^#(?:#{3,})?(?!#).*|(?<![^\n]\n)^[^\n]+\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\(\s*(<(?=[^<>\n]*>))?(?P<file>(?(1)[^<>\n]*|[^)\s>]*))")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)")
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
_STORY = re.compile(r"/stories/([^/?#]+)/?(?:index\.html)?(?:[?#].*)?")
_UNSEEN = re.compile(r"[\x00-\x20\u200b-\u200f\u2028\u2029\ufeff]")


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
        if not safe_link(target):
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
