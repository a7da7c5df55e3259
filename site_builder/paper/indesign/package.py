"""Pages to an InDesign package: a spread for each page, a story for each text, styles, colours and linked pictures.

InDesign keeps the places and breaks the text anew, with the rules of simplified Chinese; so stories are whole
paragraphs and frames are threads. The masthead stands on a parent page. Nothing here can show that InDesign itself
opens the file: its structure is tested, and Scribus has opened one.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from site_builder.paper.indesign.chains import Chain, Paragraph, chains
from site_builder.paper.indesign.marks import (
    DOM_VERSION,
    NONE,
    PACKAGING,
    Ids,
    corners,
    number,
    package_file,
    package_files,
    properties,
    shape,
    xml_bytes,
)
from site_builder.paper.indesign.styles import (
    JUSTIFIED,
    OUTLINE,
    ROOT_CHARACTER,
    Fonts,
    Names,
    Styles,
    color_id,
    font_list,
    swatches,
)
from site_builder.paper.page.data import TIGHT
from site_builder.paper.page.format import POINTS_PER_MM, Format
from site_builder.paper.page.plan import Box, Furniture, Module, PagePlan, Panel, PictureFrame, Stroke
from site_builder.paper.page.upright import ACROSS, cell_texts

LINKS = "Links"
"""The folder beside the package where InDesign looks for pictures that it misses."""
MIMETYPE = "application/vnd.adobe.indesign-idml-package"
_LAYER = "layer1"
_GAP = 72.0
"""Points between spreads on the pasteboard."""
_BASELINE = 0.88
"""Of the size: from the top of a line to its baseline, as ``themes/print/page/`` sets it."""
_OBJECT_OF = {"headline": "headline", "kicker": "headline", "deck": "headline", "caption": "caption", "tips": "tips",
              "tips-label": "tips", "furniture": "furniture", "page-name": "furniture"}  # fmt: skip
_PARENTED = frozenset({"masthead", "dateline", "ear"})
"""Furniture that stands on the parent page."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can tell: packages of the same pages are the same bytes."""


POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """A file below ``Links/``."""

    file: str
    width: int
    height: int
    """In px, upright."""
    ppi: int = POINTS_PER_INCH
    """Px per inch that the file names itself: what InDesign and others take its own size from."""

    @property
    def points(self) -> tuple[float, float]:
        """Width and height that it has by itself."""
        return self.width * POINTS_PER_INCH / self.ppi, self.height * POINTS_PER_INCH / self.ppi


@dataclass(frozen=True)
class Job:
    """What pages need beside themselves."""

    format: Format
    names: Names
    fonts: Fonts
    title: str
    photos: Mapping[tuple[str, int], Picture]
    """(story, index) → its file."""
    drawings: Mapping[str, Picture]
    """Picture of the furniture, as the plan names it → its file."""


def package(pages: Sequence[PagePlan], job: Job) -> bytes:
    """The IDML file of *pages*, which are of one format; the same bytes for the same arguments."""
    return _Writer(pages, job).zipped()


