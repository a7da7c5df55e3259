"""A story and its body to copy: passages of spans, captions, the words of its headline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.messages import Messages
from site_builder.model.edition import Jump, Placement
from site_builder.model.story import Body, Genre, Photo, PhotoKind, Story
from site_builder.paper.blocks import (
    Block,
    Crosshead,
    Figure,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
    parse_blocks,
)
from site_builder.paper.page.format import Format, Look
from site_builder.paper.page.plan import Face, Span, pin_cells
from site_builder.paper.page.request import Copy, Passage, PassageRole, Picture
from site_builder.paper.signs import Signs
from site_builder.text.typography import join_lines

Segment = Callable[[str], tuple[str, ...]]
"""A headline to its words; joined they are the headline."""
BREAK_MARK = "｜"
"""Where an editor wants a row of a headline to end. It is never printed."""
END_PRIORITY = 3
"""Of the end of a story on a later page: readers come to it from its beginning, whatever its size."""
_NOTE_SIGNS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BY_ORDER = (10, 7, 6, 5, 5, 4, 3)
"""Priority of stories that have none, by their place in the editor's order; further ones have the last."""


def weigh(story: Story, placement: Placement, order: int) -> int:
    """The priority of *story*: the editor's, or by its *order* (from 0) on the page."""
    if placement.back:
        return END_PRIORITY
    by_order = 2 if story.genre is Genre.BRIEF else _BY_ORDER[min(order, len(_BY_ORDER) - 1)]
    return placement.priority or by_order


@dataclass(frozen=True)
class Composer:
    """What copy is composed from, for all stories of a page."""

    page: Format
    sizes: Mapping[str, tuple[int, int]]
    """Px by file of a photo."""
    segment: Segment
    signs: Signs
    messages: Messages

    def copy(self, story: Story, body: Body, placement: Placement, order: int) -> Copy:
        """The copy of *story* as it is placed; *order* counts from 0 on the page, and 0 leads it.

        The end of a story that begins on another page has no passages when nothing is left for it.
        """
        passages = _Passages(self.page.looks, self.signs).all(parse_blocks(body.html, lambda _: ""))
        if placement.back:
            return self._end(story, passages, placement.back, order)
        priority = weigh(story, placement, order)
        pin = placement.pin
        return Copy(
            story=story.id,
            priority=priority,
            genre=story.genre,
            headline=self._headline(story, placement),
            kicker=self._words(story.kicker),
            deck=self._words(story.subhead),
            passages=self._beginning(passages, placement.onward) if placement.onward else passages,
            column=self._line(story.column),
            byline=tuple(map(self._line, story.byline_lines)),
            tips=self._line(story.reading_tips),
            tips_label=self.messages.text("print.labels.reading_tips"),
            pictures=tuple(self._picture(number, photo) for number, photo in enumerate(story.photos)),
            lead=order == 0,
            place=pin_cells(pin) if pin else None,
            form=placement.headline.value if placement.headline else "",
            boxed=placement.boxed,
        )

    def _beginning(self, passages: tuple[Passage, ...], jump: Jump) -> tuple[Passage, ...]:
        """What stands where a story begins that runs on, with the line that says where (下转第2版)."""
        stay = _staying(passages, jump)
        if stay == len(passages):
            return passages
        words = self.messages.text("print.page.jump-to", number=str(jump.page))
        return (*passages[:stay], Passage("end-byline", (Span(words, "kai"),), 0.0, stay + 1))

    def _end(self, story: Story, passages: tuple[Passage, ...], jump: Jump, order: int) -> Copy:
        """The end of a story that begins on another page, under a headline and a line that says where (上接第1版)."""
        return Copy(
            story=story.id,
            priority=END_PRIORITY,
            genre=Genre.NEWS,
            headline=self._words(jump.headline or story.headline),
            passages=passages[_staying(passages, jump) :],
            byline=(self.messages.text("print.page.jump-from", number=str(jump.page)),),
            lead=order == 0,
        )

    def _line(self, text: str) -> str:
        return self.signs.text(join_lines(text))

    def _words(self, text: str) -> tuple[str, ...]:
        return self.segment(self._line(text)) if text else ()

    def _headline(self, story: Story, placement: Placement) -> tuple[str, ...]:
        if placement.rows:
            rows = [self._line(row) for row in placement.rows]
            return tuple(word for row in rows for word in (BREAK_MARK, row))[1:]
        return self._words(story.headline)

    def _picture(self, number: int, photo: Photo) -> Picture:
        width, height = self.sizes[photo.file]
        said = {PhotoKind.ARCHIVE: "site.kind_archive", PhotoKind.AI: "site.kind_ai"}.get(photo.kind)
        credit = self._line(photo.credit + (self.messages.text(said) if said else ""))
        caption = self._line(photo.caption)
        return Picture(
            photo=number,
            aspect=width / height,
            caption=f"{caption}\u3000{credit}" if caption else credit,
            alt=photo.alt or caption or credit,
            focus=photo.focus,
        )


