from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.weeks import Cadence, Period, period_of
from forecasts.periods import PeriodUnclear, read_period, written

WEEK_44 = ("2026-10-26", "2026-11-01")
SUNDAY = 7


@pytest.mark.parametrize(
    ("text", "cadence", "start", "end"),
    [
        *(
            (text, "weekly", *WEEK_44)
            for text in (
                *("2026-W44", "2026W44", "2026 week 44", "W44 2026", "KW 44/2026"),
                *(
                    "2026-10-26",
                    "2026/10/28",
                    "20261101",
                    " 26.10.2026 ",
                    "26. 10. 2026",
                ),
                *("26 Oct 2026", "26-Oct-2026", "Oct 26, 2026", "1st November 2026"),
                *(
                    "26/10/2026",
                    "10/26/2026",
                    "2026-10-26T00:00:00",
                    "2026-10-26 00:00",
                ),
            )
        ),
        ("03/03/2026", "daily", "2026-03-03", "2026-03-03"),
        ("2026-10", "monthly", "2026-10-01", "2026-10-31"),
        ("10/2026", "monthly", "2026-10-01", "2026-10-31"),
        ("Oct 2026", "monthly", "2026-10-01", "2026-10-31"),
        ("october, 2026", "monthly", "2026-10-01", "2026-10-31"),
        ("2026 Oct", "monthly", "2026-10-01", "2026-10-31"),
        ("Q3 1999", "quarterly", "1999-07-01", "1999-09-30"),
        ("1999-Q3", "quarterly", "1999-07-01", "1999-09-30"),
        ("1999", "yearly", "1999-01-01", "1999-12-31"),
        ("1999-06-02..1999-06-30", "monthly", "1999-06-02", "1999-06-30"),
        ("1999-06-02 to 1999-06-30", "monthly", "1999-06-02", "1999-06-30"),
    ],
)
def test_read_period(text, cadence, start, end):
    found = read_period(text, Cadence(cadence))

    assert found == Period(
        Cadence(cadence), date.fromisoformat(start), date.fromisoformat(end)
    )


def test_a_week_that_begins_on_sunday():
    assert read_period("2026-W44", Cadence.WEEKLY, SUNDAY).start == date(2026, 10, 25)


@pytest.mark.parametrize(
    ("text", "cadence", "words"),
    [
        ("", "weekly", "Enter a week such as 2026-W44"),
        ("W44", "weekly", "is unclear: enter a week such as"),
        ("2026-10", "weekly", "is unclear: enter a week"),
        ("2026", "monthly", "is unclear: enter a month such as 2026-10"),
        ("Q5 2026", "quarterly", "is unclear: enter a quarter"),
        ("26", "yearly", "is unclear: enter a year"),
        ("tomorrow", "daily", "is unclear: enter a date such as"),
        ("03/04/2026", "daily", "could be 2026-04-03 or 2026-03-04"),
        ("2026-02-30", "daily", "There is no such day"),
        ("2026-W60", "weekly", "There is no such day"),
        ("13/13/2026", "daily", "There is no such day"),
        ("00/00/2026", "daily", "There is no such day"),
        ("1 Foo 2026", "daily", "is no month"),
        ("0026-01-01", "daily", "The year must lie between 1900 and 2199"),
        ("1999-06-30..1999-06-02", "monthly", "There is no such day"),
        ("9999-01-01..9999-01-02", "daily", "The year must lie between"),
    ],
)
def test_unclear_periods_say_what_to_write(text, cadence, words):
    with pytest.raises(PeriodUnclear, match=words.replace("(", r"\(")):
        read_period(text, Cadence(cadence))


@given(
    st.dates(date(1900, 1, 8), date(2199, 12, 1)),
    st.sampled_from(Cadence),
    st.sampled_from([1, 7]),
)
def test_written_is_read_back(day, cadence, week_start):
    period = period_of(day, cadence, week_start)
    part = Period(cadence, period.start, period.start)

    assert read_period(written(period, week_start), cadence, week_start) == period
    assert read_period(written(part, week_start), cadence, week_start) == part


@given(st.text(max_size=30) | st.text("0123456789-/.wqQ Oct", max_size=14))
def test_any_text_gets_an_answer(text):
    for cadence in Cadence:
        try:
            found = read_period(text, cadence)
        except PeriodUnclear:
            continue
        assert isinstance(found, Period)
