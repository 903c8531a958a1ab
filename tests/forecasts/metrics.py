"""Series for tests of the verdict: plain functions with sensible defaults."""

from datetime import date, timedelta

import numpy as np

from forecasts.drift import Cadence, Direction, Point, Series

MONDAY = date(2026, 3, 2)
STEP_IN_DAYS = {
    Cadence.DAILY: 1,
    Cadence.WEEKLY: 7,
    Cadence.MONTHLY: 30,
    Cadence.QUARTERLY: 91,
    Cadence.YEARLY: 365,
}


def make_point(index, actual, *, forecast=100.0, cadence=Cadence.DAILY, **fields):
    """Point number `index`, counted from a Monday."""
    fields = {"low": None, "high": None} | fields
    day = MONDAY + timedelta(days=STEP_IN_DAYS[cadence] * index)
    return Point(t=day, forecast=forecast, actual=actual, **fields)


def make_series(
    actuals,
    *,
    forecast=100.0,
    direction=Direction.HIGHER,
    tolerance=None,
    cadence=Cadence.DAILY,
):
    """A metric with these actuals; `forecast` is one number or one for each."""
    forecasts = (
        [forecast] * len(actuals) if isinstance(forecast, int | float) else forecast
    )
    pairs = enumerate(zip(actuals, forecasts, strict=True))
    points = tuple(make_point(i, a, forecast=f, cadence=cadence) for i, (a, f) in pairs)
    return Series("orders", direction, tolerance, cadence, points)


def around(level, count, *, cv=0.15, seed=1, whole=True):
    """`count` noisy actuals with this mean, from a fixed seed."""
    rng = np.random.default_rng(seed)
    rates = level * rng.gamma(1 / cv**2, cv**2, count)
    return [float(y) for y in (rng.poisson(rates) if whole else rates)]