class _Passages:
    """Flattens blocks into passages and numbers them."""

    def __init__(self, looks: Mapping[str, Look], signs: Signs) -> None:
        self.looks, self.signs = looks, signs
        self.made: list[Passage] = []
        self.notes: list[Run] = []

    def all(self, blocks: Sequence[Block]) -> tuple[Passage, ...]:
        """The passages of a whole body, footnotes last."""
        self._blocks(blocks, "song", "")
        for number, note in enumerate(self.notes):
            self._add("body", (Span(_note_sign(number), "kai"), *self._spans(note.note, "kai")), 2.0)
        return tuple(self.made)

    def _blocks(self, blocks: Sequence[Block], face: Face, bullet: str) -> None:
        for block in blocks:
            match block:
                case Paragraph(runs, end_byline):
                    for part in _split_lines(runs):
                        spans = self._spans(part, "kai" if end_byline else face)
                        if bullet and spans:
                            spans, bullet = (Span(bullet, face), *spans), ""
                        self._add("end-byline" if end_byline else "body", spans, 0.0 if end_byline else 2.0)
                case Crosshead(_, runs):
                    look = self.looks["crosshead"]
                    text = self.signs.text("".join(run.text for run in runs))
                    self._add("crosshead", (Span(text, look.face, look.weight),) if text else (), 0.0)
                case Quote(inner):
                    self._blocks(inner, "kai", "")
                case ListBlock(ordered, start, items):
                    for number, item in enumerate(items, start):
                        self._blocks(item, face, f"{number}. " if ordered else "● ")
                case Table(rows):
                    for row in rows:
                        cells = [self._spans(cell.runs, face) for cell in row]
                        gap = (Span("\u3000", face),)
                        self._add("body", tuple(span for cell in cells for span in (*cell, *gap))[:-1], 0.0)
                case Figure() | Rule():
                    pass  # pictures stand where the layout puts them; a new paragraph is pause enough in a column

    def _spans(self, runs: Sequence[Run], face: Face) -> tuple[Span, ...]:
        return tuple(span for run in runs for span in self._span(run, face))

    def _span(self, run: Run, face: Face) -> Iterator[Span]:
        look, text = self.looks["lead"], self.signs.text(run.text)
        if run.note:
            self.notes.append(run)
            yield Span(_note_sign(len(self.notes) - 1), face)
        elif run.again:
            called = next((n for n, note in enumerate(self.notes) if note.note_id == run.again), None)
            if called is not None:
                yield Span(_note_sign(called), face)
        elif not text:
            return
        elif "strong" in run.marks or (face == "song" and not {"dateline", "byline"}.isdisjoint(run.marks)):
            yield Span(text, look.face, look.weight)
        else:
            yield Span(text, face, dotted="em" in run.marks)

    def _add(self, role: PassageRole, spans: tuple[Span, ...], indent: float) -> None:
        if any(span.text.strip() for span in spans):
            self.made.append(Passage(role, spans, indent, len(self.made) + 1))


def _staying(passages: Sequence[Passage], jump: Jump) -> int:
    """How many of *passages* stay where a story begins. One at least goes on; of a story of one, none does."""
    ends = [number for number, passage in enumerate(passages, 1) if passage.role == "body"]
    if len(ends) < 2:
        return len(passages)
    return ends[min(jump.paragraphs, len(ends) - 1) - 1]


def _note_sign(number: int) -> str:
    return _NOTE_SIGNS[number] if number < len(_NOTE_SIGNS) else f"[{number + 1}]"


def _split_lines(runs: Sequence[Run]) -> list[list[Run]]:
    parts: list[list[Run]] = [[]]
    for run in runs:
        if run.line_break:
            parts.append([])
        else:
            parts[-1].append(run)
    return parts
