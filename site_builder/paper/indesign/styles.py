"""Paragraph, character and object styles, colours and fonts: what a designer changes once for all pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from site_builder.paper.indesign.chains import FLOWING, Paragraph
from site_builder.paper.indesign.marks import NONE, number, properties
from site_builder.paper.page.format import Format, Ink, Look
from site_builder.paper.page.plan import Align, Face, Span

ROOT_PARAGRAPH = "ParagraphStyle/$ID/[No paragraph style]"
ROOT_CHARACTER = "CharacterStyle/$ID/[No character style]"
OUTLINE = 0.032
"""Of the size: the outline of a heavy 宋 that is made of a regular one."""
JUSTIFIED: Mapping[Align, str] = {
    "justify": "LeftJustified",
    "start": "LeftAlign",
    "center": "CenterAlign",
    "end": "RightAlign",
}
_LOOKS = {
    "page-name": "furniture",
    "end-byline": "byline",
    "headline": "headline",
    "body": "",
}
"""Roles whose look the format files under another name; of the text under none."""
_HEADS = ("headline", "headline-soft", "headline-minor")
_WEIGHTS = ((300, "Light"), (350, "DemiLight"), (450, "Regular"), (550, "Medium"), (750, "Bold"), (1000, "Black"))
_REGION_OF_NOTO = re.compile(r"(?<=CJK)(?:SC|TC|HK|JP|KR)$")
"""Names that the Noto families give their weights, up to a weight."""
OBJECTS = ("text", "headline", "caption", "tips", "furniture", "picture", "panel", "rule")


@dataclass(frozen=True)
class Names:
    """What styles are called: in the language of the newsroom, and in English for whoever helps it."""

    paragraphs: Mapping[str, str]
    """By role, and by ``headline-soft`` and ``headline-minor``."""
    objects: Mapping[str, str]
    dotted: str
    """Of the character style of 着重号."""
    faces: Mapping[Face, str]


@dataclass(frozen=True)
class Fonts:
    """Families by face; the first that the newsroom has."""

    families: Mapping[Face, str]
    heavy: bool = False
    """Whether the family of ``song-heavy`` has a black face; without one, an outline makes it heavy, as in print."""

    def family(self, face: Face) -> str:
        """The family that speaks with *face*."""
        return self.families[face]

    def style(self, face: Face, weight: int) -> str:
        """What its face of that *weight* is called."""
        if face == "song-heavy":
            return "Black" if self.heavy else "Regular"
        return next(name for most, name in _WEIGHTS if weight <= most)


class Styles:
    """The styles of pages of a format."""

    def __init__(self, page: Format, names: Names, fonts: Fonts) -> None:
        self.page, self.names, self.fonts = page, names, fonts
        self._spans: dict[str, Span] = {}

    def paragraph(self, paragraph: Paragraph) -> str:
        """The name of the paragraph style of *paragraph*."""
        key: str = paragraph.role
        if key == "headline" and paragraph.spans:
            first = paragraph.spans[0]
            found = (name for name in _HEADS if self._said(self.page.looks[name]) == (first.face, first.weight))
            key = next(found, "headline")
        return self.names.paragraphs[key]

    def look(self, name: str) -> Look:
        """The look of the paragraph style called *name*."""
        role = next(key for key, said in self.names.paragraphs.items() if said == name)
        named = _LOOKS.get(role, role)
        text = Look("song", 400, self.page.text.size, self.page.text.pitch)
        look = self.page.looks.get(named, text) if named else text
        size = look.size or self.page.text.size
        return Look(look.face, look.weight, size, look.pitch or max(size * 1.3, size))

    def character(self, span: Span) -> str:
        """The name of the character style that sets *span* apart from its paragraph."""
        name = f"{self.names.faces[span.face]} {span.weight}"
        name = f"{name} {self.names.dotted}" if span.dotted else name
        self._spans[name] = span
        return name

    def apart(self, span: Span, paragraph_style: str) -> bool:
        """Whether *span* looks unlike the paragraph style."""
        look = self.look(paragraph_style)
        return span.dotted or (span.face, span.weight) != (look.face, look.weight)

    def _said(self, look: Look) -> tuple[Face, int]:
        return look.face, look.weight

    def elements(self) -> list[Element]:
        """``Styles.xml``. Call it when all stories are written: it holds the character styles that they used."""
        return [self._characters(), self._paragraphs(), self._objects()]

    def _characters(self) -> Element:
        group = Element("RootCharacterStyleGroup", Self="characters")
        SubElement(group, "CharacterStyle", Self=ROOT_CHARACTER, Name="$ID/[No character style]", Imported="false")
        for name, span in sorted(self._spans.items()):
            style = SubElement(group, "CharacterStyle", Self=f"CharacterStyle/{name}", Name=name)
            style.set("FontStyle", self.fonts.style(span.face, span.weight))
            if span.dotted:
                style.set("KentenKind", "KentenSmallBlackCircle")
            properties(
                style,
                {"BasedOn": ("string", "$ID/[No character style]"), "AppliedFont": ("string", self._font(span.face))},
            )
        return group

    def _paragraphs(self) -> Element:
        group = Element("RootParagraphStyleGroup", Self="paragraphs")
        SubElement(group, "ParagraphStyle", Self=ROOT_PARAGRAPH, Name="$ID/[No paragraph style]", Imported="false")
        for role, name in self.names.paragraphs.items():
            look = self.look(name)
            style = SubElement(group, "ParagraphStyle", Self=f"ParagraphStyle/{name}", Name=name)
            style.set("PointSize", number(look.size))
            style.set("FontStyle", self.fonts.style(look.face, look.weight))
            style.set("FillColor", "Color/Black")
            style.set("Justification", "LeftJustified" if role in FLOWING or role == "tips" else "LeftAlign")
            style.set("FirstLineIndent", number(self.page.text.indent * look.size if role == "body" else 0))
            style.set("AppliedLanguage", "$ID/Chinese: Simplified")
            style.set("Hyphenation", "false")
            style.set("KinsokuType", "KinsokuPushInFirst")
            style.set("BunriKinshi", "true")
            properties(
                style,
                {
                    "BasedOn": ("string", "$ID/[No paragraph style]"),
                    "AppliedFont": ("string", self._font(look.face)),
                    "Leading": ("unit", number(look.pitch)),
                    "KinsokuSet": ("enumeration", "SimplifiedChineseKinsoku"),
                    "Mojikumi": ("enumeration", "SimpChineseDefault"),
                },
            )
        return group

    def _objects(self) -> Element:
        group = Element("RootObjectStyleGroup", Self="objects")
        SubElement(group, "ObjectStyle", Self=f"ObjectStyle/{'$ID/[None]'}", Name="$ID/[None]")
        for key in OBJECTS:
            name = self.names.objects[key]
            style = SubElement(group, "ObjectStyle", Self=f"ObjectStyle/{name}", Name=name)
            style.set("FillColor", NONE)
            style.set("StrokeColor", NONE)
            style.set("StrokeWeight", "0")
            properties(style, {"BasedOn": ("string", "$ID/[None]")})
        return group

    def _font(self, face: Face) -> str:
        return self.fonts.family(face)


def swatches(inks: Mapping[str, Ink]) -> list[Element]:
    """``Graphic.xml``: the colours of the format in inks."""
    made = [
        Element("Swatch", Self=NONE, Name="None", ColorEditable="false", ColorRemovable="false", Visible="true"),
        _color("Black", (0, 0, 0, 100)),
        _color("Paper", (0, 0, 0, 0)),
        Element("StrokeStyle", Self="StrokeStyle/$ID/Solid", Name="$ID/Solid"),
    ]
    made += [_color(name, ink) for name, ink in inks.items() if color_id(name, ink) == f"Color/{name}"]
    return made


def color_id(name: str, ink: Ink) -> str:
    """The swatch of a colour of the format: black and paper are those that every document has."""
    if tuple(ink) == (0, 0, 0, 100):
        return "Color/Black"
    return "Color/Paper" if not any(ink) else f"Color/{name}"


def _color(name: str, ink: Ink) -> Element:
    value = " ".join(number(part) for part in ink)
    return Element("Color", Self=f"Color/{name}", Name=name, Model="Process", Space="CMYK", ColorValue=value)


def font_list(used: Sequence[tuple[str, str]]) -> list[Element]:
    """``Fonts.xml``: families and the styles of them that are *used*, so that a missing font is told by name."""
    made = []
    for family in sorted({family for family, _ in used}):
        element = Element("FontFamily", Self=f"FontFamily/{family}", Name=family)
        for style in sorted({style for other, style in used if other == family}):
            name = f"{family} {style}"
            SubElement(
                element, "Font", Self=f"Font/{name}", FontFamily=family, Name=name, FontStyleName=style,
                PostScriptName=_postscript_name(family, style), Status="Unknown", FontType="OpenTypeCFF",
            )  # fmt: skip
        made.append(element)
    return made


def _postscript_name(family: str, style: str) -> str:
    """What programs know a face by: family, hyphen, style, without spaces. Noto CJK spells its region small."""
    joined = _REGION_OF_NOTO.sub(lambda found: found[0].lower(), family.replace(" ", ""))
    return f"{joined}-{style}"
