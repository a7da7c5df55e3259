"""Dates in words, as Babel knows them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from site_builder.messages import Messages


def long_date(day: date, messages: Messages) -> str:
    """``2024年4月8日``."""
    return format_date(day, messages.text("dates.long"), locale=_locale(messages))


def short_date(day: date, messages: Messages) -> str:
    """``4月8日``."""
    return format_date(day, messages.text("dates.short"), locale=_locale(messages))


def weekday(day: date, messages: Messages) -> str:
    """``星期一``."""
    return format_date(day, "EEEE", locale=_locale(messages))


def _locale(messages: Messages) -> str:
    return messages.language.replace("-", "_")
