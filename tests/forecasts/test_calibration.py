from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.weeks import Cadence, period_of
from forecasts.calibration import (
    Calibration,
    calibration,
    ended_periods,
    is_worse,
    made_easier,
    pooled,
)
from forecasts.drift import Direction
from forecasts.history import History, Planned, Reported

MONDAY = date(2026, 9, 28)
LATER = MONDAY + timedelta(weeks=60)


def week(number, cadence=Cadence.WEEKLY):
    return period_of(MONDAY + timedelta(weeks=number), cadence)


def planned(number, expected, *band, order=(0, 0), **fields):
    low, high = (Decimal(end) for end in band) if band else (None, None)
    cadence = fields.pop("cadence", Cadence.WEEKLY)
    return Planned(
        week(number, cadence),
        order,
        date(2026, 9, 1),
        Decimal(expected),
        low,
        high,
        **fields,
    )


def history(points, values=(), **fields):
    """`values`: of the points' periods, in order; None is missing."""
    reports = {}
    for point, value in zip(points, values, strict=False):
        if value is not None:
            period = point.period
            one = Reported("r", period, Decimal(value), period.end)
            reports[(period.start, period.end)] = (one,)
    defaults = {"direction": Direction.HIGHER, "cadence": Cadence.WEEKLY}
    return History(
        name="Orders",
        unit="orders",
        tolerance=Decimal("0.1"),
        planned=tuple(points),
        reported=reports,
        **defaults | fields,
    )


def nothing(**fields):
    empty = Calibration(0, 0, 0, 0, 0, 0, None)
    return replace(empty, **fields)


@pytest.mark.parametrize(
    ("value", "inside"), [(79, 0), (80, 1), (100, 1), (120, 1), (121, 0)]
)
def test_an_actual_is_inside_its_range_or_not(value, inside):
    found = calibration(history([planned(0, 100, 80, 120)], [value]), LATER)

    assert (found.counted, found.inside, found.usual) == (1, inside, 0)


@pytest.mark.parametrize(
    ("cadence", "value", "inside"),
    [
        (Cadence.WEEKLY, 68, 1),
        (Cadence.WEEKLY, 67, 0),
        (Cadence.MONTHLY, 132, 1),
        (Cadence.QUARTERLY, 81, 1),
        (Cadence.QUARTERLY, 80, 0),
        (Cadence.YEARLY, 120, 0),
    ],
)
def test_without_a_range_the_usual_noise_stands_in(cadence, value, inside):
    point = planned(0, 100, cadence=cadence)
    found = calibration(history([point], [value], cadence=cadence), date(2028, 1, 1))

    assert (found.counted, found.inside, found.usual) == (1, inside, 1)


def test_the_first_promise_counts_and_no_revision_or_new_process():
    points = [planned(0, 1000, 800, 1200), planned(0, 400, 300, 500, order=(0, 1))]
    revised = history(points[:1], [380])
    revised = replace(revised, planned=tuple(points), process_from=date(2026, 10, 20))

    found = calibration(revised, LATER)

    assert (found.counted, found.inside, found.bias) == (1, 0, pytest.approx(-0.62))


@pytest.mark.parametrize(
    ("point", "why"),
    [
        (planned(0, 100, 80, 120, is_late=True), "late"),
        (planned(0, 100, 80, 120, value_kind="estimated"), "estimated"),
        (planned(0, 100, 39, 120), "vague"),
        (planned(0, 100, 80, 161), "vague"),
    ],
)
def test_what_says_nothing_of_our_ranges_is_left_out(point, why):
    found = calibration(history([point], [100]), LATER)

    assert found == nothing(**{why: 1})
    assert found.left_out == 1


def test_an_estimated_actual_is_left_out():
    record = history([planned(0, 100, 80, 120)], [100])
    [(key, (one,))] = record.reported.items()
    estimated = {key: (replace(one, value_kind="estimated"),)}

    found = calibration(replace(record, reported=estimated), LATER)

    assert found == nothing(estimated=1)


def test_a_missing_or_unfinished_period_is_no_miss():
    points = [planned(0, 100), planned(1, 100), planned(2, 100)]
    record = history(points, [100, None, 100])
    third_week = MONDAY + timedelta(weeks=2, days=1)

    assert calibration(record, third_week).counted == 1
    assert len(ended_periods(record, third_week)) == 2


def test_bias_is_over_all_counted_periods():
    points = [planned(0, 100), planned(1, 300)]

    assert calibration(history(points, [150, 170]), LATER).bias == pytest.approx(-0.2)
    assert calibration(history([planned(0, 0)], [0]), LATER).bias is None


@pytest.mark.parametrize(
    ("bias", "direction", "expected"),
    [
        (-0.2, Direction.HIGHER, True),
        (0.2, Direction.HIGHER, False),
        (-0.2, Direction.LOWER, False),
        (0.2, Direction.LOWER, True),
    ],
)
def test_worse_depends_on_which_way_is_good(bias, direction, expected):
    assert is_worse(bias, direction) is expected


def test_metrics_are_counted_together_without_a_common_bias():
    one = Calibration(9, 7, 2, 1, 0, 0, -0.3)
    two = Calibration(1, 1, 0, 0, 1, 1, 0.1)

    found = pooled([one, two])

    assert found == Calibration(10, 8, 2, 1, 1, 1, None)
    assert (one.is_enough, found.is_enough) == (False, True)


@pytest.mark.parametrize(
    ("direction", "later", "kept"),
    [
        (Direction.HIGHER, [100, 50], 0.75),
        (Direction.HIGHER, [50, 50], 0.5),
        (Direction.HIGHER, [150, 100], 1.25),
        (Direction.LOWER, [200, 200], 0.5),
        (Direction.HIGHER, [0, 0], None),
    ],
)
def test_how_much_of_the_first_promise_the_latest_revision_keeps(
    direction, later, kept
):
    first = [planned(n, 100) for n in range(2)]
    second = [planned(n, value, order=(0, 1)) for n, value in enumerate(later)]

    assert made_easier(history([*first, *second], direction=direction)) == kept


def test_without_a_revision_nothing_was_made_easier():
    assert made_easier(history([planned(0, 100)])) is None
    assert made_easier(history([])) is None
