"""PURE: what rules there are, and what the verdicts on a metric raise.

The other rules stand in decisions/rules, one module a theme. Here are drift and
collapse. They make one family, for they tell of one cause. *Drift* is the statistical
verdict. *Collapse* is the rule a person would set by hand: where a period is a month
or longer, a single one is enough if it brings under half of the forecast (over twice,
when less is better) and lies 2.33 standard deviations from it. The deviation comes
from the declared range, which is expected to hold in eight of ten periods, or else
from a usual spread of 25 % for a month and 15 % for a quarter or a year.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum

from forecasts.drift import (
    Cadence,
    Direction,
    Point,
    Series,
    State,
    Verdict,
    judge_many,
)
from forecasts.drift.constants import DEFAULT_ALPHA
from forecasts.drift.record import unroll
from forecasts.drift.sentence import last_period, number, percent

COLLAPSE_SHARE = 0.5
COLLAPSE_DEVIATIONS = 2.33
USUAL_SPREAD = {
    Cadence.DAILY: 0.25,
    Cadence.WEEKLY: 0.25,
    Cadence.MONTHLY: 0.25,
    Cadence.QUARTERLY: 0.15,
    Cadence.YEARLY: 0.15,
}
# Half the width of the range that holds in eight of ten periods, in deviations.
RANGE_IN_DEVIATIONS = 1.2816
# A wider range says nothing; more room than this it does not give.
WIDEST_RANGE = 0.6


class Family(StrEnum):
    """What an episode is about: one cause, one open episode a subject and family.

    The required rate tells of the same shortfall as drift and collapse. A plan that
    keeps moving, silence of the numbers, and numbers above the plan are causes of their
    own; so are a goal that was dated beforehand, a planned stop, what we learn, and money
    that goes ahead of it.
    """

    SHORTFALL = "shortfall"
    PLAN = "plan"
    BLIND = "blind"
    UPSIDE = "upside"
    STOP_RULE = "stop_rule"
    LEARNING = "learning"
    SCHEDULED = "scheduled"
    MONEY_FIRST = "money_first"


class Rule(Enum):
    """Rules that raise alerts, each with its family."""

    COLLAPSE = ("collapse", Family.SHORTFALL)
    DRIFT = ("drift", Family.SHORTFALL)
    REQUIRED_RATE = ("required_rate", Family.SHORTFALL)
    SLIP = ("slip", Family.PLAN)
    BLIND = ("blind", Family.BLIND)
    UPSIDE = ("upside", Family.UPSIDE)
    STOP_RULE = ("stop_rule", Family.STOP_RULE)
    LEARNING_GAP = ("learning_gap", Family.LEARNING)
    SIGNAL_CONTRADICTS = ("signal_contradicts", Family.LEARNING)
    HYPOTHESIS_LATE = ("hypothesis_late", Family.LEARNING)
    SILENCE = ("silence", Family.LEARNING)
    SCHEDULED = ("scheduled", Family.SCHEDULED)
    MONEY_FIRST = ("money_first", Family.MONEY_FIRST)

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def family(self) -> Family:
        return self.value[1]


class Severity(StrEnum):
    """Review is to be looked at and blocks nothing, watch stays quiet, stop asks for a
    decision. In this order an episode may become graver, and never milder.
    """

    REVIEW = "review"
    WATCH = "watch"
    STOP = "stop"

    def is_graver_than(self, other: str) -> bool:
        order = list(Severity)
        return order.index(self) > order.index(Severity(other))


# Milder episodes are not on every page, and ask for two of the five steps.
QUIET = (Severity.REVIEW, Severity.WATCH)


@dataclass(frozen=True, slots=True)
class Concern:
    """What one rule has to say about one subject.

    `since` is the day from which its condition holds: a decision taken on that day or
    later has answered it. `opens` is False inside the band between the condition that
    raises and the one that lets go: then an open episode stands, and no new one begins.
    `period` is what it speaks of, if it speaks of one.
    """

    rule: Rule
    severity: Severity
    reason: str
    since: date
    opens: bool = True
    period: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class DueAlert:
    """An alert that ought to stand, raised at the period with this index.

    `p` is None for an explicit rule, which has no calibrated odds.
    """

    rule: Rule
    severity: Severity
    period_index: int
    reason: str
    p: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A series and the verdict on it."""

    series: Series
    verdict: Verdict


