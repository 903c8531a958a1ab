"""Where the plan ends if the record goes on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.weeks import Cadence, period_of
from decisions.outlook import outlook
from forecasts.drift import Direction
from forecasts.history import History, Planned, Reported
from forecasts.table import table_of

TODAY = date(2026, 11, 2)


def rows(*pairs):
    """(forecast, actual) of one week after the other, until last week and beyond."""
    first = TODAY - timedelta(weeks=sum(actual is not None for _, actual in pairs))
    planned, reported = [], {}
    for number, (expected, actual) in enumerate(pairs):
        period = period_of(first + timedelta(weeks=number), Cadence.WEEKLY)
        key = (period.start, period.end)
        if expected is not None:
            planned.append(
                Planned(period, (0, 0), first - timedelta(days=9), Decimal(expected))
            )
        if actual is not None:
            value = Reported(str(number), period, Decimal(actual), TODAY)
            reported[key] = (value,)
    history = History(
        "Orders",
        "orders",
        Direction.HIGHER,
        Cadence.WEEKLY,
        Decimal("0.1"),
        planned=tuple(planned),
        reported=reported,
    )
    return table_of(history, TODAY).rows


def test_what_is_ahead_comes_at_the_rate_of_what_came():
    found = outlook(rows((100, 20), (100, 40), (200, None), (400, None)), adds_up=True)

    assert (found.share, found.ahead, found.until) == (0.3, 2, "W46")
    assert (found.planned, found.expected_now) == (600, 180)
    assert found.sentence("orders") == (
        "If it goes on at 30% of forecast, the 2 periods until W46 bring 180 orders in "
        "all instead of 600 orders."
    )


def test_what_cannot_be_summed_is_told_of_the_last_period():
    found = outlook(rows((100, 20), (100, 40), (200, None), (400, None)), adds_up=False)

    assert found.sentence("users") == (
        "If it goes on at 30% of forecast, W46 comes to 120 users, not 400 users."
    )


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [(100, None)],
        [(100, 20)],
        [(0, 20), (100, None)],
        [(None, 20), (100, None)],
    ],
)
def test_nothing_known_or_nothing_ahead_has_no_outlook(pairs):
    assert outlook(rows(*pairs), adds_up=True) is None
