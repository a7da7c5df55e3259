"""Dates and numbers as people read them, in the language of the messages. The only module that knows Babel."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from site_builder.messages import Messages
from site_builder.text.lunar import lunar


def long_date(day: date, messages: Messages) -> str:
    """``2024年4月8日``"""
    return _formatted(_day(day), messages.text("dates.long"), messages.locale)


def short_date(day: date, messages: Messages) -> str:
    """``4月8日``"""
    return _formatted(_day(day), messages.text("dates.short"), messages.locale)


def weekday(day: date, messages: Messages) -> str:
    """``星期一``"""
    return _formatted(_day(day), "EEEE", messages.locale)


def lunar_date(day: date, messages: Messages) -> str:
    """``农历丙午年六月初七``; empty in languages whose papers do not print it, and outside the calendar's tables."""
    found = lunar(_day(day)) if messages.locale.startswith("zh") else None
    return messages.text("dates.lunar", year=found.year, month=found.month, day=found.day) if found else ""


def number(value: int, messages: Messages) -> str:
    """``12,345``"""
    return format_decimal(value, locale=_locale(messages.locale))


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@lru_cache(maxsize=4096)
def _formatted(day: date, pattern: str, locale: str) -> str:
    """A page of a front prints the same few days again and again, and Babel takes its time."""
    return format_date(day, pattern, locale=_locale(locale))


@lru_cache(maxsize=8)
def _locale(name: str) -> Locale:
    return Locale.parse(name)
