"""Everything that the product says to people, one TOML file per language.

``Messages`` is a value: a language and its table. Loading reads a resource of the package, never the newsroom.
Standard library only, so that ``bulletin --help`` stays instant.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

DEFAULT_LANGUAGE = "zh-CN"


@dataclass(frozen=True)
class Messages:
    """The words of one language. Keys are dotted: ``problems.date-invalid.what``."""

    language: str
    table: Mapping[str, str]

    def text(self, key: str, /, **values: object) -> str:
        """The message of *key* with ``{name}`` places filled.

        A place without a value stays as it is; a missing key is a programming error and raises ``KeyError``
        (tests hold all languages to the same keys).
        """
        return self.table[key].format_map(_Places(values))

    @property
    def locale(self) -> str:
        """The locale that Babel formats dates, weekdays and numbers by: ``zh_CN``."""
        return self.table["language.locale"]

    def has(self, key: str) -> bool:
        """Whether the language knows *key*."""
        return key in self.table

    def section(self, name: str) -> dict[str, str]:
        """All messages below *name*, keyed without that prefix."""
        prefix = name + "."
        return {key.removeprefix(prefix): text for key, text in self.table.items() if key.startswith(prefix)}


class _Places(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def available_languages() -> tuple[str, ...]:
    """Codes of the languages that have a message file: the default one, then the others sorted."""
    names = (entry.name for entry in files(__package__).iterdir())
    codes = (name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    return tuple(sorted(codes, key=lambda code: (code != DEFAULT_LANGUAGE, code)))


@lru_cache(maxsize=8)
def load_messages(language: str) -> Messages:
    """The messages of *language*; ``KeyError`` when there is no such file."""
    if language not in available_languages():
        raise KeyError(language)
    text = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return Messages(language, _flatten(tomllib.loads(text)))


def match_language(wanted: str | None) -> str:
    """The available language that fits a locale name such as ``zh_CN.UTF-8`` or ``en``; Chinese when none does.

    ``C`` and ``POSIX`` mean that nobody chose a language: Chinese, since editors are.
    """
    tag = (wanted or "").split(".")[0].split("@")[0].replace("_", "-").lower()
    for language in available_languages():
        if tag and (tag == language.lower() or tag.split("-")[0] == language.lower().split("-")[0]):
            return language
    if tag and tag not in ("c", "posix") and "en" in available_languages():
        return "en"
    return DEFAULT_LANGUAGE


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat.update(_flatten(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = value
    return flat
