"""What crawlers are told: ``sitemap.xml`` (sitemaps.org 0.9) with every page and the date of its last change where it
has one, ``news-sitemap.xml`` with the newest stories alone, and ``robots.txt`` (RFC 9309), which leads to both."""

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


MOST_NEWS = 1000
"""Stories that a news sitemap may hold."""


@dataclass(frozen=True, slots=True)
class NewsSitemapInput:
    """The stories of the last days, newest first."""

    site_url: str
    paper: str
    """The site's name, exactly as pages say it."""
    language: str
    stories: tuple[tuple[str, datetime, str], ...]
    """(URL, first publication, headline without author and source)."""


def render_news_sitemap(news: NewsSitemapInput) -> Artifact:
    """The news sitemap; without stories where nothing is new, which crawlers take for an answer."""
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    names += 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    publication = f"<news:name>{escape(news.paper)}</news:name><news:language>{_language(news)}</news:language>"
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<urlset {names}>"]
    for url, published, headline in news.stories[:MOST_NEWS]:
        lines.append(
            f"<url><loc>{escape(news.site_url + urls.encoded(url))}</loc><news:news>"
            f"<news:publication>{publication}</news:publication>"
            f"<news:publication_date>{published.isoformat()}</news:publication_date>"
            f"<news:title>{escape(headline)}</news:title></news:news></url>"
        )
    lines.append("</urlset>\n")
    return Artifact.text(urls.NEWS_SITEMAP, "\n".join(lines))


def _language(news: NewsSitemapInput) -> str:
    """ISO 639, but for Chinese: there crawlers want to know the script, as ``zh-cn`` or ``zh-tw``."""
    code = news.language.lower()
    return code if code.startswith("zh") else code.partition("-")[0]


@dataclass(frozen=True, slots=True)
class RobotsInput:
    """Where the site lies."""

    site_url: str
    news: bool = False
    """Whether it has a news sitemap."""


def render_robots(robots: RobotsInput) -> Artifact:
    """``robots.txt``: everything may be read. Crawlers look for it at the root of a host only."""
    maps = ("sitemap.xml", *((urls.NEWS_SITEMAP,) if robots.news else ()))
    lines = "".join(f"Sitemap: {robots.site_url}{name}\n" for name in maps)
    return Artifact.text("robots.txt", f"User-agent: *\nAllow: /\n\n{lines}")
