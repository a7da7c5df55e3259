"""A story and its body to copy: passages of spans, captions, the words of its headline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from site_builder.messages import Messages
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
from site_builder.paper.page.plan import Face, Span
from site_builder.paper.page.request import Copy, Passage, PassageRole, Picture
from site_builder.render.compose import byline_lines
from site_builder.text.typography import join_lines

Segment = Callable[[str], tuple[str, ...]]
"""A headline to its words; joined they are the headline."""
BREAK_MARK = "｜"
"""Where an editor wants a row of a headline to end. It is never printed."""
_NOTE_SIGNS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BY_ORDER = (10, 7, 6, 5, 5, 4)
"""Priority of stories that have none, by their place in the editor's order; further ones get 3."""


def compose_copy(
    story: Story,
    body: Body,
    *,
    priority: int | None,
    order: int,
    page: Format,
    sizes: Mapping[str, tuple[int, int]],
    segment: Segment,
    messages: Messages,
) -> Copy:
    """The copy of *story*. *sizes* are px by file of a photo; *order* counts from 0 on the page."""
    weight = priority or (2 if story.genre is Genre.BRIEF else (*_BY_ORDER, *[3] * (order + 1))[order])
    return Copy(
        story=story.id,
        priority=weight,
        genre=story.genre,
        headline=segment(join_lines(story.headline)),
        kicker=segment(join_lines(story.kicker)) if story.kicker else (),
        deck=segment(join_lines(story.subhead)) if story.subhead else (),
        passages=_Passages(page.looks).all(parse_blocks(body.html, lambda _: "")),
        column=story.column,
        byline=byline_lines(story),
        tips=join_lines(story.reading_tips),
        tips_label=messages.text("print.labels.reading_tips"),
        pictures=tuple(_picture(number, photo, sizes, messages) for number, photo in enumerate(story.photos)),
        lead=order == 0,
    )


def _picture(number: int, photo: Photo, sizes: Mapping[str, tuple[int, int]], messages: Messages) -> Picture:
    width, height = sizes[photo.file]
    said = {PhotoKind.ARCHIVE: "site.kind_archive", PhotoKind.AI: "site.kind_ai"}.get(photo.kind)
    credit = photo.credit + (messages.text(said) if said else "")
    caption = join_lines(photo.caption)
    return Picture(
        photo=number,
        aspect=width / height,
        caption=f"{caption}\u3000{credit}" if caption else credit,
        alt=photo.alt or caption or credit,
        focus=photo.focus,
    )


class _Passages:
    """Flattens blocks into passages and numbers them."""

    def __init__(self, looks: Mapping[str, Look]) -> None:
        self.looks = looks
        self.made: list[Passage] = []
        self.notes: list[tuple[Run, ...]] = []

    def all(self, blocks: Sequence[Block]) -> tuple[Passage, ...]:
        """The passages of a whole body, footnotes last."""
        self._blocks(blocks, "song", "")
        for number, note in enumerate(self.notes):
            self._add("body", (Span(_note_sign(number), "kai"), *self._spans(note, "kai")), 2.0)
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
                    text = "".join(run.text for run in runs)
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
        lead = self.looks["lead"]
        if run.note:
            self.notes.append(run.note)
            yield Span(_note_sign(len(self.notes) - 1), face)
        elif (run.text and ("dateline" in run.marks or "byline" in run.marks) and face == "song") or (
            run.text and "strong" in run.marks
        ):
            yield Span(run.text, lead.face, lead.weight)
        elif run.text:
            yield Span(run.text, face, dotted="em" in run.marks)

    def _add(self, role: PassageRole, spans: tuple[Span, ...], indent: float) -> None:
        if any(span.text.strip() for span in spans):
            self.made.append(Passage(role, spans, indent, len(self.made) + 1))


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
