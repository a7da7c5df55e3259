"""A story as a word processor's document (ISO/IEC 29500, WordprocessingML): text with named styles, nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from site_builder.paper.desk.copy import STYLES, DeskParagraph, DeskRun, DeskStory, Style

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold (XML 1.0, 2.2)."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a style looks: size in half points, spacing in twentieths of a point."""

    font: str
    size: int
    bold: bool = False
    center: bool = False
    indent: bool = False
    """The first line, by two characters."""
    before: int = 0


_SONG, _HEI, _KAI = "SimSun", "SimHei", "KaiTi"
_LOOKS: Mapping[Style, _Look] = {
    "column": _Look(_HEI, 21),
    "kicker": _Look(_KAI, 28, center=True),
    "headline": _Look(_HEI, 44, bold=True, center=True),
    "deck": _Look(_SONG, 28, center=True),
    "byline": _Look(_KAI, 24, center=True),
    "tips": _Look(_KAI, 21, before=120),
    "body": _Look(_SONG, 21, indent=True),
    "crosshead": _Look(_HEI, 24, bold=True, before=160),
    "quote": _Look(_KAI, 21, indent=True),
    "list": _Look(_SONG, 21),
    "table": _Look(_SONG, 18),
    "end-byline": _Look(_KAI, 21, indent=True),
    "note": _Look(_SONG, 18),
    "tail": _Look(_KAI, 18, before=120),
    "caption": _Look(_HEI, 18, before=120),
}


@dataclass(frozen=True, slots=True)
class StyleName:
    """What a style is called."""

    name: str
    aliases: tuple[str, ...] = ()
    """In other languages; word processors find the style by them as well."""


def story_docx(story: DeskStory, styles: Mapping[Style, StyleName], paper: str, day: date, language: str) -> bytes:
    """*story*, of the *paper* of that name and *day*, as DOCX; the same bytes for the same arguments."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")),
        "docProps/core.xml": _core(story.headline, paper, day, language),
        "word/document.xml": _document(story),
        "word/styles.xml": _styles(styles, language),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml")),
    }
    out = io.BytesIO()
    moment = (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0)  # the years that zip knows
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, moment)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, (_HEAD + text).encode())
    return out.getvalue()


def _text(words: str) -> str:
    return escape(_FORBIDDEN.sub("", words))


def _content_types() -> str:
    return (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    kinds = {"core": f"{_RELATIONS}/metadata/core-properties"}
    rows = (
        f'<Relationship Id="r{index}" Type="{kinds.get(kind, f"{_OFFICE}/{kind}")}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(rows)}</Relationships>'


def _core(title: str, paper: str, day: date, language: str) -> str:
    moment = f"{day.isoformat()}T00:00:00Z"
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_text(title)}</dc:title><dc:creator>{_text(paper)}</dc:creator>"
        f"<dc:language>{_text(language)}</dc:language>{dates}</cp:coreProperties>"
    )


def _document(story: DeskStory) -> str:
    body = "".join(map(_paragraph, story.paragraphs))
    # A4 with margins of an inch, in twentieths of a point.
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720"'
        ' w:gutter="0"/></w:sectPr>'
    )
    return f'<w:document xmlns:w="{_MAIN}"><w:body>{body}{page}</w:body></w:document>'


def _paragraph(paragraph: DeskParagraph) -> str:
    runs = "".join(map(_run, paragraph.runs))
    return f'<w:p><w:pPr><w:pStyle w:val="{_style_id(paragraph.style)}"/></w:pPr>{runs}</w:p>'


def _run(run: DeskRun) -> str:
    look = ("<w:b/>" if run.strong else "") + ('<w:em w:val="dot"/>' if run.dotted else "")
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{''.join(_words(run.text))}</w:r>"


def _words(text: str) -> Iterator[str]:
    """Text, and the elements that stand for line breaks and tabs."""
    for part in re.split(r"([\n\t])", text):
        if part:
            yield {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(part) or f'<w:t xml:space="preserve">{_text(part)}</w:t>'


def _style_id(style: Style) -> str:
    """Ids are plain letters, whatever the style is called."""
    return "".join(part.capitalize() for part in style.split("-"))


def _styles(names: Mapping[Style, StyleName], language: str) -> str:
    latin = "Times New Roman"
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{_SONG}"/><w:sz w:val="21"/>'
        f'<w:lang w:val="en-US" w:eastAsia={quoteattr(language)}/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
    )
    made = "".join(_style(style, names[style]) for style in STYLES)
    return f'<w:styles xmlns:w="{_MAIN}">{defaults}{made}</w:styles>'


def _style(style: Style, named: StyleName) -> str:
    look = _LOOKS[style]
    default = ' w:default="1"' if style == "body" else ""
    aliases = f"<w:aliases w:val={quoteattr(','.join(named.aliases))}/>" if named.aliases else ""
    spacing = f'<w:spacing w:before="{look.before}" w:after="0" w:line="360" w:lineRule="auto"/>'
    indent = '<w:ind w:firstLineChars="200" w:firstLine="420"/>' if look.indent else ""
    align = '<w:jc w:val="center"/>' if look.center else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{_style_id(style)}"><w:name w:val={quoteattr(named.name)}/>'
        f"{aliases}<w:qFormat/><w:pPr>{spacing}{indent}{align}</w:pPr>"
        f'<w:rPr><w:rFonts w:eastAsia="{look.font}"/>{"<w:b/>" if look.bold else ""}<w:sz w:val="{look.size}"/></w:rPr>'
        "</w:style>"
    )
