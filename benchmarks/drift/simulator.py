"""Seeded metrics, healthy and failing, with all that makes real ones hard to judge."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from benchmarks.drift.laws import Amounts, Counts, Deals, Disturbed, Floats, Law, Rates
from forecasts.drift import Cadence, Direction, Point, Series

HORIZONS = (8, 16, 30, 60, 120)
TOLERANCES = (0.05, 0.10, 0.20)
FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Plan:
    """Law, forecast path and the hidden pattern the forecast leaves out."""

    law: Law
    forecast: Floats
    hidden: Floats
    cadence: Cadence = Cadence.DAILY


Maker = Callable[[np.random.Generator, int, int], Plan]


@dataclass(frozen=True)
class Batch:
    """Series of one regime with the truth about them; arrays (series, points)."""

    series: tuple[Series, ...]
    actual: Floats
    edge_mean: Floats
    true_mean: Floats
    known: np.ndarray
    plan: Plan
    onset: np.ndarray


def _uniform(rng: np.random.Generator, low: float, high: float, n: int) -> Floats:
    return rng.uniform(low, high, (n, 1))


def _spread(rng: np.random.Generator, low: float, high: float, n: int) -> Floats:
    return np.exp(rng.uniform(np.log(low), np.log(high), (n, 1)))


def _is_weekend(points: int) -> Floats:
    days = [(FIRST_DAY + timedelta(days=t)).weekday() >= 5 for t in range(points)]
    return np.array(days)


def _weekend_path(rng: np.random.Generator, n: int, points: int) -> Floats:
    ratio = _uniform(rng, 0.2, 0.8, n)
    path = np.where(_is_weekend(points), ratio, 1.0)
    return path * 7 / (5 + 2 * ratio)


def _counts(
    low: float, high: float, cv: tuple[float, float], *, rho: bool = False
) -> Maker:
    def make(rng: np.random.Generator, n: int, points: int) -> Plan:
        level = _spread(rng, low, high, n) * np.ones(points)
        persistence = _uniform(rng, 0.3, 0.6, n) if rho else np.zeros((n, 1))
        law = Counts(_uniform(rng, *cv, n), persistence)
        return Plan(law, level, np.ones((n, points)))

    return make


def _amounts(
    cv: tuple[float, float], *, rho: bool, cadence: Cadence = Cadence.DAILY
) -> Maker:
    def make(rng: np.random.Generator, n: int, points: int) -> Plan:
        level = _spread(rng, 100, 50_000, n) * np.ones(points)
        persistence = _uniform(rng, 0.3, 0.6, n) if rho else np.zeros((n, 1))
        law = Amounts(_uniform(rng, *cv, n), persistence)
        return Plan(law, level, np.ones((n, points)), cadence)

    return make


def _rates(rng: np.random.Generator, n: int, points: int) -> Plan:
    level = _uniform(rng, 0.02, 0.2, n) * np.ones(points)
    visits = np.round(_spread(rng, 60, 800, n))
    return Plan(Rates(visits), level, np.ones((n, points)))


def _weekends(*, in_forecast: bool) -> Maker:
    def make(rng: np.random.Generator, n: int, points: int) -> Plan:
        level = _spread(rng, 20, 400, n) * np.ones(points)
        path = _weekend_path(rng, n, points)
        law = Counts(_uniform(rng, 0.05, 0.3, n), np.zeros((n, 1)))
        if in_forecast:
            return Plan(law, level * path, np.ones((n, points)))
        return Plan(law, level, path)

    return make


def _ramp(rng: np.random.Generator, n: int, points: int) -> Plan:
    growth = _spread(rng, 3, 20, n)
    level = _spread(rng, 5, 60, n) * growth ** np.linspace(0, 1, points)
    law = Counts(_uniform(rng, 0.05, 0.4, n), np.zeros((n, 1)))
    return Plan(law, level, np.ones((n, points)))


def _disturbed(factors: tuple[float, ...], chance: float, length: int) -> Maker:
    def make(rng: np.random.Generator, n: int, points: int) -> Plan:
        level = _spread(rng, 100, 50_000, n) * np.ones(points)
        law = Disturbed(_uniform(rng, 0.12, 0.35, n), factors, chance, length)
        return Plan(law, level, np.ones((n, points)))

    return make


def _deals(rng: np.random.Generator, n: int, points: int) -> Plan:
    law = Deals(_uniform(rng, 0.5, 0.8, n), _uniform(rng, 0.3, 0.7, n))
    return Plan(law, np.full((n, points), 100.0), np.ones((n, points)))


CORE: dict[str, Maker] = {
    "small counts": _counts(1, 6, (0.0, 0.001)),
    "counts": _counts(8, 300, (0.0, 0.05)),
    "noisy counts": _counts(4, 150, (0.2, 0.6)),
    "revenue": _amounts((0.15, 0.6), rho=False),
    "conversion": _rates,
    "persistent revenue": _amounts((0.15, 0.45), rho=True),
    "persistent counts": _counts(8, 150, (0.1, 0.35), rho=True),
    "weekend not in forecast": _weekends(in_forecast=False),
    "weekend in forecast": _weekends(in_forecast=True),
    "ramp": _ramp,
    "quiet weekly": _amounts((0.03, 0.1), rho=False, cadence=Cadence.WEEKLY),
    "outliers and outages": _disturbed((0.15, 3.0), 0.025, 1),
    "short shocks": _disturbed((0.25,), 0.012, 2),
}
INTERMITTENT = {"deals": _deals}


def _path(scenario: str, t: Floats, onset: Floats) -> Floats:
    """Level of the actuals against the plan; t runs from 0 to 1 within the plan."""
    after = t >= onset
    paths = {
        "level 25": 0.25 + 0 * t,
        "level 50": 0.5 + 0 * t,
        "level 70": 0.7 + 0 * t,
        "level 85": 0.85 + 0 * t,
        "slope": 1 - 0.7 * t,
        "break to 50": np.where(after, 0.5, 1.0),
        "break to 70": np.where(after, 0.7, 1.0),
        "drift": 1 - 0.6 * np.clip((t - 0.3) / 0.5, 0, 1),
        "late launch": np.where(t < 0.3, 0.1, 1.0),
        "over 120": 1.2 + 0 * t,
        "over 150": 1.5 + 0 * t,
        "over 200": 2.0 + 0 * t,
    }
    return paths[scenario] + 0 * onset


SCENARIOS = (
    *("level 25", "level 50", "level 70", "slope", "break to 50", "break to 70"),
    *("drift", "late launch", "over 120", "over 150", "over 200"),
)


def failing(
    rng: np.random.Generator, regime: str, scenario: str, n: int, points: int
) -> Batch:
    """`n` metrics of a regime that leave the plan as the scenario says."""
    t = np.linspace(0, 1, points) * np.ones((n, 1))
    starts = rng.uniform(0.2, 0.6, (n, 1))
    level = _path(scenario, t, starts)
    lower = np.full(n, scenario.startswith("over"))
    tolerance = (
        np.full(n, 0.05) if scenario == "level 85" else rng.choice(TOLERANCES, n)
    )
    if scenario == "over 120":
        tolerance = rng.choice(TOLERANCES[:2], n)
    onset = np.argmax(np.abs(level - 1) > 1e-9, axis=1)
    return _batch(rng, (regime, n, points), level, lower, tolerance, onset)


def healthy(rng: np.random.Generator, regime: str, n: int, points: int) -> Batch:
    """`n` metrics whose plan holds: at forecast, inside the band, or at its edge."""
    tolerance = rng.choice(TOLERANCES, n)
    lower = rng.random(n) < 0.25
    kind = rng.random(n)
    share = np.where(kind < 0.5, 0.0, np.where(kind < 0.75, rng.random(n), 1.0))
    level = 1 + np.where(lower, 1, -1) * share * tolerance
    path = level[:, None] * np.ones(points)
    return _batch(rng, (regime, n, points), path, lower, tolerance, np.zeros(n, int))


def _batch(
    rng: np.random.Generator,
    shape: tuple[str, int, int],
    level: Floats,
    lower: np.ndarray,
    tolerance: np.ndarray,
    onset: np.ndarray,
) -> Batch:
    regime, n, points = shape
    plan = (CORE | INTERMITTENT)[regime](rng, n, points)
    usual = plan.forecast * plan.hidden
    actual = plan.law.draw(rng, usual * level)
    known = _gaps(rng, n, points)
    edge = 1 + np.where(lower, 1, -1) * tolerance
    series = tuple(
        _series(plan, actual, known, row, tolerance[row], lower=bool(lower[row]))
        for row in range(n)
    )
    means = (usual * edge[:, None], usual * level)
    return Batch(series, actual, *means, known, plan, onset)


def _gaps(rng: np.random.Generator, n: int, points: int) -> np.ndarray:
    """Which points were reported: four series in ten miss some, singly or on end."""
    holes = rng.random((n, points)) < 0.08
    begins = rng.integers(0, points, (n, 1))
    place = np.arange(points)
    holes |= (place >= begins) & (place < begins + rng.integers(0, 5, (n, 1)))
    return ~(holes & (rng.random((n, 1)) < 0.4))


_STEP = {Cadence.DAILY: 1, Cadence.WEEKLY: 7}


def _series(
    plan: Plan,
    actual: Floats,
    known: np.ndarray,
    row: int,
    tolerance: float,
    *,
    lower: bool,
) -> Series:
    step = _STEP[plan.cadence]
    values = zip(
        plan.forecast[row].tolist(), actual[row].tolist(), known[row], strict=True
    )
    points = tuple(
        Point(FIRST_DAY + timedelta(days=step * t), f, None, None, y if seen else None)
        for t, (f, y, seen) in enumerate(values)
    )
    direction = Direction.LOWER if lower else Direction.HIGHER
    return Series(str(row), direction, float(tolerance), plan.cadence, points)


def reported_late(rng: np.random.Generator, series: Series) -> Series:
    """The same metric as its owner reports it: some values late, some corrected.

    Every corrected value was at first off by up to a third; the true one comes within
    a week of points.
    """
    points = []
    for index, point in enumerate(series.points):
        fate = rng.random()
        if point.actual is None or fate > 0.12:
            points.append(point)
            continue
        night = index + int(rng.integers(1, 7))
        history: tuple[tuple[int, float | None], ...] = ((night, point.actual),)
        if fate < 0.05:
            first = point.actual * float(rng.uniform(0.67, 1.33))
            whole = point.actual == round(point.actual)
            history = ((index, round(first) if whole else first), *history)
        late = Point(point.t, point.forecast, None, None, point.actual, None, history)
        points.append(late)
    return Series(
        series.id, series.direction, series.tolerance, series.cadence, tuple(points)
    )
