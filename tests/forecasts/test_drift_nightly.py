"""The nightly update gives what a replay gives, to the last digit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.drift import (
    Cadence,
    Direction,
    ProcessState,
    State,
    advance,
    advance_many,
    begin,
    judge,
    replayed,
)
from tests.forecasts.metrics import MONDAY, around, make_point, make_series

DAYS = timedelta(days=1)


def _walked(series, *, alpha=0.01):
    """The state after every period, replayed where the update asks for it."""
    state = begin(series.direction, series.tolerance, series.cadence, alpha=alpha)
    states = []
    for index, point in enumerate(series.points):
        seen = replace(series, points=series.points[: index + 1])
        state = advance(state, point) or replayed(seen, alpha=alpha)
        state = ProcessState.from_bytes(state.to_bytes())
        states.append((seen, state))
    return states


actuals = st.one_of(
    st.none(),
    st.integers(0, 400).map(float),
    st.floats(0, 400, allow_nan=False),
)


@st.composite
def metrics(draw, values=actuals):
    rows = draw(st.lists(values, min_size=1, max_size=18))
    forecasts = draw(
        st.lists(
            st.sampled_from([100.0, 100.0, 100.0, 40.0, 0.0]),
            min_size=len(rows),
            max_size=len(rows),
        )
    )
    series = make_series(
        rows,
        forecast=forecasts,
        direction=draw(st.sampled_from(Direction)),
        tolerance=draw(st.sampled_from([None, 0.0, 0.05, 0.5])),
        cadence=draw(st.sampled_from(Cadence)),
    )
    offset = draw(st.integers(0, 6)) * DAYS
    return replace(
        series, points=tuple(replace(p, t=p.t + offset) for p in series.points)
    )


def _without_trace(verdict):
    return replace(verdict, trace=verdict.trace[-1:])


@settings(max_examples=60, deadline=None)
@given(metrics())
def test_update_equals_replay(series):
    for seen, state in _walked(series):
        assert state.verdict(seen) == _without_trace(judge(seen))
        assert state.to_bytes() == replayed(seen).to_bytes()


@st.composite
def reported_late(draw):
    series = draw(metrics())
    points = []
    for index, point in enumerate(series.points):
        how = draw(st.sampled_from(["at once", "at once", "late", "corrected"]))
        if how == "late":
            late = replace(point, seen=index + draw(st.integers(0, 5)))
        elif how == "corrected":
            night = index + draw(st.integers(1, 5))
            second = draw(actuals)
            late = replace(point, history=((index, point.actual), (night, second)))
        points.append(point if how == "at once" else late)
    return replace(series, points=tuple(points))


@settings(max_examples=60, deadline=None)
@given(reported_late())
def test_longer_view_keeps_every_night(series):
    whole = judge(series)
    for length in range(len(series.points) + 1):
        view = judge(replace(series, points=series.points[:length]))

        assert view.trace == whole.trace[:length]
        assert view.alert_at in (None, whole.alert_at)
        if whole.alert_at is not None and length > whole.alert_at:
            assert view.alert_at == whole.alert_at


@settings(max_examples=40, deadline=None)
@given(reported_late())
def test_replayed_state_has_the_verdict_of_the_late_record(series):
    state = ProcessState.from_bytes(replayed(series).to_bytes())

    assert state.verdict(series) == _without_trace(judge(series))


def test_many_are_updated_as_each_alone():
    series = [
        make_series(
            around(60, 6, seed=k, whole=k % 3 > 0),
            cadence=list(Cadence)[k % 5],
            direction=list(Direction)[k % 2],
        )
        for k in range(130)
    ]
    states = [begin(s.direction, s.tolerance, s.cadence) for s in series]

    for night in range(6):
        states = advance_many(states, [s.points[night] for s in series])

    assert [s.to_bytes() for s in states] == [replayed(s).to_bytes() for s in series]


def test_state_before_the_first_period_is_unjudged():
    state = begin(Direction.HIGHER, None, Cadence.DAILY)

    assert state.night is None
    assert state.verdict(make_series([])).state is State.UNJUDGED
    assert state.to_bytes() == replayed(make_series([])).to_bytes()


def test_first_fraction_asks_for_a_replay():
    series = make_series([50.0, 51.0, 52.5])
    (_, _), (_, state) = _walked(replace(series, points=series.points[:2]))

    assert advance(state, series.points[2]) is None


def test_weekend_found_in_the_forecast_asks_for_a_replay():
    pattern = [120.0 if i % 7 < 5 else 50.0 for i in range(8)]
    series = make_series([f / 2 for f in pattern], forecast=pattern)
    state = replayed(replace(series, points=series.points[:7]))

    assert advance(state, series.points[7]) is None


def test_weekend_found_before_any_actual_needs_none():
    pattern = [120.0 if i % 7 < 5 else 50.0 for i in range(8)]
    series = make_series([None] * 8, forecast=pattern)
    state = replayed(replace(series, points=series.points[:7]))

    assert advance(state, series.points[7]).to_bytes() == replayed(series).to_bytes()


@pytest.mark.parametrize("days", [(0, 1, 2, 4), (0, 2, 3, 4)])
def test_broken_weekend_tells_nothing(days):
    friday = MONDAY + 4 * DAYS
    points = tuple(
        replace(make_point(0, 60.0, forecast=f), t=friday + day * DAYS)
        for day, f in zip(days, [120.0, 50.0, 50.0, 120.0], strict=True)
    )
    series = replace(make_series([]), points=points)

    assert replayed(series).asks_weekends


@pytest.mark.parametrize(
    ("direction", "cadence", "most"),
    [
        (Direction.HIGHER, Cadence.DAILY, 8000),
        (Direction.LOWER, Cadence.DAILY, 8000),
        (Direction.HIGHER, Cadence.WEEKLY, 3000),
    ],
)
def test_state_is_small(direction, cadence, most):
    series = make_series(around(100, 40), direction=direction, cadence=cadence)

    assert len(replayed(series).to_bytes()) < most


@pytest.mark.parametrize("cut", [0, 3, 60, 200, -1])
def test_foreign_or_cut_bytes_are_refused(cut):
    data = replayed(make_series([50.0])).to_bytes()

    with pytest.raises(ValueError, match="saved process"):
        ProcessState.from_bytes(data[:cut])
    with pytest.raises(ValueError, match="not a saved process"):
        ProcessState.from_bytes(b"x" + data)
