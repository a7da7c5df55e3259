"""The head of a page: masthead (报头) and folio line (报眉), from the format, the edition and the settings.

Each piece of furniture comes with the cells of the grid that it takes, which the packer keeps free.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from site_builder.messages import Messages
from site_builder.model.edition import Edition, EditionPage
from site_builder.model.settings import Settings
from site_builder.paper.page.format import Format
from site_builder.paper.page.lettering import ems, fitting, one_line, set_line
from site_builder.paper.page.plan import Align, Box, Cells, Furniture, Piece, Stroke
from site_builder.render.dates import long_date, weekday

NAME_SHARE = 0.86
"""How much of the masthead's width the name takes at most."""
NAME_TRACKING = 0.06
"""White between the signs of the name, in em."""
_DATE_ROW, _SMALL_ROW = 9.0, 7.5
"""Type sizes of the two rows under the name."""
_PINYIN = 8.5
_FOLIO_NUMBER, _FOLIO_NAME, _FOLIO_TEXT = 20.0, 13.0, 7.5


@dataclass(frozen=True, slots=True)
class Nameplate:
    """The newsroom's own drawing of its name."""

    file: str
    ratio: float
    """Width by height."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Furniture, and what it takes of the grid."""

    furniture: Furniture
    cells: Cells | None = None
    """Gap below included; ``None`` when it stands outside the type area."""


