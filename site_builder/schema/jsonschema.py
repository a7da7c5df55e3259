"""JSON Schema (draft-07) of the files that editors write, for completion and hints in editor programs.

Made from the same pydantic models that check the files: every spelling of a key is a property, words of a choice
come in both languages, patterns are those of :mod:`site_builder.schema.forms`. Beside the standard keywords stand
those that the YAML language server and VS Code read: ``markdownDescription``, ``errorMessage``, ``doNotSuggest``,
``defaultSnippets``. A schema cannot tell everything; what it passes, ``bulletin check`` may still refuse.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from site_builder.messages import Messages
from site_builder.schema import data, edition, forms, readings, settings, story
from site_builder.schema.forms import Form
from site_builder.schema.keys import Inside, key_table

Schema = dict[str, Any]
"""Any: JSON has no type."""

FILES: Mapping[str, type[BaseModel]] = {
    "story": story.StoryFile,
    "edition": edition.EditionFile,
    "sections": data.SectionsFile,
    "regions": data.RegionsFile,
    "organisations": data.OrganisationsFile,
    "people": data.PeopleFile,
    "pinyin": readings.PinyinFile,
}
SETTINGS = "settings"
KINDS = (*FILES, SETTINGS)

_DRAFT = "http://json-schema.org/draft-07/schema#"
_HOST_KEYS: Mapping[str, tuple[Form, bool]] = {
    "site_name": (forms.TEXT, True),
    "site_url": (forms.SITE_URL, True),
    "site_description": (forms.TEXT, False),
    "docs_dir": (forms.TEXT, False),
    "site_dir": (forms.TEXT, False),
}
"""Keys of ``mkdocs.yml`` that Bulletin reads: form, and whether it is obligatory."""
_ALSO_IN_SNIPPET = {
    "PhotoFile": ("credit", "alt"),
    "PageFile": ("stories",),
    "EditionFile": ("pages",),
    "SectionsFile": ("sections",),
    "RegionsFile": ("regions",),
    "OrganisationsFile": ("organisations",),
    "PeopleFile": ("people",),
    "PinyinFile": ("readings",),
}
"""Fields that a new entry always has although the model bears their absence."""


@dataclass(frozen=True)
class Known:
    """Names that a newsroom has, offered where one of them is meant; others stay right."""

    sections: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Keys of ``people.yml``."""
    stories: tuple[str, ...] = ()
    """Ids, newest first."""

    def offered(self, model: str, name: str) -> tuple[str, ...]:
        """What to offer for field *name* of *model*."""
        fields = {
            ("StoryFile", "section"): self.sections,
            ("StoryFile", "region"): self.regions,
            ("StoryFile", "topics"): self.topics,
            ("StoryFile", "organisations"): self.organisations,
            ("BylineEntry", "person"): self.people,
            ("PersonEntry", "org"): self.organisations,
            ("PageFile", "stories"): self.stories,
            ("PlacementFile", "id"): self.stories,
            ("EditionFile", "unplaced"): self.stories,
            ("UnplacedFile", "id"): self.stories,
        }
        return fields.get((model, name), ())


NOTHING_KNOWN = Known()


def make_schema(kind: str, messages: Messages, known: Known = NOTHING_KNOWN) -> Schema:
    """The schema of the files of *kind* (one of ``KINDS``), its hints in the language of *messages*."""
    maker = _Maker(messages, known)
    root = maker.settings() if kind == SETTINGS else maker.mapping(FILES[kind])
    title = messages.text(f"schema.title-{kind}")
    return {"$schema": _DRAFT, **root, "title": title, "definitions": dict(sorted(maker.definitions.items()))}


