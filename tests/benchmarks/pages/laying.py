"""One made-up page, laid out: what the benchmark and the tests of the layout share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages.edition import make_page_newsroom

from site_builder.build.checking import check
from site_builder.build.printing.fonts import FontSet, find_fonts
from site_builder.build.printing.measuring import measure_fonts
from site_builder.build.printing.segmenting import segment_words
from site_builder.build.theme_files import read_format
from site_builder.messages import load_messages
from site_builder.paper.page.copy import Composer
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Furnisher
from site_builder.paper.page.request import PageRequest
from site_builder.paper.setting.widths import Widths
from site_builder.paper.signs import Signs
from site_builder.render.markdown import body_input, render_body


@dataclass(frozen=True)
class Ready:
    """All that a layout is asked with."""

    request: PageRequest
    page: Format
    widths: Widths
    fonts: FontSet
    photos: dict[tuple[str, int], bytes]


def prepare(root: Path, seed: int, name: str) -> Ready:
    """Make the newsroom of *seed* in the empty folder *root* and ask for its page."""
    make_page_newsroom(root, seed, name)
    return prepare_page(root, name)


def prepare_page(root: Path, name: str, number: int = 0) -> Ready:
    """The page at *number* (from 0) of the latest edition of the newsroom at *root*."""
    checked = check(root)
    assert checked.settings is not None
    assert not [problem for problem in checked.problems if problem.severity == "error"]
    page, fonts, messages = read_format(root, name), find_fonts(root), load_messages("zh-CN")
    edition = checked.editions[-1]
    standing = edition.pages[number]
    stories = {story.id: story for story in checked.stories}
    composer = Composer(
        page,
        {file: (photo.width, photo.height) for file, photo in checked.photos.items()},
        segment_words,
        Signs(fonts.drawable),
        messages,
    )
    placed = [(stories[placement.story], placement) for placement in standing.placements]
    copies = tuple(
        composer.copy(story, render_body(body_input(story)), placement, order)
        for order, (story, placement) in enumerate(placed)
    )
    head = Furnisher(page, checked.settings, messages, edition).head(standing)
    request = PageRequest(edition.date, standing.number, standing.name, copies, (head,))
    photos = {
        (story.id, index): checked.photos[photo.file].path.read_bytes()
        for story, _ in placed
        for index, photo in enumerate(story.photos)
    }
    return Ready(request, page, measure_fonts(fonts, page), fonts, photos)
