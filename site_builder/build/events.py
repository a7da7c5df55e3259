"""What a build tells while it runs. The core reports, the command decides how it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage begins."""

    name: Literal["read", "host", "render", "write"]


@dataclass(frozen=True, slots=True)
class Progress:
    """So much of the work that really has to be done is done; what the cache has is not counted."""

    kind: str
    """The kind of the task that comes next, or was the last: a key of ``renderers.KINDS``."""
    done: int
    total: int
    """Of the tasks that were handed out together; a build hands out tasks several times."""


Event = Stage | Progress
Listener = Callable[[Event], None]


def silent(_event: Event) -> None:
    """The listener that says nothing."""
