"""The verdict on a series: one table per promise."""

from dataclasses import replace

import numpy as np
import pytest

from forecasts.drift import Cadence, Direction, Series, State, judge, judge_many
from forecasts.drift.constants import threshold
from tests.forecasts.metrics import around, make_point, make_series

WEBVAN = [1980.0, 2010.0, 2075.0, 1902.0, 2120.0, 1850.0, 2040.0]


def test_webvan_daily_stops_on_the_second_night():
    verdict = judge(make_series(WEBVAN[:2], forecast=8000.0))

    assert (verdict.alert_at, verdict.state) == (1, State.STOP)


def test_webvan_daily_is_less_than_once_in_5000_after_a_week():
    verdict = judge(make_series(WEBVAN, forecast=8000.0))

    assert verdict.alert_at == 1
    assert verdict.odds >= 5000
    assert verdict.why == (
        "Day 7: 2,040 against 8,000 forecast (26%). Over all 7 reported days the "
        "actual is 25% of forecast; if the forecast were right, a record like this "
        f"would come up less than once in {verdict.odds:,}."
    )


@pytest.mark.parametrize("cadence", Cadence)
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("whole", [True, False])
def test_healthy_metric_stays_silent(cadence, direction, whole):
    actuals = around(100, 40, whole=whole)

    verdict = judge(make_series(actuals, direction=direction, cadence=cadence))

    assert (verdict.alert_at, verdict.state) == (None, State.ON_TRACK)
    assert verdict.odds is None


