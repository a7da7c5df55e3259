"""What a finished page needs beside itself, and where it leads: read off its HTML.

The HTML is our own or the host's, so tags and quoted attributes are enough; no parser is needed for each of
thousands of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

ADEQUATE_WIDTH = 480
"""Width in px of a picture that is good enough on a phone without network."""
_PICTURE = re.compile(r"<picture\b.*?</picture>|<img\b[^>]*>", re.DOTALL)
_SHELL_TAG = re.compile(r"<(?:link|script)\b[^>]*>")
_ATTRIBUTE = re.compile(r'\s([\w-]+)="([^"]*)"')
_SHELL_LINKS = frozenset({"stylesheet", "icon"})


@dataclass(frozen=True, slots=True)
class Needs:
    """Plain paths of the site, each once, in the order of the page."""

    files: tuple[str, ...]
    """Style sheets, scripts, the icon."""
    pictures: tuple[str, ...]
    """One variant of each picture: the smallest that is adequate on a phone."""


def page_needs(html: str, url: str) -> Needs:
    """What the page *html* at *url* (``stories/x/``) loads from its own site."""
    pictures = filter(None, (resolve(_variant(found.group()), url) for found in _PICTURE.finditer(html)))
    files = filter(None, (resolve(address, url) for address in _shell(html)))
    return Needs(tuple(dict.fromkeys(files)), tuple(dict.fromkeys(pictures)))


def resolve(address: str, url: str) -> str | None:
    """The plain path in the site of the relative *address* as it stands in the page at *url*.

    A page's path is its URL, so the front page is empty. ``None`` for what leads out of the site.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    path = unquote(parts.path)
    plain = normpath(join(dirname(url), path))
    if plain.startswith(".."):
        return None
    slash = "/" if path.endswith(("/", "/.", "/..")) or path in (".", "..") else ""
    return "" if plain == "." else plain + slash


def attributes(tag: str) -> dict[str, str]:
    """The quoted attributes of *tag*, unescaped."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def _shell(html: str) -> Iterator[str]:
    for found in _SHELL_TAG.finditer(html):
        values = attributes(found.group())
        if "src" in values:
            yield values["src"]
        elif _SHELL_LINKS & set(values.get("rel", "").split()):
            yield values.get("href", "")


def _variant(picture: str) -> str:
    """The address of the variant to keep. WebP, since every supported browser shows it, else the plain picture."""
    sources: list[tuple[int, str]] = []
    plain = ""
    for tag in re.findall(r"<(?:source|img)\b[^>]*>", picture):
        values = attributes(tag)
        plain = values.get("src", plain)
        for entry in values.get("srcset", "").split(", "):
            address, _, width = entry.strip().partition(" ")
            if address.endswith(".webp") and width.rstrip("w").isdigit():
                sources.append((int(width.rstrip("w")), address))
    sources.sort()
    fitting = [address for width, address in sources if width >= ADEQUATE_WIDTH]
    return fitting[0] if fitting else sources[-1][1] if sources else plain
