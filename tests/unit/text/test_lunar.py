"""The Chinese calendar: days that every calendar prints, and the shape of all others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.text.lunar import Lunar, lunar

SPRING_FESTIVALS = {
    2020: (1, 25),
    2021: (2, 12),
    2022: (2, 1),
    2023: (1, 22),
    2024: (2, 10),
    2025: (1, 29),
    2026: (2, 17),
    2027: (2, 6),
    2028: (1, 26),
    2029: (2, 13),
    2030: (2, 3),
}
"""As the State Council's and the observatories' calendars give them."""
YEARS = ["庚子", "辛丑", "壬寅", "癸卯", "甲辰", "乙巳", "丙午", "丁未", "戊申", "己酉", "庚戌"]


@pytest.mark.parametrize(("year", "name"), list(zip(SPRING_FESTIVALS, YEARS, strict=True)))
def test_the_year_begins_with_the_spring_festival(year: int, name: str) -> None:
    festival = date(year, *SPRING_FESTIVALS[year])
    eve = lunar(festival - timedelta(days=1))

    assert lunar(festival) == Lunar(name, "正", "初一")
    assert eve is not None
    assert (eve.month, eve.year == name) == ("腊", False)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 9, 17), Lunar("甲辰", "八", "十五")),  # Mid-Autumn
        (date(2026, 6, 19), Lunar("丙午", "五", "初五")),  # Dragon Boat
        (date(2025, 8, 1), Lunar("乙巳", "闰六", "初八")),
        (date(2023, 3, 25), Lunar("癸卯", "闰二", "初四")),
        (date(2026, 2, 10), Lunar("乙巳", "腊", "廿三")),  # after 立春, before the year's first month
        (date(2024, 1, 5), Lunar("癸卯", "冬", "廿四")),
        (date(2000, 1, 1), Lunar("己卯", "冬", "廿五")),
    ],
)
def test_days_of_the_calendar(day: date, expected: Lunar) -> None:
    assert lunar(day) == expected


@pytest.mark.parametrize("day", [date(1900, 1, 30), date(2101, 1, 29), date.min, date.max])
def test_no_table_no_day(day: date) -> None:
    assert lunar(day) is None


@given(st.dates(date(1901, 1, 1), date(2100, 12, 30)))
def test_a_day_follows_the_day_before(day: date) -> None:
    today, tomorrow = lunar(day), lunar(day + timedelta(days=1))

    assert today is not None
    assert tomorrow is not None
    assert (tomorrow.day == "初一") == (tomorrow.month != today.month)
    assert tomorrow.day != today.day
