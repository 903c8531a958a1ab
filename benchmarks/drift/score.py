"""Scores the verdict on simulated metrics: how often wrong, how late when right."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.drift.laws import Floats
from benchmarks.drift.oracle import delays, oracle_delays
from benchmarks.drift.simulator import (
    CORE,
    HORIZONS,
    INTERMITTENT,
    SCENARIOS,
    Batch,
    failing,
    healthy,
    reported_late,
)
from forecasts.drift import Direction, Series, Verdict, judge_many

RATE = 0.01
# Late and corrected values are replayed often; longer lives would only cost time.
LONGEST_LATE = 60


@dataclass(frozen=True)
class Size:
    """How many series of each regime, horizon and scenario."""

    healthy: int
    failing: int
    late: int


SIZES = {"small": Size(24, 3, 2), "full": Size(250, 12, 4)}


@dataclass(frozen=True)
class Cell:
    """Delays of the method and of the oracle for one kind of failure."""

    regime: str
    points: int
    scenario: str
    delays: Floats
    oracle: Floats
    room: Floats

    @property
    def ratio(self) -> float:
        return float(self.delays.mean() / self.oracle.mean())


@dataclass
class Scores:
    """What was measured; shares between 0 and 1, delays in points.

    `peaks` are the highest scores of the healthy core metrics.
    """

    false_alarms: dict[tuple[str, int], float] = field(default_factory=dict)
    hand_rule_alarms: dict[tuple[str, int], float] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    late_cells: list[Cell] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)


def alerts(series: Sequence[Series], points: int) -> np.ndarray:
    """For each series and night: has stop been raised by then?"""
    raised = np.zeros((len(series), points), bool)
    for row, verdict in enumerate(judge_many(series, alpha=RATE)):
        if verdict.alert_at is not None:
            raised[row, verdict.alert_at :] = True
    return raised


def three_in_a_row(series: Sequence[Series]) -> float:
    """Share alarmed by "a fifth off the forecast three times in a row"."""
    return float(np.mean([_three_in_a_row(one) for one in series]))


def _three_in_a_row(series: Series) -> bool:
    sign = 1 if series.direction is Direction.HIGHER else -1
    run = 0
    for point in series.points:
        if point.actual is None or point.forecast is None:
            continue
        run = run + 1 if sign * (1 - point.actual / point.forecast) > 0.2 else 0
        if run == 3:
            return True
    return False


def generator(seed: int, *names: object) -> np.random.Generator:
    """A stream of its own for every cell, whatever the order they run in."""
    return np.random.default_rng([seed, *"/".join(map(str, names)).encode()])


def regimes() -> Iterator[str]:
    yield from (*CORE, *INTERMITTENT)


def measure(size: Size, seed: int) -> Scores:
    """Everything the table needs, from one seed."""
    scores = Scores()
    for points in HORIZONS:
        _measure_healthy(scores, size, seed, points)
        _measure_failing(scores, size, seed, points)
    return scores


def _judged_together(
    groups: Sequence[Sequence[Series]], points: int
) -> list[np.ndarray]:
    """`alerts` of every group, evaluated side by side because that is faster."""
    raised = alerts([one for group in groups for one in group], points)
    ends = np.cumsum([len(group) for group in groups])
    return np.split(raised, ends[:-1])


def _measure_healthy(scores: Scores, size: Size, seed: int, points: int) -> None:
    batches = {
        regime: healthy(
            generator(seed, "healthy", regime, points), regime, size.healthy, points
        )
        for regime in regimes()
    }
    for regime, batch in batches.items():
        verdicts = judge_many(batch.series, alpha=RATE)
        alarms = [verdict.alert_at is not None for verdict in verdicts]
        scores.false_alarms[regime, points] = float(np.mean(alarms))
        scores.hand_rule_alarms[regime, points] = three_in_a_row(batch.series)
        if regime in CORE:
            scores.peaks += [peak(verdict) for verdict in verdicts]


def peak(verdict: Verdict) -> float:
    """The highest score of a metric's life: what a threshold has to stay above."""
    return max(
        (n.score for n in verdict.trace if n.score is not None), default=-math.inf
    )


def _measure_failing(scores: Scores, size: Size, seed: int, points: int) -> None:
    kinds = [(regime, scenario) for regime in regimes() for scenario in SCENARIOS]
    batches, late = [], []
    for regime, scenario in kinds:
        rng = generator(seed, "failing", regime, points, scenario)
        batch = failing(rng, regime, scenario, size.failing, points)
        batches.append(batch)
        if regime in CORE and points <= LONGEST_LATE:
            late.append([reported_late(rng, one) for one in batch.series[: size.late]])
        else:
            late.append([])
    raised = _judged_together([batch.series for batch in batches], points)
    raised_late = _judged_together(late, points)
    for kind, batch, plain, delayed in zip(
        kinds, batches, raised, raised_late, strict=True
    ):
        rng = generator(seed, "oracle", *kind, points)
        best = oracle_delays(batch, rng, RATE, copies=max(8, 200 // size.failing))
        scores.cells.append(_cell(kind, batch, plain, best))
        if len(delayed):
            scores.late_cells.append(_cell(kind, batch, delayed, best))


def _cell(
    kind: tuple[str, str], batch: Batch, raised: np.ndarray, best: Floats
) -> Cell:
    """One kind of failure; `raised` may hold only the first series of the batch."""
    regime, scenario = kind
    count, points = raised.shape
    onset = batch.onset[:count]
    found = delays(raised, onset)
    return Cell(regime, points, scenario, found, best[:count], points - onset)


def ratio(cells: Sequence[Cell]) -> float:
    """Geometric mean of delay over oracle delay; misses count as end of life + 1."""
    return float(np.exp(np.mean([np.log(cell.ratio) for cell in cells])))


def power(cells: Sequence[Cell]) -> float:
    """Share of the failing metrics that were stopped within their life."""
    return float(np.mean(np.concatenate([c.delays <= c.room for c in cells])))


def median_delay(cells: Sequence[Cell]) -> float:
    return float(np.median(np.concatenate([cell.delays for cell in cells])))
