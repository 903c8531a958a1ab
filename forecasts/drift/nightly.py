"""The nightly update of a metric's process, by one period and in constant time.

A state taken forward period by period gives, to the last digit, what a replay of the
whole record gives. Where the law of the record changes only a replay will do, and
`advance` says so by answering None; the same holds for the caller when a value comes
late or is corrected.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasts.drift import constants as fixed
from forecasts.drift.constants import Floats
from forecasts.drift.judging import first_alert, is_held, nights
from forecasts.drift.process import (
    Evidence,
    Kind,
    Observed,
    Side,
    apart,
    beside,
    log_evidence,
    nothing_seen,
    sides,
    step,
)
from forecasts.drift.record import (
    Unrolled,
    WeekendsSeen,
    edges,
    is_usable,
    is_weekend,
    is_whole,
    kind_of,
    reports,
    unroll,
)
from forecasts.drift.replay import CHUNK, Readings, evaluate
from forecasts.drift.series import Cadence, Direction, Point, Series
from forecasts.drift.state import ProcessState
from forecasts.drift.verdict import Rule, is_enough


@dataclass(frozen=True, slots=True)
class Work:
    """A known actual to enter: the state before its period, and what the period adds."""

    place: int
    state: ProcessState
    point: Point
    value: float
    weekends: WeekendsSeen
    is_whole: bool


def begin(
    direction: Direction,
    tolerance: float | None,
    cadence: Cadence,
    *,
    alpha: float = fixed.DEFAULT_ALPHA,
    guaranteed: bool = False,
) -> ProcessState:
    """The state of a metric before its first period."""
    adverse, favourable = sides(direction)
    return ProcessState(
        direction,
        cadence,
        tolerance,
        Rule(alpha, guaranteed),
        nothing_seen(adverse, 1, weekends=cadence is Cadence.DAILY),
        nothing_seen(favourable, 1, weekends=False),
        WeekendsSeen(),
    )


def replayed(
    series: Series, *, alpha: float = fixed.DEFAULT_ALPHA, guaranteed: bool = False
) -> ProcessState:
    """The state after the whole record, corrections and late values included."""
    rule = Rule(alpha, guaranteed)
    weekends = WeekendsSeen()
    for point in series.points:
        weekends = weekends.after(point)
    state = replace(
        begin(series.direction, series.tolerance, series.cadence),
        rule=rule,
        weekends=weekends,
        periods=len(series.points),
    )
    unrolled = unroll(series)
    readings = evaluate([(series, run) for run in unrolled.runs])
    alert_at = first_alert(nights(unrolled, readings, rule), rule)
    if not unrolled.runs or not unrolled.runs[-1].indices:
        return _emptied(replace(state, alert_at=alert_at))
    return _at_end_of(replace(state, alert_at=alert_at), series, unrolled, readings)


def _emptied(state: ProcessState) -> ProcessState:
    """A state that knows no actual, with the cells its weekend question asks for."""
    adverse, _ = sides(state.direction)
    return replace(
        state, against=nothing_seen(adverse, 1, weekends=state.asks_weekends)
    )


def _at_end_of(
    state: ProcessState,
    series: Series,
    unrolled: Unrolled,
    readings: Sequence[Readings],
) -> ProcessState:
    run, reading = unrolled.runs[-1], readings[-1]
    against, in_favour = reading.ends[-1]
    last = series.points[run.indices[-1]]
    return replace(
        state,
        against=against,
        in_favour=in_favour,
        known=len(run.indices),
        is_whole=run.kind.is_count,
        last_known=run.indices[-1],
        last_ratio=max(run.values[-1], 0.0) / (last.forecast or 1.0),
        last_is_weekend=is_weekend(last),
        is_held=is_held(series.cadence, reading, state.rule),
        log_against=reading.adverse[-1],
        log_for=reading.favourable[-1],
    )


def advance(state: ProcessState, point: Point) -> ProcessState | None:
    """The state after one more period; None when the record must be replayed.

    The actual counts if it was known on the period's own night.
    """
    return advance_many([state], [point])[0]


def advance_many(
    states: Sequence[ProcessState], points: Sequence[Point]
) -> list[ProcessState | None]:
    """`advance` for many metrics at once, point i for state i."""
    after: list[ProcessState | None] = [None] * len(states)
    groups: dict[tuple[Direction, Kind, bool], list[Work]] = defaultdict(list)
    for place, (state, point) in enumerate(zip(states, points, strict=True)):
        value = _known_at_once(point, state.periods)
        weekends = state.weekends.after(point)
        whole = state.is_whole and (value is None or is_whole(value))
        settled = _settled(state, weekends, whole=whole)
        if settled is None:
            continue
        if value is None:
            after[place] = replace(
                settled, weekends=weekends, periods=state.periods + 1
            )
            continue
        law = (
            state.direction,
            kind_of(state.cadence, whole=whole),
            settled.asks(weekends),
        )
        groups[law].append(Work(place, settled, point, value, weekends, whole))
    for law, work in groups.items():
        for first in range(0, len(work), CHUNK):
            _advance_chunk(law, work[first : first + CHUNK], after)
    return after


def _known_at_once(point: Point, night: int) -> float | None:
    if not is_usable(point):
        return None
    value = None
    for known_on, reported in reports(night, point):
        value = reported if known_on == night else value
    return value


def _settled(
    state: ProcessState, weekends: WeekendsSeen, *, whole: bool
) -> ProcessState | None:
    """The state if the law of its record holds; None when only a replay will do."""
    if state.asks(weekends) == state.asks_weekends and whole == state.is_whole:
        return state
    if state.known:
        return None
    return _emptied(replace(state, weekends=weekends, is_whole=whole))


def _advance_chunk(
    law: tuple[Direction, Kind, bool],
    work: list[Work],
    after: list[ProcessState | None],
) -> None:
    direction, kind, _ = law
    adverse, favourable = sides(direction)
    states = [one.state for one in work]
    rows = np.array([_row(one) for one in work]).T
    seen = _observed(rows, edge=1 if adverse is Side.SHORTFALL else 2)
    mirrored = _observed(rows, edge=1 if favourable is Side.SHORTFALL else 2)
    against = step(adverse, kind, beside([s.against for s in states]), seen)
    in_favour = step(favourable, kind, beside([s.in_favour for s in states]), mirrored)
    log_against = log_evidence(adverse, kind, against, seen.number).tolist()
    log_for = log_evidence(favourable, kind, in_favour, seen.number).tolist()
    split = zip(apart(against), apart(in_favour), log_against, log_for, strict=True)
    for one, news in zip(work, split, strict=True):
        after[one.place] = _closed(one, news)


def _row(work: Work) -> tuple[float, ...]:
    state, point = work.state, work.point
    return (
        work.value,
        *edges(point, state.tolerance),
        point.forecast or 0.0,
        is_weekend(point),
        state.periods - state.last_known - 1 if state.known else 0,
        state.known + 1,
        state.last_ratio,
        state.last_is_weekend,
    )


def _observed(rows: Floats, *, edge: int) -> Observed:
    return Observed(
        actual=rows[0],
        forecast=rows[3],
        edge=rows[edge],
        is_weekend=rows[4] > 0,
        gap=rows[5],
        number=rows[6].astype(np.intp),
        last_ratio=rows[7],
        last_is_weekend=rows[8] > 0,
    )


def _closed(work: Work, news: tuple[Evidence, Evidence, float, float]) -> ProcessState:
    """The state after the period: its evidence entered and the alert latched."""
    state, point, rule = work.state, work.point, work.state.rule
    against, in_favour, log_against, log_for = news
    known, night = state.known + 1, state.periods
    raised = (
        is_enough(known, state.cadence)
        and rule.score(log_against, known) >= rule.stop_at
    )
    return replace(
        state,
        against=against,
        in_favour=in_favour,
        weekends=work.weekends,
        periods=night + 1,
        known=known,
        is_whole=work.is_whole,
        last_known=night,
        last_ratio=max(work.value, 0.0) / (point.forecast or 1.0),
        last_is_weekend=is_weekend(point),
        alert_at=night if raised and state.alert_at is None else state.alert_at,
        is_held=state.is_held or raised,
        log_against=log_against,
        log_for=log_for,
    )
