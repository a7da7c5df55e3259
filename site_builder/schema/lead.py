"""Who signs a story and where it was filed: front matter or first words, printed form or list, to data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from pydantic import BeforeValidator

from site_builder.model.byline import ROLE_WORDS, Byline, Dateline, Lead, Name, Role, byline_from_credits
from site_builder.problems import Problem, Severity, Span
from site_builder.schema.fields import AsTuple, FileModel, Line, Texts, refuse
from site_builder.schema.forms import choice_form
from site_builder.schema.keys import Key
from site_builder.schema.printed import Unreadable, find_end_byline, find_lead, parse_byline, parse_lead
from site_builder.schema.rules import AGENCY_KINDS
from site_builder.schema.validate import validate
from site_builder.schema.yamltext import Document, Path

_CODES = {
    "bracket": "byline-bracket",
    "role-without-name": "byline-role-without-name",
    "spaced-characters": "byline-spaced",
    "word": "byline-word",
    "empty": "byline-empty",
    "date": "dateline-date",
    "dateline": "dateline-unreadable",
}


def _role(value: object) -> object:
    if not isinstance(value, str):
        return value
    value = value.strip()
    english = {role.value: role for role in Role}
    role = ROLE_WORDS.get(value) or english.get(value)
    if role is None:
        raise refuse("choice-unknown", found=value, suggestion="、".join(dict.fromkeys(ROLE_WORDS)))
    return role


class BylineEntry(FileModel):
    """One role and its people, when a byline is given as a list."""

    role: Annotated[Role, BeforeValidator(_role), choice_form(ROLE_WORDS), Key("身份")] = Role.UNSTATED
    """记者, 通讯员, 摄影 …; left out when it is not known."""
    name: Annotated[Texts, Key("姓名")]
    """One name, or several."""
    org: Annotated[Line, Key("单位")] = ""
    """Organisation, as printed before the role."""
    title: Annotated[Line, Key("头衔")] = ""
    """首席, 见习, 特约 …"""
    person: Annotated[Line, Key("人物")] = ""
    """Key in people.yml, when two people share the name."""


class BylineList(FileModel):
    """The list form of a byline."""

    byline: Annotated[tuple[BylineEntry, ...], AsTuple, Key("署名")]


@dataclass(frozen=True)
class Signature:
    """A story's dateline and byline, and the body that is left when a printed lead is taken off."""

    body: str
    body_start: int
    """Offset of ``body`` in the file."""
    dateline: Dateline | None = None
    gap: str = ""
    byline: Byline | None = None
    at_end: bool = False
    people: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Found:
    """What the front matter and the body say, while it is being put together."""

    dateline: Dateline | None = None
    gap: str = ""
    byline: Byline | None = None
    at_end: bool = False
    people: tuple[tuple[str, str], ...] = ()
    problems: list[Problem] = field(default_factory=list)


def read_signature(document: Document, dateline: str, byline: Any, body_start: int) -> Signature:
    """Put together what the front matter (*dateline*, *byline*) and the body's first and last words say.

    Whatever is said twice is a problem; nothing is preferred silently. Any: *byline* is text or a list.
    *document* learns where dateline and byline stand when they are part of the body, and each name of the
    byline: ``("byline", name)``, for people's keys ``("byline", "#key")``.
    """
    found = _Found()
    source = document.source
    body = source.text[body_start:]
    lead_offset = body_start + len(body) - len(body.lstrip("\n \t"))
    body = source.text[lead_offset:]
    _read_dateline(document, dateline, found)
    _read_byline(document, byline, found)
    start = _read_body_lead(document, body, lead_offset, found)
    stop = _read_end(document, start, found)
    return Signature(
        source.text[start:stop].strip("\n"),
        start,
        found.dateline,
        found.gap,
        found.byline,
        found.at_end,
        found.people,
        tuple(found.problems),
    )


def _read_dateline(document: Document, text: str, found: _Found) -> None:
    if not text:
        return
    lead = parse_lead(text)
    if isinstance(lead, Unreadable):
        found.problems.append(_unreadable(document, ("dateline",), text, lead))
        return
    found.dateline, found.gap, found.byline = lead.dateline, lead.separator, lead.byline
    if lead.byline is not None:
        start = len(text) - len(str(lead.byline))
        _note_byline(document, lead.byline, lambda at, size: document.inner_span(("dateline",), start + at, size))


def _read_byline(document: Document, value: Any, found: _Found) -> None:
    if value in ("", None, []):
        return
    if found.byline is not None:
        found.problems.append(document.problem("byline-twice", ("byline",)))
        return
    if isinstance(value, str):
        byline = parse_byline(value.strip())
        if isinstance(byline, Unreadable):
            found.problems.append(_unreadable(document, ("byline",), value.strip(), byline))
        else:
            found.byline = byline
            _note_names(document, byline, lambda at, size: document.inner_span(("byline",), at, size))
            # A byline typed in brackets beside a dateline is set as the house sets it.
            found.gap = " " if found.dateline and byline.brackets else ""
        return
    _read_list(document, value, found)


def _read_list(document: Document, value: Any, found: _Found) -> None:
    items = value if isinstance(value, list) else [value]
    checked = validate(replace(document, data={"byline": items}, start=document.span(("byline",))), BylineList)
    problems = checked if isinstance(checked, list) else list(_check_entries(document, checked.byline))
    if isinstance(checked, list) or problems:
        found.problems += problems
        return
    lines = [(e.role, e.name, e.org or None, e.title or None) for e in checked.byline]
    found.byline = byline_from_credits(lines, brackets=found.dateline is not None)
    found.gap = " " if found.dateline else ""
    found.people = tuple((Name(name).plain, e.person) for e in checked.byline if e.person for name in e.name)
    for index, entry in enumerate(checked.byline):
        at: Path = ("byline", index)
        for number, name in enumerate(entry.name):
            span = document.span((*at, "name", number))
            document.values.setdefault(("byline", Name(name).plain), span)
        document.values.setdefault(("byline", f"#{entry.person}"), document.span((*at, "person")))


