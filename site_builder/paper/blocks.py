"""A story's rendered body to typed blocks: the closed dialect again, as paper needs it.

In goes the HTML of :class:`~site_builder.model.story.Body` (sanitised, so well-formed), out come frozen blocks of
runs. Footnotes are taken from the end of the body to the places that call them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

from site_builder.render.markdown import fill_figures

Mark = Literal["strong", "em", "dateline", "byline"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that is set in one way."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    link: str = ""
    """An absolute address, or empty."""
    note: tuple[Run, ...] = ()
    """The footnote that is called here; then there is no text."""
    again: str = ""
    """Id of a footnote that was called before and is called again."""
    note_id: str = ""
    line_break: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: tuple[Run, ...]
    end_byline: bool = False
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Crosshead:
    """小标题. *level* counts from 1, and none is skipped: a ``###`` without a ``##`` above it is a 1."""

    level: int
    runs: tuple[Run, ...]
    kind: Literal["crosshead"] = "crosshead"


@dataclass(frozen=True, slots=True)
class Figure:
    """The place of a picture: *photo* is its index among the story's photos."""

    photo: int
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is blocks of its own."""

    ordered: bool
    start: int
    items: tuple[tuple[Block, ...], ...]
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that is quoted as a block."""

    blocks: tuple[Block, ...]
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    runs: tuple[Run, ...]
    align: str
    """``left``, ``center``, ``right`` or empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the first."""

    rows: tuple[tuple[Cell, ...], ...]
    """The first is the header."""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pause between paragraphs."""

    kind: Literal["rule"] = "rule"


Block = Paragraph | Crosshead | Figure | ListBlock | Quote | Table | Rule


def parse_blocks(html: str, address: Callable[[str], str]) -> tuple[Block, ...]:
    """The blocks of a body. *address* makes a link absolute, or empty where paper has nothing to lead to."""
    tree = _TreeBuilder()
    tree.feed(fill_figures(html, lambda index: f'<figure id="{index}"></figure>'))
    tree.close()
    reader = _Reader(address, _footnotes(tree.root))
    return reader.blocks(tree.root)


@dataclass
class _Node:
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[_Node | str] = field(default_factory=list)

    def elements(self) -> list[_Node]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, _Node)]

    def find(self, *tags: str) -> list[_Node]:
        """All elements below with one of *tags*, in order."""
        found = [self] if self.tag in tags else []
        return found + [node for child in self.elements() for node in child.find(*tags)]


class _TreeBuilder(HTMLParser):
    """The sanitiser's output is balanced, so a stack is enough."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in ("br", "hr"):
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _footnotes(root: _Node) -> dict[str, _Node]:
    """Id → list item of the note."""
    places = [node for node in root.elements() if node.attributes.get("class") == "footnote"]
    return {item.attributes.get("id", ""): item for place in places for item in place.find("li")}


_MARKS: Mapping[str, Mark] = {"strong": "strong", "em": "em", "bu-dateline": "dateline", "bu-byline": "byline"}


