"""A parsed YAML document against its model: a checked value, or Problems at the places that are wrong."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from site_builder.problems import Problem
from site_builder.schema.keys import KeyTable, key_table
from site_builder.schema.yamltext import Data, Document, Path

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": "@kind.text",
    "list_type": "@kind.list",
    "tuple_type": "@kind.list",
    "model_type": "@kind.mapping",
    "model_attributes_type": "@kind.mapping",
    "dict_type": "@kind.mapping",
    "int_type": "@kind.number",
    "datetime_type": "@kind.date",
    "date_type": "@kind.date",
    "bool_type": "@kind.boolean",
    "is_instance_of": "@kind.text",
}


def validate(document: Document, model: type[M]) -> M | list[Problem]:
    """The document as a *model*, or every reason why it is none.

    Values left empty count as not given. The document's own reading problems are not repeated here.
    """
    data = _without_nulls(document.data)
    if data is None:
        data = {}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        return [_to_problem(document, model, details) for details in error.errors(include_url=False)]


def _without_nulls(data: Data) -> Data:
    if isinstance(data, dict):
        return {key: _without_nulls(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_without_nulls(item) for item in data]
    return data


def _to_problem(document: Document, model: type[BaseModel], details: ErrorDetails) -> Problem:
    path = _known_path(document, details["loc"])
    kind = details["type"]
    source = document.source
    if kind == "missing":
        return _missing(document, model, path, str(details["loc"][-1]))
    if kind == "extra_forbidden":
        table = _table_at(key_table(model), path[:-1])
        typed = document.typed.get(path, str(details["loc"][-1]))
        suggestion = table.nearest(typed) or "、".join(_preferred(table))
        return source.problem("key-unknown", document.key_span(path), key=typed, suggestion=suggestion)
    if kind in _EXPECTED:
        return _wrong_type(document, path, kind, details["input"])
    context = dict(details.get("ctx", {}))
    start, length = context.pop("start", None), context.pop("length", 1)
    span = document.span(path) if start is None else document.inner_span(path, start, length)
    return source.problem(kind, span, key=document.typed.get(path, ""), **context)


def _missing(document: Document, model: type[BaseModel], path: Path, name: str) -> Problem:
    """Required, but not there or left empty: at the key if it was typed, else at the mapping it belongs in."""
    owner = path if path in document.values and (not path or path[-1] != name) else path[:-1]
    here = (*owner, name)
    span = document.keys[here] if here in document.keys else document.span(owner)
    if not owner:
        span = document.keys.get(here, document.start)
    table = _table_at(key_table(model), owner)
    chinese = next((key for key, field in table.fields.items() if field == name and key != name), name)
    return document.source.problem("field-missing", span, key=chinese, name=name)


def _wrong_type(document: Document, path: Path, kind: str, found: Any) -> Problem:  # Any: whatever YAML gave
    if isinstance(found, str) and kind.startswith(("model", "dict")):
        key, colon, rest = found.partition("：")
        if colon:
            span = document.inner_span(path, len(key), 1)
            return document.source.problem("yaml-fullwidth-colon", span, key=key, rest=rest.strip())
    kinds: dict[type, str] = {str: "@kind.text", list: "@kind.list", tuple: "@kind.list", dict: "@kind.mapping"}
    return document.source.problem(
        "wrong-type",
        document.span(path),
        key=document.typed.get(path, ""),
        expected=_EXPECTED[kind],
        found=kinds.get(type(found), "@kind.text"),
    )


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
