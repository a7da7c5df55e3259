"""The tree of tags of a finished PDF, arranged with pikepdf.

Typst tags each piece of type as it comes. Here the pieces of a paragraph become one P, captions go to their pictures,
and stories become articles (ISO 32000-1, 14.7 and 14.8).
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from site_builder.errors import BuildError
from site_builder.paper.page.tree import Group, Leaf

_SET = frozenset({"/H1", "/H2", "/H3", "/P", "/Figure"})
"""Tags of what a plan's elements become."""


def tag_pdf(made: bytes, tree: Sequence[Group]) -> bytes:
    """*made* with its tags arranged as *tree* says: the same bytes for the same arguments.

    Raises ``BuildError`` when the PDF does not hold the elements that the tree counts.
    """
    with Pdf.open(io.BytesIO(made)) as pdf:
        _Tagger(pdf).arrange(tree)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


class _Tagger:
    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.elements = list(_elements(self.root.K))
        self.moved: dict[tuple[int, int], Object] = {}
        """Elements that went into another, by their number, and the other."""

    def arrange(self, tree: Sequence[Group]) -> None:
        """Put the elements into *tree*."""
        counted = sum(map(_count, tree))
        if counted != len(self.elements):
            raise BuildError("print.page-tags", str(len(self.elements)), str(counted))
        kids = self.root.K
        document = kids[0] if isinstance(kids, Array) else kids
        document.K = Array([self._group(group, document) for group in tree])
        for page in self.pdf.pages:
            if "/StructParents" in page:
                self._renew(int(page.StructParents))

    def _group(self, group: Group, parent: Object) -> Object:
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{group.tag}"), P=parent))
        if group.title:
            made.T = String(group.title)
        made.K = Array(
            [
                self._group(child, made) if isinstance(child, Group) else self._leaf(child, made)
                for child in group.children
            ]
        )
        return made

    def _leaf(self, leaf: Leaf, parent: Object) -> Object:
        made = self._merged(leaf.elements)
        made.P = parent
        if leaf.words:
            made.ActualText = String(leaf.words)
        if leaf.caption:
            caption = self._merged(leaf.caption)
            caption.S = Name.Caption
            caption.P = made
            made.K.append(caption)
        return made

    def _merged(self, numbers: Sequence[int]) -> Object:
        """The first of the elements *numbers*, with the content of all."""
        first, *others = (self.elements[number] for number in numbers)
        first.K = _kids(first)
        for other in others:
            first.K.extend(_kids(other))
            self.moved[other.objgen] = first
        return first

    def _renew(self, number: int) -> None:
        """Let the parent tree tell where the content of a page went."""
        numbers = self.root.ParentTree.Nums
        for place in range(0, len(numbers), 2):
            if int(numbers[place]) == number:
                parents = numbers[place + 1]
                for index, parent in enumerate(parents):
                    if parent is not None and parent.objgen in self.moved:
                        parents[index] = self.moved[parent.objgen]


def _elements(node: Object) -> list[Object]:
    """The elements that were set, in order; what lies inside one belongs to it."""
    if isinstance(node, Array):
        return [element for child in node for element in _elements(child)]
    if not isinstance(node, Dictionary) or "/S" not in node:
        return []
    return [node] if str(node.S) in _SET else _elements(node.get("/K", Array()))


def _kids(element: Object) -> Array:
    kids = element.get("/K", Array())
    return kids if isinstance(kids, Array) else Array([kids])


def _count(node: Group | Leaf) -> int:
    if isinstance(node, Group):
        return sum(map(_count, node.children))
    return len(node.elements) + len(node.caption)
