"""The order in which a page is read: what is set for whom, and under which tag a screen reader finds it.

The typesetter sets the elements of a page in this order, so that the tree of tags, the text of the PDF and the check
of it all count alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from site_builder.paper.page.plan import Box, Furniture, Module, PagePlan, PictureFrame, Piece

Tag = Literal["H1", "H2", "H3", "P", "Figure", "Caption", "Artifact"]
"""Names of PDF structure elements (ISO 32000-1, 14.8.4); an artifact is not read out at all."""
_RUNNING = frozenset({"folio"})
"""Furniture that stands on every page: read out each time, it would only be in the way."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of the furniture."""

    box: Box
    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that is set, and its tag."""

    tag: Tag
    part: Piece | PictureFrame | Drawing
    again: bool = False
    """It goes on with the element before it: the rest of a paragraph in the next column, the caption of a picture."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Elements that are read together: a story, or a part of the furniture."""

    story: str
    """Its id, or empty."""
    title: str
    elements: tuple[Element, ...]


def reading_order(plan: PagePlan) -> tuple[Passage, ...]:
    """All that stands on the page, in the order in which it is read."""
    # A heading of the first level must come before one of the second (ISO 14289-1, 7.4.2).
    named = any(piece.role == "page-name" for furniture in plan.furniture for piece in furniture.pieces)
    heads = [furniture for furniture in plan.furniture if furniture.kind in ("masthead", "dateline", "ear", "folio")]
    feet = [furniture for furniture in plan.furniture if furniture not in heads]
    passages = (
        *_furniture(heads),
        *(_story(module, 2 if named else 1) for module in plan.modules),
        *_furniture(feet),
    )
    return tuple(replace(passage, elements=_joined(passage)) for passage in passages)


def _furniture(furniture: list[Furniture]) -> Iterator[Passage]:
    for one in furniture:
        drawn = (
            Element("Figure" if one.alt else "Artifact", Drawing(one.picture_box or one.box, one.picture, one.alt)),
        )
        pieces = (
            Element("H1" if piece.role == "page-name" else "Artifact" if one.kind in _RUNNING else "P", piece)
            for piece in one.pieces
        )
        yield Passage("", "", (*(drawn if one.picture else ()), *pieces))


def _story(module: Module, level: Literal[1, 2]) -> Passage:
    heads: dict[str, Tag] = (
        {"headline": "H1", "crosshead": "H2"} if level == 1 else {"headline": "H2", "crosshead": "H3"}
    )
    if not any(piece.role == "headline" for piece in module.pieces):
        heads["crosshead"] = "P"
    captions = [piece for piece in module.pieces if piece.role == "caption"]
    owners = [_owner(piece, module.pictures) for piece in captions]
    text = [Element(heads.get(piece.role, "P"), piece) for piece in module.pieces if piece.role != "caption"]
    title = "".join(line.text for piece in module.pieces if piece.role == "headline" for line in piece.lines)
    pictures: list[Element] = []
    for index, picture in enumerate(module.pictures):
        pictures.append(Element("Figure", picture))
        mine = [piece for piece, owner in zip(captions, owners, strict=True) if owner == index]
        pictures.extend(Element("Caption", piece, again=True) for piece in mine)
    alone = [Element("P", piece) for piece, owner in zip(captions, owners, strict=True) if owner is None]
    return Passage(module.story, title, (*text, *pictures, *alone))


def _owner(caption: Piece, pictures: tuple[PictureFrame, ...]) -> int | None:
    """The index of the picture that *caption* stands at: the nearest one."""
    distances = [
        (
            max(picture.box.x - caption.box.x - caption.box.width, caption.box.x - picture.box.x - picture.box.width, 0)
            + max(
                picture.box.y - caption.box.y - caption.box.height,
                caption.box.y - picture.box.y - picture.box.height,
                0,
            ),
            index,
        )
        for index, picture in enumerate(pictures)
    ]
    return min(distances)[1] if distances else None


def _joined(passage: Passage) -> tuple[Element, ...]:
    """The elements of *passage* that say something, with those marked that go on with the paragraph before them."""
    made: list[Element] = []
    for element in passage.elements:
        before = made[-1].part if made else None
        here = element.part
        if isinstance(here, Piece):
            if not any(line.text.strip() for line in here.lines):
                continue
            again = passage.story and isinstance(before, Piece) and element.tag != "Caption" and _same(before, here)
            made.append(replace(element, again=True) if again else element)
        else:
            made.append(element)
    return tuple(made)


def _same(before: Piece, here: Piece) -> bool:
    return before.role == here.role and before.paragraph == here.paragraph
