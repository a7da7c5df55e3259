"""The Chinese calendar (农历), as the date line of a newspaper gives it. The only module that knows Borax.

Rules: GB/T 33661-2017. Borax holds a table of the lunar months for 1900 to 2100. It was compared day by day with
lunar-python, which computes them: from 1901 on no day differs before September 2089, when a new moon falls so close
to midnight that tables disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from borax.calendars.lunardate import MAX_SOLAR_DATE, MIN_SOLAR_DATE, LunarDate


@dataclass(frozen=True, slots=True)
class Lunar:
    """A day of the Chinese calendar in the words of that calendar."""

    year: str
    """Stem and branch, 丙午; the year begins with its first month, not with 立春."""
    month: str
    """正, 六, 闰六, 冬, 腊: without the word for month."""
    day: str
    """初一 to 三十."""


def lunar(day: date) -> Lunar | None:
    """*day* in the Chinese calendar; ``None`` outside 31 January 1900 to 28 January 2101."""
    plain = date(day.year, day.month, day.day)
    if not MIN_SOLAR_DATE <= plain <= MAX_SOLAR_DATE:
        return None
    found = LunarDate.from_solar(plain)
    return Lunar(found.gz_year, f"{found.cn_leap}{found.cn_month}", found.cn_day)
