"""``feeds.opml``: every feed of the site as one list (OPML 2.0, opml.org), for feed readers to import."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from site_builder.model import urls
from site_builder.render.artifact import Artifact


@dataclass(frozen=True, slots=True)
class OpmlInput:
    """The feeds in their groups."""

    title: str
    site_url: str
    language: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """(name of the group, (title, root-relative address of the front))."""


def render_opml(opml: OpmlInput) -> Artifact:
    """The list. It carries no date, so that it changes only when a feed comes or goes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{escape(opml.title)}</title></head>",
        "<body>",
    ]
    for name, feeds in opml.groups:
        lines.append(f"<outline text={quoteattr(name)}>")
        lines += [_outline(opml, title, front) for title, front in feeds]
        lines.append("</outline>")
    lines += ["</body>", "</opml>", ""]
    return Artifact.text(urls.OPML, "\n".join(lines))


def _outline(opml: OpmlInput, title: str, front: str) -> str:
    feed = opml.site_url + urls.encoded(urls.feed(front, "rss"))
    page = opml.site_url + urls.encoded(front)
    return (
        f'<outline type="rss" version="RSS" text={quoteattr(title)} title={quoteattr(title)} '
        f"language={quoteattr(opml.language)} xmlUrl={quoteattr(feed)} htmlUrl={quoteattr(page)}/>"
    )
