"""What a build tells while it runs. The core reports, the command decides how it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage begins."""

    name: Literal["read", "host", "render", "write"]


Listener = Callable[[Stage], None]


def silent(_stage: Stage) -> None:
    """The listener that says nothing."""