def judge_plans(
    baseline: Series, latest: Series | None = None, *, alpha: float = DEFAULT_ALPHA
) -> tuple[Judged, ...]:
    """Verdicts on the baseline and, where the plan was revised, on the latest revision.

    The two share the rate, so lowering the target neither silences the baseline nor
    buys a second chance. Declared ranges are left out: how far the mean may stay off
    is the tolerance's to say, and a wide range must hide nothing.
    """
    plans = [baseline] if latest is None else [baseline, latest]
    stripped = [without_ranges(plan) for plan in plans]
    verdicts = judge_many(stripped, alpha=alpha / len(plans))
    return tuple(map(Judged, plans, verdicts))


def without_ranges(series: Series) -> Series:
    points = (replace(point, low=None, high=None) for point in series.points)
    return replace(series, points=tuple(points))


def due(judged: Iterable[Judged], *, is_vanity: bool = False) -> list[DueAlert]:
    """Every alert of drift and collapse that is due, earliest first: the first of a family raises it.

    Vanity metrics raise nothing. Watch is told only while nothing stops.
    """
    if is_vanity:
        return []
    plans = list(judged)
    stops = [alert for plan in plans for alert in _stops(plan)]
    if not stops:
        stops = [alert for plan in plans for alert in _watches(plan)][:1]
    order = list(Rule)
    return sorted(stops, key=lambda one: (one.period_index, order.index(one.rule)))


def collapse(series: Series) -> DueAlert | None:
    """The first period that breaks away by itself, with what is known now."""
    runs = unroll(series).runs
    if not runs or not series.cadence.is_slow:
        return None
    pairs = zip(runs[-1].indices, runs[-1].values, strict=True)
    return next(
        (
            DueAlert(
                rule=Rule.COLLAPSE,
                severity=Severity.STOP,
                period_index=index,
                reason=_collapse_reason(series, index, actual),
                p=None,
            )
            for index, actual in pairs
            if _has_collapsed(series, index, actual)
        ),
        None,
    )


def _stops(plan: Judged) -> Iterable[DueAlert]:
    fallen = collapse(plan.series)
    if fallen is not None:
        yield fallen
    verdict = plan.verdict
    if verdict.alert_at is not None:
        yield _drift(verdict, Severity.STOP, verdict.alert_at)


def _watches(plan: Judged) -> Iterable[DueAlert]:
    if plan.verdict.state is State.WATCH:
        last = plan.verdict.trace[-1].index
        yield _drift(plan.verdict, Severity.WATCH, last)


def _drift(verdict: Verdict, severity: Severity, index: int) -> DueAlert:
    return DueAlert(Rule.DRIFT, severity, index, verdict.why or "", verdict.p)


def _has_collapsed(series: Series, index: int, actual: float) -> bool:
    point = series.points[index]
    share = actual / _forecast(point)
    if series.direction is Direction.HIGHER:
        is_far = share < COLLAPSE_SHARE
    else:
        is_far = share > 1 / COLLAPSE_SHARE
    return is_far and _deviations(series, point, actual) >= COLLAPSE_DEVIATIONS


def _deviations(series: Series, point: Point, actual: float) -> float:
    """How many standard deviations the actual lies off, counted the bad way."""
    forecast = _forecast(point)
    bound = _bound(series, point)
    spread = USUAL_SPREAD[series.cadence]
    if bound is not None:
        width = min(abs(bound - forecast) / forecast, WIDEST_RANGE)
        spread = width / RANGE_IN_DEVIATIONS
    return abs(actual - forecast) / forecast / max(spread, 1e-9)


def _bound(series: Series, point: Point) -> float | None:
    """The end of the declared range on the bad side."""
    return point.low if series.direction is Direction.HIGHER else point.high


def _forecast(point: Point) -> float:
    """Only periods with a positive forecast are on record."""
    return point.forecast or math.nan


def _collapse_reason(series: Series, index: int, actual: float) -> str:
    point = series.points[index]
    is_higher = series.direction is Direction.HIGHER
    far = "under half of" if is_higher else "over twice"
    bound = _bound(series, point)
    if bound is None:
        usual = percent(USUAL_SPREAD[series.cadence])
        basis = f"a usual spread of {usual} for a {series.cadence.period_name}"
    else:
        end = "from" if is_higher else "up to"
        basis = f"the declared range {end} {number(bound)}"
    off = _deviations(series, point, actual)
    return (
        f"{last_period(series, index, actual)} That is {far} the forecast and, by "
        f"{basis}, {off:,.1f} standard deviations away."
    )
