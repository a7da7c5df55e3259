"""A checked value together with where its parts were typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from site_builder.problems import Problem, Severity
from site_builder.schema.yamltext import Document, Path

T = TypeVar("T")


@dataclass(frozen=True)
class Located(Generic[T]):
    """A value and the document it came from, so that checks across files can point at a line."""

    value: T
    document: Document

    @property
    def path(self) -> str:
        """The file, relative to the newsroom."""
        return self.document.source.path

    def problem(self, code: str, at: Path = (), *, severity: Severity = "error", **values: object) -> Problem:
        """A problem at the value of *at*."""
        span = self.document.span(at)
        return self.document.source.problem(code, span, severity=severity, **values)


@dataclass(frozen=True)
class Checked(Generic[T]):
    """What reading one file gave: a value unless an error forbids it, and all findings."""

    value: Located[T] | None
    problems: tuple[Problem, ...] = ()
