from __future__ import annotations

import re
from datetime import UTC, datetime

from site_builder.render.sitemap import SitemapInput, render_sitemap


def test_addresses_are_encoded_and_dated() -> None:
    pages = (("stories/x/", datetime(2024, 4, 8, tzinfo=UTC)), ("关于 我们/", None), ("100%/", None))
    sitemap = render_sitemap(SitemapInput("https://paper.example/", pages)).data.decode()

    assert re.findall(r"<loc>https://paper\.example/(.*?)</loc>(.*)</url>", sitemap) == [
        ("stories/x/", "<lastmod>2024-04-08T00:00:00+00:00</lastmod>"),
        ("%E5%85%B3%E4%BA%8E%20%E6%88%91%E4%BB%AC/", ""),
        ("100%25/", ""),
    ]
