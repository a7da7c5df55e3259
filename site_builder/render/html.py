"""HTML that came from an editor: sanitised, measured, moved. Everything here takes or gives HTML text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

from site_builder.schema.dialect import ALLOWED_SCHEMES
from site_builder.text.typography import join_lines

_TAGS = {
    "a", "blockquote", "br", "div", "em", "h2", "h3", "hr", "li", "ol", "p", "span", "strong", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "id", "class"},
    "blockquote": {"class"},
    "div": {"class"},
    "h2": {"id"},
    "h3": {"id"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"class"},
    "span": {"lang", "dir"},
    "sup": {"id"},
    "td": {"align"},
    "th": {"align"},
}
_CLASSES = {
    "a": {"footnote-ref", "footnote-backref"},
    "blockquote": {"bu-pull"},
    "div": {"footnote"},
    "p": {"bu-pull__who"},
}
_BLOCKS = frozenset({"p", "h2", "h3", "li", "tr", "blockquote", "table", "hr", "br", "div"})
_TAG = re.compile(r'<[A-Za-z](?:[^<>"]|"[^"]*")*>')
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROOT_LINK = re.compile(r'(\s(?:href|src)=")/(?!/)')
_SRCSET = re.compile(r'(\ssrcset=")([^"]*)"')


def sanitise(html: str) -> str:
    """*html* with only what the story dialect knows: tags, attributes and link schemes by allow-list.

    Characters that XML 1.0 does not know (``&#1;``) go too: feeds could not carry them.
    """
    attributes = {tag: names - {"class"} for tag, names in _ATTRIBUTES.items()}
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=attributes,
        allowed_classes=_CLASSES,
        url_schemes=set(ALLOWED_SCHEMES),
        clean_content_tags={"script", "style"},
        link_rel="noopener",
    )
    return xml_text(clean)


def xml_text(text: str) -> str:
    """*text* without the characters that XML 1.0 does not know (its production 2, ``Char``)."""
    return _NO_XML.sub("", text)


def rebase(html: str, base: str) -> str:
    """Turn root-relative links and pictures (``/stories/…``) of trusted *html* into links from *base*.

    *base* is a relative prefix (``../../``) or a site's address with its slash.
    """

    def in_tag(tag: re.Match[str]) -> str:
        moved = _ROOT_LINK.sub(lambda match: match.group(1) + base, tag.group())
        return _SRCSET.sub(lambda m: m.group(1) + re.sub(r"(^|, )/", rf"\g<1>{base}", m.group(2)) + '"', moved)

    return _TAG.sub(in_tag, html)


def plain_text(html: str) -> str:
    """The words of *html*, one block a line; footnote marks are left out."""
    reader = _TextReader()
    reader.feed(html)
    lines = (join_lines(line).strip() for line in "".join(reader.parts).split("\x00"))
    return "\n".join(line for line in lines if line)


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag == "sup"
        if tag in _BLOCKS:
            self.parts.append("\x00")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "sup" and self.hidden > 0
        if tag in _BLOCKS:
            self.parts.append("\x00")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)
