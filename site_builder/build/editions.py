"""The edition that a command is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from site_builder.errors import UsageError
from site_builder.model.edition import Edition
from site_builder.model.newsroom import Newsroom

_LISTED = 8
"""Editions that a message lists."""


def find_edition(newsroom: Newsroom, wanted: str, none: str) -> Edition:
    """The edition of the date, or of the edition's file, *wanted*; the latest when it is empty.

    Raises ``UsageError``: *none* where the newsroom has no edition at all.
    """
    if not newsroom.editions:
        raise UsageError(none)
    if not wanted:
        return newsroom.editions[0]
    day = _day(wanted)
    for edition in newsroom.editions:
        if edition.date == day:
            return edition
    known = tuple(edition.id for edition in newsroom.editions[:_LISTED])
    more = ("……",) if len(newsroom.editions) > _LISTED else ()
    raise UsageError("print.edition-unknown", wanted, (*known, *more))


def _day(wanted: str) -> date | None:
    """The date of ``2024-04-08`` or of ``content/editions/2024-04-08.yml``."""
    try:
        return date.fromisoformat(Path(wanted).stem)
    except ValueError:
        return None
