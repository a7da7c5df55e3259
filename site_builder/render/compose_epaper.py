"""From the newsroom to the inputs of the e-paper: its pages, its editions, their calendar, their IIIF manifests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.model.edition import Edition, EditionPage
from site_builder.render.compose import Desk, unbracketed
from site_builder.render.dates import long_date
from site_builder.render.epaper_inputs import Calendar, PageTile, PaperInput, PaperPageInput, ZoneView
from site_builder.render.facsimiles import Facsimile, Zone
from site_builder.render.iiif import CanvasRow, ManifestRow
from site_builder.render.inputs import EditionHead, Link, PagePicture

PICTURE, THUMB = 1600, 240
"""Width in px of the picture that stands in a page by itself, and of that in a strip of pages."""


def edition_head(edition: Edition) -> EditionHead:
    """The line of an edition under the masthead."""
    pages = tuple((page.number, page.name) for page in _pages(edition))
    return EditionHead(edition.date, edition.number, urls.edition(edition.date), pages, edition.partial)


def epaper_pages(desk: Desk) -> Iterator[PaperInput | PaperPageInput]:
    """Every page of the e-paper; none where no page has been locked."""
    editions = _editions(desk)
    for number, edition in enumerate(editions):
        if number == 0:
            yield _edition(desk, edition, urls.EPAPER)
        yield _edition(desk, edition, urls.epaper(edition.date))
        for page in _pages(edition):
            facsimile = desk.epaper.pages.get((edition.date, page.number))
            if facsimile:
                yield _page(desk, edition, page, facsimile)


def manifests(desk: Desk) -> Iterator[ManifestRow]:
    """The IIIF manifest of each edition of the e-paper."""
    settings = desk.newsroom.settings
    messages = load_messages(settings.language)
    for edition in _editions(desk):
        yield ManifestRow(
            urls.epaper(edition.date) + urls.IIIF,
            settings.site_url,
            f"{settings.site_name} {long_date(edition.date, messages)}",
            settings.site_name,
            settings.language,
            edition.date,
            _pdf(desk, edition)[0],
            tuple(_canvas(desk, facsimile) for facsimile in desk.epaper.of(edition.date)),
        )


def story_place(desk: Desk, story: str, edition: Edition, page: EditionPage) -> str:
    """Address of the page of the e-paper that shows *story* of *page*; empty where none does. ``#id`` is its place."""
    facsimile = desk.epaper.pages.get((edition.date, page.number))
    shown = facsimile and any(zone.story == story for zone in facsimile.zones)
    return facsimile.url if facsimile and shown else ""


def latest_url(desk: Desk) -> str:
    """Address of the latest edition of the e-paper; empty where there is none."""
    return urls.EPAPER if desk.epaper.pages else ""


def paper_pages(desk: Desk, edition: Edition) -> tuple[tuple[int, str], ...]:
    """(number, URL) of the pages of *edition* that are shown as they were printed."""
    return tuple((facsimile.number, facsimile.url) for facsimile in desk.epaper.of(edition.date))


def thumbnail(desk: Desk, edition: Edition) -> PagePicture | None:
    """The first page of *edition* that is shown as it was printed, small."""
    shown = desk.epaper.of(edition.date)
    return page_picture(shown[0], THUMB, THUMB) if shown else None


def page_picture(facsimile: Facsimile, width: int, most: int = 0) -> PagePicture:
    """The pictures of a page up to *most* px wide (0: all); the JPEG of *width* stands where they are not known."""
    webp = tuple(row for row in facsimile.pictures if not most or row[1] <= most)
    url = next(url for url, wide in facsimile.jpegs if wide == width)
    return PagePicture(webp, width, facsimile.height_at(width), url)


def _editions(desk: Desk) -> list[Edition]:
    """Those with an e-paper, newest first."""
    return [edition for edition in desk.newsroom.editions if desk.epaper.of(edition.date)]


def _pages(edition: Edition) -> list[EditionPage]:
    return sorted(edition.pages, key=lambda page: page.number)


def _edition(desk: Desk, edition: Edition, url: str) -> PaperInput:
    earlier, later = _beside(desk, edition)
    pdf, size = _pdf(desk, edition)
    return PaperInput(
        url=url,
        address=urls.epaper(edition.date),
        head=edition_head(edition),
        tiles=tuple(_tile(desk, edition, page, whole=True) for page in _pages(edition)),
        edition_pdf=pdf,
        edition_bytes=size,
        calendar=_calendar(desk, edition.date),
        earlier=earlier,
        later=later,
        manifest=urls.epaper(edition.date) + urls.IIIF,
    )


