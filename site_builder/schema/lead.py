"""Who signs a story and where it was filed: front matter or first words, printed form or list, to data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator

from site_builder.model.byline import ROLE_WORDS, Byline, Dateline, Role, byline_from_credits
from site_builder.problems import Problem
from site_builder.schema.fields import AsTuple, FileModel, Line, Texts, refuse
from site_builder.schema.keys import Key, key_table
from site_builder.schema.printed import Unreadable, find_end_byline, find_lead, parse_byline, parse_lead
from site_builder.schema.text import SourceText
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
    english = {role.value: role for role in Role}
    role = ROLE_WORDS.get(value) or english.get(value)
    if role is None:
        raise refuse("choice-unknown", found=value, suggestion="、".join(dict.fromkeys(ROLE_WORDS)))
    return role


class BylineEntry(FileModel):
    """One role and its people, when a byline is given as a list."""

    role: Annotated[Role, BeforeValidator(_role), Key("身份")] = Role.UNSTATED
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


BYLINE_KEYS = key_table(BylineList).nested["byline"]


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
    """
    found = _Found()
    source = document.source
    body = source.text[body_start:]
    lead_offset = body_start + len(body) - len(body.lstrip("\n \t"))
    body = source.text[lead_offset:]
    _read_dateline(document, dateline, found)
    _read_byline(document, byline, found)
    start = _read_body_lead(source, body, lead_offset, found)
    stop = _read_end(source, start, found)
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
            # A byline typed in brackets beside a dateline is set as the house sets it.
            found.gap = " " if found.dateline and byline.brackets else ""
        return
    _read_list(document, value, found)


def _read_list(document: Document, value: Any, found: _Found) -> None:
    checked = validate(_rekeyed(document, value), BylineList)
    if isinstance(checked, list):
        found.problems += checked
        return
    lines = [(e.role, e.name, e.org or None, e.title or None) for e in checked.byline]
    try:
        found.byline = byline_from_credits(lines, brackets=found.dateline is not None)
    except ValueError:
        found.problems.append(document.problem("byline-list-order", ("byline",)))
        return
    found.gap = " " if found.dateline else ""
    found.people = tuple((name, e.person) for e in checked.byline if e.person for name in e.name)


def _rekeyed(document: Document, value: Any) -> Document:
    """The byline list with its keys turned into field names; the story's own table does not know them."""
    fields = BYLINE_KEYS.fields

    def rename(path: Path) -> Path:
        return tuple(fields.get(step, step) if isinstance(step, str) else step for step in path)

    items = value if isinstance(value, list) else [value]
    renamed = [{fields.get(k, k): v for k, v in item.items()} if isinstance(item, dict) else item for item in items]
    inner = Document(document.source, {"byline": renamed})
    inner.values = {rename(path): span for path, span in document.values.items()}
    inner.keys = {rename(path): span for path, span in document.keys.items()}
    inner.typed = {rename(path): typed for path, typed in document.typed.items()}
    inner.offsets = {rename(path): offset for path, offset in document.offsets.items()}
    inner.start = document.span(("byline",))
    return inner


def _read_body_lead(source: SourceText, body: str, offset: int, found: _Found) -> int:
    """Take a printed lead off the body; the offset where prose begins."""
    lead = find_lead(body)
    if lead is None:
        return offset
    if isinstance(lead, Unreadable):
        span = source.span_at(offset + lead.start, max(lead.end - lead.start, 1))
        text = body[lead.start : lead.end]
        found.problems.append(source.problem(_CODES[lead.reason], span, found=text))
        return offset
    printed, length = lead
    span = source.span_at(offset, length)
    if found.dateline is not None:
        found.problems.append(source.problem("dateline-twice", span, found=printed.dateline))
    elif printed.byline is not None and found.byline is not None:
        stands_alone = not found.byline.brackets
        code = "dateline-with-byline-line" if stands_alone else "byline-twice"
        found.problems.append(source.problem(code, span, dateline=printed.dateline, byline=found.byline))
    else:
        found.dateline, found.gap = printed.dateline, printed.separator
        found.byline = printed.byline or found.byline
        if printed.byline is None and found.byline is not None and found.byline.brackets:
            found.gap = found.gap or " "
    return offset + length


def _read_end(source: SourceText, start: int, found: _Found) -> int:
    """Take a bracketed byline off the last line; the offset where the body ends."""
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
    return start + offset


def _unreadable(document: Document, path: Path, text: str, why: Unreadable) -> Problem:
    span = document.inner_span(path, why.start, max(why.end - why.start, 1))
    return document.source.problem(_CODES[why.reason], span, found=text[why.start : why.end] or text)
