"""Story files: Markdown with YAML front matter, to :class:`site_builder.model.story.Story`.

:class:`StoryFile` is the only declaration of the fields; the key table, the reference page and later the editor
schema are read off it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, fields
from datetime import datetime, tzinfo
from typing import Annotated

from site_builder.model.byline import Credit
from site_builder.model.story import Correction, Photo, PhotoKind, Status, Story
from site_builder.model.taxonomy import Taxonomy
from site_builder.problems import Problem, Span
from site_builder.schema.dialect import check_body
from site_builder.schema.fields import (
    AnyValue,
    AsTuple,
    FileModel,
    Focus,
    GenreWord,
    Id,
    Ids,
    Line,
    Moment,
    PhotoKindWord,
    StatusWord,
    Text,
    Texts,
)
from site_builder.schema.forms import TEXT
from site_builder.schema.keys import Inside, Key, key_table
from site_builder.schema.lead import BylineEntry, Signature, read_signature
from site_builder.schema.located import Checked, Located
from site_builder.schema.photopath import photo_path_problem, suggest_photo_path
from site_builder.schema.printed import Unreadable, parse_photo_credit
from site_builder.schema.rules import check_story
from site_builder.schema.text import SourceText
from site_builder.schema.validate import salvage, validate
from site_builder.schema.yamltext import Document, parse_yaml


class PhotoFile(FileModel):
    """One picture of a story."""

    file: Annotated[Text, Key("文件")]
    """Path below `assets/photos/`."""
    credit: Annotated[Line, Key("署名", "供图")] = ""
    """Who made the picture, as printed: `新华社记者 王松 摄`, `插图`. Obligatory."""
    alt: Annotated[Line, Key("替代文字")] = ""
    """What it shows, for readers who do not see it. Obligatory."""
    caption: Annotated[Line, Key("图说", "说明")] = ""
    """The caption, without the credit."""
    kind: Annotated[PhotoKindWord, Key("类型")] = PhotoKind.PHOTO
    """照片, 插图, 制图, 资料图, 供图 or AI生成."""
    focus: Annotated[Focus, Key("焦点")] = None
    """What stays in sight where the picture is cut: 左上, 上 … 右下, or per cent from left and top (`70% 30%`)."""


class CorrectionFile(FileModel):
    """A correction of a story."""

    date: Annotated[Moment, Key("日期")]
    """When it was corrected: `2024-04-10`, or with a time `2024-04-10 09:30`."""
    text: Annotated[Line, Key("内容")]
    """What was wrong, and what is right. Stands above the story, in feeds and on the e-paper."""


class StoryFile(FileModel):
    """The front matter of a story."""

    id: Annotated[Id, Key("编号")]
    """Permanent: 3–80 of `a-z`, `0-9` and `-`. The address is made of it."""
    headline: Annotated[Line, Key("主题", "标题")]
    """The main headline; stands alone in feeds."""
    kicker: Annotated[Line, Key("引题", "肩题", "眉题")] = ""
    """The line above the headline."""
    subhead: Annotated[Line, Key("副题", "副标题")] = ""
    """The line below the headline."""
    genre: Annotated[GenreWord, Key("体裁")]
    """消息, 通讯, 图片, 评论, 简讯, 综述, 特写, 调查, 人物, 访谈, 来信 or 公告."""
    date: Annotated[Moment, Key("日期")]
    """Publication: `2024-04-08`, or with a time `2024-04-08 06:30`. In the future: not shown until then."""
    section: Annotated[Line, Key("频道")]
    """A section of `content/sections.yml`, by name or slug."""
    column: Annotated[Line, Key("栏目")] = ""
    """The regular column that the story runs in."""
    region: Annotated[Line, Key("地区")] = ""
    """A region of `content/regions.yml`, by name or GB/T 2260 code."""
    topics: Annotated[Texts, Key("话题")] = ()
    """What it is about."""
    organisations: Annotated[Texts, Key("单位")] = ()
    """Whom it is about; organisations of `content/organisations.yml`."""
    dateline: Annotated[Text, Key("电头")] = ""
    """As printed; may be typed as the first words of the body instead."""
    byline: Annotated[AnyValue, TEXT, Key("署名"), Inside(BylineEntry)] = ""
    """As printed, or a list of `{role, name, org, title, person}`."""
    editors: Annotated[Texts, Key("责任编辑")] = ()
    """Editors responsible."""
    reading_tips: Annotated[Line, Key("阅读提示", "内容提要", "核心提示")] = ""
    """A summary of 40–120 characters; also used by feeds and search."""
    photos: Annotated[tuple[PhotoFile, ...], AsTuple, Key("图片")] = ()
    """Pictures; the first stands above the body unless the body places it."""
    status: Annotated[StatusWord, Key("状态")] = Status.PUBLISHED
    """草稿, 发布 (when not given) or 撤稿."""
    source: Annotated[Line, Key("来源")] = ""
    """Where it was first published or what it rests on."""
    note: Annotated[Line, Key("附注")] = ""
    """A remark that is printed with the story everywhere."""
    aliases: Annotated[Ids, Key("旧编号")] = ()
    """Former ids; their addresses lead here."""
    updated: Annotated[Moment | None, Key("更新")] = None
    """When a published story was last changed for its readers."""
    corrections: Annotated[tuple[CorrectionFile, ...], AsTuple, Key("更正")] = ()
    """What was wrong when it was published, said to its readers; an update by itself."""


@dataclass(frozen=True)
class StoryContext:
    """What a story file is checked against."""

    taxonomy: Taxonomy
    zone: tzinfo
    """Zone of dates without an offset."""
    incomplete: frozenset[str] = frozenset()
    """Data files with errors (``sections`` …): a name that they do not give is not blamed on the story."""


def parse_story(source: SourceText, context: StoryContext) -> Checked[Story]:
    """Read a story file. Problems are all that this file alone shows; what others say of it comes later."""
    split = _split(source)
    if isinstance(split, Problem):
        return Checked(None, (split,))
    start, stop, body_start = split
    document = parse_yaml(source, key_table(StoryFile), start=start, stop=stop)
    document.start = Span(1, 1, 3)
    if document.data is None and document.problems:
        return Checked(None, tuple(document.problems))
    closing = source.span_at(stop, 3)
    file = validate(document, StoryFile)
    if isinstance(file, list):
        return Checked(None, (*file, *_problems_of_the_rest(document, body_start, closing, context)))
    return _to_story(file, document, body_start, closing, context)


def _problems_of_the_rest(
    document: Document, body_start: int, closing: Span, context: StoryContext
) -> tuple[Problem, ...]:
    """What else is wrong where some fields are: an editor is told everything at once."""
    rest = salvage(document, StoryFile, _STAND_INS)
    if rest is None:
        return (*document.problems, *check_body(document.source, body_start, None))
    file, replaced = rest
    found = _to_story(file, document, body_start, closing, context).problems
    echoes = {code for name, codes in _ECHOES.items() if name in replaced for code in codes}
    return tuple(problem for problem in found if problem.code not in echoes)


_STAND_INS = {"id": "stand-in", "headline": "题", "genre": "消息", "date": "2000-01-01", "section": "stand-in"}
_ECHOES = {
    "section": ("section-unknown",),
    "photos": ("figure-unknown",),
    "genre": (
        "body-empty",
        "dateline-with-byline-line",
        "feature-with-dateline",
        "feature-without-byline",
        "news-with-byline-line",
        "commentary-with-reporter",
    ),
}
"""What a stand-in for a field would make look wrong."""


def _split(source: SourceText) -> tuple[int, int, int] | Problem:
    """Offsets: start and end of the YAML, start of the body."""
    text = source.text
    first = text.split("\n", 1)[0]
    if first.rstrip() != "---":
        return source.problem("frontmatter-missing", Span(1, 1, max(len(first), 1)))
    position = len(first) + 1
    while position < len(text):
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop
        if text[position:stop].rstrip() == "---":
            return len(first) + 1, position, min(stop + 1, len(text))
        position = stop + 1
    return source.problem("frontmatter-unclosed", _almost_closing(source))


def _almost_closing(source: SourceText) -> Span:
    """The line that was to close the front matter but has other dashes; the first line when there is none."""
    for number, line in enumerate(source.lines[1:], 2):
        if re.fullmatch(r"\s*[-－—–]{2,}\s*", line):
            return Span(number, 1, len(line))
    return Span(1, 1, 3)


def _to_story(
    file: StoryFile, document: Document, body_start: int, closing: Span, context: StoryContext
) -> Checked[Story]:
    """*closing* is where the line ``---`` stands that the body should follow."""
    problems: list[Problem] = list(document.problems)
    source = document.source
    signature = read_signature(document, file.dateline, file.byline, body_start)
    problems += signature.problems
    section = context.taxonomy.section(file.section)
    if section is None and "sections" not in context.incomplete:
        known = "、".join(s.name for s in context.taxonomy.sections) or "@kind.none"
        problems.append(document.problem("section-unknown", ("section",), found=file.section, suggestion=known))
    region = context.taxonomy.region(file.region) if file.region else None
    if file.region and region is None and "regions" not in context.incomplete:
        near = _nearest_regions(file.region, context.taxonomy)
        problems.append(document.problem("region-unknown", ("region",), found=file.region, suggestion=near))
    problems += _check_photos(file, document)
    problems += check_body(source, signature.body_start, {photo.file for photo in file.photos})
    if not signature.body.strip() and file.genre != "photo":
        problems.append(source.problem("body-empty", closing))
    story = _build(file, signature, section.slug if section else "", region.code if region else "", context.zone)
    located = Located(story, document)
    problems += check_story(located, signed=not signature.problems)
    named = section is not None and (region is not None or not file.region)
    usable = named and not any(p.severity == "error" for p in problems)
    return Checked(located if usable else None, tuple(problems))


def _build(file: StoryFile, signature: Signature, section: str, region: str, zone: tzinfo) -> Story:
    plain = {
        name: getattr(file, name)
        for name in (field.name for field in fields(Story))
        if name in StoryFile.model_fields and name not in _CONVERTED
    }
    corrections = tuple(Correction(_aware(one.date, zone), one.text) for one in file.corrections)
    updates = [_aware(file.updated, zone)] if file.updated else []
    return Story(
        **plain,
        date=_aware(file.date, zone),
        updated=max((*updates, *(one.date for one in corrections)), default=None),
        corrections=tuple(sorted(corrections, key=lambda one: one.date, reverse=True)),
        section=section,
        region=region,
        dateline=signature.dateline,
        dateline_gap=signature.gap,
        byline=signature.byline,
        byline_people=signature.people,
        end_byline=signature.at_end,
        body=signature.body,
        photos=tuple(map(_photo, file.photos)),
    )


def _photo(p: PhotoFile) -> Photo:
    return Photo(p.file, p.alt, p.credit, p.caption, p.kind, _photo_credits(p.credit), p.focus)


def _photo_credits(credit: str) -> tuple[Credit, ...]:
    read = parse_photo_credit(credit)
    return () if isinstance(read, Unreadable) else read.credits()


_CONVERTED = frozenset({"date", "updated", "corrections", "section", "region", "dateline", "byline", "photos"})


def _aware(moment: datetime, zone: tzinfo) -> datetime:
    """*moment* in the newsroom's zone, in which days and months are counted."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment.replace(tzinfo=zone)  # The first or last day of the calendar.


