"""Periods: the days, weeks, months, quarters and years that numbers belong to.

A period is a pair of days, both included. Most are regular (a whole ISO week, a whole
month); imported history also knows others, such as 2 to 30 June at monthly cadence.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

MONDAY: Final = 1
SUNDAY: Final = 7
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
# A period that covers at least this share of a month is called by the month's name.
_NAMED_FROM: Final = 0.5


class Cadence(StrEnum):
    """Length of one period."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def period_name(self) -> str:
        return _PERIOD_NAMES[self]

    @property
    def is_slow(self) -> bool:
        """A month or longer: waiting for a second period would cost too much."""
        return self not in (Cadence.DAILY, Cadence.WEEKLY)


_PERIOD_NAMES: Final = {
    Cadence.DAILY: "day",
    Cadence.WEEKLY: "week",
    Cadence.MONTHLY: "month",
    Cadence.QUARTERLY: "quarter",
    Cadence.YEARLY: "year",
}
_MONTHS_LONG: Final = {
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.YEARLY: 12,
}


@dataclass(frozen=True, slots=True)
class Period:
    cadence: Cadence
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a period ends on or after its first day")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def period_of(day: date, cadence: Cadence, week_start: int = MONDAY) -> Period:
    """The regular period that holds `day`. `week_start`: 1 is Monday, 7 is Sunday."""
    if cadence is Cadence.DAILY:
        return Period(cadence, day, day)
    if cadence is Cadence.WEEKLY:
        start = day - timedelta(days=(day.isoweekday() - week_start) % 7)
        return Period(cadence, start, start + _WEEK - _DAY)
    length = _MONTHS_LONG[cadence]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    end = date(day.year, last, monthrange(day.year, last)[1])
    return Period(cadence, date(day.year, first, 1), end)


def following(period: Period) -> Period:
    """The next period: it begins the day after, and ends where a regular one ends."""
    start = period.end + _DAY
    if period.cadence is Cadence.WEEKLY:
        return Period(period.cadence, start, period.end + _WEEK)
    return Period(period.cadence, start, period_of(start, period.cadence).end)


def preceding(period: Period) -> Period:
    """The period before: it ends the day before, and begins where a regular one does."""
    end = period.start - _DAY
    if period.cadence is Cadence.WEEKLY:
        return Period(period.cadence, period.start - _WEEK, end)
    return Period(period.cadence, period_of(end, period.cadence).start, end)


def periods_between(
    first: date, last: date, cadence: Cadence, week_start: int = MONDAY
) -> tuple[Period, ...]:
    """Every regular period that touches the days from `first` to `last`."""
    periods: list[Period] = []
    if first > last:
        return ()
    period = period_of(first, cadence, week_start)
    while period.start <= last:
        periods.append(period)
        period = following(period)
    return tuple(periods)


def has_begun(period: Period, today: date) -> bool:
    return period.start <= today


def has_ended(period: Period, today: date) -> bool:
    """Over, so that a number for it can be final."""
    return period.end < today


def iso_week(day: date) -> str:
    """`2026-W44`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


_WEEK_NAMED: Final = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


def week_named(name: str, week_start: int = MONDAY) -> Period | None:
    """The week called `2026-W44`; None for what names no week. One that begins on a
    Sunday has the number of the ISO week that most of it lies in."""
    found = _WEEK_NAMED.fullmatch(name)
    if found is None:
        return None
    try:
        middle = date.fromisocalendar(int(found[1]), int(found[2]), 3)
        return period_of(middle, Cadence.WEEKLY, week_start)
    except (ValueError, OverflowError):
        return None


def name_of_week(week: Period) -> str:
    """`2026-W44`, which `week_named` reads."""
    return iso_week(week.start + timedelta(days=3))


def label(period: Period) -> str:
    """Short, for axes and table rows: `2 Nov`, `W44`, `Jun 1999`, `Q3 1999`, `1999`.

    A period that covers less than half of its month (quarter, year), or more than
    one, is called by its days. A week that begins on Sunday has the number of the ISO
    week that most of it lies in.
    """
    if period.cadence is Cadence.DAILY and period.days == 1:
        return f"{period.start.day} {_MONTHS[period.start.month - 1]}"
    if period.cadence is Cadence.WEEKLY and period.days == 7:
        middle = period.start + timedelta(days=3)
        return f"W{middle.isocalendar().week:02d}"
    if period.cadence in _MONTHS_LONG:
        whole = period_of(period.start, period.cadence)
        if period.end <= whole.end and period.days >= _NAMED_FROM * whole.days:
            return _name(whole)
    return dates(period)


def _name(whole: Period) -> str:
    year = whole.start.year
    if whole.cadence is Cadence.MONTHLY:
        return f"{_MONTHS[whole.start.month - 1]} {year}"
    if whole.cadence is Cadence.QUARTERLY:
        return f"Q{(whole.start.month + 2) // 3} {year}"
    return str(year)


def dates(period: Period) -> str:
    """The days, in full: `2 Nov 2026`, `2` to `8 Nov 2026`, `26 Oct` to `1 Nov 2026`."""
    start, end = period.start, period.end
    last = f"{end.day} {_MONTHS[end.month - 1]} {end.year}"
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}\N{EN DASH}{last}"
    year = "" if start.year == end.year else f" {start.year}"
    first = f"{start.day} {_MONTHS[start.month - 1]}{year}"
    return f"{first} \N{EN DASH} {last}"
