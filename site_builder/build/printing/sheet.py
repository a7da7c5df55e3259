"""Printing: from a newsroom on disk to a PDF in a folder. The order of steps; each is done elsewhere."""

from __future__ import annotations

import difflib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from site_builder.build.atomic import replace_file
from site_builder.build.check import CheckedNewsroom
from site_builder.build.checking import WORK_DIR, check
from site_builder.build.clock import Clock
from site_builder.build.editions import find_edition
from site_builder.build.indexing import index
from site_builder.build.printing.fonts import find_fonts
from site_builder.build.printing.typesetting import typeset
from site_builder.build.theme_files import read_sheet_theme
from site_builder.errors import UsageError
from site_builder.messages import load_messages
from site_builder.model.newsroom import Newsroom
from site_builder.model.story import Audience, Status, Story
from site_builder.paper.data import sheet_json
from site_builder.paper.sheet import Composer, Sheet, picture_name
from site_builder.problems import Problem, has_errors
from site_builder.render.markdown import body_input, render_body
from site_builder.render.pictures.images import make_print

SheetFormat = Literal["a4"]
FOLDER = "print"
PRINT_WIDTH_PX = 2100
"""178 mm, the width of an A4 sheet's text, at 300 dpi."""
COLUMN_WIDTH_PX = 1000
"""85 mm, a column, at 300 dpi."""


@dataclass(frozen=True)
class PrintOptions:
    """What to print, and how."""

    edition: str = ""
    """A date, or the path of an edition's file; empty for the latest one."""
    story: str = ""
    """The id of a story to print alone."""
    format: SheetFormat = "a4"
    audience: Audience = "public"
    keep_going: bool = False
    """Leave out files with errors and print the rest."""
    output: Path | None = None
    """Instead of ``print/`` in the newsroom."""


@dataclass(frozen=True)
class PrintReport:
    """What was printed."""

    problems: tuple[Problem, ...]
    path: Path | None = None
    """``None`` when the problems forbade it."""
    pages: int = 0
    seconds: float = 0.0
    missing: tuple[str, ...] = ()
    """Signs that no font has; 〓 stands for them."""

    @property
    def failed(self) -> bool:
        """Whether nothing was printed, or files with errors were left out."""
        return has_errors(self.problems)


def print_sheet(root: Path, clock: Clock, options: PrintOptions) -> PrintReport:
    """Print an edition, or one story, of the newsroom at *root* to a PDF.

    Raises ``UsageError`` for an edition or a story that is not there to print, ``BuildError`` when the template fails.
    """
    started = time.monotonic()
    checked = check(root)
    if checked.settings is None or (has_errors(checked.problems) and not options.keep_going):
        return PrintReport(checked.problems)
    newsroom = index(checked, clock.now(), options.audience)
    sheet, name = _sheet(checked, newsroom, options)
    fonts = find_fonts(root, root / WORK_DIR)
    data, missing = sheet_json(sheet, fonts.roles, fonts.drawable)
    made = typeset(
        read_sheet_theme(root, options.format), data, _pictures(sheet, newsroom, checked), fonts.folders, sheet.day
    )
    proof = "-proof" if options.audience == "preview" else ""
    path = (options.output or root / FOLDER) / f"{name}-{options.format}{proof}.pdf"
    replace_file(path, made.pdf)
    return PrintReport(checked.problems, path, made.pages, time.monotonic() - started, missing)


def _sheet(checked: CheckedNewsroom, newsroom: Newsroom, options: PrintOptions) -> tuple[Sheet, str]:
    """The sheet that is asked for, and the beginning of its file's name."""
    if options.story:
        story = _find_story(checked, newsroom, options.story)
        place = newsroom.places.get(story.id)
        composer = _composer(checked, newsroom, options, (story,))
        return composer.story(story, (place.edition, place.page) if place else None), f"story-{story.id}"
    edition = find_edition(newsroom, options.edition, "print.no-editions")
    composer = _composer(checked, newsroom, options, newsroom.edition_stories(edition))
    return composer.edition(edition, newsroom.by_id), edition.id


def _composer(
    checked: CheckedNewsroom, newsroom: Newsroom, options: PrintOptions, stories: tuple[Story, ...]
) -> Composer:
    return Composer(
        settings=newsroom.settings,
        messages=load_messages(newsroom.settings.language),
        bodies={story.id: render_body(body_input(story)) for story in stories},
        sizes={file: (photo.width, photo.height) for file, photo in checked.photos.items()},
        preview=options.audience == "preview",
        unpublished=newsroom.unpublished,
    )


def _find_story(checked: CheckedNewsroom, newsroom: Newsroom, wanted: str) -> Story:
    story = newsroom.by_id.get(wanted)
    if story:
        return story
    hidden = next((story for story in checked.stories if story.id == wanted), None)
    if hidden is None:
        near = difflib.get_close_matches(wanted, [story.id for story in checked.stories], 1, 0.5)
        raise UsageError("print.story-near", wanted, near[0]) if near else UsageError("print.story-unknown", wanted)
    raise UsageError("print.story-withdrawn" if hidden.status is Status.WITHDRAWN else "print.story-hidden", wanted)


def _pictures(sheet: Sheet, newsroom: Newsroom, checked: CheckedNewsroom) -> dict[str, bytes]:
    """The pictures of the sheet, as large as paper needs them, by their name in it."""
    width = PRINT_WIDTH_PX if sheet.single else COLUMN_WIDTH_PX
    return {
        picture_name(story.id, index): make_print(checked.photos[photo.file].path.read_bytes(), width)
        for story in (newsroom.by_id[entry.id] for entry in sheet.stories())
        for index, photo in enumerate(story.photos)
    }
