"""When a digest is due."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from core.weeks import iso_week
from portfolio.digest.schedule import (
    MINUTES,
    Rhythm,
    is_late,
    minute_of,
    moment_on,
    next_slot,
)

BERLIN, NEW_YORK, LORD_HOWE = (
    ZoneInfo(name)
    for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
)
ZONES = [
    BERLIN,
    NEW_YORK,
    LORD_HOWE,
    ZoneInfo("Pacific/Apia"),
    ZoneInfo("Africa/Cairo"),
]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def walk(rhythm, zone, start, count, reader="r"):
    found, after = [], start
    for _turn in range(count):
        found.append(next_slot(reader, rhythm, zone, after))
        after = found[-1].due
    return found


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 12, 28), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2026, 11, 2), "2026-W45"),
    ],
)
def test_a_week_bears_the_year_it_belongs_to(day, week):
    assert iso_week(day) == week


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_year_of_weeks_is_one_a_week_on_monday_mornings(zone):
    slots = walk(Rhythm.WEEKLY, zone, utc(2026, 10, 1), 60)

    locals_ = [slot.due.astimezone(zone) for slot in slots]
    assert all(at.isoweekday() == 1 for at in locals_)
    assert all(9 <= at.hour < 11 for at in locals_)
    assert len({slot.period for slot in slots}) == 60
    assert [iso_week(at.date()) for at in locals_] == [slot.period for slot in slots]
    days = [at.date() for at in locals_]
    assert all(b - a == timedelta(7) for a, b in pairwise(days))


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        # the Mondays around the Sunday on which clocks change
        (BERLIN, date(2027, 3, 22), date(2027, 3, 29)),
        (BERLIN, date(2027, 10, 25), date(2027, 11, 1)),
        (NEW_YORK, date(2027, 3, 8), date(2027, 3, 15)),
        (LORD_HOWE, date(2027, 3, 29), date(2027, 4, 5)),
    ],
    ids=str,
)
def test_clocks_that_change_move_the_moment_not_the_hour(zone, before, after):
    first, second = (moment_on(day, zone, 30) for day in (before, after))

    assert first.astimezone(zone).time() == second.astimezone(zone).time()
    assert second - first != timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "minute", "said"),
    [
        # 2:30 does not exist on 28 March 2027 in Berlin: the moment after the gap
        (date(2027, 3, 28), -390, utc(2027, 3, 28, 1, 30)),
        # 2:30 comes twice on 31 October 2027: the first one
        (date(2027, 10, 31), -390, utc(2027, 10, 31, 0, 30)),
    ],
)
def test_an_hour_left_out_or_shown_twice(day, minute, said):
    assert moment_on(day, BERLIN, minute) == said


def test_the_last_week_of_a_long_year():
    slots = walk(Rhythm.WEEKLY, BERLIN, utc(2026, 12, 20), 4)

    assert [slot.period for slot in slots] == [
        "2026-W52",
        "2026-W53",
        "2027-W01",
        "2027-W02",
    ]


def test_three_readers_in_three_zones_have_the_same_week_and_moments_of_their_own():
    slots = [
        next_slot("r", Rhythm.WEEKLY, zone, utc(2026, 11, 1))
        for zone in (BERLIN, NEW_YORK, LORD_HOWE)
    ]

    assert {slot.period for slot in slots} == {"2026-W45"}
    minute = minute_of("r", "2026-W45")
    assert slots[0].due == utc(2026, 11, 2, 8) + timedelta(minutes=minute)
    assert slots[1].due == utc(2026, 11, 2, 14) + timedelta(minutes=minute)
    assert slots[2].due == utc(2026, 11, 1, 22) + timedelta(minutes=minute)


def test_the_minute_is_fixed_and_spread():
    minutes = [minute_of(f"reader-{number}", "2026-W45") for number in range(2000)]

    assert minutes == [
        minute_of(f"reader-{number}", "2026-W45") for number in range(2000)
    ]
    assert set(minutes) == set(range(MINUTES))
    assert minute_of("r", "2026-W45") != minute_of("r", "2026-W46")


def test_it_is_never_due_twice_when_asked_at_its_own_moment():
    slot = next_slot("r", Rhythm.WEEKLY, BERLIN, utc(2026, 11, 1))

    following = next_slot("r", Rhythm.WEEKLY, BERLIN, slot.due)

    assert following.period == "2026-W46"


def test_who_changes_to_every_day_on_a_monday_is_not_written_to_twice():
    weekly = next_slot("r", Rhythm.WEEKLY, BERLIN, utc(2026, 11, 1))

    daily = next_slot("r", Rhythm.DAILY, BERLIN, weekly.due)

    assert daily.due.astimezone(BERLIN).date() == date(2026, 11, 3)
    assert daily.period == "2026-W45-2"


def test_monthly_is_the_first_monday():
    slots = walk(Rhythm.MONTHLY, BERLIN, utc(2026, 11, 3), 14)

    days = [slot.due.astimezone(BERLIN).date() for slot in slots]
    assert days[:3] == [date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1)]
    assert all(day.day <= 7 and day.isoweekday() == 1 for day in days)
    assert len({(day.year, day.month) for day in days}) == 14


def test_off_is_never():
    assert next_slot("r", Rhythm.OFF, BERLIN, utc(2026, 11, 1)) is None


@pytest.mark.parametrize(
    ("rhythm", "hours", "late"),
    [
        (Rhythm.WEEKLY, 0, False),
        (Rhythm.WEEKLY, 30, False),
        (Rhythm.WEEKLY, 72, False),
        (Rhythm.WEEKLY, 73, True),
        (Rhythm.MONTHLY, 73, True),
        (Rhythm.DAILY, 20, False),
        (Rhythm.DAILY, 21, True),
    ],
)
def test_what_is_too_late(rhythm, hours, late):
    due = utc(2026, 11, 2, 9)

    assert is_late(rhythm, due, due + timedelta(hours=hours)) is late
