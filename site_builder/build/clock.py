"""The only place that asks what time it is."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Protocol

from site_builder.errors import UsageError


class Clock(Protocol):
    """Tells the moment for which a build decides what is published."""

    def now(self) -> datetime:
        """An aware moment."""


class SystemClock:
    """The machine's clock, or ``SOURCE_DATE_EPOCH`` where it is set (reproducible-builds.org)."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if not epoch:
            return datetime.now(UTC)
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise UsageError("source-date-epoch", epoch) from None


class FixedClock:
    """A clock that stands still: for tests, and for showing a site as of a moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was made with."""
        return self.moment
