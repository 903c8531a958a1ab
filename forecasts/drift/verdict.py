"""From evidence to a verdict: scores, states and the words for them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from forecasts.drift import constants as fixed
from forecasts.drift.sentence import (
    last_period,
    odds_clause,
    over_stretch,
    plain_odds,
    worst_stretch,
)
from forecasts.drift.series import Cadence, Direction, Series


class State(StrEnum):
    """Where a metric stands against its plan."""

    ON_TRACK = "on_track"
    WATCH = "watch"
    STOP = "stop"
    BETTER = "better"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Night:
    """The evaluation at the end of one period.

    `known` points were on record; `score` and `favourable` are the early-weighted
    logarithms of the evidence against the plan and for better than plan, None while
    too little is known.
    """

    index: int
    known: int
    score: float | None
    favourable: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of the last night.

    `alert_at` is the first night *stop* was raised; it is never taken back. `p` is the
    calibrated chance that a plan that holds would ever look this bad, `odds` the N of
    "less than once in N" (None while there is nothing to say). `withdrawn`: with the
    values corrected since, the alert would not have been raised. `trace` holds every
    night of a replay, and the last night alone after an incremental update.
    """

    alert_at: int | None
    state: State
    p: float | None
    why: str | None
    trace: tuple[Night, ...]
    odds: int | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """How evidence becomes a decision: the lifetime rate, and with which guarantee.

    Guaranteed mode asks for E ≥ 1/alpha alone, which a theorem covers for the mixture
    of noise laws; the default spends more of the rate early, covered by calibration.
    """

    alpha: float = fixed.DEFAULT_ALPHA
    guaranteed: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1:
            raise ValueError("alpha must lie between 0 and 1")

    @property
    def stop_at(self) -> float:
        return self._threshold(self.alpha)

    @property
    def watch_at(self) -> float:
        return self._threshold(fixed.WATCH_ALPHA)

    def score(self, log_e: float, known: int) -> float:
        if self.guaranteed or known < 2:
            return log_e
        early = math.log(fixed.EARLY_POINTS / known)
        return log_e + fixed.EARLY_BONUS * max(0.0, early)

    def p(self, score: float) -> float:
        if self.guaranteed:
            return min(1.0, math.exp(-score))
        return min(1.0, math.pow(10, fixed.ODDS_INTERCEPT + fixed.ODDS_SLOPE * score))

    def _threshold(self, alpha: float) -> float:
        return -math.log(alpha) if self.guaranteed else fixed.threshold(alpha)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the process says on the last night, before it is put into words.

    `indices` and `values` are the record known that night, `night` its last entry of
    the trace.
    """

    night: Night | None
    alert_at: int | None
    withdrawn: bool
    indices: Sequence[int]
    values: Sequence[float]


def is_enough(known: int, cadence: Cadence) -> bool:
    """Two points, or one where a second would be a month or more away."""
    return known >= (1 if cadence.is_slow else 2)


def state_of(finding: Finding, rule: Rule) -> State:
    if finding.alert_at is not None:
        return State.STOP
    night = finding.night
    if night is None or night.score is None or night.favourable is None:
        return State.UNJUDGED
    if night.score >= rule.watch_at:
        return State.WATCH
    return State.BETTER if night.favourable >= rule.stop_at else State.ON_TRACK


def conclude(
    series: Series, finding: Finding, rule: Rule, trace: tuple[Night, ...]
) -> Verdict:
    """Puts a finding into the shape people and programs read."""
    score = finding.night.score if finding.night else None
    p = None if score is None else rule.p(score)
    odds = None if p is None else plain_odds(p)
    state = state_of(finding, rule)
    receded = score is None or score < rule.stop_at
    return Verdict(
        alert_at=finding.alert_at,
        state=state,
        p=p,
        why=_why(series, finding, state, odds, receded=receded),
        trace=trace,
        odds=odds,
        withdrawn=finding.withdrawn,
    )


def _why(
    series: Series, finding: Finding, state: State, odds: int | None, *, receded: bool
) -> str:
    period = series.cadence.period_name
    raised = _raised(finding, period, receded=receded)
    if not finding.indices:
        return f"{raised}No {period} with a forecast has a reported actual yet."
    pairs = [
        (max(value, 0.0), series.points[index].forecast or math.nan)
        for index, value in zip(finding.indices, finding.values, strict=True)
    ]
    stretch = worst_stretch(pairs, _looked_for(series.direction, state))
    actual, forecast = (sum(column) for column in zip(*pairs, strict=True))
    said = over_stretch(stretch, len(pairs), actual / forecast, period)
    alarming = state in (State.WATCH, State.STOP)
    tail = f"; {odds_clause(odds)}" if odds and alarming else ""
    last = last_period(series, finding.indices[-1], finding.values[-1])
    return f"{last} {raised}{said}{_ENDINGS[state]}{tail}."


_ENDINGS = {
    State.ON_TRACK: ": not enough to contradict the plan",
    State.WATCH: "",
    State.STOP: "",
    State.BETTER: ", better than the plan by more than chance explains",
    State.UNJUDGED: ": too little to judge",
}


def _raised(finding: Finding, period: str, *, receded: bool) -> str:
    """When the alert was raised, where the odds no longer say so by themselves."""
    if finding.alert_at is None or not (receded or finding.withdrawn):
        return ""
    raised = f"Stop was raised on {period} {finding.alert_at + 1}"
    if finding.withdrawn:
        return f"{raised}; the values corrected since would not have raised it. "
    return f"{raised}. "


def _looked_for(direction: Direction, state: State) -> Direction:
    """Direction whose bad side the sentence is about: the good one when better."""
    if state is not State.BETTER:
        return direction
    return Direction.LOWER if direction is Direction.HIGHER else Direction.HIGHER