def _check_photos(file: StoryFile, document: Document) -> list[Problem]:
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for index, photo in enumerate(file.photos):
        at = ("photos", index)
        if photo.file in first:
            problems.append(document.problem("photo-twice", (*at, "file"), file=photo.file, line=first[photo.file]))
        first.setdefault(photo.file, document.span((*at, "file")).line)
        code = photo_path_problem(photo.file)
        if code:
            suggestion = suggest_photo_path(photo.file)
            problems.append(document.problem(code, (*at, "file"), found=photo.file, suggestion=suggestion))
        problems += [
            document.source.problem(missing, _at_key(document, at, name), file=photo.file)
            for name, missing in (("credit", "photo-credit-missing"), ("alt", "photo-alt-missing"))
            if not getattr(photo, name)
        ]
        if photo.credit:
            problems += _check_credit(document, (*at, "credit"), photo.credit)
    return problems


def _at_key(document: Document, photo: tuple[str | int, ...], name: str) -> Span:
    """Where *name* of a picture was left empty; its file where *name* was not typed."""
    return document.keys.get((*photo, name)) or document.span((*photo, "file"))


def _check_credit(document: Document, at: tuple[str | int, ...], credit: str) -> list[Problem]:
    why = parse_photo_credit(credit)
    if not isinstance(why, Unreadable):
        return []
    span = document.inner_span(at, why.start, max(why.end - why.start, 1))
    found = credit[why.start : why.end] or credit
    return [document.source.problem("photo-credit-unreadable", span, severity="warning", found=found)]


def _nearest_regions(found: str, taxonomy: Taxonomy) -> str:
    """Up to five regions that may be meant; the first ones when none is near."""
    names = [region.name for region in taxonomy.regions]
    near = difflib.get_close_matches(found, names, n=5, cutoff=0.4)
    near += [name for name in names if name[:1] == found[:1] or found.startswith(name)]
    return "、".join(list(dict.fromkeys(near or names))[:5]) or "@kind.none"
