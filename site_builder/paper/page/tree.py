"""The tree of tags that a reader's program walks: a section per page, an article per story, one P per paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from site_builder.paper.page.order import Element, Tag, reading_order
from site_builder.paper.page.plan import PagePlan, Piece


@dataclass(frozen=True, slots=True)
class Leaf:
    """A paragraph, a heading or a picture."""

    tag: Tag
    elements: tuple[int, ...]
    """Numbers of the elements that it is made of, artifacts not counted, from 0 through the whole document."""
    words: str = ""
    """Of a vertical headline, which would be read letter by letter."""
    caption: tuple[int, ...] = ()
    """Of a picture: the elements of its caption."""


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together: a page, or a story on it."""

    tag: Literal["Sect", "Art"]
    title: str
    children: tuple[Group | Leaf, ...]


def tag_tree(pages: Sequence[PagePlan]) -> tuple[Group, ...]:
    """The tree for *pages*, set one after the other in the order of ``reading_order``."""
    made: list[Group] = []
    count = 0
    for page in pages:
        children: list[Group | Leaf] = []
        for passage in reading_order(page):
            leaves, count = _leaves(passage.elements, count)
            if passage.story and leaves:
                children.append(Group("Art", passage.title or passage.story, leaves))
            else:
                children.extend(leaves)
        made.append(Group("Sect", page.name, tuple(children)))
    return tuple(made)


def _leaves(elements: Sequence[Element], count: int) -> tuple[tuple[Leaf, ...], int]:
    leaves: list[Leaf] = []
    for element in elements:
        if element.tag == "Artifact":
            continue
        if element.tag == "Caption":
            figure = leaves[-1]
            leaves[-1] = Leaf(figure.tag, figure.elements, caption=(*figure.caption, count))
        elif element.again:
            leaf = leaves[-1]
            leaves[-1] = Leaf(leaf.tag, (*leaf.elements, count), leaf.words + _words(element))
        else:
            leaves.append(Leaf(element.tag, (count,), _words(element)))
        count += 1
    return tuple(leaves), count


def _words(element: Element) -> str:
    part = element.part
    return "".join(line.text for line in part.lines) if isinstance(part, Piece) and part.vertical else ""
