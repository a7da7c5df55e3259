"""A story's Markdown to its :class:`Body`: Python-Markdown, then the allow-list, then lead and figures.

Figures stand in the sanitised HTML as marks that pages and feeds fill each in their own way.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

from site_builder.model.story import Body, Heading, Story
from site_builder.render.html import plain_text, sanitise, xml_text
from site_builder.text.languages import language_tag, marks_language, runs_right_to_left
from site_builder.text.typography import count_characters, join_soft_breaks

# Private-use signs: no keyboard types them, and the sanitiser lets them pass as text.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_FIGURE = re.compile(rf"<p>{_OPEN}(\d+){_CLOSE}</p>")
_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)
_FIRST_PARAGRAPH = re.compile(rf"(\s*(?:{_FIGURE.pattern}\s*)*)<p>(?!{_OPEN})")
# The same two signs as character references, which HTML would turn into the signs.
_REFERENCE = re.compile(r"&#(?:x0*e0f[01](?![0-9a-f])|0*5758[45](?!\d));?", re.IGNORECASE)
_PULL_QUOTE = re.compile(r'<blockquote class="bu-pull">(.*?)</blockquote>\n?', re.DOTALL)
_PULL_QUOTE_WORDS = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_FOOTNOTES = '<div class="footnote">'
_FOOTNOTE_MARK = re.compile(r"<sup[^>]*>.*?</sup>", re.DOTALL)
_LINK_WITHIN = re.compile(r'<a href="#[^>]*>(.*?)</a>', re.DOTALL)

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


def body_input(story: Story) -> BodyInput:
    """What the body of *story* is rendered from."""
    return BodyInput(
        markdown=story.body,
        dateline=str(story.dateline or ""),
        gap=story.dateline_gap if story.byline_in_lead else "",
        byline=str(story.byline) if story.byline_in_lead else "",
        end_byline=str(story.byline) if story.end_byline else "",
        photos=tuple(photo.file for photo in story.photos),
    )


def render_body(body: BodyInput) -> Body:
    """The rendered body. Never raises for what an editor typed: what is not in the dialect is dropped."""
    text = xml_text(body.markdown).replace(_OPEN, "").replace(_CLOSE, "")
    text = _REFERENCE.sub("\ufffd", text)
    converter = _converter()
    converter.reset()
    figures = _Figures(converter, body.photos)
    converter.treeprocessors.register(figures, "bulletin-figures", 5)
    html = sanitise(converter.convert(text)).strip()
    html, headings = _number_headings(html)
    plain = plain_text(_PULL_QUOTE.sub("", _FIGURE.sub("", html)))
    html, quoted = _hide_repeated(html, plain)
    plain = "\n".join((plain, *quoted)).strip()
    html = _insert_lead(html, body)
    if body.end_byline:
        html += f'\n<p class="bu-end-byline">{escape(body.end_byline)}</p>'
    placed = tuple(dict.fromkeys(figures.placed))
    return Body(html, plain, headings, placed, count_characters(plain))


def fill_figures(html: str, figure: Callable[[int], str]) -> str:
    """*html* with each figure mark replaced by ``figure(index of the photo)``."""
    return _FIGURE.sub(lambda match: figure(int(match.group(1))), html)


def link_byline(html: str, printed: str, linked: str) -> str:
    """*html* of a body with *linked* HTML in place of its *printed* byline, wherever that stands."""
    plain = escape(printed)
    for tag, name in (("span", "bu-byline"), ("p", "bu-end-byline")):
        html = html.replace(f'<{tag} class="{name}">{plain}</{tag}>', f'<{tag} class="{name}">{linked}</{tag}>')
    return html


def first_paragraphs(html: str, count: int = 2) -> str:
    """The first *count* paragraphs of a body, for another page: no figures, and nothing that leads to the rest."""
    text = _FIGURE.sub("", html).partition(_FOOTNOTES)[0]
    paragraphs = re.findall(r"<p(?: class=\"bu-lead\")?>.*?</p>", text, re.DOTALL)
    return _LINK_WITHIN.sub(r"\1", _FOOTNOTE_MARK.sub("", "\n".join(paragraphs[:count])))


def _converter() -> markdown.Markdown:
    """This thread's converter: Python-Markdown instances are not thread-safe."""
    if not hasattr(_local, "converter"):
        extensions: list[str | markdown.Extension] = [
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TEXT="↩", UNIQUE_IDS=False),
            "sane_lists",
            ChineseLineBreaks(),
            _NewsroomMarks(),
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