def _check_entries(document: Document, entries: tuple[BylineEntry, ...]) -> Iterator[Problem]:
    """What a list can get wrong that its model does not see."""
    for index, entry in enumerate(entries):
        at: Path = ("byline", index, "name")
        if not entry.name:
            yield document.problem("byline-empty", at)
        for number, name in enumerate(entry.name):
            byline = parse_byline(name)
            if isinstance(byline, Unreadable):
                yield document.problem(_CODES[byline.reason], (*at, number), found=name)
            elif [str(printed) for printed in _names_of(byline)] != [str(byline)]:
                yield document.problem("byline-word", (*at, number), found=name)
        if index and entry.role is Role.UNSTATED and not entry.org and not entry.title:
            yield document.problem("byline-list-order", ("byline", index))


def _names_of(byline: Byline) -> Iterator[Name]:
    """The names in printed order."""
    for group in byline.groups:
        yield from group.names
        if group.aside is not None:
            yield from _names_of(group.aside)


def _note_names(document: Document, byline: Byline, span_at: Callable[[int, int], Span]) -> None:
    """Note where each name of a printed byline stands; *span_at* takes an offset in it and a length."""
    text, end = str(byline), 0
    for name in _names_of(byline):
        begin = text.find(str(name), end)
        end = begin + len(str(name))
        document.values.setdefault(("byline", name.plain), span_at(begin, len(str(name))))


def _note_byline(document: Document, byline: Byline, span_at: Callable[[int, int], Span]) -> None:
    document.values[("byline",)] = span_at(0, len(str(byline)))
    _note_names(document, byline, span_at)


def _read_body_lead(document: Document, body: str, offset: int, found: _Found) -> int:
    """Take a printed lead off the body; the offset where prose begins."""
    source = document.source
    lead = find_lead(body)
    if lead is None:
        return _read_lone_byline(document, body, offset, found)
    if isinstance(lead, Unreadable):
        text = body[lead.start : lead.end].rstrip()
        span = source.span_at(offset + lead.start, max(len(text), 1))
        found.problems.append(source.problem(_CODES[lead.reason], span, found=text))
        return offset
    printed, length = lead
    span = source.span_at(offset, length)
    if found.dateline is not None:
        found.problems.append(source.problem("dateline-twice", span, found=printed.dateline))
    elif printed.byline is not None and found.byline is not None:
        found.problems.append(_signed_twice(document, printed, found.byline, span))
    else:
        found.dateline, found.gap = printed.dateline, printed.separator
        document.values[("dateline",)] = source.span_at(offset, len(str(printed.dateline)))
        if printed.byline is not None:
            start = offset + length - len(str(printed.byline))
            _note_byline(document, printed.byline, lambda at, size: source.span_at(start + at, size))
        found.byline = printed.byline or found.byline
        if printed.byline is None and found.byline is not None and found.byline.brackets:
            found.gap = found.gap or " "
    return offset + length


def _read_lone_byline(document: Document, body: str, offset: int, found: _Found) -> int:
    """A bracketed byline that opens the body: it belongs to the front matter's dateline, or lacks one."""
    bracket = body[: body.find("）") + 1] if body.startswith("（") else ""
    byline = parse_byline(bracket) if bracket else None
    if not isinstance(byline, Byline) or not any(group.role_word for group in byline.groups):
        return offset
    source = document.source
    if found.dateline is None or found.byline is not None:
        span = source.span_at(offset, len(bracket))
        code = "byline-without-dateline" if found.byline is None else "byline-twice"
        severity: Severity = "warning" if found.byline is None else "error"
        found.problems.append(source.problem(code, span, severity=severity, found=bracket))
        return offset
    found.byline, found.gap = byline, " "
    _note_byline(document, byline, lambda at, size: source.span_at(offset + at, size))
    return offset + len(bracket)


def _signed_twice(document: Document, printed: Lead, byline: Byline, span: Span) -> Problem:
    """A lead with its own byline (at *span*), and *byline* in the front matter besides."""
    if byline.brackets:
        return document.source.problem("byline-twice", span)
    if printed.dateline.kind in AGENCY_KINDS:
        return document.problem("agency-with-own-byline", ("byline",), dateline=printed.dateline)
    return document.source.problem("dateline-with-byline-line", span, dateline=printed.dateline, byline=byline)


def _read_end(document: Document, start: int, found: _Found) -> int:
    """Take a bracketed byline off the last line; the offset where the body ends."""
    source = document.source
    body = source.text[start:]
    end = find_end_byline(body)
    if end is None:
        return len(source.text)
    if isinstance(end, Unreadable):
        span = source.span_at(start + end.start, max(end.end - end.start, 1))
        found.problems.append(source.problem(_CODES[end.reason], span, found=body[end.start : end.end]))
        return len(source.text)
    byline, offset = end
    if found.byline is not None:
        found.problems.append(source.problem("byline-twice", source.span_at(start + offset, len(str(byline)))))
    else:
        found.byline, found.at_end = byline, True
        begin = start + offset
        _note_byline(document, byline, lambda at, size: source.span_at(begin + at, size))
    return start + offset


def _unreadable(document: Document, path: Path, text: str, why: Unreadable) -> Problem:
    span = document.inner_span(path, why.start, max(why.end - why.start, 1))
    return document.source.problem(_CODES[why.reason], span, found=text[why.start : why.end] or text)
