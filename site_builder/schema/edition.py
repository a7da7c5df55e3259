"""Edition files, ``content/editions/<date>.yml``, to :class:`site_builder.model.edition.Edition`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from site_builder.model.edition import Advertisement, Banner, Edition, EditionPage, Jump, Pin, Placement, Unplaced
from site_builder.problems import Problem
from site_builder.schema import forms
from site_builder.schema.fields import (
    AsTuple,
    Boolean,
    Count,
    Day,
    FileModel,
    HeadlineFormWord,
    Line,
    Number,
    Text,
    Texts,
    refuse,
)
from site_builder.schema.keys import Key, key_table
from site_builder.schema.located import Checked, Located
from site_builder.schema.photopath import photo_path_problem, suggest_photo_path
from site_builder.schema.text import SourceText
from site_builder.schema.validate import validate
from site_builder.schema.yamltext import Document, parse_yaml

PRIORITIES = range(1, 11)
ROW_MARK = "｜"
"""Begins a new row of a headline."""


def _placement(value: object) -> object:
    """A bare id is a placement without priority."""
    return {"id": value} if isinstance(value, str) else value


def _priority(value: int | None) -> int | None:
    if value is not None and value not in PRIORITIES:
        raise refuse("priority-range", found=value)
    return value


def _page_number(value: int) -> int:
    if value < 1:
        raise refuse("page-number", found=value)
    return value


def _optional_page_number(value: int | None) -> int | None:
    return None if value is None else _page_number(value)


class PinFile(FileModel):
    """A rectangle of the printed page, in base columns and lines from the upper left."""

    column: Annotated[Count, Key("栏")]
    """First column, from 1."""
    line: Annotated[Count, Key("行")]
    """First line, from 1."""
    columns: Annotated[Count, Key("栏数")]
    """Width in base columns."""
    lines: Annotated[Count, Key("行数")]
    """Height in lines, the gap below included."""

    def value(self) -> Pin:
        """The same as the newsroom thinks of it."""
        return Pin(self.column, self.line, self.columns, self.lines)


class AdvertisementFile(FileModel):
    """An advertisement on a printed page; it is not shown on the site."""

    file: Annotated[Text, Key("文件")]
    """Path below `assets/photos/`."""
    alt: Annotated[Line, Key("替代文字")]
    """What it says and shows."""
    pin: Annotated[PinFile, Key("位置")]
    """Where it stands."""
    public: Annotated[Boolean, Key("公益")] = False
    """In the public interest (公益广告)."""


class BannerFile(FileModel):
    """Words across a part of a printed page: the name of a campaign or a series."""

    words: Annotated[Line, Key("文字")]
    """What it says."""
    pin: Annotated[PinFile, Key("位置")]
    """Where it stands."""


class JumpFile(FileModel):
    """Where the end of a story stands that is too long for its page."""

    page: Annotated[Number, AfterValidator(_page_number), forms.COUNT, Key("版次")]
    """The later page on which it ends."""
    paragraphs: Annotated[Count, Key("留段")]
    """How many paragraphs stay where it begins, crossheads not counted."""
    headline: Annotated[Line, Key("标题")] = ""
    """A short headline above the end; the story's own when not given."""


class _StoryOnPaper(FileModel):
    """What an editor may ask of a story, wherever it stands."""

    id: Annotated[Line, Key("编号")]
    """Id of the story."""
    priority: Annotated[Number | None, AfterValidator(_priority), forms.PRIORITY, Key("优先级")] = None
    """1 (least) to 10 (lead). The order decides when not given."""
    headline: Annotated[HeadlineFormWord | None, Key("标题形式")] = None
    """横题 or 竖题 on the printed page; the layout decides when not given."""
    rows: Annotated[Line, Key("标题分行")] = ""
    """The headline with `｜` where a new row begins on the printed page; the layout decides when not given."""
    boxed: Annotated[Boolean, Key("加框")] = False
    """In a frame on the printed page."""
    pin: Annotated[PinFile | None, Key("位置")] = None
    """Where it stands on the printed page; the layout decides when not given."""


