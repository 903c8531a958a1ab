"""PURE. When a digest is due: values in, moments out.

A digest is due between 9 and 11 o'clock of the reader's own clock, at a minute that is
drawn from the reader and the ISO week: not all at once, and the same however often it is
asked. A period is named by its ISO week, `2026-W53`, or by the day within it. The next
one is found by walking the reader's calendar, never by adding seven days to the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from hashlib import sha256

from core.weeks import iso_week

FROM, MINUTES = time(9), 120
MONDAY = 1
# the first Monday of a month stands at most so far away from any day
LONGEST_WALK = 38


class Rhythm(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    OFF = "off"


# Later than this a mail does not go out any more: the next one tells it all.
TOO_LATE = {
    Rhythm.DAILY: timedelta(hours=20),
    Rhythm.WEEKLY: timedelta(hours=72),
    Rhythm.MONTHLY: timedelta(hours=72),
}
# how far the first one of a reader looks back
LOOKS_BACK = {
    Rhythm.DAILY: timedelta(days=1),
    Rhythm.WEEKLY: timedelta(days=7),
    Rhythm.MONTHLY: timedelta(days=31),
}


@dataclass(frozen=True)
class Slot:
    """`due` in UTC; `period` names it once and for all."""

    period: str
    due: datetime


def minute_of(reader: str, week: str) -> int:
    """0 to 119, evenly spread over readers and weeks."""
    digest = sha256(f"{reader}:{week}".encode()).digest()
    return int.from_bytes(digest[:8]) % MINUTES


def moment_on(day: date, zone: tzinfo, minute: int) -> datetime:
    """So many minutes after nine. A clock that shows the hour twice means the first; one
    that leaves it out, the moment after the gap."""
    wall = datetime.combine(day, FROM) + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def is_day(rhythm: Rhythm, day: date) -> bool:
    is_monday = day.isoweekday() == MONDAY
    return {
        Rhythm.DAILY: True,
        Rhythm.WEEKLY: is_monday,
        Rhythm.MONTHLY: is_monday and day.day <= 7,
        Rhythm.OFF: False,
    }[rhythm]


def slot_on(reader: str, rhythm: Rhythm, zone: tzinfo, day: date) -> Slot:
    week = iso_week(day)
    period = f"{week}-{day.isoweekday()}" if rhythm is Rhythm.DAILY else week
    return Slot(period, moment_on(day, zone, minute_of(reader, week)))


def next_slot(
    reader: str, rhythm: Rhythm, zone: tzinfo, after: datetime
) -> Slot | None:
    """The first one due later than `after`; None for who wants none."""
    if rhythm is Rhythm.OFF:
        return None
    first = after.astimezone(zone).date()
    for ahead in range(LONGEST_WALK):
        day = first + timedelta(days=ahead)
        if is_day(rhythm, day):
            slot = slot_on(reader, rhythm, zone, day)
            if slot.due > after:
                return slot
    raise AssertionError("every month has a Monday")


def is_late(rhythm: Rhythm, due: datetime, now: datetime) -> bool:
    return now - due > TOO_LATE.get(rhythm, timedelta(0))
