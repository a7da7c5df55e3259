"""From plans to paper: laid-out pages as a PDF to keep, a proof to mark, and pictures to send round.

Whatever is made is read back and held against its plan; a page with a fault is never handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from site_builder.build.printing.fonts import FontSet
from site_builder.build.printing.typesetting import draw_pages, set_pages
from site_builder.errors import BuildError
from site_builder.messages import Messages
from site_builder.paper.page.data import Look, drawing_name, frame_name, pages_json
from site_builder.paper.page.drawable import drawable_plan
from site_builder.paper.page.order import Drawing, reading_order
from site_builder.paper.page.plan import PagePlan, PictureFrame
from site_builder.paper.page.proof import PROOF_COLOR, PROOF_INK, proof_plan
from site_builder.paper.page.proofreading import Drawn, Fault, proofread
from site_builder.paper.page.tree import tag_tree
from site_builder.paper.signs import Signs
from site_builder.render.pictures.images import cut_print

TEMPLATE = "page"
"""The folder below ``themes/print/`` that sets plans."""
PICTURE_DPI = 220
"""Twice the screen of newsprint (100 lines to an inch) and a little more."""
CUTTERS = 2
"""Threads that cut pictures; each holds one picture in memory."""
CENTRE = (50, 50)
"""Per cent from left and top: what stays in sight of a picture whose focus nobody named."""


@dataclass(frozen=True)
class Material:
    """What pages are made of besides their plans."""

    template: Mapping[str, bytes]
    """The files of ``themes/print/page/``."""
    fonts: FontSet
    colors: Mapping[str, str]
    """Of the format: name → ``#rrggbb``."""
    photos: Mapping[tuple[str, int], bytes]
    """(story, index) → the file as it was delivered."""
    drawings: Mapping[str, bytes]
    """Masthead drawing and advertisements: the file named in the plan → its bytes."""
    title: str
    """Of the document."""
    language: str = "zh-CN"
    grey: bool = False
    """Photographs without colour."""
    cut: Callable[[bytes, tuple[int, int], tuple[int, int], bool], bytes] = cut_print
    """Cuts them."""


class PageMaker:
    """Makes *pages*, of one edition, from *material*. Pictures are cut once, however many outputs are asked for."""

    def __init__(self, pages: Sequence[PagePlan], material: Material) -> None:
        signs = Signs(material.fonts.drawable)
        self.pages = tuple(drawable_plan(page, signs) for page in pages)
        self.missing = tuple(signs.missing)
        """Signs that no font has; 〓 stands for them."""
        self.material = material
        self._look = Look(
            material.title,
            material.fonts.roles,
            material.fonts.heavy,
            {PROOF_COLOR: PROOF_INK, **material.colors},
            material.language,
        )
        self._pictures = dict(self._cut())

    def archive(self) -> bytes:
        """PDF/A-2a and PDF/UA-1, all pages, dated the day of the edition; the same bytes for the same arguments.

        Raises ``BuildError`` for a page that is not as planned.
        """
        return self._set(self.pages)

    def proof(self, messages: Messages) -> bytes:
        """The pages with room round them, and in it line numbers, copyfit and the boxes to sign. Raises as above."""
        return self._set(tuple(proof_plan(page, messages, self.material.title) for page in self.pages))

    def pictures(self, dpi: float) -> tuple[bytes, ...]:
        """Each page as PNG."""
        data = pages_json(self.pages, self._look)
        return draw_pages(self.material.template, data, self._pictures, self.material.fonts.folders, dpi)

    def _set(self, pages: Sequence[PagePlan]) -> bytes:
        folders, day = self.material.fonts.folders, pages[0].edition
        made = set_pages(self.material.template, pages_json(pages, self._look), self._pictures, folders, day)
        # Both take a while to import, which is done while another thread draws pictures of the pages.
        from site_builder.build.printing.reading import read_pages
        from site_builder.build.printing.tagging import tag_pdf

        check_pages(pages, read_pages(made))
        return tag_pdf(made, tag_tree(pages))

    def _cut(self) -> Iterator[tuple[str, bytes]]:
        frames: dict[str, PictureFrame] = {}
        for page in self.pages:
            parts = [element.part for passage in reading_order(page) for element in passage.elements]
            for part in parts:
                if isinstance(part, PictureFrame):
                    frames[frame_name(page.number, part)] = part
                elif isinstance(part, Drawing):
                    yield drawing_name(part), self.material.drawings[part.file]
        # Decoding, scaling and encoding let go of the interpreter.
        with ThreadPoolExecutor(CUTTERS) as cutters:
            yield from zip(frames, cutters.map(self._cut_one, frames.values()), strict=True)

    def _cut_one(self, frame: PictureFrame) -> bytes:
        data = self.material.photos[frame.story, frame.photo]
        size = (round(frame.box.width / 72 * PICTURE_DPI), round(frame.box.height / 72 * PICTURE_DPI))
        return self.material.cut(data, size, frame.focus or CENTRE, self.material.grey)


def check_pages(pages: Sequence[PagePlan], found: Sequence[Drawn]) -> None:
    """Hold what was *found* in a PDF against its plans. Raises ``BuildError`` with the first fault."""
    if len(found) != len(pages):
        raise BuildError("print.page-count", str(len(found)), str(len(pages)))
    faults = [fault for page, drawn in zip(pages, found, strict=True) for fault in proofread(page, drawn)]
    if faults:
        raise _error(faults)


def _error(faults: Sequence[Fault]) -> BuildError:
    """The first fault, and how many there are."""
    first = faults[0]
    return BuildError(
        f"print.fault-{first.kind}", str(first.page), first.story or "—", first.line, first.sign, str(len(faults))
    )
