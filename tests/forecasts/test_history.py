from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.weeks import Cadence, period_of
from forecasts.drift import Direction
from forecasts.history import History, Planned, Reported, series_of

MONDAY = date(2026, 9, 28)


def week(number):
    return period_of(MONDAY + timedelta(weeks=number), Cadence.WEEKLY)


def planned(number, expected, *, order=(0, 0), registered=date(2026, 9, 1), **fields):
    return Planned(week(number), order, registered, Decimal(expected), **fields)


def reported(number, value, *, days_after_end=1):
    period = week(number)
    day = period.end + timedelta(days=days_after_end)
    return Reported(f"r{value}", period, Decimal(value), day)


def history(points, reports=(), **fields):
    chains = {}
    for one in reports:
        chains.setdefault((one.period.start, one.period.end), []).append(one)
    return History(
        name="Orders",
        unit="orders",
        direction=Direction.HIGHER,
        cadence=Cadence.WEEKLY,
        tolerance=Decimal("0.1"),
        planned=tuple(points),
        reported={key: tuple(chain) for key, chain in chains.items()},
        **fields,
    )


def expected(plan):
    return {
        (start - MONDAY).days // 7: point.expected for (start, _), point in plan.items()
    }


@pytest.mark.parametrize(
    ("points", "in_force", "baseline"),
    [
        pytest.param([planned(0, 5)], 5, 5, id="one point"),
        pytest.param(
            [planned(0, 5), planned(0, 3, order=(0, 1))], 3, 5, id="a revision"
        ),
        pytest.param(
            [planned(0, 3, order=(0, 1)), planned(0, 5), planned(0, 4, order=(1, 0))],
            *(4, 5),
            id="whatever the order they come in",
        ),
        pytest.param(
            [planned(0, 5), planned(0, 1, order=(0, 1), is_late=True)],
            *(5, 5),
            id="a late point does not replace one in time",
        ),
        pytest.param(
            [
                planned(0, 5, is_late=True),
                planned(0, 1, order=(0, 1), is_late=True),
            ],
            *(5, 5),
            id="of late points the first one",
        ),
    ],
)
def test_which_point_counts(points, in_force, baseline):
    record = history(points)

    assert expected(record.in_force()) == {0: in_force}
    assert expected(record.baseline()) == {0: baseline}


def test_a_new_process_is_measured_against_the_plan_in_force_on_its_first_day():
    first = planned(4, 8)
    decided = planned(4, 5, order=(0, 1), registered=date(2026, 10, 20))
    softened = planned(4, 2, order=(0, 2), registered=date(2026, 10, 25))
    unknown_then = planned(5, 7, order=(0, 2), registered=date(2026, 10, 25))

    record = history(
        [first, decided, softened, unknown_then], process_from=date(2026, 10, 21)
    )

    assert expected(record.baseline()) == {4: 5, 5: 7}
    assert expected(record.in_force()) == {4: 2, 5: 7}


def test_the_current_value_is_the_last_one_reported():
    record = history([planned(0, 5)], [reported(0, 4), reported(0, 3)])
    key = (week(0).start, week(0).end)

    assert record.current(key).value == 3
    assert record.current((week(1).start, week(1).end)) is None


def points_of(series):
    return [(point.forecast, point.actual, point.history) for point in series.points]


def test_a_series_holds_ended_periods_with_a_forecast():
    record = history(
        [planned(n, 10 + n) for n in range(3)], [reported(0, 9), reported(5, 1)]
    )

    series = series_of(record, week(2).end, name="m")

    assert (series.id, series.tolerance, series.cadence) == ("m", 0.1, "weekly")
    assert points_of(series) == [(10.0, 9.0, ((0, 9.0),)), (11.0, None, ())]


def test_a_series_begins_with_the_process():
    record = history([planned(n, 10) for n in range(3)], process_from=week(1).start)

    assert [point.t for point in series_of(record, week(3).start).points] == [
        week(1).start,
        week(2).start,
    ]


@pytest.mark.parametrize(
    ("days_after_end", "night"),
    [
        (1, 0),  # on the Monday after
        (7, 0),  # still before the next week is over
        (8, 1),  # the next week is over: known on its night
        (15, 2),
        (90, 3),  # the last night there is
    ],
)
def test_a_value_belongs_to_the_last_night_that_had_come(days_after_end, night):
    late = reported(0, 9, days_after_end=days_after_end)
    record = history([planned(n, 10) for n in range(4)], [late])

    series = series_of(record, week(30).start)

    assert series.points[0].history == ((night, 9.0),)


def test_a_correction_counts_from_its_own_night():
    record = history(
        [planned(n, 10) for n in range(3)],
        [reported(0, 2), reported(0, 9, days_after_end=10)],
    )

    assert series_of(record, week(3).start).points[0].history == ((0, 2.0), (1, 9.0))


def test_lowering_the_target_leaves_the_baseline_series_alone():
    record = history([planned(0, 10), planned(0, 4, order=(0, 1))], [reported(0, 4)])

    against_first = series_of(record, week(1).start, against_baseline=True)

    assert points_of(against_first)[0][0] == 10.0
    assert points_of(series_of(record, week(1).start))[0][0] == 4.0
    assert series_of(record, week(1).start).id == "Orders"