@dataclass
class _Maker:
    """One schema in the making: ``definitions`` fills with the models that are met on the way."""

    messages: Messages
    known: Known
    definitions: dict[str, Schema] = field(default_factory=dict)

    def mapping(self, model: type[BaseModel]) -> Schema:
        """A mapping of *model*'s fields, each under all its spellings."""
        properties: Schema = {}
        needed = []
        for name, spellings in key_table(model).spellings():
            info = model.model_fields[name]
            value = self.described(model.__name__, name, spellings) | self.value(model.__name__, name, info)
            preferred = _preferred(spellings)
            for spelling in spellings:
                properties[spelling] = value if spelling in (name, preferred) else {**value, "doNotSuggest": True}
            if info.is_required():
                needed.append(self.needed(spellings))
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"allOf": needed} if needed else {}),
            "defaultSnippets": [self.snippet(model)],
        }

    def needed(self, spellings: tuple[str, ...]) -> Schema:
        """One of *spellings* has to be there."""
        told = self.messages.text("schema.missing", key=_preferred(spellings))
        return {"anyOf": [{"required": [spelling], "errorMessage": told} for spelling in spellings]}

    def described(self, model: str, name: str, spellings: tuple[str, ...] = ()) -> Schema:
        """What hovering over the key shows."""
        text = self.messages.text(f"fields.{model}.{name}")
        title = " ".join(dict.fromkeys((_preferred(spellings), name))) if spellings else name
        return {"title": title, "description": text.replace("`", ""), "markdownDescription": text}

    def value(self, model: str, name: str, info: FieldInfo) -> Schema:
        """The schema of a field's value."""
        offered = self.known.offered(model, name)
        required = info.is_required()
        annotation, marks = _unwrapped(info.annotation, tuple(info.metadata))
        inside = next((mark.model for mark in marks if isinstance(mark, Inside)), None)
        if inside is not None:
            entry = self.reference(inside)
            return {"anyOf": [self.scalar(_form(marks), required), {"type": "array", "items": entry}, entry]}
        if get_origin(annotation) is tuple:
            return self.listing(get_args(annotation)[0], marks, offered, required=required)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.reference(annotation)
        return self.scalar(_form(marks), required, offered)

    def listing(self, item: Any, marks: tuple[Any, ...], offered: tuple[str, ...], *, required: bool) -> Schema:
        """A list: of mappings, of mappings or bare texts, or of texts that may stand on one line. Any: typing."""
        entry, entry_marks = _unwrapped(item)
        if issubclass(entry, BaseModel):
            items = self.reference(entry)
            short = _form(entry_marks, None)
            if short is not None:
                items = {"anyOf": [self.scalar(short, True, offered), items]}
            return {"type": "array", "items": items, "errorMessage": self.messages.text("schema.list")}
        one = _form(entry_marks, forms.TEXT)
        items = self.scalar(one, bool(one.pattern), offered)
        return {**self.scalar(_form(marks), required, offered), "items": items}

    def scalar(self, form: Form, required: bool, offered: tuple[str, ...] = ()) -> Schema:
        """One value of *form*."""
        told = self.messages.text(f"schema.{form.told}", words="、".join(_words(form)))
        return {
            **form.schema(required=required),
            "errorMessage": told,
            **({"examples": list(offered)} if offered else {}),
        }

    def reference(self, model: type[BaseModel]) -> Schema:
        """A reference to *model*, which is defined once."""
        if model.__name__ not in self.definitions:
            self.definitions[model.__name__] = {}  # Set before its fields are: a model may hold itself.
            self.definitions[model.__name__] = self.mapping(model)
        return {"$ref": f"#/definitions/{model.__name__}"}

    def snippet(self, model: type[BaseModel]) -> Schema:
        """The obligatory keys of *model*, to be filled in one after the other."""
        label = self.messages.text("schema.snippet")
        return {"label": label, "description": ", ".join(_body(model, _stops())), "body": _body(model, _stops())}

    def settings(self) -> Schema:
        """``mkdocs.yml``: the host's keys that Bulletin reads, and its own block. Other keys are the host's."""
        properties = {
            name: self.described("mkdocs", name) | self.scalar(form, required)
            for name, (form, required) in _HOST_KEYS.items()
        }
        theme: Schema = {"const": settings.THEME, "errorMessage": self.messages.text("schema.theme")}
        named = {"type": "object", "properties": {"name": theme}, "required": ["name"]}
        properties["theme"] = self.described("mkdocs", "theme") | {"anyOf": [theme, named]}
        block = self.described("mkdocs", "bulletin") | self.reference(settings.BulletinBlock)
        entry: Schema = {"type": "object", "properties": {"bulletin": block}}
        ours: Schema = {"type": "object", "required": ["bulletin"]}
        listed = {"type": "array", "items": {"anyOf": [entry, {"type": "string"}]}, "contains": ours}
        listed["errorMessage"] = self.messages.text("schema.plugin")
        properties["plugins"] = self.described("mkdocs", "plugins") | {"anyOf": [listed, {**entry, **ours}]}
        required = [name for name, (_, needed) in _HOST_KEYS.items() if needed] + ["theme", "plugins"]
        return {
            "type": "object",
            "properties": properties,
            "allOf": [self.needed((name,)) for name in required],
        }


def _unwrapped(annotation: Any, marks: tuple[Any, ...] = ()) -> tuple[Any, tuple[Any, ...]]:
    """The type without ``Annotated`` and ``| None``, and the marks on it, the outermost last. Any: typing forms."""
    if get_origin(annotation) is Annotated:
        inner, *inner_marks = get_args(annotation)
        return _unwrapped(inner, (*inner_marks, *marks))
    if get_origin(annotation) in (Union, types.UnionType):
        (inner,) = (argument for argument in get_args(annotation) if argument is not type(None))
        return _unwrapped(inner, marks)
    return annotation, marks


def _form(marks: tuple[Any, ...], default: Any = forms.TEXT) -> Any:
    """The last form among *marks*. Any: whatever the default is."""
    return next((mark for mark in reversed(marks) if isinstance(mark, Form)), default)


def _preferred(spellings: tuple[str, ...]) -> str:
    """The spelling that Bulletin itself writes: the first Chinese one where there is one."""
    return spellings[1] if len(spellings) > 1 else spellings[0]


def _words(form: Form) -> list[str]:
    """The words of a choice as the check tells them: the Chinese ones where there are any."""
    words = [word for word in form.words if isinstance(word, str)]
    return [word for word in words if not word.isascii()] or words


def _stops() -> Iterator[int]:
    """Numbers of a snippet's tab stops."""
    return iter(range(1, 100))


def _body(model: type[BaseModel], stops: Iterator[int]) -> Schema:
    body: Schema = {}
    for name, spellings in key_table(model).spellings():
        info = model.model_fields[name]
        if not info.is_required() and name not in _ALSO_IN_SNIPPET.get(model.__name__, ()):
            continue
        annotation, _ = _unwrapped(info.annotation)
        item, marks = _unwrapped(get_args(annotation)[0]) if get_origin(annotation) is tuple else (None, ())
        if item is None or not issubclass(item, BaseModel):
            body[_preferred(spellings)] = f"${next(stops)}"
        elif _form(marks, None) is not None:
            body[_preferred(spellings)] = [f"${next(stops)}"]
        else:
            body[_preferred(spellings)] = [_body(item, stops)]
    return body
