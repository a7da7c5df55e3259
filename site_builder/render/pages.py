"""Our pages: an input, a template, the frame, one HTML file."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Protocol

from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.render import epaper_inputs, inputs
from site_builder.render.artifact import Artifact
from site_builder.render.frame import Frame
from site_builder.render.structured import structured_data
from site_builder.render.theme import Templates, make_templates
from site_builder.render.theme_source import Theme


@dataclass(frozen=True, slots=True)
class PageSetting:
    """What every page shares: part of the cache key of each."""

    theme: Theme
    frame: Frame
    chrome: inputs.Chrome


class PageInput(Protocol):
    """Anything with an address that a template can show."""

    @property
    def url(self) -> str:
        """Root-relative address."""


TEMPLATES: dict[type, str] = {
    inputs.StoryInput: "story.html",
    inputs.TombstoneInput: "tombstone.html",
    inputs.FrontInput: "front.html",
    inputs.SectionInput: "section.html",
    inputs.NamedInput: "named.html",
    inputs.ListPageInput: "list.html",
    inputs.IndexInput: "index.html",
    inputs.BrowseInput: "browse.html",
    inputs.FollowInput: "follow.html",
    inputs.EditionInput: "edition.html",
    inputs.EditionYearInput: "year.html",
    inputs.EditionListInput: "editions.html",
    inputs.ArchiveInput: "archive.html",
    inputs.MonthInput: "month.html",
    inputs.SearchPageInput: "search.html",
    inputs.OfflineInput: "offline.html",
    epaper_inputs.PaperInput: "paper.html",
    epaper_inputs.PaperPageInput: "paper-page.html",
}


def render_page(setting: PageSetting, page: PageInput) -> Artifact:
    """The page of *page* within the frame. Raises ``ThemeError`` when the template is wrong."""
    blocks = _templates(setting).render(TEMPLATES[type(page)], page, setting.chrome, page.url)
    data = structured_data(page, setting.chrome, load_messages(setting.chrome.language))
    canonical = escape(setting.chrome.site_url + urls.encoded(page.url))
    html = setting.frame.fill(
        urls.relative_base(page.url),
        {
            "TITLE": blocks["title"],
            "DESCRIPTION": blocks["description"],
            "CANONICAL": canonical,
            "HEAD": "\n".join(filter(None, (_languages(setting, page, canonical), blocks["head"], data))),
            "CONTENT": blocks["content"],
        },
    )
    return Artifact.text(urls.file_of(page.url), html)


def is_indexed(page: object) -> bool:
    """Whether search engines may keep *page*: the heads of all others say ``noindex``."""
    hidden = isinstance(page, inputs.TombstoneInput | inputs.SearchPageInput | inputs.OfflineInput)
    return not hidden and not getattr(page, "mark", "")


def _languages(setting: PageSetting, page: object, canonical: str) -> str:
    """The page as the version for its language, and for readers of all others: a site has no second language."""
    if not is_indexed(page):
        return ""
    codes = (setting.chrome.language, "x-default")
    return "\n".join(f'<link rel="alternate" hreflang="{code}" href="{canonical}">' for code in codes)


def render_redirect(setting: PageSetting, page: inputs.RedirectInput) -> Artifact:
    """A page at a former address that leads on to the present one."""
    html = _templates(setting).render_whole("redirect.html", page, setting.chrome, page.url)
    return Artifact.text(urls.file_of(page.url), html)


def _templates(setting: PageSetting) -> Templates:
    return make_templates(setting.theme, setting.chrome.language, setting.chrome.site_url, load_messages)
