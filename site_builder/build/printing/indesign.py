"""``bulletin export indesign``: pages of an edition as an InDesign package with its pictures. The order of steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import get_args

from site_builder.build.atomic import replace_file
from site_builder.build.clock import Clock
from site_builder.build.printing.makeup import DEFAULT_FORMAT, Listener
from site_builder.build.printing.output import Material
from site_builder.build.printing.planned import FOLDER, EditionWish, FormatPages, OpenEdition, open_edition, page_fit
from site_builder.messages import load_messages
from site_builder.paper.indesign.package import LINKS, POINTS_PER_INCH, Job, Picture, package
from site_builder.paper.indesign.styles import OBJECTS, Fonts, Names
from site_builder.paper.page.copyfit import PageFit
from site_builder.paper.page.order import Drawing, reading_order
from site_builder.paper.page.plan import Face, PictureFrame, Role
from site_builder.problems import Problem
from site_builder.render.pictures.images import stated_ppi, upright_picture

INDESIGN = "indesign"
"""The folder beside the other files of an edition's pages."""
_DRAWN = 10
"""Units to a point of a drawing, whose frame has its shape."""
_OURS = re.compile(r"[a-z0-9-]+-\d+\.\w+|furniture-\d+-.+|\d{4}-\d\d-\d\d[a-z0-9-]*\.idml")
"""Names of files that an earlier export wrote; what a designer adds beside them is left alone."""
_HEADS = ("headline-soft", "headline-minor")


@dataclass(frozen=True)
class InDesignReport:
    """What was exported for InDesign."""

    problems: tuple[Problem, ...]
    files: tuple[Path, ...] = ()
    """The packages; pictures stand beside them."""
    pictures: int = 0
    pages: tuple[PageFit, ...] = ()
    stopped: bool = False
    """The problems forbade it."""

    @property
    def failed(self) -> bool:
        """Whether anything that was asked for could not be done."""
        return self.stopped or any(not page.full for page in self.pages)


def export_indesign(
    root: Path, clock: Clock, wish: EditionWish, output: Path | None = None, listener: Listener = lambda _n, _p: None
) -> InDesignReport:
    """Export the wanted pages of the newsroom at *root* for InDesign, into *output* or its folder ``print/``.

    A page that cannot hold its copy is told and left out. Raises ``UsageError`` for what is not there, or a solver that
    is needed and not installed.
    """
    opened = open_edition(root, clock, wish)
    if not isinstance(opened, OpenEdition):
        return InDesignReport(opened, stopped=True)
    _clear(opened, wish, output or root / FOLDER)
    report = InDesignReport(opened.checked.problems)
    for group in opened.lay_out(wish, listener):
        report = _added(report, opened, wish, group, output or root / FOLDER)
    return report


def _clear(opened: OpenEdition, wish: EditionWish, folder: Path) -> None:
    """Remove what was exported before: it may hold what readers must not see any more, and the page may now fail."""
    for form in {
        wish.format or page.format or opened.edition.format or DEFAULT_FORMAT for page in opened.edition.pages
    }:
        base = folder / f"{opened.edition.id}-{form}" / INDESIGN
        for old in (*base.glob(f"{LINKS}/*"), *base.glob("*.idml")):
            if _OURS.fullmatch(old.name):
                old.unlink()


def _added(
    report: InDesignReport, opened: OpenEdition, wish: EditionWish, group: FormatPages, folder: Path
) -> InDesignReport:
    """*report* with the pages of one format."""
    form = group.makeup.form
    base = folder / f"{opened.edition.id}-{form.name}" / INDESIGN
    fits = tuple(page_fit(result, opened.headlines) for result in group.results)
    numbers = "".join(f"-{plan.number:02}" for plan in group.plans) if wish.pages else ""
    path = base / f"{opened.edition.id}-{form.name}{numbers}.idml"
    if not group.plans:
        return replace(report, pages=(*report.pages, *fits))
    material = group.makeup.material()
    links = _Links(opened, material)
    links.collect(group)
    job = Job(form, _names(opened), _fonts(material), material.title, links.photos, links.drawings)
    for file, data in links.files.items():
        replace_file(base / LINKS / file, data)
    replace_file(path, package(group.plans, job))
    return replace(
        report,
        files=(*report.files, path),
        pictures=report.pictures + len(links.files),
        pages=(*report.pages, *fits),
    )


class _Links:
    """The pictures of pages at full size, by names that tell where they belong."""

    def __init__(self, opened: OpenEdition, material: Material) -> None:
        self.opened, self.material = opened, material
        self.files: dict[str, bytes] = {}
        self.photos: dict[tuple[str, int], Picture] = {}
        self.drawings: dict[str, Picture] = {}
        self.boxes: list[Drawing] = []

    def collect(self, group: FormatPages) -> None:
        """Take every picture of the plans, once."""
        self.boxes = [part for part in _pictures(group) if isinstance(part, Drawing)]
        for part in _pictures(group):
            if isinstance(part, PictureFrame):
                key = (part.story, part.photo)
                if key not in self.photos:
                    name = f"{part.story}-{part.photo + 1}"
                    file = self.opened.newsroom.by_id[part.story].photos[part.photo].file
                    self.photos[key] = self._taken(name, file, self.material.photos[key])
            elif part.file not in self.drawings:
                stem = PurePosixPath(part.file).stem
                name = f"furniture-{len(self.drawings) + 1}-{stem}"
                self.drawings[part.file] = self._taken(name, part.file, self.material.drawings[part.file])

    def _taken(self, name: str, file: str, data: bytes) -> Picture:
        if file.lower().endswith(".svg"):
            box = next(part.box for part in self.boxes if part.file == file)
            upright, (width, height) = data, (round(box.width * _DRAWN), round(box.height * _DRAWN))
            ppi = POINTS_PER_INCH
        else:
            upright, (width, height) = upright_picture(data)
            ppi = stated_ppi(upright) or POINTS_PER_INCH
        link = name + PurePosixPath(file).suffix.lower()
        self.files[link] = upright
        return Picture(link, width, height, ppi)


def _pictures(group: FormatPages) -> Iterator[PictureFrame | Drawing]:
    for plan in group.plans:
        for passage in reading_order(plan):
            for element in passage.elements:
                if isinstance(element.part, PictureFrame | Drawing):
                    yield element.part


def _names(opened: OpenEdition) -> Names:
    """Styles in the newsroom's language and in English, or in English and Chinese."""
    own = load_messages(opened.newsroom.settings.language)
    other = load_messages("zh-CN" if own.language == "en" else "en")

    def both(key: str) -> str:
        return f"{own.text(key)} {other.text(key)}"

    return Names(
        {role: both(f"indesign.styles.{role}") for role in (*get_args(Role), *_HEADS)},
        {name: both(f"indesign.objects.{name}") for name in OBJECTS},
        both("indesign.dotted"),
        {face: both(f"indesign.faces.{face}") for face in get_args(Face)},
    )


def _fonts(material: Material) -> Fonts:
    roles = material.fonts.roles
    heavy: Sequence[str] = material.fonts.heavy or roles["song"]
    families: dict[Face, str] = {"song": roles["song"][0], "hei": roles["hei"][0], "kai": roles["kai"][0]}
    return Fonts({**families, "song-heavy": heavy[0]}, bool(material.fonts.heavy))