class PlacementFile(_StoryOnPaper):
    """A story on a page: its id, or a mapping."""

    jump: Annotated[JumpFile | None, Key("转版")] = None
    """Lets the end of the story run on to a later page; it stands here whole when not given."""


class UnplacedFile(_StoryOnPaper):
    """A story whose page the layout chooses: its id, or a mapping."""

    page: Annotated[Number | None, AfterValidator(_optional_page_number), forms.COUNT, Key("版次")] = None
    """The page on which it has to stand; the layout decides when not given."""


class PageFile(FileModel):
    """One page of the edition."""

    number: Annotated[Number, AfterValidator(_page_number), forms.COUNT, Key("版次")]
    """Page number."""
    name: Annotated[Line, Key("版名")]
    """Name of the page."""
    editors: Annotated[Texts, Key("责任编辑")] = ()
    """Editors responsible for the page."""
    designers: Annotated[Texts, Key("版面编辑")] = ()
    """Who made up the page."""
    proofreaders: Annotated[Texts, Key("校对")] = ()
    """Who read the proofs."""
    format: Annotated[Line, Key("版式")] = ""
    """Print format of this page; the edition's when not given."""
    stories: Annotated[
        tuple[Annotated[PlacementFile, BeforeValidator(_placement), forms.TEXT], ...], AsTuple, Key("稿件")
    ] = ()
    """Stories in order of weight, the lead first."""
    advertisements: Annotated[tuple[AdvertisementFile, ...], AsTuple, Key("广告")] = ()
    """Advertisements at fixed places of the printed page."""
    contents: Annotated[PinFile | None, Key("导读")] = None
    """Where the printed page tells what stands on the other pages."""
    banners: Annotated[tuple[BannerFile, ...], AsTuple, Key("通栏")] = ()
    """Words across a part of the printed page."""


class EditionFile(FileModel):
    """An edition file."""

    date: Annotated[Day, Key("日期")]
    """Date of issue; also the file's name."""
    number: Annotated[Number | None, Key("期号")] = None
    """Number of the issue."""
    partial: Annotated[Boolean, Key("部分")] = False
    """Not all pages are listed."""
    format: Annotated[Line, Key("版式")] = ""
    """Print format: `broadsheet`, `tabloid`, `a4`, or one of the newsroom's own."""
    pages: Annotated[tuple[PageFile, ...], AsTuple, Key("版面")] = ()
    """The pages."""
    unplaced: Annotated[
        tuple[Annotated[UnplacedFile, BeforeValidator(_placement), forms.TEXT], ...], AsTuple, Key("待排稿件")
    ] = ()
    """Stories whose pages `bulletin print` chooses, in order of weight."""


def parse_edition(source: SourceText) -> Checked[Edition]:
    """Read an edition file; whether its stories exist is checked against the newsroom later."""
    document = parse_yaml(source, key_table(EditionFile))
    if document.data is None and document.problems:
        return Checked(None, tuple(document.problems))
    file = validate(document, EditionFile)
    if isinstance(file, list):
        return Checked(None, (*document.problems, *file))
    problems = [*document.problems, *_check_pages(file, document)]
    problems += _check_pictures(file, document)
    problems += _check_wanted_pages(file, document)
    problems += _check_jumps(file, document)
    pages = _with_ends(tuple(_page(page) for page in file.pages))
    unplaced = tuple(Unplaced(_placed(story), story.page) for story in file.unplaced)
    edition = Located(Edition(file.date, file.number, pages, file.partial, file.format, unplaced), document)
    usable = not any(p.severity == "error" for p in problems)
    return Checked(edition if usable else None, tuple(problems))


