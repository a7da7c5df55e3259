"""Facsimiles of locked pages for the e-paper: a PDF, pictures, and the zones of its stories. Solves nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from site_builder.build.printing.fonts import FontSet, find_fonts
from site_builder.build.printing.measuring import measure_fonts
from site_builder.build.printing.output import Material, PageMaker
from site_builder.model import urls
from site_builder.paper.page.facsimile import FacsimileInput, set_again
from site_builder.paper.page.layout import layout_json
from site_builder.paper.signs import Signs
from site_builder.render.artifact import Artifact
from site_builder.render.pictures.facsimiles import WIDEST, facsimile_pictures

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PressRoom:
    """What all pages are set with. Its digest stands in the input of each."""

    root: Path
    """The newsroom, for its own fonts."""
    template: Mapping[str, bytes]
    fonts: str
    """Digest of the newsroom's own fonts."""


def make_facsimile(page: FacsimileInput, pictures: Mapping[str, bytes], room: PressRoom) -> tuple[Artifact, ...]:
    """The files of *page*; none when it can no longer be set as it was locked.

    *pictures* are the originals by file. The same arguments give the same bytes. Raises ``BuildError`` for a page
    that is not set as planned.
    """
    fonts = _fonts(room.root, room.fonts)
    plan = set_again(page, measure_fonts(fonts, page.format), Signs(fonts.drawable))
    if plan is None:
        return ()
    maker = PageMaker((plan,), _material((page,), pictures, room, fonts))
    folder = urls.facsimile(page.edition.date, page.number)
    (picture,) = maker.pictures(WIDEST * POINTS_PER_INCH / plan.width)
    return (
        Artifact(folder + urls.LAYOUT, layout_json((plan,))),
        Artifact(folder + urls.PAGE_PDF, maker.archive()),
        *facsimile_pictures(picture, folder),
    )


def make_edition_pdf(
    pages: Sequence[FacsimileInput], pictures: Mapping[str, bytes], room: PressRoom
) -> tuple[Artifact, ...]:
    """All *pages* of an edition, of one format, in one PDF; nothing when one can no longer be set."""
    fonts = _fonts(room.root, room.fonts)
    signs = Signs(fonts.drawable)
    widths = measure_fonts(fonts, pages[0].format)
    plans = [plan for page in pages if (plan := set_again(page, widths, signs))]
    if len(plans) < len(pages):
        return ()
    maker = PageMaker(plans, _material(pages, pictures, room, fonts))
    return (Artifact(urls.epaper(pages[0].edition.date) + urls.EDITION_PDF, maker.archive()),)


@lru_cache(maxsize=2)
def _fonts(root: Path, _digest: str) -> FontSet:
    return find_fonts(root)


def _material(
    pages: Sequence[FacsimileInput], pictures: Mapping[str, bytes], room: PressRoom, fonts: FontSet
) -> Material:
    first = pages[0]
    photos = {
        (story.id, number): pictures[photo.file]
        for page in pages
        for story, _ in page.stories
        for number, photo in enumerate(story.photos)
    }
    drawn = [advert.file for page in pages for advert in page.page.advertisements]
    drawn += [page.nameplate.file for page in pages if page.nameplate]
    return Material(
        template=room.template,
        fonts=fonts,
        colors=first.format.colors,
        photos=photos,
        drawings={file: pictures[file] for file in drawn if file in pictures},
        title=first.settings.site_name,
        language=first.settings.language,
    )
