"""A parsed YAML document against its model: a checked value, or Problems at the places that are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from site_builder.problems import Problem, Span
from site_builder.schema.keys import KeyTable, key_table
from site_builder.schema.yamltext import Data, Document, Path

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": "text",
    "list_type": "list",
    "tuple_type": "list",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "int_type": "number",
    "datetime_type": "date",
    "date_type": "date",
    "bool_type": "boolean",
    "is_instance_of": "text",
    "enum": "text",
    "literal_error": "text",
}
"""pydantic's complaints about a value's type → what the value should be; words of the ``kind`` messages."""
_KINDS: dict[type, str] = {str: "text", list: "list", tuple: "list", dict: "mapping"}


def validate(document: Document, model: type[M]) -> M | list[Problem]:
    """The document as a *model*, or every reason why it is none.

    Values left empty count as not given. The document's own reading problems are not repeated here.
    """
    data = _without_nulls(document.data, key_table(model))
    if data is None:
        data = {}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [_to_problem(document, model, details) for details in error.errors(include_url=False)]
        return _without_echoes(found)


def salvage(document: Document, model: type[M], stand_ins: Mapping[str, str]) -> tuple[M, frozenset[str]] | None:
    """The document with *stand_ins* for what is wrong or missing, and the names of those fields.

    For telling what is wrong with the other fields too, never for use. ``None`` when too little is right.
    """
    data = _without_nulls(document.data, key_table(model))
    if not isinstance(data, dict):
        return None
    try:
        return model.model_validate(data), frozenset()
    except ValidationError as error:
        wrong = {str(details["loc"][0]) for details in error.errors(include_url=False) if details["loc"]}
    mended = {name: value for name, value in data.items() if name not in wrong}
    mended |= {name: value for name, value in stand_ins.items() if name in wrong}
    try:
        return model.model_validate(mended), frozenset(wrong)
    except ValidationError:
        return None


def _without_nulls(data: Data, table: KeyTable) -> Data:
    """*data* without the known fields that were left empty. An unknown one stays, to be told."""
    if isinstance(data, dict):
        known = set(table.fields.values())
        return {
            key: _without_nulls(value, table.nested.get(key, _EMPTY))
            for key, value in data.items()
            if not _is_empty(value) or (known and key not in known)
        }
    if isinstance(data, list):
        return [_without_nulls(item, table) for item in data]
    return data


def _is_empty(value: Data) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _without_echoes(problems: list[Problem]) -> list[Problem]:
    """*problems* without those that mending another one mends: ``{文件：a.png}`` does not lack 文件."""
    slips = {
        (problem.span.line, dict(problem.values)["key"])
        for problem in problems
        if problem.code in ("yaml-fullwidth-colon", "yaml-space-after-colon")
    }
    return [
        problem
        for problem in problems
        if problem.code != "field-missing"
        or not {(problem.span.line, name) for name in dict(problem.values).values()} & slips
    ]


_EMPTY = KeyTable()


def _to_problem(document: Document, model: type[BaseModel], details: ErrorDetails) -> Problem:
    path = _known_path(document, details["loc"])
    kind = details["type"]
    source = document.source
    if kind == "missing":
        return _missing(document, model, path, str(details["loc"][-1]))
    if kind == "extra_forbidden":
        table = _table_at(key_table(model), path[:-1])
        typed = document.typed.get(path, str(details["loc"][-1]))
        slip = _colon_in_key(document, path, typed, table)
        if slip is not None:
            return slip
        suggestion = table.nearest(typed) or "、".join(_preferred(table))
        return source.problem("key-unknown", document.key_span(path), key=typed, suggestion=suggestion)
    if kind in _EXPECTED:
        return _wrong_type(document, model, path, _EXPECTED[kind], details["input"])
    context = dict(details.get("ctx", {}))
    start, length = context.pop("start", None), context.pop("length", 1)
    span = document.span(path) if start is None else document.inner_span(path, start, length)
    return source.problem(kind, span, key=_typed_key(document, path), **context)


def _colon_in_key(document: Document, path: Path, typed: str, table: KeyTable) -> Problem | None:
    """``{文件：a.png}`` and ``{文件:a.png}``: to YAML a key without a value."""
    for mark, code in (("：", "yaml-fullwidth-colon"), (":", "yaml-space-after-colon")):
        key, colon, rest = typed.partition(mark)
        if colon and key.strip() in table.fields:
            at = document.key_span(path)
            span = Span(at.line, at.column + len(key), 1)
            return document.source.problem(code, span, key=key.strip(), rest=rest.strip())
    return None


def _typed_key(document: Document, path: Path) -> str:
    """The key that the value of *path* was typed under; for an item of a list, the list's."""
    while path:
        if path in document.typed:
            return document.typed[path]
        path = path[:-1]
    return "@kind.file"


def _missing(document: Document, model: type[BaseModel], path: Path, name: str) -> Problem:
    """Required, but not there or left empty: at the key if it was typed, else at the mapping it belongs in."""
    owner = path if path in document.values and (not path or path[-1] != name) else path[:-1]
    here = (*owner, name)
    span = document.keys[here] if here in document.keys else document.span(owner)
    if not owner:
        span = document.keys.get(here, document.start)
    table = _table_at(key_table(model), owner)
    chinese = next((key for key, field in table.fields.items() if field == name and key != name), name)
    typed = [key for path, key in document.typed.items() if path[:-1] == owner]
    english = bool(typed) and all(key.isascii() for key in typed)
    return document.source.problem("field-missing", span, key=name if english else chinese, name=name)


def _wrong_type(
    document: Document,
    model: type[BaseModel],
    path: Path,
    expected: str,
    found: Any,  # Any: whatever YAML gave
) -> Problem:
    if isinstance(found, str) and expected == "mapping":
        slip = _line_for_mapping(document, path, found.strip())
        if slip is not None:
            return slip
    return document.source.problem(
        "wrong-type",
        document.span(path),
        key=_typed_key(document, path),
        expected=f"@kind.{expected}",
        found=f"@kind.{_KINDS.get(type(found), 'nothing')}",
        form=f"@kind.form-{expected}" if path else "@kind.form-file",
        first=_preferred(key_table(model))[0],
    )


def _line_for_mapping(document: Document, path: Path, found: str) -> Problem | None:
    """A line of text where ``key: value`` should be: its colon is full-width, lacks a blank, or was forgotten."""
    for mark, code in (("：", "yaml-fullwidth-colon"), (":", "yaml-space-after-colon")):
        key, colon, rest = found.partition(mark)
        if colon and not rest.startswith("//"):
            span = document.inner_span(path, len(key), 1)
            return document.source.problem(code, span, key=key, rest=rest.strip())
    return None if path else document.source.problem("yaml-no-colon", document.span(path))


def _known_path(document: Document, loc: tuple[int | str, ...]) -> Path:
    """*loc* without the steps that pydantic adds for unions and validators, as far as the document has it."""
    path: Path = ()
    for step in loc:
        if (*path, step) in document.values:
            path = (*path, step)
    return path


def _table_at(table: KeyTable, path: Path) -> KeyTable:
    for step in path:
        if isinstance(step, str):
            table = table.nested.get(step, KeyTable())
    return table


def _preferred(table: KeyTable) -> list[str]:
    """One spelling of each field, Chinese where there is one."""
    return [spellings[1] if len(spellings) > 1 else spellings[0] for _, spellings in table.spellings()]