def _page(page: PageFile) -> EditionPage:
    return EditionPage(
        page.number,
        page.name,
        tuple(map(_placed, page.stories)),
        page.editors,
        page.designers,
        page.proofreaders,
        page.format,
        tuple(Advertisement(ad.file, ad.alt, ad.pin.value(), ad.public) for ad in page.advertisements),
        page.contents.value() if page.contents else None,
        tuple(Banner(banner.words, banner.pin.value()) for banner in page.banners),
    )


def _placed(story: _StoryOnPaper) -> Placement:
    pin = story.pin.value() if story.pin else None
    rows = tuple(filter(None, (row.strip() for row in story.rows.split(ROW_MARK))))
    jump = story.jump if isinstance(story, PlacementFile) else None
    onward = Jump(jump.page, jump.paragraphs, jump.headline) if jump else None
    return Placement(story.id, story.priority, story.headline, rows, story.boxed, pin, onward=onward)


def _with_ends(pages: tuple[EditionPage, ...]) -> tuple[EditionPage, ...]:
    """*pages* with the ends of stories that run on, below what the editor placed there."""
    ends: dict[int, list[Placement]] = {}
    for page in sorted(pages, key=lambda page: page.number):
        for placed in page.placements:
            if placed.onward:
                back = replace(placed.onward, page=page.number)
                end = Placement(placed.story, back=back)
                ends.setdefault(placed.onward.page, []).append(end)
    return tuple(replace(page, placements=(*page.placements, *ends.get(page.number, ()))) for page in pages)


def _check_pictures(file: EditionFile, document: Document) -> Iterator[Problem]:
    for index, page in enumerate(file.pages):
        for number, advertisement in enumerate(page.advertisements):
            code = photo_path_problem(advertisement.file)
            if code:
                at = ("pages", index, "advertisements", number, "file")
                found, suggestion = advertisement.file, suggest_photo_path(advertisement.file)
                yield document.problem(code, at, found=found, file=found, suggestion=suggestion)


def _check_wanted_pages(file: EditionFile, document: Document) -> Iterator[Problem]:
    numbers = [page.number for page in file.pages]
    for index, story in enumerate(file.unplaced):
        if story.page is not None and story.page not in numbers:
            at = ("unplaced", index, "page")
            known = "、".join(map(str, sorted(numbers))) or "@kind.none"
            suggestion = min(numbers, key=lambda number: abs(number - (story.page or 0)), default="@kind.none")
            yield document.problem("wanted-page-unknown", at, found=story.page, known=known, suggestion=suggestion)


def _check_jumps(file: EditionFile, document: Document) -> Iterator[Problem]:
    numbers = [page.number for page in file.pages]
    for index, page in enumerate(file.pages):
        later = sorted(number for number in numbers if number > page.number)
        for place, story in enumerate(page.stories):
            if story.jump and story.jump.page not in later:
                at = ("pages", index, "stories", place, "jump", "page")
                known = "、".join(map(str, later)) or "@kind.none"
                suggestion = later[0] if later else "@kind.none"
                found = story.jump.page
                yield document.problem(
                    "jump-page", at, found=found, page=page.number, known=known, suggestion=suggestion
                )


def _check_pages(file: EditionFile, document: Document) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[int, int] = {}
    for index, page in enumerate(file.pages):
        if page.number in seen:
            problems.append(document.problem("page-duplicate", ("pages", index, "number"), number=page.number))
        seen.setdefault(page.number, index)
    missing = _gaps(seen)
    if missing and not file.partial:
        span = document.key_span(("pages",))
        pages = "、".join(missing)
        problems.append(document.source.problem("page-missing", span, severity="warning", pages=pages))
    return problems


def _gaps(numbers: Iterable[int]) -> list[str]:
    """The page numbers between 1 and the last of *numbers* that are not among them: ``3``, ``5—7``."""
    gaps, before = [], 0
    for number in sorted(numbers):
        first, last = before + 1, number - 1
        if first <= last:
            gaps.append(str(first) if first == last else f"{first}—{last}")
        before = number
    return gaps
