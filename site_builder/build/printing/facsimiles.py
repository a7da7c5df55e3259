"""Facsimiles of locked pages for the e-paper: a PDF, pictures, and the zones of its stories. Solves nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from site_builder.build.printing.fonts import FontSet, find_fonts
from site_builder.build.printing.measuring import measure_fonts
from site_builder.build.printing.output import Material, PageMaker
from site_builder.errors import BuildError
from site_builder.model import urls
from site_builder.paper.page.facsimile import FacsimileInput, set_again
from site_builder.paper.page.layout import layout_json
from site_builder.paper.page.plan import PagePlan
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
    """The files of *page*; none when it can no longer be set as it was locked, or not without a fault.

    *pictures* are the originals by file. The same arguments give the same bytes. What is wrong with fonts, template or
    page ``bulletin print`` tells: for the site it is enough that nothing wrong is shown.
    """
    try:
        (plan,), maker = _set((page,), pictures, room)
        folder = urls.facsimile(page.edition.date, page.number)
        (picture,) = maker.pictures(WIDEST * POINTS_PER_INCH / plan.width)
        return (
            Artifact(folder + urls.LAYOUT, layout_json((plan,))),
            Artifact(folder + urls.PAGE_PDF, maker.archive()),
            *facsimile_pictures(picture, folder),
        )
    except (_Misfit, BuildError):
        return ()


def make_edition_pdf(
    pages: Sequence[FacsimileInput], pictures: Mapping[str, bytes], room: PressRoom
) -> tuple[Artifact, ...]:
    """All *pages* of an edition, of one format, in one PDF; nothing when one cannot be set."""
    try:
        _, maker = _set(pages, pictures, room)
        return (Artifact(urls.epaper(pages[0].edition.date) + urls.EDITION_PDF, maker.archive()),)
    except (_Misfit, BuildError):
        return ()


class _Misfit(Exception):
    """The stories of a page no longer fit the places that they were locked in."""


def _set(
    pages: Sequence[FacsimileInput], pictures: Mapping[str, bytes], room: PressRoom
) -> tuple[tuple[PagePlan, ...], PageMaker]:
    """The plans of *pages*, of one edition and format, and what makes files of them."""
    fonts = _fonts(room.root, room.fonts)
    signs, widths = Signs(fonts.drawable), measure_fonts(fonts, pages[0].format)
    plans = tuple(plan for page in pages if (plan := set_again(page, widths, signs)))
    if len(plans) < len(pages):
        raise _Misfit
    return plans, PageMaker(plans, _material(pages, pictures, room, fonts))


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
