"""Evaluates runs in lock step: many records side by side, point by point."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from forecasts.drift.constants import Floats
from forecasts.drift.process import (
    Evidence,
    Kind,
    Observed,
    Side,
    log_evidence,
    nothing_seen,
    sides,
    step,
)
from forecasts.drift.record import Run, edges, is_weekend
from forecasts.drift.series import Direction, Series

# Series evaluated side by side: few enough for the arrays to stay in the cache.
CHUNK = 128


@dataclass(slots=True)
class Readings:
    """ln E after each point of a run: against the plan, and in its favour.

    `ends` holds both processes after the last point, nothing for a run without points.
    """

    adverse: list[float] = field(default_factory=list)
    favourable: list[float] = field(default_factory=list)
    ends: list[tuple[Evidence, Evidence]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """Points of several runs, shape (points, runs), padded behind short ones."""

    actual: Floats
    forecast: Floats
    low: Floats
    high: Floats
    is_weekend: Floats
    gap: Floats


def evaluate(work: Sequence[tuple[Series, Run]]) -> list[Readings]:
    """Readings of every run, in the order given."""
    readings: list[Readings] = [Readings() for _ in work]
    groups: dict[tuple[Direction, Kind, bool], list[int]] = defaultdict(list)
    for place, (series, run) in enumerate(work):
        groups[series.direction, run.kind, run.weekends].append(place)
    for (direction, kind, weekends), places in groups.items():
        places.sort(key=lambda place: -len(work[place][1].indices))
        for first in range(0, len(places), CHUNK):
            chunk = places[first : first + CHUNK]
            _evaluate_chunk(
                [work[place] for place in chunk],
                [readings[place] for place in chunk],
                (sides(direction), kind),
                weekends=weekends,
            )
    return readings


def _evaluate_chunk(
    work: list[tuple[Series, Run]],
    readings: list[Readings],
    law: tuple[tuple[Side, Side], Kind],
    *,
    weekends: bool,
) -> None:
    (adverse, favourable), kind = law
    table = tabulate(work)
    lengths = np.array([len(run.indices) for _, run in work])
    against = nothing_seen(adverse, len(work), weekends=weekends)
    in_favour = nothing_seen(favourable, len(work), weekends=False)
    for place in range(len(table.actual)):
        active = int((lengths > place).sum())
        against, log_against = _one_step(adverse, kind, against, table, place, active)
        in_favour, log_for = _one_step(
            favourable, kind, in_favour, table, place, active
        )
        pairs = zip(log_against.tolist(), log_for.tolist(), strict=True)
        for reading, (worse, better) in zip(readings, pairs, strict=False):
            reading.adverse.append(worse)
            reading.favourable.append(better)
        for ended in range(int((lengths > place + 1).sum()), active):
            pair = (one_of(against, ended), one_of(in_favour, ended))
            readings[ended].ends.append(pair)


def one_of(evidence: Evidence, column: int) -> Evidence:
    """The process of a single series, copied out of the batch."""
    only = slice(column, column + 1)
    return Evidence(
        np.ascontiguousarray(evidence.log_base[..., only]),
        np.ascontiguousarray(evidence.effects[..., only]),
    )


def _one_step(
    side: Side, kind: Kind, before: Evidence, table: Table, place: int, active: int
) -> tuple[Evidence, Floats]:
    seen = observed(side, table, place, active)
    before = Evidence(before.log_base[..., :active], before.effects[..., :active])
    after = step(side, kind, before, seen)
    return after, log_evidence(side, kind, after, seen.number)


def observed(side: Side, table: Table, place: int, active: int) -> Observed:
    """Row `place` of the table for its first `active` runs."""
    last = max(place - 1, 0)
    edge = table.low if side is Side.SHORTFALL else table.high
    forecast = table.forecast[last, :active]
    return Observed(
        actual=table.actual[place, :active],
        forecast=table.forecast[place, :active],
        edge=edge[place, :active],
        is_weekend=table.is_weekend[place, :active] > 0,
        gap=table.gap[place, :active],
        number=np.full(active, place + 1),
        last_ratio=np.maximum(table.actual[last, :active], 0.0) / forecast,
        last_is_weekend=table.is_weekend[last, :active] > 0,
    )


def tabulate(work: Sequence[tuple[Series, Run]]) -> Table:
    longest = max(len(run.indices) for _, run in work)
    cells = np.zeros((6, longest, len(work)))
    for column, (series, run) in enumerate(work):
        rows = list(_rows(series, run))
        if rows:
            cells[:, : len(rows), column] = np.array(rows).T
    return Table(*cells)


def _rows(series: Series, run: Run) -> Iterable[tuple[float, ...]]:
    last = -1
    for index, value in zip(run.indices, run.values, strict=True):
        point = series.points[index]
        gap = index - last - 1 if last >= 0 else 0
        last = index
        yield (
            value,
            point.forecast or 0.0,
            *edges(point, series.tolerance),
            is_weekend(point),
            gap,
        )