@dataclass(frozen=True)
class Furnisher:
    """Makes the furniture of the pages of *edition*."""

    format: Format
    settings: Settings
    messages: Messages
    edition: Edition
    nameplate: Nameplate | None = None
    lunar: str = ""
    """The day in the calendar of farmers (农历), as printed; empty: left out."""

    def head(self, page: EditionPage) -> Placed:
        """What stands at the head of *page*: the masthead on the first, the folio line on all others."""
        return self.masthead(page) if page.number == 1 else self.folio(page)

    def masthead(self, page: EditionPage) -> Placed:
        """报头: the name, and under it date, number and who answers for the paper."""
        form = self.format
        cells = Cells(0, 0, form.masthead.columns, form.masthead.lines)
        box = Box(form.x(0), form.y(0), form.breadth(cells.columns), form.depth(cells.lines - form.grid.gap))
        foot = box.y + box.height
        rows = foot - 2 * form.text.pitch - 4
        plate = Box(box.x, box.y, box.width, rows - 9 - box.y)
        pieces: list[Piece] = []
        if self.nameplate is None:
            pieces += self._name(plate)
        pieces += self._dates(page, Box(box.x, rows, box.width, _DATE_ROW))
        pieces += self._makers(Box(box.x, rows + form.text.pitch + 2, box.width, _SMALL_ROW))
        right = box.x + box.width
        strokes = (
            Stroke(box.x, rows - 7, right, rows - 7, form.rules.heavy, "accent"),
            Stroke(box.x, rows - 4, right, rows - 4, form.rules.hairline, "accent"),
            Stroke(box.x, foot, right, foot, form.rules.hairline, "accent"),
        )
        furniture = Furniture("masthead", box, tuple(pieces), strokes)
        if self.nameplate is not None:
            drawn = _inside(plate, self.nameplate.ratio)
            alt = self.settings.site_name
            furniture = replace(furniture, picture=self.nameplate.file, alt=alt, picture_box=drawn)
        return Placed(furniture, cells)

    def folio(self, page: EditionPage) -> Placed:
        """报眉: number and name of the page, who made it, the day; the number stands at the outer edge."""
        form = self.format
        area = form.type_area
        foot = form.y(0) - form.text.pitch
        top = form.y(-form.folio.lines)
        number = f"{page.number:02d}"
        outer_left = page.number % 2 == 0
        step = ems(number) * _FOLIO_NUMBER + 6
        name_width = ems(page.name) * _FOLIO_NAME + 4
        number_x = area.x if outer_left else area.x + area.width - step
        name_x = area.x + step if outer_left else number_x - name_width - 4
        pieces = [
            set_line(number, Box(number_x, foot - 5 - _FOLIO_NUMBER, step, _FOLIO_NUMBER), form.looks["headline"].face,
                     700, align="start" if outer_left else "end", color="accent"),
        ]  # fmt: skip
        if page.name:
            pieces.append(
                set_line(page.name, Box(name_x, foot - 6 - _FOLIO_NAME, name_width, _FOLIO_NAME), "song-heavy", 900,
                         role="page-name", align="start" if outer_left else "end")
            )  # fmt: skip
        left = name_x + name_width + 10 if outer_left else area.x
        right = area.x + area.width if outer_left else name_x - 10
        staff = "　".join((*self._staff(page), self._hotline())).strip("　")
        issue = "　".join(part for part in (self.settings.site_name, self._day()) if part)
        align: Align = "end" if outer_left else "start"
        for index, words in enumerate((issue, staff)):
            if words:
                size = fitting(words, right - left, _FOLIO_TEXT)
                y = foot - 5 - _FOLIO_TEXT - (1 - index) * (_FOLIO_TEXT + 3.5)
                pieces.append(set_line(words, Box(left, y, right - left, size), "hei", 400, align=align))
        strokes = (
            Stroke(area.x, foot, area.x + area.width, foot, form.rules.heavy, "rule"),
            Stroke(area.x, foot + 2.6, area.x + area.width, foot + 2.6, form.rules.hairline, "rule"),
        )
        return Placed(Furniture("folio", Box(area.x, top, area.width, foot + 3 - top), tuple(pieces), strokes))

    def _name(self, plate: Box) -> Iterator[Piece]:
        name = self.settings.site_name
        pinyin = self.settings.publication.pinyin
        room = plate.height - (_PINYIN + 8 if pinyin else 0)
        # The last sign needs no white after it.
        size = min(plate.width * NAME_SHARE / (ems(name) + NAME_TRACKING * (len(name) - 1)), room * 0.92)
        top = plate.y + max(room - size, 0) / 2
        # White after the last sign would push the name to the left.
        box = Box(plate.x + NAME_TRACKING * size / 2, top, plate.width, size)
        yield set_line(
            name, box, "song-heavy", 900, align="center", color="accent", tracking=NAME_TRACKING, role="headline"
        )
        if pinyin:
            tracking = 0.3
            spaced = fitting(pinyin, plate.width / (1 + tracking / 0.6), _PINYIN)
            y = plate.y + plate.height - _PINYIN - 2
            yield set_line(pinyin, Box(plate.x, y, plate.width, spaced), "song", align="center", tracking=tracking)

    def _dates(self, page: EditionPage, box: Box) -> Iterator[Piece]:
        """The first row: day, weekday and calendar; number and pages; which page this is."""
        words = (self._day(), self._issue(), self._page(page))
        yield from one_line(words, box, _DATE_ROW, "hei", 600, roles=("furniture", "furniture", "page-name"))

    def _makers(self, box: Box) -> Iterator[Piece]:
        """The second row: sponsor, number of the press office, address of the site."""
        publication = self.settings.publication
        site = self.settings.site_url.split("//")[-1].strip("/")
        parts = (publication.sponsor, publication.issn, site)
        alone = ("", site, "")
        yield from one_line(parts if any(parts[:2]) else alone, box, _SMALL_ROW, "hei", 400)

    def _day(self) -> str:
        parts = (long_date(self.edition.date, self.messages), weekday(self.edition.date, self.messages), self.lunar)
        return "　".join(part for part in parts if part)

    def _issue(self) -> str:
        parts = []
        if self.edition.number is not None:
            parts.append(self.messages.text("print.page.issue", number=str(self.edition.number)))
        if not self.edition.partial:
            parts.append(self.messages.text("print.pages", number=str(len(self.edition.pages))))
        return "　".join(parts)

    def _page(self, page: EditionPage) -> str:
        number = self.messages.text("print.page.page", number=str(page.number))
        return f"{number}　{page.name}" if page.name else number

    def _staff(self, page: EditionPage) -> Iterator[str]:
        for key, names in (
            ("editors", page.editors), ("designers", page.designers), ("proofreaders", page.proofreaders),
        ):  # fmt: skip
            if names:
                yield self.messages.text(f"print.page.{key}", names=" ".join(names))

    def _hotline(self) -> str:
        hotline = self.settings.publication.hotline
        return self.messages.text("print.labels.hotline") + hotline if hotline else ""


def _inside(plate: Box, ratio: float) -> Box:
    """The largest box of *ratio* in *plate*, in its middle."""
    width = min(plate.width * NAME_SHARE, plate.height * ratio)
    height = width / ratio
    return Box(plate.x + (plate.width - width) / 2, plate.y + (plate.height - height) / 2, width, height)
