from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.weeks import (
    Cadence,
    Period,
    dates,
    following,
    has_begun,
    has_ended,
    iso_week,
    label,
    name_of_week,
    period_of,
    periods_between,
    preceding,
    week_named,
)

DASH = "\N{EN DASH}"


def period(cadence, start, end):
    return Period(cadence, date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("day", "cadence", "week_start", "start", "end"),
    [
        ("2026-11-02", Cadence.DAILY, 1, "2026-11-02", "2026-11-02"),
        ("2026-11-01", Cadence.WEEKLY, 1, "2026-10-26", "2026-11-01"),
        ("2026-11-02", Cadence.WEEKLY, 1, "2026-11-02", "2026-11-08"),
        ("2026-11-01", Cadence.WEEKLY, 7, "2026-11-01", "2026-11-07"),
        ("2026-11-07", Cadence.WEEKLY, 7, "2026-11-01", "2026-11-07"),
        ("2027-01-01", Cadence.WEEKLY, 1, "2026-12-28", "2027-01-03"),
        ("2024-02-10", Cadence.MONTHLY, 1, "2024-02-01", "2024-02-29"),
        ("2026-12-31", Cadence.MONTHLY, 1, "2026-12-01", "2026-12-31"),
        ("2026-05-31", Cadence.QUARTERLY, 1, "2026-04-01", "2026-06-30"),
        ("2026-12-01", Cadence.QUARTERLY, 1, "2026-10-01", "2026-12-31"),
        ("2026-05-31", Cadence.YEARLY, 1, "2026-01-01", "2026-12-31"),
    ],
)
def test_period_of(day, cadence, week_start, start, end):
    found = period_of(date.fromisoformat(day), cadence, week_start)

    assert found == period(cadence, start, end)


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.sampled_from(Cadence),
    st.sampled_from([1, 7]),
)
def test_periods_tile_the_days(day, cadence, week_start):
    this = period_of(day, cadence, week_start)

    assert this.start <= day <= this.end
    assert following(this) == period_of(following(this).start, cadence, week_start)
    assert preceding(following(this)) == this
    assert following(preceding(this)) == this


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            period(Cadence.MONTHLY, "1999-06-02", "1999-06-30"),
            period(Cadence.MONTHLY, "1999-07-01", "1999-07-31"),
        ),
        (
            period(Cadence.QUARTERLY, "1999-06-02", "1999-06-30"),
            period(Cadence.QUARTERLY, "1999-07-01", "1999-09-30"),
        ),
        (
            period(Cadence.MONTHLY, "1999-06-02", "1999-06-14"),
            period(Cadence.MONTHLY, "1999-06-15", "1999-06-30"),
        ),
        (
            period(Cadence.WEEKLY, "2026-11-02", "2026-11-05"),
            period(Cadence.WEEKLY, "2026-11-06", "2026-11-12"),
        ),
    ],
)
def test_after_an_irregular_period_the_rhythm_returns(before, after):
    assert following(before) == after


def test_before_an_irregular_period():
    june = period(Cadence.MONTHLY, "1999-06-02", "1999-06-30")

    assert preceding(june) == period(Cadence.MONTHLY, "1999-06-01", "1999-06-01")


def test_a_period_ends_on_or_after_its_first_day():
    with pytest.raises(ValueError, match="ends on or after"):
        period(Cadence.DAILY, "2026-11-02", "2026-11-01")


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2026-10-28", "2026-11-09", ["W44", "W45", "W46"]),
        ("2026-10-26", "2026-11-01", ["W44"]),
        ("2026-11-02", "2026-11-01", []),
    ],
)
def test_periods_between(first, last, labels):
    found = periods_between(
        date.fromisoformat(first), date.fromisoformat(last), Cadence.WEEKLY
    )

    assert [label(one) for one in found] == labels