@pytest.mark.parametrize(
    ("direction", "level", "state"),
    [
        (Direction.HIGHER, 50, State.STOP),
        (Direction.HIGHER, 200, State.BETTER),
        (Direction.LOWER, 200, State.STOP),
        (Direction.LOWER, 50, State.BETTER),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_only_the_bad_way_stops(direction, level, state, whole):
    verdict = judge(make_series(around(level, 20, whole=whole), direction=direction))

    assert verdict.state is state
    assert (verdict.alert_at is None) == (state is State.BETTER)


def test_moderate_shortfall_is_watched_before_it_stops():
    verdict = judge(make_series(around(62, 30, cv=0.3, seed=4)))

    scores = [night.score for night in verdict.trace if night.score is not None]
    first_watch = next(i for i, s in enumerate(scores) if s >= threshold(0.10))
    first_stop = next(i for i, s in enumerate(scores) if s >= threshold(0.01))
    watching = judge(make_series(around(62, 30, cv=0.3, seed=4)[: first_watch + 2]))

    assert first_watch < first_stop
    assert watching.state is State.WATCH
    assert watching.alert_at is None
    assert "less than once in" in watching.why


def test_missing_is_not_zero():
    before = [5.0, 4.0, 6.0]
    missing = judge(make_series([*before, *[None] * 8], forecast=5.0))
    nothing = judge(make_series([*before, *[0.0] * 8], forecast=5.0))

    assert missing.state is State.ON_TRACK
    assert {night.score for night in missing.trace[2:]} == {missing.trace[2].score}
    assert missing.trace[-1].known == 3
    assert nothing.state is State.STOP


@pytest.mark.parametrize("nothing", [0.0, -5.0, None])
def test_point_without_a_positive_forecast_is_left_out(nothing):
    actuals = around(100, 10)
    forecasts = [nothing if i in (2, 6) else 100.0 for i in range(10)]
    holes = [None if i in (2, 6) else y for i, y in enumerate(actuals)]

    left_out = judge(make_series(actuals, forecast=forecasts))

    assert left_out.trace == judge(make_series(holes)).trace


@pytest.mark.parametrize(
    ("actuals", "cadence", "state", "why"),
    [
        ([], Cadence.DAILY, State.UNJUDGED, "No day with"),
        ([None, None], Cadence.WEEKLY, State.UNJUDGED, "No week with"),
        ([20.0], Cadence.DAILY, State.UNJUDGED, "Day 1: 20 against 100"),
        ([20.0, None], Cadence.WEEKLY, State.UNJUDGED, "Week 1: 20 against 100"),
        ([95.0], Cadence.MONTHLY, State.ON_TRACK, "Month 1: 95 against 100"),
    ],
)
def test_too_little_is_not_judged(actuals, cadence, state, why):
    verdict = judge(make_series(actuals, cadence=cadence))

    assert verdict.state is state
    assert (verdict.p is None) == (state is State.UNJUDGED)
    assert verdict.why.startswith(why)


@pytest.mark.parametrize(
    ("cadence", "alert_at"),
    [
        (Cadence.DAILY, None),
        (Cadence.WEEKLY, None),
        (Cadence.MONTHLY, 0),
        (Cadence.QUARTERLY, 0),
        (Cadence.YEARLY, 0),
    ],
)
def test_one_slow_period_may_be_enough(cadence, alert_at):
    thrice = make_series([300.0], cadence=cadence, direction=Direction.LOWER)

    assert judge(thrice, alpha=0.1).alert_at == alert_at


def test_one_day_never_stops():
    series = make_series([0.0, None, None], forecast=1e6)

    assert judge(series, alpha=0.5).alert_at is None


def test_published_range_is_the_edge():
    actuals = around(70, 40, cv=0.1)
    plain = make_series(actuals)
    wide = replace(plain, points=tuple(replace(p, low=60.0) for p in plain.points))

    assert judge(plain).state is State.STOP
    assert judge(wide).state is State.ON_TRACK


def test_published_upper_range_is_the_edge_when_lower_is_better():
    actuals = around(130, 40, cv=0.1)
    plain = make_series(actuals, direction=Direction.LOWER)
    wide = replace(plain, points=tuple(replace(p, high=150.0) for p in plain.points))

    assert judge(plain).state is State.STOP
    assert judge(wide).state is State.ON_TRACK


def test_tolerance_is_how_far_the_mean_may_stay_off():
    actuals = around(83, 60, cv=0.1)

    assert judge(make_series(actuals, tolerance=0.2)).alert_at is None
    assert judge(make_series(actuals, tolerance=0.05)).alert_at is not None


def test_smaller_rate_asks_for_more_evidence():
    series = make_series(around(60, 40, cv=0.3))

    nights = [judge(series, alpha=a).alert_at for a in (0.1, 0.01, 0.001)]
    guaranteed = judge(series, guaranteed=True)

    assert nights == sorted(nights)
    assert nights[0] < nights[2]
    assert guaranteed.alert_at > nights[1]
    assert guaranteed.p == pytest.approx(np.exp(-guaranteed.trace[-1].score))


@pytest.mark.parametrize("alpha", [0, 1, -0.1, float("nan")])
def test_impossible_rate_is_refused(alpha):
    with pytest.raises(ValueError, match="between 0 and 1"):
        judge(make_series([1.0]), alpha=alpha)


def test_stop_stays_after_recovery():
    verdict = judge(make_series(around(30, 5) + around(160, 40)))

    assert (verdict.alert_at, verdict.state) == (1, State.STOP)
    assert not verdict.withdrawn
    assert "Stop was raised on day 2." in verdict.why


def test_late_value_counts_from_the_night_it_is_seen():
    points = [make_point(i, y) for i, y in enumerate([20.0, 22.0, 19.0, 21.0])]
    points[1] = replace(points[1], seen=3)
    points[2] = replace(points[2], seen=3)
    series = replace(make_series([]), points=tuple(points))

    verdict = judge(series)

    assert [night.known for night in verdict.trace] == [1, 1, 1, 4]
    assert verdict.alert_at == 3


def test_value_never_seen_in_this_view_is_missing():
    series = make_series([20.0, 22.0])
    late = tuple(replace(p, seen=9) for p in series.points)

    assert judge(replace(series, points=late)).state is State.UNJUDGED


def test_night_before_the_end_of_the_period_waits_for_it():
    series = make_series([20.0, 22.0, 19.0])
    early = tuple(replace(p, history=((0, p.actual),)) for p in series.points)

    assert judge(replace(series, points=early)) == judge(series)


def _corrected(series: Series, index: int, night: int, value: float | None) -> Series:
    points = list(series.points)
    first = points[index].actual
    points[index] = replace(points[index], history=((index, first), (night, value)))
    return replace(series, points=tuple(points))


def test_correction_withdraws_the_evidence_but_not_the_alert():
    actuals = [12.0, 14.0, *around(100, 6)]
    series = make_series(actuals)
    for index in (0, 1):
        series = _corrected(series, index, 5, 101.0)

    verdict = judge(series)

    assert (verdict.alert_at, verdict.state, verdict.withdrawn) == (1, State.STOP, True)
    assert "the values corrected since would not have raised it" in verdict.why


def test_value_taken_back_leaves_the_record():
    series = make_series([12.0, 14.0, None])
    for index in (0, 1):
        series = _corrected(series, index, 2, None)

    verdict = judge(series)

    assert (verdict.alert_at, verdict.withdrawn, verdict.p) == (1, True, None)
    assert verdict.why.startswith("Stop was raised on day 2; the values corrected")


def test_taken_back_and_reported_again():
    first = make_point(0, 50.0, history=((0, 50.0), (1, None), (2, 52.0)))
    series = replace(make_series([]), points=(first, make_point(1, None)))
    longer = replace(series, points=(*series.points, make_point(2, 51.0)))

    assert [night.known for night in judge(longer).trace] == [1, 0, 2]
    assert judge(longer).trace[-1] == judge(make_series([52.0, None, 51.0])).trace[-1]


def test_correction_gives_the_verdict_of_the_corrected_record():
    actuals = around(70, 14, seed=9)
    series = _corrected(
        make_series([*actuals[:4], 5.0, *actuals[5:]]), 4, 9, actuals[4]
    )

    assert judge(series).trace[-1] == judge(make_series(actuals)).trace[-1]


def test_same_value_reported_again_changes_nothing():
    series = make_series(around(60, 9))

    assert judge(_corrected(series, 3, 6, series.points[3].actual)) == judge(series)


def test_first_fraction_makes_amounts_of_all_counts():
    whole = around(40, 6)
    amounts = [*whole, 41.5]

    before = judge(make_series(whole)).trace
    verdict = judge(make_series(amounts))

    assert verdict.trace[:6] == before
    assert verdict.trace[6] != judge(make_series([*whole, 41.0])).trace[6]


def test_weekend_pattern_missing_from_the_forecast_is_not_a_shortfall():
    flat = make_series(
        [120.0 if i % 7 < 5 else 50.0 for i in range(42)], tolerance=0.05
    )

    assert judge(flat).alert_at is None


def test_weekend_pattern_in_the_forecast_is_taken_from_it():
    pattern = [120.0 if i % 7 < 5 else 50.0 for i in range(28)]
    noise = np.random.default_rng(3).normal(1, 0.05, 28)
    actuals = [round(f * n) * 1.0 for f, n in zip(pattern, noise, strict=True)]

    assert judge(make_series(actuals, forecast=pattern)).alert_at is None
    assert judge(make_series([y / 2 for y in actuals], forecast=pattern)).alert_at == 3


def test_many_are_judged_as_each_alone():
    rng = np.random.default_rng(11)
    series = [
        make_series(
            around(float(rng.choice([30, 70, 100])), int(rng.integers(1, 25)), seed=k),
            cadence=list(Cadence)[k % 5],
            direction=list(Direction)[k % 2],
        )
        for k in range(60)
    ]

    assert judge_many(series) == [judge(one) for one in series]


@pytest.mark.parametrize(
    "extreme",
    [
        [1e15] * 3,
        [0.0] * 300,
        [1e-9, 1e15, 0.0],
        [-50.0, -1e6, 3.5],
        [1e15, 1.5, 0.0],
    ],
)
@pytest.mark.parametrize("forecast", [1e-9, 1.0, 1e15])
@pytest.mark.parametrize("direction", Direction)
def test_extreme_numbers_give_finite_verdicts(extreme, forecast, direction):
    verdict = judge(make_series(extreme, forecast=forecast, direction=direction))

    assert 0 <= verdict.p <= 1
    assert all(np.isfinite(night.score or 0.0) for night in verdict.trace)


@pytest.mark.parametrize("level", [8000.0, 100.0, 99.5])
@pytest.mark.parametrize("before", [10, 20])
def test_metric_that_falls_silent_stops_within_four_days(level, before):
    whole = level != 99.5
    actuals = around(level, before, whole=whole) + [0.0] * 8

    verdict = judge(make_series(actuals, forecast=level))

    assert before + 1 < verdict.alert_at <= before + 3


def test_nothing_from_the_first_day_on_is_watched_then_stopped():
    verdict = judge(make_series([0.0] * 40, forecast=8000.0))

    assert judge(make_series([0.0] * 4, forecast=8000.0)).state is State.WATCH
    assert verdict.state is State.STOP


def test_closed_weekends_are_no_silence():
    actuals = [0.0 if i % 7 > 4 else 140.0 for i in range(56)]

    assert judge(make_series(actuals)).alert_at is None


def test_quiet_days_of_rare_large_deals_are_no_silence():
    rng = np.random.default_rng(8)
    deals = np.where(rng.random((30, 60)) < 0.25, rng.poisson(400, (30, 60)), 0)
    series = [make_series([float(y) for y in row]) for row in deals]

    assert sum(v.alert_at is not None for v in judge_many(series)) <= 1
