"""A theme as it was read: a value, which whoever only carries it need not have Jinja for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """The text of our templates, by name. Frozen, so that it can be digested and sent to a worker."""

    templates: tuple[tuple[str, str], ...]
