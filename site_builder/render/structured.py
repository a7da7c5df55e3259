"""What search engines and readers' programs are told of a page: schema.org as JSON-LD (DOMAIN.md, metadata map).

Only what the page itself shows; names of authors without their titles. A page has one data block; for a browser it is
data, not a script, so the content security policy does not concern it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

from site_builder.messages import Messages
from site_builder.model import urls
from site_builder.model.story import Correction
from site_builder.render import dates, inputs

Node = dict[str, Any]  # Any: a JSON value
Trail = tuple[inputs.Link, ...]

LOGO_PX = 512
"""Side of the icon that stands for the paper: search engines want a picture of 112 px at least, best a square."""
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What could end or open an element, as JSON spells it."""


def structured_data(page: object, chrome: inputs.Chrome, messages: Messages) -> str:
    """The data block of *page* as HTML; nothing for pages that have no place among others."""
    nodes = list(_Describer(chrome, messages).nodes(page))
    if not nodes:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.translate(_UNSAFE)}</script>'


class _Describer:
    """Describes the pages of one site."""

    def __init__(self, chrome: inputs.Chrome, messages: Messages) -> None:
        self.chrome = chrome
        self.messages = messages

    def nodes(self, page: object) -> Iterator[Node]:
        if isinstance(page, inputs.FrontInput):
            yield from self._site(page)
        if isinstance(page, inputs.StoryInput) and not page.mark:
            yield self._article(page)
        stories = _listed(page)
        if stories:
            yield self._item_list(stories)
        trail = self._trail(page)
        if trail:
            yield self._breadcrumbs(trail)

    def _absolute(self, url: str) -> str:
        return self.chrome.site_url + urls.encoded(url)

    def _say(self, key: str, **values: object) -> str:
        return self.messages.text(f"site.{key}", **values)

    # Front page

    def _site(self, front: inputs.FrontInput) -> Iterator[Node]:
        yield _filled(
            {
                "@type": "WebSite",
                "@id": self.chrome.site_url + "#site",
                "url": self.chrome.site_url,
                "name": self.chrome.site_name,
                "description": self.chrome.description,
                "inLanguage": self.chrome.language,
                "publisher": {"@id": self._publisher_id()},
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": self._absolute(urls.SEARCH) + "?q={query}",
                    "query-input": "required name=query",
                },
            }
        )
        publication = self.chrome.publication
        yield _filled(
            {
                **self._publisher(),
                "address": publication.address,
                "telephone": publication.hotline,
                "parentOrganization": _named("Organization", publication.sponsor),
            }
        )

    def _publisher_id(self) -> str:
        return self.chrome.site_url + "#paper"

    def _publisher(self) -> Node:
        logo = {
            "@type": "ImageObject",
            "url": self._absolute(urls.icon(str(LOGO_PX))),
            "width": LOGO_PX,
            "height": LOGO_PX,
        }
        return {
            "@type": "NewsMediaOrganization",
            "@id": self._publisher_id(),
            "name": self.chrome.site_name,
            "url": self.chrome.site_url,
            "logo": logo,
        }

    # Story

    def _article(self, story: inputs.StoryInput) -> Node:
        url = self._absolute(story.url)
        return _filled(
            {
                "@type": "NewsArticle",
                "@id": url + "#story",
                "url": url,
                "identifier": story.id,
                "mainEntityOfPage": url,
                "headline": story.headline,
                "alternativeHeadline": story.kicker or story.subhead,
                "description": story.description,
                "inLanguage": self.chrome.language,
                "isAccessibleForFree": True,
                "datePublished": story.date.isoformat(),
                "dateModified": (story.updated or story.date).isoformat(),
                "correction": [_correction(one) for one in story.corrections],
                "articleSection": story.section.title,
                "keywords": [topic.title for topic in story.topics],
                "about": [self._thing(topic) for topic in story.topics if topic.url],
                "dateline": story.dateline,
                "author": [_named("Person", name) for name in story.authors],
                "editor": [_named("Person", name) for name in story.editors],
                "publisher": self._publisher(),
                "image": list(self._images(story)),
                "contentLocation": _named("Place", story.region.title) if story.region else None,
                "sourceOrganization": _named("Organization", story.source),
                **self._print(story.folio),
            }
        )

    def _thing(self, topic: inputs.Link) -> Node:
        return {"@type": "Thing", "name": topic.title, "url": self._absolute(topic.url)}

    def _images(self, story: inputs.StoryInput) -> Iterator[Node]:
        """The first picture in every shape, then all pictures, with whom they are owed to.

        A social card holds words, which search engines do not want to see in a picture of an article: it stands in
        only where a story has no picture that is large enough.
        """
        pictures = [image for image in (story.image, *story.more_images) if image]
        known = {image.fallback for image in pictures}
        if story.crops:
            yield from map(self._crop, story.crops.shapes, repeat(story.crops))
        else:
            yield from (self._shared(shown) for shown in story.share if shown.url not in known)
        yield from map(self._image, pictures)

    def _crop(self, shape: tuple[str, int, int], crops: inputs.Crops) -> Node:
        url, width, height = shape
        size = {"url": self._absolute(url), "width": width, "height": height}
        return {"@type": "ImageObject", **size, **_owed(crops.credit, crops.creators)}

    def _shared(self, shown: inputs.ShareImage) -> Node:
        url = self._absolute(shown.url)
        return {"@type": "ImageObject", "url": url, "width": shown.width, "height": shown.height}

    def _image(self, image: inputs.Image) -> Node:
        size = {"width": image.fallback_width, "height": image.fallback_height}
        node = {"@type": "ImageObject", "url": self._absolute(image.fallback), **size, "caption": image.caption}
        return _filled({**node, **_owed(image.credit, image.creators)})

    def _print(self, folio: inputs.Folio | None) -> Node:
        """Where the story stands in print."""
        if folio is None:
            return {}
        day = folio.edition_date.isoformat()
        issue = {
            "@type": "PublicationIssue",
            "issueNumber": folio.edition_number,
            "datePublished": day,
            "url": self._absolute(folio.edition_url),
            "isPartOf": _filled(
                {"@type": "Newspaper", "name": self.chrome.site_name, "identifier": self.chrome.publication.issn}
            ),
        }
        number = self._say("edition_number", number=folio.edition_number) if folio.edition_number is not None else ""
        return {
            "printEdition": f"{day} {number}".strip(),
            "printPage": str(folio.page),
            "printSection": folio.name,
            "isPartOf": _filled(issue),
        }

    # Lists and the way to a page

    def _item_list(self, stories: Sequence[inputs.Item]) -> Node:
        entries = [
            {"@type": "ListItem", "position": position, "url": self._absolute(item.url)}
            for position, item in enumerate(stories, start=1)
        ]
        return {"@type": "ItemList", "itemListElement": entries}

    def _breadcrumbs(self, trail: Trail) -> Node:
        entries = [
            {"@type": "ListItem", "position": position, "name": link.title, "item": self._absolute(link.url)}
            for position, link in enumerate(trail, start=1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": entries}

    def _trail(self, page: object) -> Trail:
        """From the front page to *page*; empty where a page has no place below it."""
        steps = self._steps(page)
        return (inputs.Link(self.chrome.site_name, ""), *steps) if steps else ()

    def _steps(self, page: object) -> Trail:
        match page:
            case inputs.StoryInput():
                return (page.section, inputs.Link(page.headline, page.url))
            case inputs.SectionInput():
                return (inputs.Link(page.name, page.url),)
            case inputs.NamedInput():
                return (self._index(page.kind), *page.parents, inputs.Link(page.name, page.url))
            case inputs.IndexInput():
                return (inputs.Link(self._say("browse"), urls.BROWSE), self._index(page.kind))
            case inputs.EditionInput():
                day = dates.long_date(page.head.date, self.messages)
                return (inputs.Link(self._say("editions"), urls.EDITIONS), inputs.Link(day, page.url))
            case inputs.EditionYearInput():
                year = self._say("year", number=page.year)
                return (inputs.Link(self._say("editions"), urls.EDITIONS), inputs.Link(year, page.url))
            case inputs.MonthInput():
                month = self._say("year_month", year=page.month.year, month=page.month.month)
                return (inputs.Link(self._say("archive"), urls.ARCHIVE), inputs.Link(month, page.url))
        return ()

    def _index(self, kind: str) -> inputs.Link:
        return inputs.Link(self._say(f"kind_{kind}"), urls.index(kind))


def _listed(page: object) -> list[inputs.Item]:
    """The stories that a front shows first of all, in its order."""
    match page:
        case inputs.FrontInput():
            return [item for item in (page.lead, *page.side, *page.seconds) if item]
        case inputs.SectionInput():
            return [item for item in (page.lead, *(item for _, items in page.days for item in items)) if item]
        case inputs.EditionInput():
            return [item for *_, items in page.pages for item in items]
    return []


def _owed(credit: str, creators: Sequence[str]) -> Node:
    """Whom a picture is owed to; the same is written into its file."""
    if not credit:
        return {}
    return _filled(
        {"creditText": credit, "copyrightNotice": credit, "creator": [_named("Person", name) for name in creators]}
    )


def _named(kind: str, name: str) -> Node | None:
    return {"@type": kind, "name": name} if name else None


def _correction(one: Correction) -> Node:
    return {"@type": "CorrectionComment", "text": one.text, "datePublished": one.date.isoformat()}


def _filled(node: Node) -> Node:
    """*node* without properties that say nothing."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}
