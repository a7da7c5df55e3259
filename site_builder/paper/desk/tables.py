"""Texts and tables that any editor and any spreadsheet program opens without being asked for an encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import groupby

from site_builder.messages import Messages
from site_builder.paper.desk.copy import DeskParagraph, DeskStory

_PICTURES = ("file", "page", "order", "story", "headline", "caption", "credit", "alt", "width", "height")
_STORIES = ("page", "order", "headline", "characters", "pictures", "file")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With one of these first, a spreadsheet program would compute what an editor wrote."""


def story_text(story: DeskStory) -> bytes:
    """*story* as plain text: UTF-8 with its mark, lines as Windows ends them, one paragraph a line."""
    groups = ("\n".join(paragraph.text for paragraph in group) for _, group in groupby(story.paragraphs, _part))
    return _windows("\n\n".join(groups) + "\n")


def _part(paragraph: DeskParagraph) -> str:
    """Head, body or foot: an empty line stands between them."""
    return "head" if paragraph.style in _HEAD else "foot" if paragraph.style in _FOOT else "body"


_HEAD = frozenset({"column", "kicker", "headline", "deck", "byline", "tips"})
_FOOT = frozenset({"note", "tail", "caption"})


def picture_table(stories: Iterable[DeskStory], messages: Messages) -> bytes:
    """Captions and credits of all pictures as CSV."""
    rows = [
        (
            picture.file, _page(story), str(story.order), story.id, story.headline, picture.caption, picture.credit,
            picture.alt, str(picture.width), str(picture.height),
        )
        for story in stories
        for picture in story.pictures
    ]  # fmt: skip
    return _table(_PICTURES, rows, messages)


def story_table(stories: Iterable[DeskStory], messages: Messages) -> bytes:
    """What there is, as CSV."""
    rows = [
        (_page(story), str(story.order), story.headline, str(story.characters), str(len(story.pictures)), story.name)
        for story in stories
    ]
    return _table(_STORIES, rows, messages)


def _page(story: DeskStory) -> str:
    return str(story.page) if story.page else ""


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], messages: Messages) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(messages.text(f"desk.columns.{column}") for column in columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return _windows(out.getvalue())


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _windows(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8-sig")
