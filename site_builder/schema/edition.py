"""Edition files, ``content/editions/<date>.yml``, to :class:`site_builder.model.edition.Edition`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.problems import Problem
from site_builder.schema import forms
from site_builder.schema.fields import AsTuple, Boolean, Day, FileModel, Line, Number, Texts, refuse
from site_builder.schema.keys import Key, key_table
from site_builder.schema.located import Checked, Located
from site_builder.schema.text import SourceText
from site_builder.schema.validate import validate
from site_builder.schema.yamltext import Document, parse_yaml

PRIORITIES = range(1, 11)


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


class PlacementFile(FileModel):
    """A story on a page: its id, or a mapping."""

    id: Annotated[Line, Key("编号")]
    """Id of the story."""
    priority: Annotated[Number | None, AfterValidator(_priority), forms.PRIORITY, Key("优先级")] = None
    """1 (least) to 10 (lead). The order decides when not given."""


class PageFile(FileModel):
    """One page of the edition."""

    number: Annotated[Number, AfterValidator(_page_number), forms.COUNT, Key("版次")]
    """Page number."""
    name: Annotated[Line, Key("版名")]
    """Name of the page."""
    editors: Annotated[Texts, Key("责任编辑")] = ()
    """Editors responsible for the page."""
    stories: Annotated[
        tuple[Annotated[PlacementFile, BeforeValidator(_placement), forms.TEXT], ...], AsTuple, Key("稿件")
    ] = ()
    """Stories in order of weight, the lead first."""


class EditionFile(FileModel):
    """An edition file."""

    date: Annotated[Day, Key("日期")]
    """Date of issue; also the file's name."""
    number: Annotated[Number | None, Key("期号")] = None
    """Number of the issue."""
    partial: Annotated[Boolean, Key("部分")] = False
    """Not all pages are listed."""
    pages: Annotated[tuple[PageFile, ...], AsTuple, Key("版面")] = ()
    """The pages."""


def parse_edition(source: SourceText) -> Checked[Edition]:
    """Read an edition file; whether its stories exist is checked against the newsroom later."""
    document = parse_yaml(source, key_table(EditionFile))
    if document.data is None and document.problems:
        return Checked(None, tuple(document.problems))
    file = validate(document, EditionFile)
    if isinstance(file, list):
        return Checked(None, (*document.problems, *file))
    problems = [*document.problems, *_check_pages(file, document)]
    pages = tuple(
        EditionPage(p.number, p.name, tuple(Placement(s.id, s.priority) for s in p.stories), p.editors)
        for p in file.pages
    )
    edition = Located(Edition(file.date, file.number, pages, file.partial), document)
    usable = not any(p.severity == "error" for p in problems)
    return Checked(edition if usable else None, tuple(problems))


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