def _page(desk: Desk, edition: Edition, page: EditionPage, facsimile: Facsimile) -> PaperPageInput:
    shown = desk.epaper.of(edition.date)
    at = shown.index(facsimile)
    earlier, later = _beside(desk, edition)
    pdf, size = _pdf(desk, edition) if len(shown) > 1 else ("", 0)
    return PaperPageInput(
        url=facsimile.url,
        head=edition_head(edition),
        number=page.number,
        name=page.name,
        editors=page.editors,
        proofreaders=page.proofreaders,
        picture=page_picture(facsimile, PICTURE),
        width=facsimile.width,
        height=facsimile.height,
        zones=tuple(_zone(desk, edition, zone) for zone in facsimile.zones),
        tiles=tuple(_tile(desk, edition, one) for one in _pages(edition)),
        pdf=facsimile.url + urls.PAGE_PDF,
        pdf_bytes=facsimile.pdf_bytes,
        edition_pdf=pdf,
        edition_bytes=size,
        calendar=_calendar(desk, edition.date),
        previous=_page_link(shown[at - 1]) if at else None,
        following=_page_link(shown[at + 1]) if at + 1 < len(shown) else None,
        earlier=earlier,
        later=later,
        manifest=urls.epaper(edition.date) + urls.IIIF,
    )


def _page_link(facsimile: Facsimile) -> Link:
    return Link(f"{facsimile.number:02d}", facsimile.url)


def _zone(desk: Desk, edition: Edition, zone: Zone) -> ZoneView:
    story = desk.newsroom.by_id[zone.story]
    corners = [corner for polygon in zone.polygons for corner in polygon]
    top = min(y for _, y in corners)
    # A paper is printed before its day begins; so what is corrected that day is wrong on the page.
    corrections = tuple(one.text for one in story.corrections if one.date.date() >= edition.date)
    updated = story.updated is not None and story.updated.date() > edition.date
    return ZoneView(
        id=story.id,
        url=urls.story(story.id),
        headline=story.headline,
        kicker=story.kicker,
        summary=desk.summary(story),
        byline=unbracketed(story),
        polygons=zone.polygons,
        corner=(max(x for x, y in corners if y == top), top),
        badge="corrected" if corrections else "updated" if updated else "",
        corrections=corrections,
        mark=desk.mark(story),
    )


def _tile(desk: Desk, edition: Edition, page: EditionPage, *, whole: bool = False) -> PageTile:
    facsimile = desk.epaper.pages.get((edition.date, page.number))
    stories = dict.fromkeys(placement.story for placement in page.placements)
    if facsimile and whole:
        stories = dict.fromkeys(zone.story for zone in facsimile.zones)
    links = (Link(desk.newsroom.by_id[story].headline, urls.story(story)) for story in stories)
    return PageTile(
        number=page.number,
        name=page.name,
        url=facsimile.url if facsimile else "",
        thumb=page_picture(facsimile, THUMB, 800 if whole else THUMB) if facsimile else None,
        headlines=tuple(links) if whole else (),
        pdf=facsimile.url + urls.PAGE_PDF if facsimile and whole else "",
    )


def _pdf(desk: Desk, edition: Edition) -> tuple[str, int]:
    """Address and bytes of the PDF of a whole edition."""
    size = desk.epaper.pdfs.get(edition.date, 0)
    return (urls.epaper(edition.date) + urls.EDITION_PDF, size) if size else ("", 0)


def _beside(desk: Desk, edition: Edition) -> tuple[Link | None, Link | None]:
    """The editions with an e-paper before and after *edition*."""
    days = _days(desk)
    at = days.index(edition.date)
    return _day_link(days, at + 1), _day_link(days, at - 1)


def _day_link(days: list[date], at: int) -> Link | None:
    return Link(days[at].isoformat(), urls.epaper(days[at])) if 0 <= at < len(days) else None


def _days(desk: Desk) -> list[date]:
    """Days with an e-paper, newest first."""
    return desk.once("epaper days", lambda: [edition.date for edition in _editions(desk)])


def _calendar(desk: Desk, day: date) -> Calendar:
    months = desk.once("epaper months", lambda: _months(desk))
    rows = list(months)
    first = day.replace(day=1)
    at = rows.index(first)
    before = months[rows[at + 1]] if at + 1 < len(rows) else ()
    after = months[rows[at - 1]] if at else ()
    return Calendar(first, months[first], _month_link(before), _month_link(after))


def _months(desk: Desk) -> Mapping[date, tuple[tuple[int, str], ...]]:
    """Day of the month and address of each e-paper, by the first of the month, newest first."""
    groups = groupby(_days(desk), key=lambda day: day.replace(day=1))
    return {month: tuple((day.day, urls.epaper(day)) for day in days) for month, days in groups}


def _month_link(days: tuple[tuple[int, str], ...]) -> Link | None:
    """The latest edition of a month."""
    return Link(days[0][1].rstrip("/").rpartition("/")[2][:7], days[0][1]) if days else None


def _canvas(desk: Desk, facsimile: Facsimile) -> CanvasRow:
    picture, width = facsimile.pictures[-1]
    thumb, thumb_width = facsimile.pictures[0]
    by_id = desk.newsroom.by_id
    scale = width / facsimile.width
    return CanvasRow(
        facsimile.url,
        f"{facsimile.number:02d} {facsimile.name}".strip(),
        (picture, width, facsimile.height_at(width)),
        (thumb, thumb_width, facsimile.height_at(thumb_width)),
        facsimile.url + urls.PAGE_PDF,
        tuple(
            (
                by_id[zone.story].headline,
                urls.story(zone.story),
                tuple(tuple((round(x * scale), round(y * scale)) for x, y in polygon) for polygon in zone.polygons),
            )
            for zone in facsimile.zones
        ),
    )
