"""PURE. Days as people type them, in forms and in tables: one reading for both.

2026-10-26, 26.10.2026, 26 Oct 2026 and 10/26/2026 have one reading; with points the day
comes first. What could be two days is asked about, never guessed.
"""

import re
from datetime import date
from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_MONTHS: Final = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
    "mär": 3,
    "mrz": 3,
    "mai": 5,
    "okt": 10,
    "dez": 12,
}
_YEAR_FIRST: Final = re.compile(
    r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[t ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\S{0,6})?"
)
_DOTTED: Final = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})")
_SLASHED: Final = re.compile(r"(\d\d?)[/-](\d\d?)[/-](\d{4})")
_NAMED: Final = re.compile(
    r"(\d\d?)(?:st|nd|rd|th|\.)?[ -]([a-zäé]{3,9})\.?,?[ -](\d{4})"
)
_NAME_FIRST: Final = re.compile(r"([a-zäé]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})")


class UnclearError(ValueError):
    """The message is for the person who typed it, or brought the table."""


class TwoDaysError(UnclearError):
    """Day and month change places between countries. `readings` is what it could be,
    first the one whose day comes first. `can_choose`: the order can be set for a table."""

    def __init__(self, text: str, readings: tuple[date, date], *, can_choose: bool):
        self.readings = readings
        one, other = (day.isoformat() for day in readings)
        words = f"“{text}” could be {one} or {other}: write it like that"
        choice = ", or say beside the columns whether the day or the month comes first"
        super().__init__(f"{words}{choice if can_choose else ''}.")


def read_date(text: str, order: str | None = None) -> date | None:
    """The day `text` names; None for an empty cell. Raises UnclearError.

    `order` is "dmy" or "mdy" where 3/4/2026 may be met; without it such a date is
    refused with both readings. Empty: somebody may still choose it beside the columns.
    """
    day = read_day(text, order)
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UnclearError(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    return day


def read_day(text: str, order: str | None = None) -> date | None:
    """As `read_date`, of any year: forms have bounds of their own."""
    cleaned = " ".join(text.split())
    if not cleaned:
        return None
    try:
        day = _day(cleaned.casefold(), order)
    except UnclearError:
        raise
    except ValueError as error:
        raise UnclearError(f"There is no such day: “{cleaned[:40]}”.") from error
    if day is None:
        raise UnclearError(
            f"“{cleaned[:40]}” is no date that is understood. Write it like 2026-10-26."
        )
    return day


def _day(text: str, order: str | None) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(text):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _NAME_FIRST.fullmatch(text):
        return date(int(found[3]), _month(found[1]), int(found[2]))
    if found := _SLASHED.fullmatch(text):
        return _slashed(int(found[1]), int(found[2]), int(found[3]), text, order)
    return None


def _month(name: str) -> int:
    if name[:3] not in _MONTHS:
        raise UnclearError(f"“{name}” is no month.")
    return _MONTHS[name[:3]]


def _slashed(a: int, b: int, year: int, text: str, order: str | None) -> date:
    if order == "dmy" or (not order and a > 12):
        return date(year, b, a)
    if order == "mdy" or (not order and b > 12) or a == b:
        return date(year, a, b)
    readings = date(year, b, a), date(year, a, b)
    raise TwoDaysError(text, readings, can_choose=order is not None)
