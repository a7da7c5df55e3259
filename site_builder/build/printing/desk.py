"""``bulletin export desk``: an edition for a desk that lays out with another program. The order of steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from site_builder.build.atomic import replace_file
from site_builder.build.clock import Clock
from site_builder.build.printing.makeup import DEFAULT_FORMAT, Listener
from site_builder.build.printing.output import PageMaker
from site_builder.build.printing.planned import FOLDER, EditionWish, FormatPages, OpenEdition, open_edition, page_fit
from site_builder.errors import UsageError
from site_builder.messages import available_languages, load_messages
from site_builder.model.edition import Edition
from site_builder.model.story import Story
from site_builder.paper.desk.copy import STYLES, DeskStory, Style, desk_story
from site_builder.paper.desk.docx import StyleName, story_docx
from site_builder.paper.desk.tables import picture_table, story_table, story_text
from site_builder.paper.page.copyfit import copyfit_html, copyfit_text
from site_builder.paper.sheet import Composer
from site_builder.problems import Problem
from site_builder.render.markdown import body_input, render_body

DESK = "desk"
"""The folder beside the other files of an edition's pages."""
TEXTS, PICTURES, PAGES = "text", "pictures", "pages"
PICTURE_DPI = 150
"""Of pages: to be looked at, and laid under another program's frames."""
_OURS = re.compile(r"\d\d-\d\d+-[a-z0-9-]+\.\w+|page-\d+\.png|copyfit\.\w+")
"""Names of files that an earlier export left, and that this one may not have."""
_NO_LAYOUT = frozenset({"print.solver-missing", "print.solver-missing-unplaced"})


@dataclass(frozen=True)
class DeskReport:
    """What was exported for the desk."""

    problems: tuple[Problem, ...]
    folder: Path | None = None
    stories: int = 0
    pictures: int = 0
    laid_out: bool = False
    """Whether all pages stand in the folder as pictures."""
    missing: tuple[str, ...] = ()
    """Signs that no font has; 〓 stands for them in the pictures of pages."""
    stopped: bool = False
    """The problems forbade it."""

    @property
    def failed(self) -> bool:
        """Whether there is no folder. Texts without pages are no failure: the desk lays out by itself."""
        return self.stopped


def export_desk(
    root: Path, clock: Clock, wish: EditionWish, output: Path | None = None, listener: Listener = lambda _n, _p: None
) -> DeskReport:
    """Export an edition of the newsroom at *root* for a desk, into *output* or its folder ``print/``.

    Where its pages are not laid out and cannot be, texts and pictures are given alone. Raises ``UsageError`` for an
    edition that is not there.
    """
    opened = open_edition(root, clock, wish)
    if not isinstance(opened, OpenEdition):
        return DeskReport(opened, stopped=True)
    groups = _laid_out(opened, wish, listener)
    edition = groups[0].makeup.edition if groups else opened.edition
    form = groups[0].makeup.form.name if groups else wish.format or edition.format or DEFAULT_FORMAT
    folder = (output or root / FOLDER) / f"{edition.id}-{form}" / DESK
    stories = tuple(_stories(opened, edition))
    files = dict(_story_files(opened, edition, stories))
    missing: list[str] = []
    for group in groups:
        files |= _page_files(opened, edition, group, missing)
    _write(folder, files)
    laid_out = bool(groups) and all(result.plan for group in groups for result in group.results)
    pictures = sum(len(story.pictures) for story in stories)
    return DeskReport(opened.checked.problems, folder, len(stories), pictures, laid_out, tuple(dict.fromkeys(missing)))


def _laid_out(opened: OpenEdition, wish: EditionWish, listener: Listener) -> tuple[FormatPages, ...]:
    """The pages, or none where nothing can lay them out."""
    if not any(page.placements for page in opened.edition.pages) and not opened.edition.waiting():
        return ()
    if not opened.edition.pages:
        return ()
    try:
        return opened.lay_out(wish, listener)
    except UsageError as error:
        if error.code in _NO_LAYOUT:
            return ()
        raise


def _stories(opened: OpenEdition, edition: Edition) -> Iterator[DeskStory]:
    """The stories in the order of pages, each once; those without a page at the end."""
    newsroom = opened.newsroom
    places: dict[str, tuple[int, int]] = {}
    for page in sorted(edition.pages, key=lambda page: page.number):
        for order, placement in enumerate(page.placements, start=1):
            places.setdefault(placement.story, (page.number, order))
    for order, placement in enumerate(edition.waiting(), start=1):
        places.setdefault(placement.story, (0, order))
    sizes = {file: (photo.width, photo.height) for file, photo in opened.checked.photos.items()}
    for story_id, (page_number, order) in places.items():
        story = newsroom.by_id[story_id]
        messages = load_messages(newsroom.settings.language)
        composer = Composer(newsroom.settings, messages, {story.id: render_body(body_input(story))}, sizes)
        composed = composer.story(story, None).stories()[0]
        yield desk_story(composed, page_number, order, _suffixes(story))


def _suffixes(story: Story) -> list[str]:
    return [PurePosixPath(photo.file).suffix.lower() for photo in story.photos]


def _story_files(opened: OpenEdition, edition: Edition, stories: tuple[DeskStory, ...]) -> Iterator[tuple[str, bytes]]:
    """Path below the folder → bytes of texts, pictures and lists."""
    settings = opened.newsroom.settings
    messages, styles = load_messages(settings.language), _style_names(settings.language)
    for story in stories:
        made = story_docx(story, styles, settings.site_name, edition.date, settings.language)
        yield f"{TEXTS}/{story.name}.docx", made
        yield f"{TEXTS}/{story.name}.txt", story_text(story)
        photos = opened.newsroom.by_id[story.id].photos
        for picture, photo in zip(story.pictures, photos, strict=True):
            yield f"{PICTURES}/{picture.file}", opened.checked.photos[photo.file].path.read_bytes()
    yield "stories.csv", story_table(stories, messages)
    yield "captions.csv", picture_table(stories, messages)


def _page_files(
    opened: OpenEdition, edition: Edition, group: FormatPages, missing: list[str]
) -> Iterator[tuple[str, bytes]]:
    """Pages as pictures, and how their copy fits."""
    makeup = group.makeup
    form, messages = makeup.form.name, makeup.messages
    fits = [page_fit(result, opened.headlines) for result in group.results]
    yield f"{PAGES}/copyfit.txt", copyfit_text(fits, messages).replace("\n", "\r\n").encode("utf-8-sig")
    yield f"{PAGES}/copyfit.html", copyfit_html(edition.id, form, fits, messages)
    if group.plans:
        maker = PageMaker(group.plans, makeup.material())
        missing += maker.missing
        for plan, picture in zip(group.plans, maker.pictures(PICTURE_DPI), strict=True):
            yield f"{PAGES}/page-{plan.number:02}.png", picture


def _style_names(language: str) -> dict[Style, StyleName]:
    others = [load_messages(other) for other in available_languages() if other != language]
    own = load_messages(language)
    return {
        style: StyleName(
            own.text(f"desk.styles.{style}"), tuple(other.text(f"desk.styles.{style}") for other in others)
        )
        for style in STYLES
    }


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write *files*; what an earlier export left is removed, for it may hold what readers must not see any more."""
    for part in (TEXTS, PICTURES, PAGES):
        for path in (folder / part).glob("*"):
            if _OURS.fullmatch(path.name) and f"{part}/{path.name}" not in files:
                path.unlink()
    for name, data in files.items():
        replace_file(folder / name, data)
