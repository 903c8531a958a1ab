"""Which alerts are due: drift and collapse side by side."""

from dataclasses import replace

import pytest

from decisions.alerting import (
    DueAlert,
    Family,
    Judged,
    Rule,
    Severity,
    collapse,
    due,
    judge_plans,
)
from forecasts.drift import Cadence, Direction, State, judge
from tests.forecasts.metrics import around, make_series


def with_ranges(series, low, high):
    points = (replace(point, low=low, high=high) for point in series.points)
    return replace(series, points=tuple(points))


def summary(alerts):
    return [(a.rule, a.severity, a.period_index) for a in alerts]


def test_both_rules_make_one_family():
    assert {Rule.COLLAPSE.family, Rule.DRIFT.family} == {Family.SHORTFALL}


@pytest.mark.parametrize(
    ("cadence", "direction", "actual", "collapsed"),
    [
        (Cadence.DAILY, Direction.HIGHER, 0.0, False),
        (Cadence.WEEKLY, Direction.HIGHER, 0.0, False),
        (Cadence.MONTHLY, Direction.HIGHER, 25.0, True),
        (Cadence.MONTHLY, Direction.HIGHER, 41.7, True),
        (Cadence.MONTHLY, Direction.HIGHER, 41.8, False),
        (Cadence.QUARTERLY, Direction.HIGHER, 49.9, True),
        (Cadence.QUARTERLY, Direction.HIGHER, 50.0, False),
        (Cadence.YEARLY, Direction.HIGHER, 49.9, True),
        (Cadence.MONTHLY, Direction.HIGHER, 400.0, False),
        (Cadence.MONTHLY, Direction.LOWER, 200.0, False),
        (Cadence.MONTHLY, Direction.LOWER, 200.1, True),
        (Cadence.MONTHLY, Direction.LOWER, 5.0, False),
    ],
)
def test_collapse_without_a_declared_range(cadence, direction, actual, collapsed):
    found = collapse(make_series([actual], cadence=cadence, direction=direction))

    assert (found is not None) == collapsed


@pytest.mark.parametrize(
    ("direction", "low", "high", "actual", "collapsed"),
    [
        (Direction.HIGHER, 60.0, 140.0, 27.2, True),
        (Direction.HIGHER, 60.0, 140.0, 27.3, False),
        (Direction.HIGHER, 60.0, None, 27.2, True),
        (Direction.HIGHER, None, 110.0, 41.7, True),
        (Direction.HIGHER, 100.0, 100.0, 49.0, True),
        (Direction.HIGHER, 0.0, 300.0, 0.0, False),
        (Direction.LOWER, 60.0, 140.0, 201.0, True),
        (Direction.LOWER, 60.0, 160.0, 209.0, False),
        (Direction.LOWER, 60.0, 160.0, 210.0, True),
        (Direction.LOWER, 60.0, 900.0, 210.0, True),
    ],
)
def test_collapse_with_a_declared_range(direction, low, high, actual, collapsed):
    series = make_series([actual], cadence=Cadence.MONTHLY, direction=direction)

    assert (collapse(with_ranges(series, low, high)) is not None) == collapsed


def test_collapse_takes_the_first_period_that_breaks_away():
    series = make_series([100.0, None, 95.0, 20.0, 10.0], cadence=Cadence.QUARTERLY)

    assert collapse(series) == DueAlert(
        rule=Rule.COLLAPSE,
        severity=Severity.STOP,
        period_index=3,
        reason="Quarter 4: 20 against 100 forecast (20%). That is under half of the "
        "forecast and, by a usual spread of 15% for a quarter, 5.3 standard "
        "deviations away.",
        p=None,
    )


def test_collapse_tells_the_declared_range():
    series = make_series(
        [500.0], cadence=Cadence.YEARLY, direction=Direction.LOWER, forecast=100.0
    )

    assert collapse(with_ranges(series, 90.0, 130.0)).reason == (
        "Year 1: 500 against 100 forecast (500%). That is over twice the forecast and, "
        "by the declared range up to 130, 17.1 standard deviations away."
    )


@pytest.mark.parametrize("actuals", [[], [None, None]])
def test_nothing_reported_has_not_collapsed(actuals):
    assert collapse(make_series(actuals, cadence=Cadence.MONTHLY)) is None


def test_collapse_uses_the_corrected_value():
    series = make_series([10.0, 100.0], cadence=Cadence.MONTHLY)
    first = replace(series.points[0], history=((0, 10.0), (1, 101.0)))

    assert collapse(replace(series, points=(first, series.points[1]))) is None


def test_webvan_as_told_collapses_in_its_first_month():
    webvan = make_series([2000.0], forecast=8000.0, cadence=Cadence.MONTHLY)

    (alert,) = due(judge_plans(webvan))

    assert (alert.rule, alert.severity, alert.period_index) == (
        Rule.COLLAPSE,
        Severity.STOP,
        0,
    )


def test_collapse_and_drift_are_both_told_the_first_one_first():
    months = make_series([20.0, 22.0, 18.0], cadence=Cadence.MONTHLY)

    alerts = due(judge_plans(months))

    assert summary(alerts) == [
        (Rule.COLLAPSE, Severity.STOP, 0),
        (Rule.DRIFT, Severity.STOP, 1),
    ]
    assert alerts[1].reason == judge(months).why
    assert alerts[1].p == judge(months).p


def test_drift_alone_on_daily_figures():
    assert summary(due(judge_plans(make_series([20.0, 22.0, 18.0])))) == [
        (Rule.DRIFT, Severity.STOP, 1)
    ]


def test_healthy_metric_has_nothing_due():
    assert due(judge_plans(make_series(around(100, 20)))) == []


def test_better_than_planned_has_nothing_due():
    judged = judge_plans(make_series(around(200, 20)))

    assert judged[0].verdict.state is State.BETTER
    assert due(judged) == []


def test_watch_is_quiet_and_names_the_last_period():
    series = make_series(around(66, 30, cv=0.3, seed=4))
    views = (replace(series, points=series.points[:n]) for n in range(2, 31))
    watching = next(v for v in views if judge(v).state is State.WATCH)

    alerts = due(judge_plans(watching))

    last = len(watching.points) - 1
    assert summary(alerts) == [(Rule.DRIFT, Severity.WATCH, last)]


def test_vanity_raises_nothing():
    assert due(judge_plans(make_series([1.0, 2.0, 1.0])), is_vanity=True) == []


def test_wide_range_hides_nothing_from_drift():
    series = with_ranges(make_series(around(50, 12)), 10.0, 300.0)

    (judged,) = judge_plans(series)

    assert judged.series is series
    assert judged.verdict == judge(make_series(around(50, 12)))


def test_lowered_target_does_not_silence_the_baseline():
    actuals = around(50, 20)
    baseline, latest = make_series(actuals), make_series(actuals, forecast=50.0)

    judged = judge_plans(baseline, latest)

    assert judged == (
        Judged(baseline, judge(baseline, alpha=0.005)),
        Judged(latest, judge(latest, alpha=0.005)),
    )
    assert summary(due(judged)) == [
        (Rule.DRIFT, Severity.STOP, judged[0].verdict.alert_at)
    ]


def test_raised_target_is_judged_too():
    actuals = around(100, 20)

    judged = judge_plans(make_series(actuals), make_series(actuals, forecast=250.0))

    assert summary(due(judged)) == [
        (Rule.DRIFT, Severity.STOP, judged[1].verdict.alert_at)
    ]
