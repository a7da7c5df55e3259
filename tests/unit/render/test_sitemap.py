from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from lxml import etree

from site_builder.render.sitemap import (
    MOST_NEWS,
    NewsSitemapInput,
    RobotsInput,
    SitemapInput,
    render_news_sitemap,
    render_robots,
    render_sitemap,
)


def test_addresses_are_encoded_and_dated() -> None:
    pages = (("stories/x/", datetime(2024, 4, 8, tzinfo=UTC)), ("关于 我们/", None), ("100%/", None))
    sitemap = render_sitemap(SitemapInput("https://paper.example/", pages)).data.decode()

    assert re.findall(r"<loc>https://paper\.example/(.*?)</loc>(.*)</url>", sitemap) == [
        ("stories/x/", "<lastmod>2024-04-08T00:00:00+00:00</lastmod>"),
        ("%E5%85%B3%E4%BA%8E%20%E6%88%91%E4%BB%AC/", ""),
        ("100%25/", ""),
    ]


NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
CHINA = timezone(timedelta(hours=8))


def news(count: int, language: str = "zh-CN") -> etree._Element:
    rows = tuple((f"stories/s{n}/", datetime(2024, 4, 8, 6, 30, tzinfo=CHINA), f"“五一”<{n}>") for n in range(count))
    made = render_news_sitemap(NewsSitemapInput("https://paper.example/", "工人报 & 月刊", language, rows))
    return etree.fromstring(made.data)


def test_a_news_sitemap_says_what_crawlers_of_news_ask_for() -> None:
    """Google, "News sitemaps": each entry has publication (name, language), publication_date and title, in that way."""
    (entry,) = news(1).findall("s:url", NAMES)
    told = [(etree.QName(node).localname, (node.text or "").strip()) for node in entry.iter()]

    assert told == [
        ("url", ""),
        ("loc", "https://paper.example/stories/s0/"),
        ("news", ""),
        ("publication", ""),
        ("name", "工人报 & 月刊"),
        ("language", "zh-cn"),
        ("publication_date", "2024-04-08T06:30:00+08:00"),
        ("title", "“五一”<0>"),
    ]


def test_a_news_sitemap_holds_no_more_than_crawlers_read_and_may_be_empty() -> None:
    assert len(news(MOST_NEWS + 1)) == 1000
    assert len(news(0)) == 0


def test_a_language_other_than_chinese_is_named_without_a_country() -> None:
    assert news(1, "en-GB").findtext(".//news:language", None, NAMES) == "en"


def test_robots_lead_to_every_sitemap() -> None:
    plain, both = (render_robots(RobotsInput("https://paper.example/", news)).data.decode() for news in (False, True))

    assert re.findall("Sitemap: (.*)", plain) == ["https://paper.example/sitemap.xml"]
    assert re.findall("Sitemap: (.*)", both)[1:] == ["https://paper.example/news-sitemap.xml"]
