"""What every published picture says of itself: who made it, what it shows. XMP for all, IPTC-IIM for JPEG.

IPTC Photo Metadata Standard 2023.1: dc:creator, dc:description, dc:rights, photoshop:Credit, alt text, digital source
type; IIM 4.2 with UTF-8 declared (1:90). XMP Specification Part 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from site_builder.model.story import Photo, PhotoKind

LONGEST = 2000
"""Characters of a text that is written into a file; so the packet fits into one JPEG segment (64 kB)."""
_NAMES, _NAME_CHARACTERS = 50, 60
_AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC NewsCodes: made by a trained model."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is written into each variant of a picture. Part of the variants' addresses."""

    creators: tuple[str, ...]
    """Names alone, without 记者 or 摄."""
    credit: str
    caption: str
    alt: str
    generated: bool = False
    """Made by AI: machines must be able to tell."""


def label_of(photo: Photo) -> Label:
    """The label of *photo* as its story names it."""
    names = dict.fromkeys(credit.name[:_NAME_CHARACTERS] for credit in photo.credits)
    credit, caption, alt = (text[:LONGEST] for text in (photo.credit, photo.caption, photo.alt))
    return Label(tuple(names)[:_NAMES], credit, caption, alt, photo.kind is PhotoKind.AI)


def xmp_packet(label: Label) -> bytes:
    """*label* as an XMP packet, UTF-8; the same bytes for the same label."""
    return "".join(_packet(label)).encode()


def _packet(label: Label) -> Iterator[str]:
    yield '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    yield '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    yield '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    yield ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    yield ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    yield ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
    if label.creators:
        names = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in label.creators)
        yield f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>"
    yield from _alternatives("dc:description", label.caption or label.alt)
    yield from _alternatives("dc:rights", label.credit)
    yield from _alternatives("Iptc4xmpCore:AltTextAccessibility", label.alt)
    if label.credit:
        yield f"<photoshop:Credit>{escape(label.credit)}</photoshop:Credit>"
    if label.generated:
        yield f"<Iptc4xmpExt:DigitalSourceType>{_AI}</Iptc4xmpExt:DigitalSourceType>"
    yield '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'


def _alternatives(name: str, text: str) -> Iterator[str]:
    """A text that XMP would let speak several languages."""
    if text:
        yield f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>'


def iim_records(label: Label) -> bytes:
    """*label* as IPTC-IIM data sets, for programs that read no XMP; texts are cut at the lengths that IIM allows."""
    sets = [(1, 90, b"\x1b%G"), (2, 0, b"\x00\x04")]
    sets += [(2, 80, _cut(name, 32)) for name in label.creators]
    rest = ((110, label.credit, 32), (116, label.credit, 128), (120, label.caption or label.alt, 2000))
    sets += [(2, number, _cut(text, most)) for number, text, most in rest if text]
    return b"".join(b"\x1c" + bytes((record, number)) + len(d).to_bytes(2) + d for record, number, d in sets)


def _cut(text: str, most: int) -> bytes:
    """At most so many bytes of UTF-8, whole characters."""
    return text.encode()[:most].decode(errors="ignore").encode()