class _NewsroomMarks(markdown.Extension):
    """What the dialect reads in a way of its own: languages in the brackets of links, pull quotes in ``>>``."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.treeprocessors.register(_Languages(md), "bulletin-languages", 8)
        md.treeprocessors.register(_PullQuotes(md), "bulletin-pull-quotes", 7)


class _Languages(Treeprocessor):
    """``[Solidarity Forever](lang:en)`` is no link but a run in another language."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            target = link.get("href", "")
            if not marks_language(target):
                continue
            link.tag = "span"
            link.attrib.clear()
            tag = language_tag(target)
            if tag:
                link.set("lang", tag)
            if runs_right_to_left(tag):
                link.set("dir", "rtl")


class _PullQuotes(Treeprocessor):
    """A quote that holds nothing but a quote (``>>``) is a pull quote; a last line after —— names who says it."""

    def run(self, root: Element) -> None:
        for outer in root.iter("blockquote"):
            if len(outer) == 1 and outer[0].tag == "blockquote" and not (outer.text or "").strip():
                inner = outer[0]
                outer.set("class", "bu-pull")
                outer.text = inner.text
                outer[:] = list(inner)
                self._sign(outer)

    def _sign(self, quote: Element) -> None:
        last = quote[-1] if len(quote) else None
        if last is None or last.tag != "p":
            return
        if len(quote) == 1:
            words, line, who = (last.text or "").rpartition("\n——") if not len(last) else ("", "", "")
            if not line:
                return
            last.text = words
            last = SubElement(quote, "p")
            last.text, last.tail = "——" + who, "\n"
        if (last.text or "").startswith("——"):
            last.set("class", "bu-pull__who")


def _hide_repeated(html: str, plain: str) -> tuple[str, list[str]]:
    """Keep pull quotes that repeat the text from being read aloud twice; the words of those that do not."""
    text, others = _letters(plain), []

    def hide(match: re.Match[str]) -> str:
        words = plain_text("".join(_PULL_QUOTE_WORDS.findall(match.group(1))))
        if _letters(words) in text:
            return match.group().replace('class="bu-pull"', 'class="bu-pull" aria-hidden="true"', 1)
        others.append(words)
        return match.group()

    return _PULL_QUOTE.sub(hide, html), others


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


class _Figures(Treeprocessor):
    """A paragraph of nothing but images becomes a figure mark for each; other images are not in the dialect and go."""

    def __init__(self, converter: markdown.Markdown, photos: tuple[str, ...]) -> None:
        super().__init__(converter)
        self.photos = photos
        self.placed: list[str] = []

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for paragraph in parent.findall("p"):
                files = [image.get("src", "") for image in paragraph.findall("img")]
                words = (paragraph.text, *(child.tail for child in paragraph))
                alone = len(files) == len(paragraph) and not any((word or "").strip() for word in words)
                if alone and any(file in self.photos for file in files):
                    self._place(parent, paragraph, [file for file in files if file in self.photos])

    def _place(self, parent: Element, paragraph: Element, files: list[str]) -> None:
        at = list(parent).index(paragraph)
        parent.remove(paragraph)
        for number, file in enumerate(files):
            mark = Element("p")
            mark.text = f"{_OPEN}{self.photos.index(file)}{_CLOSE}"
            mark.tail = "\n"
            parent.insert(at + number, mark)
        self.placed += files


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
        return _FIRST_PARAGRAPH.sub(lambda match: match.group(1) + lead, html, count=1)
    return f"{lead}</p>\n{html}"
