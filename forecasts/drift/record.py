"""What was known on which night: a series unrolled into the runs the process needs.

A *run* is a record read from its beginning under one law. A point that arrives in
order lengthens the run; a late point, a correction or a change of law (first amount
that is not a whole number, weekend pattern found in the forecast) begins a new one.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from forecasts.drift import constants as fixed
from forecasts.drift.process import Kind
from forecasts.drift.series import Cadence, Point, Series

_MONDAY, _FRIDAY, _SATURDAY = 0, 4, 5


@dataclass(slots=True)
class Run:
    """Points of the series, by index, and the value each had then."""

    kind: Kind
    weekends: bool
    indices: list[int]
    values: list[float]


@dataclass(frozen=True, slots=True)
class Unrolled:
    """For each night: which run (-1: none yet) and how many of its points."""

    series: Series
    runs: tuple[Run, ...]
    nights: tuple[tuple[int, int], ...]


def unroll(series: Series) -> Unrolled:
    """Every night's record, using only the values known that night."""
    arrivals = _arrivals(series.points)
    weekends = _weekend_questions(series)
    known: dict[int, float] = {}
    runs: list[Run] = []
    nights: list[tuple[int, int]] = []
    for night in range(len(series.points)):
        fresh = _apply(arrivals.get(night, ()), known)
        if known:
            kind = kind_of(series.cadence, whole=_all_whole(known, fresh, runs))
            _extend(runs, known, fresh, kind, weekends=weekends[night])
        elif fresh:
            runs.append(Run(runs[-1].kind, weekends[night], [], []))
        length = len(runs[-1].indices) if runs else 0
        nights.append((len(runs) - 1, length))
    return Unrolled(series, tuple(runs), tuple(nights))


def kind_of(cadence: Cadence, *, whole: bool) -> Kind:
    """The law of the actuals: counts while every known one is a whole number."""
    if cadence is Cadence.DAILY:
        return Kind.DAILY_COUNT if whole else Kind.DAILY_AMOUNT
    return Kind.SLOWER_COUNT if whole else Kind.SLOWER_AMOUNT


def is_whole(value: float) -> bool:
    return value == math.floor(value)


def is_usable(point: Point) -> bool:
    """Only a positive forecast can be missed."""
    return point.forecast is not None and point.forecast > 0


def edges(point: Point, tolerance: float | None) -> tuple[float, float]:
    """Lower and upper edge of the plan as shares of the (positive) forecast."""
    forecast = point.forecast or math.nan
    share = fixed.DEFAULT_TOLERANCE if tolerance is None else tolerance
    low = 1 - share if point.low is None else point.low / forecast
    high = 1 + share if point.high is None else point.high / forecast
    return (
        min(max(low, fixed.LOWEST_EDGE), fixed.HIGHEST_SHORTFALL_EDGE),
        max(high, fixed.LOWEST_OVERSHOOT_EDGE),
    )


def _arrivals(points: tuple[Point, ...]) -> dict[int, list[tuple[int, float | None]]]:
    """Night → (index, value) of everything first known or changed that night."""
    arrivals: dict[int, list[tuple[int, float | None]]] = {}
    for index, point in enumerate(points):
        if is_usable(point):
            for night, value in reports(index, point):
                arrivals.setdefault(night, []).append((index, value))
    return arrivals


def reports(index: int, point: Point) -> Iterator[tuple[int, float | None]]:
    """(night, value) pairs; nothing about a period is known before its end."""
    if point.history:
        for night, value in point.history:
            yield max(night, index), value
    elif point.actual is not None:
        yield max(index, index if point.seen is None else point.seen), point.actual


def _apply(
    arrivals: list[tuple[int, float | None]] | tuple[()], known: dict[int, float]
) -> dict[int, bool]:
    """Enter a night's values into `known`; index → was there one before."""
    fresh: dict[int, bool] = {}
    before = {index: known.get(index) for index, _ in arrivals}
    for index, value in arrivals:
        if value is None:
            known.pop(index, None)
        else:
            known[index] = value
    for index, old in before.items():
        if known.get(index) != old:
            fresh[index] = old is not None
    return fresh


def _all_whole(
    known: dict[int, float], fresh: dict[int, bool], runs: list[Run]
) -> bool:
    """Is every known value a whole number; asks only the new ones where it can."""
    if runs and runs[-1].indices and not any(fresh.values()):
        return runs[-1].kind.is_count and all(is_whole(known[i]) for i in fresh)
    return all(is_whole(value) for value in known.values())


def _extend(
    runs: list[Run],
    known: dict[int, float],
    fresh: dict[int, bool],
    kind: Kind,
    *,
    weekends: bool,
) -> None:
    """Lengthen the current run if everything new lies behind it, else begin again."""
    run = runs[-1] if runs else None
    behind = run.indices[-1] if run is not None and run.indices else -1
    in_order = all(not old and index > behind for index, old in fresh.items())
    if (
        run is not None
        and in_order
        and run.indices
        and (run.kind, run.weekends) == (kind, weekends)
    ):
        order = sorted(fresh)
    else:
        run = Run(kind, weekends, [], [])
        runs.append(run)
        order = sorted(known)
    run.indices.extend(order)
    run.values.extend(known[index] for index in order)


def _weekend_questions(series: Series) -> list[bool]:
    """For each night: may a weekend pattern be missing from the forecast?"""
    if series.cadence is not Cadence.DAILY:
        return [False] * len(series.points)
    seen, answers = WeekendsSeen(), []
    for point in series.points:
        seen = seen.after(point)
        answers.append(seen.may_be_missing)
    return answers


@dataclass(frozen=True, slots=True)
class WeekendsSeen:
    """The weekend pattern of the forecasts so far.

    Saturday and Sunday against the Friday before and the Monday after, averaged over
    the weekends, so that growth within the week does not pass for a pattern. `run`
    holds the usable forecasts of the last days on end, Friday first, as far as they
    have come.
    """

    total: float = 0.0
    count: int = 0
    run: tuple[float, ...] = ()
    last_day: int = 0

    @property
    def may_be_missing(self) -> bool:
        """True while the forecast shows no pattern of its own."""
        shown = abs(self.total / self.count - 1) if self.count else 0.0
        return shown < fixed.WEEKEND_IN_FORECAST

    def after(self, point: Point) -> "WeekendsSeen":
        weekday, day = point.t.weekday(), point.t.toordinal()
        if not weekday >= _FRIDAY and weekday != _MONDAY:
            return self if not self.run else WeekendsSeen(self.total, self.count)
        fits = weekday == _FRIDAY or (self.run and day == self.last_day + 1)
        if not (fits and is_usable(point)):
            return WeekendsSeen(self.total, self.count)
        before = () if weekday == _FRIDAY else self.run
        run = (*before, point.forecast or 0.0)
        if weekday != _MONDAY:
            return WeekendsSeen(self.total, self.count, run, day)
        friday, saturday, sunday, monday = run
        ratio = (saturday + sunday) / (friday + monday)
        return WeekendsSeen(self.total + ratio, self.count + 1)


def is_weekend(point: Point) -> bool:
    return point.t.weekday() >= _SATURDAY
