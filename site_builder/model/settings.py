"""What a newsroom decides about its publication, read from ``mkdocs.yml``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publication:
    """The masthead's fields (报头, 报尾): what the front, the footer and later the printed page carry."""

    pinyin: str = ""
    issn: str = ""
    """国内统一连续出版物号 (CN nn-nnnn) or 准印证 number, as printed."""
    sponsor: str = ""
    """主管主办."""
    address: str = ""
    postcode: str = ""
    hotline: str = ""
    nameplate: str = ""
    """Path of a drawing of the name from the newsroom's folder, for the masthead of printed pages."""


@dataclass(frozen=True, slots=True)
class Filing:
    """The numbers that a site in mainland China shows in its footer; empty ones are left out."""

    icp: str = ""
    police: str = ""
    news_licence: str = ""
    report_hotline: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The newsroom's settings. Every field has a line in docs/reference/settings.md."""

    site_name: str
    site_url: str
    """Absolute, ends with a slash; may hold a path (a site below a sub-path)."""
    description: str = ""
    language: str = "zh-CN"
    """Language of the site's chrome: ``zh-CN`` or ``en``."""
    timezone: str = "Asia/Shanghai"
    """IANA name: dates in files without an offset are in this zone."""
    feed_authority: str = ""
    """Authority of tag: URIs (RFC 4151). Never derived from the host, so that moving house keeps feed ids."""
    feed_items: int = 50
    list_items: int = 40
    """Stories on a front; its list pages hold all."""
    social_cards: bool = True
    """A picture for chat apps is drawn for every story."""
    news_sitemap: bool = False
    """Whether crawlers of news are given the stories of the last two days."""
    site_dir: str = "site"
    pages_dir: str = "content/pages"
    offline: bool = True
    """Whether readers' browsers keep the last edition and what they read."""
    logo: str = ""
    """The theme's logo: a file in ``pages_dir``."""
    publication: Publication = Publication()
    filing: Filing = Filing()
    press_profile: str = ""
    """File of the newsroom: the ICC profile that pages for the press are made for; empty: Bulletin's own."""
