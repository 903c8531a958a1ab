"""A period as people write it: `2026-W44`, `26.10.2026`, `Oct 2026`, `Q3 1999`, `1999`.

A date stands for the period it lies in. What could be two dates is refused, not
guessed.
"""

import re
from datetime import date, timedelta
from typing import Final

from core.weeks import MONDAY, Cadence, Period, iso_week, period_of

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_HINTS: Final = {
    Cadence.DAILY: "a date such as 2026-10-26",
    Cadence.WEEKLY: "a week such as 2026-W44, or any day of it such as 2026-10-26",
    Cadence.MONTHLY: "a month such as 2026-10",
    Cadence.QUARTERLY: "a quarter such as 2026-Q4",
    Cadence.YEARLY: "a year such as 2026",
}
_MONTHS: Final = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_YEAR: Final = r"(?P<year>\d{4})"
_MONTH_NAME: Final = r"(?P<name>[a-z]{3,9})\.?"
_RANGE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)\s*(?:\.\.|/|to|\N{EN DASH})\s*(\d{4}-\d\d-\d\d)"
)
_DAYS: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"{_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?:[t ]00:00(?::00)?)?",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{_YEAR}",
        rf"(?P<day>\d\d?)(?:st|nd|rd|th)?[ -]{_MONTH_NAME}[ -]{_YEAR}",
        rf"{_MONTH_NAME} (?P<day>\d\d?)(?:st|nd|rd|th)?,? {_YEAR}",
    )
)
_SLASHED: Final = re.compile(rf"(?P<a>\d\d?)[/-](?P<b>\d\d?)[/-]{_YEAR}")
_WEEKS: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"{_YEAR}[- ]?(?:w|kw|week) ?(?P<week>\d\d?)",
        rf"(?:w|kw|week) ?(?P<week>\d\d?)[,/ -]+{_YEAR}",
    )
)
_MONTH_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"{_YEAR}[-/.](?P<month>\d\d?)",
        rf"(?P<month>\d\d?)[/.]{_YEAR}",
        rf"{_MONTH_NAME},? {_YEAR}",
        rf"{_YEAR} {_MONTH_NAME}",
    )
)
_QUARTERS: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"{_YEAR}[- ]?q(?P<quarter>[1-4])",
        rf"q(?P<quarter>[1-4])[- ]{_YEAR}",
    )
)
_PLAIN_YEAR: Final = re.compile(_YEAR)


class PeriodUnclear(ValueError):  # noqa: N818 the message is an answer for people
    """The text names no period, or could name two."""


def read_period(text: str, cadence: Cadence, week_start: int = MONDAY) -> Period:
    """The period that `text` names, of the given cadence; or an explicit range of days."""
    cleaned = " ".join(text.lower().split())
    if not cleaned:
        raise PeriodUnclear(f"Enter {_HINTS[cadence]}.")
    try:
        explicit = _RANGE.fullmatch(cleaned)
        if explicit:
            start, end = (date.fromisoformat(day) for day in explicit.groups())
            return Period(cadence, _in_range(start), _in_range(end))
        day = _day_in(cleaned, cadence)
        if day is None:
            raise PeriodUnclear(f"“{text[:40]}” is unclear: enter {_HINTS[cadence]}.")
        return period_of(_in_range(day), cadence, week_start)
    except PeriodUnclear:
        raise
    except ValueError as error:
        raise PeriodUnclear(f"There is no such day: “{text}”.") from error


def written(period: Period, week_start: int = MONDAY) -> str:
    """A text that is read back as this very period, as short as it can be."""
    start, cadence = period.start, period.cadence
    if period != period_of(start, cadence, week_start):
        return f"{start.isoformat()}..{period.end.isoformat()}"
    if cadence is Cadence.WEEKLY:
        return iso_week(start + timedelta(days=3))
    if cadence is Cadence.MONTHLY:
        return f"{start.year}-{start.month:02d}"
    if cadence is Cadence.QUARTERLY:
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return str(start.year) if cadence is Cadence.YEARLY else start.isoformat()


def how_written(cadence: Cadence) -> str:
    """A sentence for a field that takes a period."""
    words = _HINTS[cadence]
    return f"{words[0].upper()}{words[1:]}."


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PeriodUnclear(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    return day


def _day_in(text: str, cadence: Cadence) -> date | None:
    """Any day of the period. A month is no answer to a weekly metric."""
    for shape in _DAYS:
        found = shape.fullmatch(text)
        if found:
            return date(int(found["year"]), _month(found), int(found["day"]))
    slashed = _SLASHED.fullmatch(text)
    if slashed:
        return _slashed(slashed, text)
    return _coarse_day(text, cadence)


def _coarse_day(text: str, cadence: Cadence) -> date | None:
    if cadence is Cadence.WEEKLY:
        found = _first(_WEEKS, text)
        return found and date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
    if cadence is Cadence.MONTHLY:
        found = _first(_MONTH_SHAPES, text)
        return found and date(int(found["year"]), _month(found), 1)
    if cadence is Cadence.QUARTERLY:
        found = _first(_QUARTERS, text)
        return found and date(int(found["year"]), 3 * int(found["quarter"]) - 2, 1)
    if cadence is Cadence.YEARLY:
        found = _PLAIN_YEAR.fullmatch(text)
        return found and date(int(found["year"]), 1, 1)
    return None


def _first(shapes: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((found for shape in shapes if (found := shape.fullmatch(text))), None)


def _month(found: re.Match[str]) -> int:
    groups = found.groupdict()
    if groups.get("month"):
        return int(groups["month"])
    name = groups["name"][:3]
    if name not in _MONTHS:
        raise PeriodUnclear(f"“{groups['name']}” is no month.")
    return _MONTHS.index(name) + 1


def _slashed(found: re.Match[str], text: str) -> date:
    """Day and month change places between countries: only one order may be possible."""
    a, b, year = int(found["a"]), int(found["b"]), int(found["year"])
    if a <= 12 and b <= 12 and a != b:
        raise PeriodUnclear(
            f"“{text}” could be {date(year, b, a).isoformat()} or "
            f"{date(year, a, b).isoformat()}: write it like that."
        )
    return date(year, a, b) if b > 12 else date(year, b, a)
