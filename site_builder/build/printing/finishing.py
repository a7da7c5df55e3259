"""The last hand on a PDF for the press: plates, overprint, boxes, and what PDF/X-4 asks for (ISO 15930-7).

Typst sets inks; the rest is added here, with pikepdf. What has another colour than inks stops it: nothing is converted
silently.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, Stream, String

from site_builder.errors import BuildError
from site_builder.paper.page.format import Ink
from site_builder.paper.page.press import Boxes

VERSION = "1.6"
"""Of PDF, which PDF/X-4 is made of."""
_FULL = 255
_BLACK = (0, 0, 0, _FULL)
_INKS = {"k": True, "K": False, "g": True, "G": False}
"""Operators that choose inks, or black alone; whether for what is filled (else for what is drawn)."""
_FOREIGN = frozenset({"rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"})
"""Operators of other colours."""


@dataclass(frozen=True)
class PressJob:
    """What the printer is told."""

    title: str
    day: date
    boxes: Boxes
    profile: bytes
    """The ICC profile that the inks are meant for."""
    condition: str
    """What the profile calls itself."""
    plates: Mapping[str, Ink]
    """Names of inks that have a plate of their own, and the inks that they were set in. ``All`` is every plate."""


def finish_pdf(made: bytes, job: PressJob) -> bytes:
    """*made*, set in inks, ready for the press: the same bytes for the same arguments.

    Raises ``BuildError`` where something has a colour that is no ink.
    """
    with Pdf.open(io.BytesIO(made)) as pdf:
        colors = _Plates(pdf, job.plates)
        for page in pdf.pages:
            colors.apply(page.obj)
            _set_boxes(page.obj, job.boxes)
        _strip(pdf)
        _declare(pdf, job, UUID(bytes=hashlib.sha256(made).digest()[:16]))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, force_version=VERSION)
        return out.getvalue()


class _Plates:
    """Brings the colours of pages to the plates of the press."""

    def __init__(self, pdf: Pdf, plates: Mapping[str, Ink]) -> None:
        self.pdf = pdf
        self.spaces = Dictionary()
        self.keys: dict[tuple[int, ...], Name] = {}
        for index, (name, ink) in enumerate(plates.items()):
            key = Name(f"/Plate{index}")
            self.spaces[key] = _separation(pdf, name, ink)
            self.keys[tuple(round(part / 100 * _FULL) for part in ink)] = key
        # Black type lies on top of what is under it, so that no white edge shows where plates are a little off.
        self.states = Dictionary(
            {
                str(_state(fill, draw)): Dictionary(Type=Name.ExtGState, op=fill, OP=draw, OPM=1)
                for fill in (False, True)
                for draw in (False, True)
            }
        )

    def apply(self, holder: Object) -> None:
        """Rewrite the colours of a page, or of a form that it draws."""
        resources = holder.Resources
        for thing in resources.get("/XObject", Dictionary()).values():
            if thing.Subtype == Name.Image:
                _ink_picture(thing)
            else:
                self.apply(thing)
        resources.ColorSpace = self.spaces
        if "/ExtGState" not in resources:
            resources.ExtGState = Dictionary()
        for key, state in self.states.items():
            resources.ExtGState[key] = state
        written = pikepdf.unparse_content_stream(list(self._rewritten(holder)))
        if isinstance(holder, Stream):
            holder.write(written)
        else:
            holder.Contents = self.pdf.make_stream(written)

    def _rewritten(self, holder: Object) -> Iterator[Any]:
        # A form is drawn in the state that its page has then.
        now: tuple[bool | None, bool | None] = (None, None) if isinstance(holder, Stream) else (False, False)
        kept = []
        for instruction in pikepdf.parse_content_stream(holder):
            operator = str(instruction.operator)
            if operator in _FOREIGN:
                raise BuildError("print.press-color", operator)
            if operator == "q":
                kept.append(now)
            elif operator == "Q" and kept:
                now = kept.pop()
            if operator not in _INKS:
                yield instruction
                continue
            filled = _INKS[operator]
            levels = _levels(operator, [float(value) for value in instruction.operands])
            over = levels == _BLACK
            wanted = (over, now[1]) if filled else (now[0], over)
            if wanted != now:
                now = wanted
                yield [_state(bool(now[0]), bool(now[1]))], Operator("gs")
            yield from self._color(levels, filled)

    def _color(self, levels: tuple[int, ...], filled: bool) -> Iterator[Any]:
        plate = self.keys.get(levels)
        if plate:
            yield [plate], Operator("cs" if filled else "CS")
            yield [1], Operator("scn" if filled else "SCN")
        else:
            yield [round(level / _FULL, 4) for level in levels], Operator("k" if filled else "K")


def _levels(operator: str, values: list[float]) -> tuple[int, ...]:
    if operator in "gG":
        return (0, 0, 0, round((1 - values[0]) * _FULL))
    return tuple(round(value * _FULL) for value in values)


def _state(fill: bool, draw: bool) -> Name:
    """The name of the state in which black overprints (ISO 32000-1, 8.6.7)."""
    return Name(f"/Over{int(fill)}{int(draw)}")


def _separation(pdf: Pdf, name: str, ink: Ink) -> Object:
    """An ink of its own; programs that lack it show the four inks instead (ISO 32000-1, 8.6.6.4)."""
    shade = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([part / 100 for part in ink]), N=1
    )
    return pdf.make_indirect(Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, shade]))


def _ink_picture(picture: Object) -> None:
    """Typst tells a screen's grey for pictures of one channel; for the press it is the black plate."""
    space = picture.ColorSpace
    if isinstance(space, Array) and space[0] == Name.ICCBased and int(space[1].N) == 1:
        picture.ColorSpace = Name.DeviceGray
    elif space not in (Name.DeviceCMYK, Name.DeviceGray):
        raise BuildError("print.press-color", str(space))
    if "/SMask" in picture:
        raise BuildError("print.press-color", "/SMask")


def _set_boxes(page: Object, boxes: Boxes) -> None:
    width, height = float(page.MediaBox[2]), float(page.MediaBox[3])
    for name, inset in (("/BleedBox", boxes.room - boxes.bleed), ("/TrimBox", boxes.room)):
        page[name] = Array([round(value, 3) for value in (inset, inset, width - inset, height - inset)])


def _strip(pdf: Pdf) -> None:
    """Bookmarks and the like are for readers on screens."""
    for name in ("/Outlines", "/PageMode", "/Names", "/Dests", "/StructTreeRoot", "/MarkInfo"):
        if name in pdf.Root:
            del pdf.Root[name]


def _declare(pdf: Pdf, job: PressJob, mark: UUID) -> None:
    """Output intent, metadata and the words that make it PDF/X-4."""
    profile = pdf.make_stream(job.profile, N=4)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("Custom"),
        Info=String(job.condition),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    day = job.day.isoformat()
    stamp = String(f"D:{day.replace('-', '')}000000Z")
    info = Dictionary(Title=String(job.title), Creator=String("Bulletin"), CreationDate=stamp, ModDate=stamp)
    info["/Trapped"] = Name("/False")
    pdf.trailer.Info = pdf.make_indirect(info)
    xmp = _XMP.format(title=escape(job.title), moment=f"{day}T00:00:00Z", mark=mark)
    pdf.Root.Metadata = Stream(pdf, xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<xmp:CreatorTool>Bulletin</xmp:CreatorTool>
<xmpMM:DocumentID>uuid:{mark}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
