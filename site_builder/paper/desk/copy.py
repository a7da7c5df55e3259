"""A story as a row of paragraphs with styles: what DOCX and TXT both are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from site_builder.paper.blocks import Block, Crosshead, ListBlock, Paragraph, Quote, Run, Table
from site_builder.paper.sheet import SheetStory

Style = Literal[
    "column", "kicker", "headline", "deck", "byline", "tips", "body", "crosshead", "quote", "list", "table",
    "end-byline", "note", "tail", "caption",
]  # fmt: skip
STYLES: tuple[Style, ...] = get_args(Style)
"""引题, 主标题, 副题 … in the order in which they stand in a story."""
_BULLET = "• "
_LOUD = frozenset({"strong", "dateline", "byline"})


@dataclass(frozen=True, slots=True)
class DeskRun:
    """Text of one look."""

    text: str
    strong: bool = False
    dotted: bool = False
    """着重号 under each character."""


@dataclass(frozen=True, slots=True)
class DeskParagraph:
    """A paragraph and its style."""

    style: Style
    runs: tuple[DeskRun, ...]

    @property
    def text(self) -> str:
        """The words; a line break within is ``\\n``."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class DeskPicture:
    """A picture of a story, under the name that it goes by at the desk."""

    file: str
    caption: str
    credit: str
    alt: str
    width: int
    height: int
    """In px, as delivered."""


@dataclass(frozen=True, slots=True)
class DeskStory:
    """A story for the desk."""

    name: str
    """Of its files, without suffix: page, order, id."""
    page: int
    """0 when it has none yet."""
    order: int
    """On its page, from 1."""
    id: str
    headline: str
    paragraphs: tuple[DeskParagraph, ...]
    pictures: tuple[DeskPicture, ...]

    @property
    def characters(self) -> int:
        """Of the running text, white space not counted."""
        body = (paragraph.text for paragraph in self.paragraphs if paragraph.style in _RUNNING)
        return sum(len("".join(text.split())) for text in body)


_RUNNING = frozenset({"body", "crosshead", "quote", "list", "table"})


def desk_name(page: int, order: int, story: str) -> str:
    """The name of a story's files: they sort as the edition is read."""
    return f"{page:02}-{order:02}-{story}"


def desk_story(story: SheetStory, page: int, order: int, suffixes: Sequence[str]) -> DeskStory:
    """*story* as the desk gets it; *suffixes* are those of its pictures' files, with their dots."""
    name = desk_name(page, order, story.id)
    pictures = tuple(
        DeskPicture(f"{name}-{index}{suffix}", photo.caption, photo.credit, photo.alt, photo.width, photo.height)
        for index, (photo, suffix) in enumerate(zip(story.photos, suffixes, strict=True), start=1)
    )
    paragraphs = tuple(_paragraphs(story, pictures))
    return DeskStory(name, page, order, story.id, "".join(story.headline), paragraphs, pictures)


def _paragraphs(story: SheetStory, pictures: Iterable[DeskPicture]) -> Iterator[DeskParagraph]:
    yield from _plain("column", [story.column])
    yield from _plain("kicker", ["".join(story.kicker)])
    yield from _plain("headline", ["".join(story.headline)])
    yield from _plain("deck", ["".join(story.deck)])
    yield from _plain("byline", story.byline_lines)
    yield from _plain("tips", [story.reading_tips])
    body = _Body()
    yield from body.blocks(story.blocks, "body")
    yield from (DeskParagraph("note", (DeskRun(f"{_call(note.number)} "), *note.runs)) for note in body.notes)
    yield from _plain("tail", story.tail)
    for picture in pictures:
        words = "　".join(part for part in (picture.caption, picture.credit) if part)
        yield DeskParagraph("caption", (DeskRun(f"{picture.file}　{words}"),))


def _plain(style: Style, texts: Iterable[str]) -> Iterator[DeskParagraph]:
    yield from (DeskParagraph(style, (DeskRun(text),)) for text in texts if text)


def _call(number: int) -> str:
    return f"〔{number}〕"


@dataclass(frozen=True, slots=True)
class _Note:
    number: int
    runs: tuple[DeskRun, ...]


class _Body:
    """Reads blocks to paragraphs, and gathers the footnotes that they call."""

    def __init__(self) -> None:
        self.notes: list[_Note] = []
        self._numbers: dict[str, int] = {}

    def blocks(self, blocks: Iterable[Block], style: Style, lead: str = "") -> Iterator[DeskParagraph]:
        """*blocks* in *style*; *lead* stands before the first."""
        for block in blocks:
            before = (DeskRun(lead),) if lead else ()
            lead = ""
            if isinstance(block, Paragraph):
                yield DeskParagraph("end-byline" if block.end_byline else style, (*before, *self._runs(block.runs)))
            elif isinstance(block, Crosshead):
                yield DeskParagraph("crosshead", self._runs(block.runs))
            elif isinstance(block, Quote):
                yield from self.blocks(block.blocks, "quote")
            elif isinstance(block, ListBlock):
                for index, item in enumerate(block.items):
                    yield from self.blocks(item, "list", f"{block.start + index}. " if block.ordered else _BULLET)
            elif isinstance(block, Table):
                for row in block.rows:
                    cells = ("".join(run.text for run in self._runs(cell.runs)) for cell in row)
                    yield DeskParagraph("table", (DeskRun("\t".join(cells)),))

    def _runs(self, runs: Iterable[Run]) -> tuple[DeskRun, ...]:
        return tuple(self._run(run) for run in runs)

    def _run(self, run: Run) -> DeskRun:
        if run.line_break:
            return DeskRun("\n")
        if run.again:
            return DeskRun(_call(self._numbers[run.again]))
        if run.note:
            number = self._numbers[run.note_id] = len(self.notes) + 1
            self.notes.append(_Note(number, self._runs(run.note)))
            return DeskRun(_call(number))
        return DeskRun(run.text, bool(_LOUD.intersection(run.marks)), "em" in run.marks)