class _Writer:
    def __init__(self, pages: Sequence[PagePlan], job: Job) -> None:
        self.pages, self.job = pages, job
        self.ids = Ids()
        self.styles = Styles(job.format, job.names, job.fonts)
        self.inks = job.format.press.inks
        self.stories: dict[str, Element] = {}

    def zipped(self) -> bytes:
        """All files."""
        parents = {page.number: self._parent(page) for page in self.pages}
        spreads = [self._spread(page, parents[page.number], index) for index, page in enumerate(self.pages)]
        files = {"META-INF/container.xml": _CONTAINER.encode()}
        for element in parents.values():
            files[f"MasterSpreads/MasterSpread_{element.get('Self')}.xml"] = package_file("MasterSpread", element)
        for element in spreads:
            files[f"Spreads/Spread_{element.get('Self')}.xml"] = package_file("Spread", element)
        for name, story in self.stories.items():
            files[f"Stories/Story_{name}.xml"] = package_file("Story", story)
        styles = self.styles.elements()
        files["Resources/Styles.xml"] = package_files("Styles", styles)
        files["Resources/Graphic.xml"] = package_files("Graphic", swatches(self.inks))
        files["Resources/Fonts.xml"] = package_files("Fonts", font_list(list(_fonts(styles))))
        files["Resources/Preferences.xml"] = package_files("Preferences", self._preferences())
        files["designmap.xml"] = self._map(list(files))
        return _zip(files)

    # ---- Pages

    def _parent(self, page: PagePlan) -> Element:
        """The parent page of *page*, with its masthead if it has one."""
        prefix = f"P{page.number}"
        master = Element(
            "MasterSpread", Self=self.ids("m"), Name=f"{prefix}-{page.name}", NamePrefix=prefix, BaseName=page.name,
            PageCount="1", ItemTransform="1 0 0 1 0 0", ShowMasterItems="true",
        )  # fmt: skip
        self._page(master, page, prefix, "")
        for one in page.furniture:
            if one.kind in _PARENTED:
                self._furniture(master, page, one)
        return master

    def _spread(self, page: PagePlan, parent: Element, index: int) -> Element:
        down = index * (page.height + _GAP)
        spread = Element(
            "Spread", Self=self.ids("s"), PageCount="1", BindingLocation="0", ShowMasterItems="true",
            ItemTransform=f"1 0 0 1 0 {number(down)}",
        )  # fmt: skip
        self._page(spread, page, str(page.number), str(parent.get("Self")))
        # What is written first lies lowest.
        for module in page.modules:
            for panel in module.panels:
                self._panel(spread, page, panel)
        for one in page.furniture:
            if one.kind not in _PARENTED:
                self._furniture(spread, page, one)
        for stroke in page.strokes:
            self._stroke(spread, page, stroke)
        for module in page.modules:
            self._module(spread, page, module)
        return spread

    def _page(self, spread: Element, page: PagePlan, name: str, parent: str) -> None:
        form = self.job.format
        element = SubElement(
            spread, "Page", Self=self.ids("p"), Name=name, AppliedMaster=parent or "n",
            GeometricBounds=f"0 0 {number(page.height)} {number(page.width)}",
            ItemTransform=_to_middle(page), MasterPageTransform="1 0 0 1 0 0",
        )  # fmt: skip
        area = form.type_area
        SubElement(
            element, "MarginPreference", ColumnCount=str(form.grid.columns), ColumnDirection="Horizontal",
            ColumnGutter=number(form.grid.gutter * form.text.size), Top=number(area.y), Left=number(area.x),
            Bottom=number(max(page.height - area.y - area.height, 0)),
            Right=number(max(page.width - area.x - area.width, 0)),
        )  # fmt: skip

    def _module(self, spread: Element, page: PagePlan, module: Module) -> None:
        for picture in module.pictures:
            self._photo(spread, page, picture)
        for stroke in module.strokes:
            self._stroke(spread, page, stroke)
        for chain in chains(module.pieces, page.height):
            self._chain(spread, page, chain)

    def _furniture(self, spread: Element, page: PagePlan, one: Furniture) -> None:
        for panel in one.panels:
            self._panel(spread, page, panel)
        if one.picture:
            self._picture(spread, page, one.picture_box or one.box, self.job.drawings[one.picture], (50, 50), one.alt)
        for stroke in one.strokes:
            self._stroke(spread, page, stroke)
        for chain in chains(one.pieces, page.height):
            self._chain(spread, page, chain)

    # ---- Items

    def _item(self, spread: Element, kind: str, page: PagePlan, style: str) -> Element:
        name = self.job.names.objects[style]
        return SubElement(
            spread, kind, Self=self.ids(kind[0].lower()), ItemLayer=_LAYER, ItemTransform=_to_middle(page),
            AppliedObjectStyle=f"ObjectStyle/{name}", FillColor=NONE, StrokeColor=NONE, StrokeWeight="0",
        )  # fmt: skip

    def _panel(self, spread: Element, page: PagePlan, panel: Panel) -> None:
        item = self._item(spread, "Rectangle", page, "panel")
        item.set("ContentType", "Unassigned")
        if panel.fill:
            item.set("FillColor", self._color(panel.fill))
        if panel.stroke:
            item.set("StrokeColor", "Color/Black")
            item.set("StrokeWeight", number(panel.stroke))
        shape(SubElement(item, "Properties"), corners(panel.box))

    def _stroke(self, spread: Element, page: PagePlan, stroke: Stroke) -> None:
        item = self._item(spread, "GraphicLine", page, "rule")
        item.set("StrokeColor", self._color(stroke.color))
        item.set("StrokeWeight", number(stroke.weight))
        ends = ((stroke.x1, stroke.y1), (stroke.x2, stroke.y2))
        shape(SubElement(item, "Properties"), ends, open_path=True)

    def _photo(self, spread: Element, page: PagePlan, frame: PictureFrame) -> None:
        picture = self.job.photos[frame.story, frame.photo]
        self._picture(spread, page, frame.box, picture, frame.focus or (50, 50), frame.alt)

    def _picture(
        self, spread: Element, page: PagePlan, box: Box, picture: Picture, focus: tuple[int, int], alt: str
    ) -> None:
        """A frame that *picture* fills round its *focus*, as ``cut_print`` cuts it."""
        item = self._item(spread, "Rectangle", page, "picture")
        item.set("ContentType", "GraphicType")
        shape(SubElement(item, "Properties"), corners(box))
        SubElement(item, "FrameFittingOption", FittingOnEmptyFrame="FillProportionally")
        SubElement(item, "ObjectExportOption", AltTextSourceType="SourceCustom", CustomAltText=alt)
        width, height = picture.points
        scale = max(box.width / width, box.height / height)
        x = box.x + (box.width - width * scale) * focus[0] / 100
        y = box.y + (box.height - height * scale) * focus[1] / 100
        dense = round(picture.ppi / scale)
        image = SubElement(
            item, "Image", Self=self.ids("i"), ItemTransform=f"{scale:.6g} 0 0 {scale:.6g} {number(x)} {number(y)}",
            ActualPpi=f"{picture.ppi} {picture.ppi}", EffectivePpi=f"{dense} {dense}",
        )  # fmt: skip
        holder = SubElement(image, "Properties")
        bounds = {"Left": "0", "Top": "0", "Right": number(width), "Bottom": number(height)}
        SubElement(holder, "GraphicBounds", bounds)
        SubElement(
            image, "Link", Self=self.ids("l"), LinkResourceURI=f"file:{LINKS}/{picture.file}", StoredState="Normal",
            LinkResourceModified="false", ShowInUI="true",
        )  # fmt: skip

    def _chain(self, spread: Element, page: PagePlan, chain: Chain) -> None:
        story = self._story(chain)
        names = [self.ids("t") for _ in chain.frames]
        for index, frame in enumerate(chain.frames):
            item = self._item(spread, "TextFrame", page, _OBJECT_OF.get(chain.role, "text"))
            item.set("Self", names[index])
            item.set("ParentStory", story)
            item.set("ContentType", "TextType")
            item.set("PreviousTextFrame", names[index - 1] if index else "n")
            item.set("NextTextFrame", names[index + 1] if index + 1 < len(names) else "n")
            shape(SubElement(item, "Properties"), corners(frame.box))
            first = chain.paragraphs[0]
            SubElement(
                item, "TextFramePreference", TextColumnCount="1", FirstBaselineOffset="FixedHeight",
                MinimumFirstBaselineOffset=number(first.size * (0.5 if chain.vertical else _BASELINE)),
            )  # fmt: skip

    # ---- Text

    def _story(self, chain: Chain) -> str:
        name = self.ids("u")
        story = Element("Story", Self=name, AppliedTOCStyle="n", TrackChanges="false", AppliedNamedGrid="n")
        direction = "Vertical" if chain.vertical else "Horizontal"
        SubElement(story, "StoryPreference", StoryOrientation=direction, OpticalMarginAlignment="false")
        for index, paragraph in enumerate(chain.paragraphs):
            self._paragraph(story, paragraph, chain.vertical, index + 1 == len(chain.paragraphs))
        self.stories[name] = story
        return name

    def _paragraph(self, story: Element, paragraph: Paragraph, vertical: bool, last: bool) -> None:
        style = self.styles.paragraph(paragraph)
        look = self.styles.look(style)
        element = SubElement(
            story, "ParagraphStyleRange", AppliedParagraphStyle=f"ParagraphStyle/{style}",
            Justification=JUSTIFIED[paragraph.align], FirstLineIndent=number(paragraph.indent * paragraph.size),
        )  # fmt: skip
        if paragraph.above:
            element.set("SpaceBefore", number(paragraph.above))
        # Headlines have half-width marks, and nothing between Han and Latin signs.
        tight = paragraph.role in TIGHT
        if tight:
            properties(element, {"Mojikumi": ("enumeration", "Nothing")})
        run = element
        for span in paragraph.spans:
            for text, across in _upright(span.text) if vertical else ((span.text, False),):
                run = SubElement(element, "CharacterStyleRange", AppliedCharacterStyle=ROOT_CHARACTER)
                if self.styles.apart(span, style):
                    run.set("AppliedCharacterStyle", f"CharacterStyle/{self.styles.character(span)}")
                if paragraph.color != "ink":
                    run.set("FillColor", self._color(paragraph.color))
                if paragraph.tracking:
                    run.set("Tracking", str(round(paragraph.tracking * 1000)))
                if span.face == "song-heavy" and not self.job.fonts.heavy:
                    run.set("StrokeColor", self._color(paragraph.color))
                    run.set("StrokeWeight", number(paragraph.size * OUTLINE))
                if tight:
                    run.set("OTFProportionalMetrics", "true")
                if across:
                    run.set("Tatechuyoko", "true")
                if paragraph.size != look.size:
                    run.set("PointSize", number(paragraph.size))
                if paragraph.pitch != look.pitch:
                    properties(run, {"Leading": ("unit", number(paragraph.pitch))})
                SubElement(run, "Content").text = text
        if not last:
            SubElement(run, "Br")

    def _color(self, name: str) -> str:
        return color_id(name, self.inks[name])

    # ---- The document

    def _preferences(self) -> list[Element]:
        page, form = self.pages[0], self.job.format
        bleed = number(form.page.bleed * POINTS_PER_MM)
        document = Element(
            "DocumentPreference", PageHeight=number(page.height), PageWidth=number(page.width), FacingPages="false",
            PagesPerDocument=str(len(self.pages)), DocumentBleedTopOffset=bleed, DocumentBleedBottomOffset=bleed,
            DocumentBleedInsideOrLeftOffset=bleed, DocumentBleedOutsideOrRightOffset=bleed,
            DocumentBleedUniformSize="true", AllowPageShuffle="false",
        )  # fmt: skip
        grid = Element(
            "GridPreference", BaselineStart=number(form.type_area.y), BaselineDivision=number(form.text.pitch),
            BaselineGridShown="false", BaselineGridRelativeOption="TopOfPageOfBaselineGridRelativeOption",
        )  # fmt: skip
        view = Element("ViewPreference", HorizontalMeasurementUnits="Millimeters",
                       VerticalMeasurementUnits="Millimeters", RulerOrigin="PageOrigin")  # fmt: skip
        return [document, grid, view]

    def _map(self, files: list[str]) -> bytes:
        root = Element(
            "Document",
            {"xmlns:idPkg": PACKAGING, "DOMVersion": DOM_VERSION, "Self": "d", "Name": self.job.title,
             "StoryList": " ".join(self.stories), "ActiveLayer": _LAYER, "ZeroPoint": "0 0"},
        )  # fmt: skip
        language = "$ID/Chinese: Simplified"
        SubElement(root, "Language", Self=f"Language/{language.replace(':', '%3a')}", Name=language, Id="516")
        for kind in ("Graphic", "Fonts", "Styles", "Preferences"):
            SubElement(root, f"idPkg:{kind}", src=f"Resources/{kind}.xml")
        SubElement(root, "Layer", Self=_LAYER, Name="Bulletin", Visible="true", Locked="false", Printable="true")
        for kind in ("MasterSpread", "Spread", "Story"):
            for path in files:
                if path.rsplit("/", 1)[-1].startswith(f"{kind}_"):
                    SubElement(root, f"idPkg:{kind}", src=path)
        aid = f'<?aid style="50" type="document" readerVersion="6.0" featureSet="257" product="{DOM_VERSION}(0)" ?>\n'
        return xml_bytes(root, aid)


def _to_middle(page: PagePlan) -> str:
    """From the corner of a page to the middle of its spread, where InDesign counts from."""
    return f"1 0 0 1 {number(-page.width / 2)} {number(-page.height / 2)}"


def _upright(text: str) -> Iterator[tuple[str, bool]]:
    """*text* of a vertical row in runs, and whether a run lies across in one cell."""
    plain, at = "", 0
    for cell in cell_texts(text):
        found = text.index(cell, at)
        plain += text[at:found]
        at = found + len(cell)
        if cell.isascii() and 1 < len(cell) <= ACROSS:
            if plain:
                yield plain, False
            yield cell, True
            plain = ""
        else:
            plain += cell
    if plain + text[at:]:
        yield plain + text[at:], False


def _fonts(styles: Sequence[Element]) -> Iterator[tuple[str, str]]:
    for group in styles:
        for style in group:
            family = style.find("Properties/AppliedFont")
            if family is not None and family.text:
                yield family.text, style.get("FontStyle", "Regular")


def _zip(files: Mapping[str, bytes]) -> bytes:
    """A ZIP whose first file, not compressed, says what it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {"mimetype": MIMETYPE.encode(), **files}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="designmap.xml" media-type="text/xml"/></rootfiles></container>'
)
