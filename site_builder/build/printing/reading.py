"""Reading a finished PDF: which sign stands where. The only module that imports pypdfium2.

PDFium is a reader of its own (that of Chromium), so it sees the page as others will, not as its maker meant it.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double, c_float
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from site_builder.paper.page.proofreading import Drawn, Sign

_HYPHENS = frozenset({0x2, 0xFFFE})
"""What PDFium says for a hyphen at the end of a line."""
_OFF_PAGE_PT = 0.5


def read_pages(pdf: bytes) -> tuple[Drawn, ...]:
    """What stands on each page of *pdf*."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_read(document[number]) for number in range(len(document)))
    finally:
        document.close()


def _read(page: Any) -> Drawn:  # pypdfium2 has no types
    width, height = page.get_size()
    text = pdfium.FPDFText_LoadPage(page.raw)
    try:
        signs = tuple(_signs(text, height))
    finally:
        pdfium.FPDFText_ClosePage(text)
    outside = sum(_stands_out(pdfium.FPDFPage_GetObject(page.raw, number), width, height) for number in _range(page))
    return Drawn(width, height, signs, outside)


def _range(page: Any) -> range:
    return range(pdfium.FPDFPage_CountObjects(page.raw))


def _signs(text: Any, height: float) -> Iterator[Sign]:
    x, y = c_double(), c_double()
    left, right, low, up = c_double(), c_double(), c_double(), c_double()
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (0x20, 0x0A, 0x0D) or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
        sign = "-" if code in _HYPHENS else chr(code)
        if sign.isspace():
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
        pdfium.FPDFText_GetCharBox(text, index, byref(left), byref(right), byref(low), byref(up))
        yield Sign(sign, x.value, height - y.value, left.value, right.value)


def _stands_out(thing: Any, width: float, height: float) -> bool:
    """Whether a rule, a ground or a picture stands out of the page; type is looked at sign by sign."""
    if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
        return False
    edges = [c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(thing, *map(byref, edges)):
        return False
    west, south, east, north = (edge.value for edge in edges)
    return west < -_OFF_PAGE_PT or south < -_OFF_PAGE_PT or east > width + _OFF_PAGE_PT or north > height + _OFF_PAGE_PT
