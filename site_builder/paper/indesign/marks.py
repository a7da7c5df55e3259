"""The elements of InDesign's markup (IDML File Format Specification, Adobe, version 8): shapes, places, files."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from site_builder.paper.page.plan import Box

PACKAGING = "http://ns.adobe.com/AdobeInDesign/idml/1.0/packaging"
DOM_VERSION = "8.0"
"""Of InDesign CS6, the oldest that desks still run; every later one reads it."""
NONE = "Swatch/None"
NO_STYLE = "$ID/[None]"
_DIGITS = 3


class Ids:
    """Names for elements, the same for the same pages."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self, kind: str) -> str:
        """A name for the next element of a *kind*, which it begins with."""
        return f"{kind}{next(self._numbers):x}"


def number(value: float) -> str:
    """A length in points as InDesign writes it."""
    return f"{round(value, _DIGITS):g}"


def properties(parent: Element, values: Mapping[str, tuple[str, str]]) -> Element:
    """``Properties`` of *parent*: name → (type, value)."""
    holder = SubElement(parent, "Properties")
    for name, (kind, value) in values.items():
        SubElement(holder, name, type=kind).text = value
    return holder


def shape(holder: Element, corners: tuple[tuple[float, float], ...], *, open_path: bool = False) -> None:
    """The outline of an item, as a path of straight edges, in ``Properties``."""
    path = SubElement(SubElement(holder, "PathGeometry"), "GeometryPathType", PathOpen=str(open_path).lower())
    points = SubElement(path, "PathPointArray")
    for x, y in corners:
        place = f"{number(x)} {number(y)}"
        SubElement(points, "PathPointType", Anchor=place, LeftDirection=place, RightDirection=place)


def corners(box: Box) -> tuple[tuple[float, float], ...]:
    """The corners of *box*, from the upper left counter-clockwise, as InDesign draws frames."""
    right, foot = box.x + box.width, box.y + box.height
    return ((box.x, box.y), (box.x, foot), (right, foot), (right, box.y))


def package_file(kind: str, content: Element) -> bytes:
    """A file of the package that holds *content*."""
    root = Element(f"idPkg:{kind}", {"xmlns:idPkg": PACKAGING, "DOMVersion": DOM_VERSION})
    root.append(content)
    return xml_bytes(root)


def package_files(kind: str, content: list[Element]) -> bytes:
    """A file of the package that holds several elements."""
    root = Element(f"idPkg:{kind}", {"xmlns:idPkg": PACKAGING, "DOMVersion": DOM_VERSION})
    root.extend(content)
    return xml_bytes(root)


def xml_bytes(root: Element, before: str = "") -> bytes:
    """*root* as a whole document. Nothing is indented: white space in a story would be text."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return (head + before + ElementTree.tostring(root, encoding="unicode")).encode()
