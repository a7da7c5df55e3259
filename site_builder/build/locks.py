"""Locks of the layout, read beside the editions: the pages that ``bulletin print`` gave to unplaced stories.

So the site knows the page of such a story as if the editor had placed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from site_builder.build.sources import SourceFile
from site_builder.model.edition import Edition
from site_builder.paper.page.lock import DamagedLock, Lock, lock_name, read_lock
from site_builder.problems import Problem, Severity
from site_builder.schema.text import decode


@dataclass(frozen=True)
class ReadLocks:
    """The locks that can be read, by the day of their edition, and what is wrong with the others."""

    locks: dict[date, Lock]
    problems: tuple[Problem, ...]


def lock_path(edition_path: str, edition: Edition) -> str:
    """The file of the lock of the *edition* whose file is *edition_path*, relative to the newsroom."""
    return str(PurePosixPath(edition_path).parent / lock_name(edition.id))


def read_locks(files: Iterable[SourceFile], editions: Iterable[tuple[str, Edition]]) -> ReadLocks:
    """The locks among *files* of the *editions* (path and value); those of no edition are passed over.

    A damaged one is an error where it would say on which pages stories stand, else a warning: the site does without.
    """
    by_path = {file.path: file for file in files}
    locks: dict[date, Lock] = {}
    problems: list[Problem] = []
    for path, edition in editions:
        file = by_path.get(lock_path(path, edition))
        if file is None:
            continue
        found = _read(file, edition)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            locks[edition.date] = found
    return ReadLocks(locks, tuple(problems))


def assigned(edition: Edition, locks: ReadLocks) -> Edition:
    """*edition* with its unplaced stories on the pages that its lock names."""
    lock = locks.locks.get(edition.date)
    return edition.assign(lock.stories_by_page()) if lock and edition.unplaced else edition


def _read(file: SourceFile, edition: Edition) -> Lock | Problem:
    severity: Severity = "error" if edition.unplaced else "warning"
    text = decode(file.path, file.data)
    if isinstance(text, Problem):
        return replace(text, severity=severity)
    try:
        return read_lock(text.text)
    except DamagedLock as error:
        span = text.span_at(error.offset)
        if error.foreign:
            return text.problem("lock-version", span, severity=severity, edition=edition.id)
        return text.problem("lock-damaged", span, severity=severity, edition=edition.id)