def test_begun_and_ended_are_asked_of_the_day():
    week = period(Cadence.WEEKLY, "2026-11-02", "2026-11-08")

    assert not has_begun(week, date(2026, 11, 1))
    assert has_begun(week, date(2026, 11, 2))
    assert not has_ended(week, date(2026, 11, 8))
    assert has_ended(week, date(2026, 11, 9))


def test_iso_week_belongs_to_the_year_of_its_thursday():
    assert iso_week(date(2027, 1, 1)) == "2026-W53"
    assert iso_week(date(2026, 1, 5)) == "2026-W02"


@pytest.mark.parametrize(
    ("cadence", "start", "end", "text"),
    [
        (Cadence.DAILY, "2026-11-02", "2026-11-02", "2 Nov"),
        (Cadence.DAILY, "2026-11-02", "2026-11-03", f"2{DASH}3 Nov 2026"),
        (Cadence.WEEKLY, "2026-10-26", "2026-11-01", "W44"),
        (Cadence.WEEKLY, "2026-11-01", "2026-11-07", "W45"),
        (Cadence.WEEKLY, "2026-11-02", "2026-11-05", f"2{DASH}5 Nov 2026"),
        (Cadence.MONTHLY, "1999-06-01", "1999-06-30", "Jun 1999"),
        (Cadence.MONTHLY, "1999-06-02", "1999-06-30", "Jun 1999"),
        (Cadence.MONTHLY, "1999-06-02", "1999-06-10", f"2{DASH}10 Jun 1999"),
        (Cadence.MONTHLY, "1999-06-02", "1999-07-10", f"2 Jun {DASH} 10 Jul 1999"),
        (Cadence.MONTHLY, "2003-01-31", "2003-01-31", "31 Jan 2003"),
        (Cadence.QUARTERLY, "1999-07-01", "1999-09-30", "Q3 1999"),
        (Cadence.QUARTERLY, "1999-06-02", "1999-06-30", f"2{DASH}30 Jun 1999"),
        (Cadence.YEARLY, "1999-01-01", "1999-12-31", "1999"),
        (Cadence.YEARLY, "1999-10-01", "2000-02-29", f"1 Oct 1999 {DASH} 29 Feb 2000"),
    ],
)
def test_label(cadence, start, end, text):
    assert label(period(cadence, start, end)) == text


def test_dates_are_complete():
    assert dates(period(Cadence.DAILY, "2026-11-02", "2026-11-02")) == "2 Nov 2026"


def test_cadences_know_their_length():
    assert [one.period_name for one in Cadence] == [
        *("day", "week", "month", "quarter", "year"),
    ]
    assert [one.is_slow for one in Cadence] == [False, False, True, True, True]
    assert period(Cadence.DAILY, "2026-11-02", "2026-11-03").days == 2


# --- weeks by their names --------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "week_start", "start", "end"),
    [
        ("2026-W44", 1, "2026-10-26", "2026-11-01"),
        ("2026-W44", 7, "2026-10-25", "2026-10-31"),
        ("2026-W53", 1, "2026-12-28", "2027-01-03"),
        ("2027-W01", 1, "2027-01-04", "2027-01-10"),
    ],
)
def test_a_week_has_a_name(name, week_start, start, end):
    week = week_named(name, week_start)

    assert week == period(Cadence.WEEKLY, start, end)
    assert name_of_week(week) == name


@pytest.mark.parametrize(
    "name",
    ["", "44", "2026-W54", "2027-W53", "2026-W00", "0000-W01", "2026-W4४", "9999-W53"],
)
def test_what_names_no_week_is_none(name):
    assert week_named(name) is None


@given(st.dates(date(1000, 1, 10), date(9999, 12, 1)), st.sampled_from([1, 7]))
def test_names_of_weeks_are_read_back(day, week_start):
    week = period_of(day, Cadence.WEEKLY, week_start)
    name = name_of_week(week)

    assert week_named(name, week_start) == week