class _Reader:
    """Reads nodes to blocks and runs; remembers the crossheads' depth and which notes were called."""

    def __init__(self, address: Callable[[str], str], notes: Mapping[str, _Node]) -> None:
        self.address = address
        self.notes = notes
        self.called: set[str] = set()
        self.seen_crosshead = False

    def blocks(self, node: _Node) -> tuple[Block, ...]:
        """The blocks among the children of *node*; loose text between them becomes paragraphs."""
        found: list[Block] = []
        loose = _Node("p")
        for child in [*node.children, _Node("end")]:
            if isinstance(child, str) or child.tag in _INLINE:
                loose.children.append(child)
                continue
            found += self._paragraph(loose)
            loose = _Node("p")
            found += self._block(child)
        return tuple(found)

    def _block(self, node: _Node) -> list[Block]:
        match node.tag:
            case "p":
                return self._paragraph(node)
            case "h2" | "h3":
                level = 2 if node.tag == "h3" and self.seen_crosshead else 1
                self.seen_crosshead = self.seen_crosshead or node.tag == "h2"
                return [Crosshead(level, self._trimmed(node))]
            case "figure":
                return [Figure(int(node.attributes["id"]))]
            case "ul" | "ol":
                start = node.attributes.get("start", "1")
                items = tuple(self.blocks(item) for item in node.elements() if item.tag == "li")
                return [ListBlock(node.tag == "ol", int(start) if start.isdecimal() else 1, items)]
            case "blockquote":
                return [Quote(self.blocks(node))]
            case "table":
                return self._table(node)
            case "hr":
                return [Rule()]
        return []

    def _paragraph(self, node: _Node) -> list[Block]:
        runs = self._trimmed(node)
        return [Paragraph(runs, node.attributes.get("class") == "bu-end-byline")] if runs else []

    def _table(self, node: _Node) -> list[Block]:
        rows = [[cell for cell in row.elements() if cell.tag in ("th", "td")] for row in node.find("tr")]
        width = max(map(len, rows), default=0)
        if not width:
            return []
        padded = (row + [_Node("td")] * (width - len(row)) for row in rows)
        return [
            Table(
                tuple(
                    tuple(Cell(self._trimmed(cell), cell.attributes.get("align", "")) for cell in row) for row in padded
                )
            )
        ]

    def _trimmed(self, node: _Node) -> tuple[Run, ...]:
        """The runs of *node* without white space at either end; U+3000 is a sign of the trade and stays."""
        runs = self._runs(node, (), "")
        while runs and not runs[0].text.strip(_BLANKS) and _only_text(runs[0]):
            del runs[0]
        while runs and not runs[-1].text.strip(_BLANKS) and _only_text(runs[-1]):
            del runs[-1]
        if runs and runs[0].text:
            runs[0] = _with_text(runs[0], runs[0].text.lstrip(_BLANKS))
        if runs and runs[-1].text:
            runs[-1] = _with_text(runs[-1], runs[-1].text.rstrip(_BLANKS))
        return tuple(runs)

    def _runs(self, node: _Node, marks: tuple[Mark, ...], link: str) -> list[Run]:
        runs: list[Run] = []
        for child in node.children:
            if isinstance(child, str):
                runs.append(Run(" ".join(child.split("\n")), marks, link))
            elif child.tag == "br":
                runs.append(Run(line_break=True))
            elif child.tag == "sup":
                runs += self._call(child)
            elif child.attributes.get("class") != "footnote-backref":
                runs += self._inline(child, marks, link)
        return runs

    def _inline(self, node: _Node, marks: tuple[Mark, ...], link: str) -> list[Run]:
        mark = _MARKS.get(node.attributes.get("class", "")) or _MARKS.get(node.tag)
        if mark and mark not in marks:
            marks = (*marks, mark)
        if node.tag == "a":
            link = self.address(node.attributes.get("href", ""))
        return self._runs(node, marks, link)

    def _call(self, node: _Node) -> list[Run]:
        """The call of a footnote: the note itself the first time, its id later. A note within a note stays out."""
        target = next((link.attributes.get("href", "") for link in node.find("a")), "").removeprefix("#")
        if target not in self.notes:
            return []
        if target in self.called:
            return [Run(again=target)]
        self.called.add(target)
        paragraphs = self.notes[target].find("p") or [self.notes[target]]
        note: list[Run] = []
        for paragraph in paragraphs:
            note += [Run(line_break=True)] if note else []
            note += self._trimmed(paragraph)
        return [Run(note=tuple(run for run in note if not run.note and not run.again), note_id=target)]


_INLINE = frozenset({"a", "br", "em", "span", "strong", "sup"})
_BLANKS = " \t\r\n\xa0"


def _only_text(run: Run) -> bool:
    return not (run.note or run.note_id or run.again)


def _with_text(run: Run, text: str) -> Run:
    return Run(text, run.marks, run.link)
