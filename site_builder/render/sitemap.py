"""What crawlers are told: ``sitemap.xml`` (sitemaps.org 0.9) with every page and the date of its last change where it
has one, and ``robots.txt`` (RFC 9309), which leads there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from site_builder.model import urls
from site_builder.render.artifact import Artifact


@dataclass(frozen=True, slots=True)
class SitemapInput:
    """All addresses, in a fixed order: ours as they are, those of the host's pages percent-encoded or not."""

    site_url: str
    pages: tuple[tuple[str, datetime | None], ...]


def render_sitemap(sitemap: SitemapInput) -> Artifact:
    """The sitemap of the whole site."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for url, changed in sitemap.pages:
        lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{escape(sitemap.site_url + urls.encoded(url))}</loc>{lastmod}</url>")
    lines.append("</urlset>\n")
    return Artifact.text("sitemap.xml", "\n".join(lines))


@dataclass(frozen=True, slots=True)
class RobotsInput:
    """Where the site lies."""

    site_url: str


def render_robots(robots: RobotsInput) -> Artifact:
    """``robots.txt``: everything may be read. Crawlers look for it at the root of a host only."""
    return Artifact.text("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {robots.site_url}sitemap.xml\n")
