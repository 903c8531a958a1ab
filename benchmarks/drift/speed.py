"""How much one night costs: a replay of whole records, and one update of saved states."""

import time
from datetime import date, timedelta

import numpy as np

from forecasts.drift import (
    Cadence,
    Direction,
    Point,
    ProcessState,
    Series,
    advance_many,
    begin,
    judge_many,
)

SERIES, POINTS = 960, 37


def _metric(rng: np.random.Generator, *, whole: bool) -> Series:
    actuals = rng.poisson(100 * rng.gamma(20, 1 / 20, POINTS)).astype(float)
    actuals += 0.0 if whole else 0.5
    points = tuple(
        Point(date(2026, 1, 1) + timedelta(days=t), 100.0, None, None, actual)
        for t, actual in enumerate(actuals.tolist())
    )
    return Series("speed", Direction.HIGHER, None, Cadence.DAILY, points)


def metrics() -> list[Series]:
    """Daily metrics with the weekend question open: the dearest kind."""
    rng = np.random.default_rng(3)
    return [_metric(rng, whole=number % 2 == 0) for number in range(SERIES)]


def replay_cost() -> float:
    """Microseconds of processor time a point, best of three."""
    series = metrics()
    times = []
    for _ in range(3):
        begun = time.process_time()
        judge_many(series)
        times.append(time.process_time() - begun)
    return min(times) / (SERIES * POINTS) * 1e6


def incremental_rate() -> float:
    """Series a second of processor time: load, update and save, best of five."""
    series = metrics()
    states: list[ProcessState] = [
        begin(one.direction, one.tolerance, one.cadence) for one in series
    ]
    for night in range(POINTS):
        moved = advance_many(states, [one.points[night] for one in series])
        states = [state for state in moved if state is not None]
    saved = [state.to_bytes() for state in states]
    point = Point(date(2026, 2, 7), 100.0, None, None, 93.0)
    times = []
    for _ in range(5):
        begun = time.process_time()
        loaded = [ProcessState.from_bytes(one) for one in saved]
        after = advance_many(loaded, [point] * SERIES)
        kept = [state.to_bytes() for state in after if state is not None]
        times.append(time.process_time() - begun)
        assert len(kept) == SERIES
    return SERIES / min(times)
