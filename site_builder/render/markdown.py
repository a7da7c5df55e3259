"""A story's Markdown to its :class:`Body`: Python-Markdown, then the allow-list, then lead and figures.

Figures stand in the sanitised HTML as marks that pages and feeds fill each in their own way.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

from site_builder.model.story import Body, Heading
from site_builder.render.html import plain_text, sanitise
from site_builder.text.typography import count_characters, join_soft_breaks

# Private-use signs: no keyboard types them, and the sanitiser lets them pass as text.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_FIGURE = re.compile(rf"<p>{_OPEN}(\d+){_CLOSE}</p>")
_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)
_FIRST_PARAGRAPH = re.compile(r"\s*<p>")

_local = threading.local()


@dataclass(frozen=True, slots=True)
class BodyInput:
    """What a body is made of."""

    markdown: str
    dateline: str = ""
    gap: str = ""
    byline: str = ""
    """The bracketed byline of the lead."""
    end_byline: str = ""
    photos: tuple[str, ...] = ()
    """The story's photo files: an image in the body names one of them."""


def render_body(body: BodyInput) -> Body:
    """The rendered body. Never raises for what an editor typed: what is not in the dialect is dropped."""
    text = body.markdown.replace(_OPEN, "").replace(_CLOSE, "")
    converter = _converter()
    converter.reset()
    figures = _Figures(converter, body.photos)
    converter.treeprocessors.register(figures, "bulletin-figures", 5)
    html = sanitise(converter.convert(text)).strip()
    html, headings = _number_headings(html)
    plain = plain_text(_FIGURE.sub("", html))
    html = _insert_lead(html, body)
    if body.end_byline:
        html += f'\n<p class="bu-end-byline">{escape(body.end_byline)}</p>'
    placed = tuple(dict.fromkeys(figures.placed))
    return Body(html, plain, headings, placed, count_characters(plain))


def fill_figures(html: str, figure: Callable[[int], str]) -> str:
    """*html* with each figure mark replaced by ``figure(index of the photo)``."""
    return _FIGURE.sub(lambda match: figure(int(match.group(1))), html)


def first_paragraphs(html: str, count: int = 2) -> str:
    """The first *count* paragraphs of a body, figures left out."""
    paragraphs = re.findall(r"<p(?: class=\"bu-lead\")?>.*?</p>", _FIGURE.sub("", html), re.DOTALL)
    return "\n".join(paragraphs[:count])


def _converter() -> markdown.Markdown:
    """This thread's converter: Python-Markdown instances are not thread-safe."""
    if not hasattr(_local, "converter"):
        extensions: list[str | markdown.Extension] = [
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TEXT="↩", UNIQUE_IDS=False),
            "sane_lists",
            ChineseLineBreaks(),
        ]
        converter = markdown.Markdown(extensions=extensions, output_format="html")
        # Raw HTML is no part of the dialect: it stays text, and the checks have told the editor.
        converter.preprocessors.deregister("html_block")
        converter.inlinePatterns.deregister("html")
        converter.parser.blockprocessors.deregister("code")
        _local.converter = converter
    return _local.converter  # type: ignore[no-any-return]  # threading.local is untyped


class ChineseLineBreaks(markdown.Extension):
    """Takes out the line ends that an editor put between Chinese characters; hosts use it for ordinary pages."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register with *md*."""
        md.treeprocessors.register(_JoinLines(md), "bulletin-join", 6)


class _JoinLines(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text:
                element.text = join_soft_breaks(element.text)
            if element.tail:
                element.tail = join_soft_breaks(element.tail)


class _Figures(Treeprocessor):
    """A paragraph of one image becomes a figure mark; other images are not in the dialect and go."""

    def __init__(self, converter: markdown.Markdown, photos: tuple[str, ...]) -> None:
        super().__init__(converter)
        self.photos = photos
        self.placed: list[str] = []

    def run(self, root: Element) -> None:
        for element in list(root.iter("p")):
            images = element.findall("img")
            if len(images) == 1 and len(element) == 1 and not (element.text or "").strip():
                self._place(element, images[0].get("src", ""))

    def _place(self, paragraph: Element, file: str) -> None:
        if file not in self.photos:
            return
        self.placed.append(file)
        for child in list(paragraph):
            paragraph.remove(child)
        paragraph.text = f"{_OPEN}{self.photos.index(file)}{_CLOSE}"


def _number_headings(html: str) -> tuple[str, tuple[Heading, ...]]:
    """Give each crosshead an id by its number: stable while an editor polishes its words."""
    headings: list[Heading] = []

    def number(match: re.Match[str]) -> str:
        level, inner = match.group(1), match.group(2)
        heading = Heading(int(level), f"crosshead-{len(headings) + 1}", plain_text(inner))
        headings.append(heading)
        return f'<h{level} id="{heading.id}">{inner}</h{level}>'

    return _HEADING.sub(number, html), tuple(headings)


def _insert_lead(html: str, body: BodyInput) -> str:
    if not body.dateline and not body.byline:
        return html
    dateline = f'<span class="bu-dateline">{escape(body.dateline)}</span>' if body.dateline else ""
    byline = f'<span class="bu-byline">{escape(body.byline)}</span>' if body.byline else ""
    lead = f'<p class="bu-lead">{dateline}{escape(body.gap)}{byline}'
    if _FIRST_PARAGRAPH.match(html):
        return _FIRST_PARAGRAPH.sub(partial(_constant, lead), html, count=1)
    return f"{lead}</p>\n{html}"


def _constant(text: str, _match: re.Match[str]) -> str:
    return text
