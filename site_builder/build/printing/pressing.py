"""A laid-out page as a PDF for the press. Like every other output it is read back and held against its plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from site_builder.build.printing.finishing import PressJob, finish_pdf
from site_builder.build.printing.output import CENTRE, Material, check_pages
from site_builder.build.printing.reading import read_pages
from site_builder.build.printing.typesetting import set_press
from site_builder.errors import BuildError
from site_builder.messages import Messages
from site_builder.paper.page.data import Look, drawing_name, frame_name, pages_json
from site_builder.paper.page.drawable import drawable_plan
from site_builder.paper.page.format import Format
from site_builder.paper.page.order import Drawing, reading_order
from site_builder.paper.page.plan import Box, PagePlan, PictureFrame
from site_builder.paper.page.press import REGISTER, press_boxes, press_inks, press_plan
from site_builder.paper.signs import Signs
from site_builder.render.dates import long_date
from site_builder.render.pictures.press import PressColors

_ALL = "All"
"""The plate that is every plate (ISO 32000-1, 8.6.6.4)."""
_AS_CUT = ".jpg"


@dataclass(frozen=True)
class Profile:
    """The inks and the paper that a page is meant for."""

    data: bytes
    name: str
    """What it calls itself."""


@dataclass(frozen=True)
class PlacedPicture:
    """A picture as it stands on a page for the press."""

    page: int
    story: str
    """Empty for an advertisement."""
    photo: int
    """Its index among the story's photos."""
    file: str
    """Of an advertisement, else empty."""
    dpi: int
    ink: float
    """The most at any place, in per cent."""


@dataclass(frozen=True)
class PressPage:
    """A page for the press."""

    pdf: bytes
    pictures: tuple[PlacedPicture, ...]
    missing: tuple[str, ...]
    """Signs that no font has; 〓 stands for them."""


class PressMaker:
    """Makes pages of one *form* ready for the press, for the inks and the paper of *profile*."""

    def __init__(self, form: Format, material: Material, profile: Profile, messages: Messages) -> None:
        lacking = [name for name in form.colors if name not in form.press.inks]
        if lacking:
            raise BuildError("print.press-ink-missing", form.name, ", ".join(lacking))
        self.form, self.material, self.profile, self.messages = form, material, profile, messages
        self._colors = PressColors(profile.data, form.press.ink_limit)

    def make(self, page: PagePlan) -> PressPage:
        """*page* as PDF/X-4; the same bytes for the same arguments. Raises ``BuildError`` when it is not as planned."""
        form, material = self.form, self.material
        signs = Signs(material.fonts.drawable)
        plan = _with_cut_drawings(drawable_plan(press_plan(page, form, self._slug(page)), signs))
        look = Look(material.title, material.fonts.roles, material.fonts.heavy, press_inks(form), material.language)
        found = dict(self._pictures(plan))
        pictures = {name: data for name, (_, data) in found.items()}
        made = set_press(material.template, pages_json((plan,), look), pictures, material.fonts.folders, page.edition)
        pdf = finish_pdf(made, self._job(page))
        check_pages((plan,), read_pages(pdf))
        return PressPage(pdf, tuple(placed for placed, _ in found.values()), tuple(signs.missing))

    def _slug(self, page: PagePlan) -> str:
        sheet = self.form.page
        return self.messages.text(
            "print.press.slug",
            paper=self.material.title,
            date=long_date(page.edition, self.messages),
            number=page.number,
            name=page.name,
            size=f"{sheet.width:g}×{sheet.height:g}",
            bleed=f"{sheet.bleed:g}",
        )

    def _job(self, page: PagePlan) -> PressJob:
        press, inks = self.form.press, press_inks(self.form)
        plates = {press.spots[name]: inks[name] for name in press.spots}
        title = f"{self.material.title} {page.edition.isoformat()} {page.number:02}"
        boxes = press_boxes(self.form)
        return PressJob(
            title, page.edition, boxes, self.profile.data, self.profile.name, {_ALL: inks[REGISTER], **plates}
        )

    def _pictures(self, plan: PagePlan) -> Iterator[tuple[str, tuple[PlacedPicture, bytes]]]:
        """Name in the data → the picture of each frame."""
        for passage in reading_order(plan):
            for element in passage.elements:
                part = element.part
                if isinstance(part, PictureFrame):
                    data = self.material.photos[part.story, part.photo]
                    placed = PlacedPicture(plan.number, part.story, part.photo, "", 0, 0)
                    yield frame_name(plan.number, part), self._prepared(placed, data, part.box, part.focus)
                elif isinstance(part, Drawing):
                    file = part.file.removesuffix(_AS_CUT)
                    placed = PlacedPicture(plan.number, "", 0, file, 0, 0)
                    yield drawing_name(part), self._prepared(placed, self.material.drawings[file], part.box, None)

    def _prepared(
        self, placed: PlacedPicture, data: bytes, box: Box, focus: tuple[int, int] | None
    ) -> tuple[PlacedPicture, bytes]:
        grey = self.form.press.pictures == "grey"
        made = self._colors.prepare(data, (box.width / 72, box.height / 72), focus or CENTRE, grey=grey)
        return replace(placed, dpi=made.dpi, ink=made.ink), made.data


def _with_cut_drawings(plan: PagePlan) -> PagePlan:
    """*plan* in which pictures of the furniture are named as what they become, for Typst goes by the name."""
    furniture = (replace(one, picture=one.picture + _AS_CUT) if one.picture else one for one in plan.furniture)
    return replace(plan, furniture=tuple(furniture))
