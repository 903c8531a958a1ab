"""PURE. What the record of a metric says now: its state, and whether it must stop.

The baseline and, where the plan was revised, the forecast in force are judged beside
each other, so that lowering a target silences nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.weeks import Period, has_ended
from decisions.alerting import (
    Concern,
    DueAlert,
    Judged,
    Rule,
    Severity,
    collapse,
    due,
    without_ranges,
)
from decisions.records import record_of
from decisions.rules.dated import Dated, unmet_rules
from decisions.rules.metric import metric_concerns
from decisions.rules.planned import unmet_goal
from decisions.rules.record import Record
from decisions.rules.thresholds import DEFAULTS, Thresholds
from forecasts.drift import Night, Series, State, Verdict, judge_many
from forecasts.drift.record import unroll
from forecasts.drift.verdict import Finding as Unlatched
from forecasts.drift.verdict import Rule as StopRule
from forecasts.drift.verdict import state_of
from forecasts.history import History, Key, Planned, series_of

# Up to so many metrics each keeps the whole rate; beyond, they share one.
METRICS_WITH_A_RATE_EACH = 5
# The worst first: of two plans the worse verdict is the metric's.
GRAVITY = (State.STOP, State.WATCH, State.UNJUDGED, State.ON_TRACK, State.BETTER)
CALM = (State.ON_TRACK, State.BETTER)


@dataclass(frozen=True, slots=True)
class Case:
    """A metric's current record. `periods` belong to the points of both plans;
    `through` is the end of the last period that is over, judged or not. `record` is what
    the rules beside drift and collapse read, with the venture's own `limits`.
    """

    plans: tuple[Series, ...]
    periods: tuple[Period, ...]
    alpha: float
    is_vanity: bool = False
    through: date | None = None
    record: Record | None = None
    limits: Thresholds = DEFAULTS
    stop_rules: tuple[Dated, ...] = ()

    @property
    def raises_shortfall(self) -> bool:
        """Vanity raises nothing, and a share of a goal that is reached or not says
        nothing: that is for its own rule.
        """
        asks_yes_or_no = self.record is not None and self.record.asks_yes_or_no
        return not (self.is_vanity or asks_yes_or_no)


@dataclass(frozen=True, slots=True)
class Finding:
    """`state`, `p`, `odds` and `why` are the verdict; a stop stays once raised.

    `present` is the state of the record as it stands, without that memory. `stop` is
    the alert that is due, `stopped_in` its period. `is_withdrawn`: with the values
    corrected since, nothing would have been raised; `why` says so already if it
    `tells_withdrawal`. `lingers`: a required rate is still near what raises it.
    `concerns` is what the rules of other families say.
    """

    state: State
    p: float | None
    odds: int | None
    why: str
    present: State
    through: date | None
    stop: DueAlert | None
    stopped_in: Period | None
    is_withdrawn: bool
    tells_withdrawal: bool
    lingers: bool = False
    concerns: tuple[Concern, ...] = ()

    @property
    def has_recovered(self) -> bool:
        return not self.lingers and (self.is_withdrawn or self.present in CALM)


def rate_for(alarm_rate_percent: float, metrics: int) -> float:
    """The lifetime false-alarm rate of one metric among so many that can stop."""
    rate = alarm_rate_percent / 100
    return rate / metrics if metrics > METRICS_WITH_A_RATE_EACH else rate


def case_of(
    history: History,
    today: date,
    *,
    alpha: float,
    is_vanity: bool,
    kind: str = "flow",
    limits: Thresholds = DEFAULTS,
    stop_rules: tuple[Dated, ...] = (),
) -> Case:
    """The plans to judge: the baseline, and the forecast in force if it differs."""
    promised, in_force = history.baseline(), history.in_force()
    latest = with_ranges(series_of(history, today), in_force, history, today)
    baseline = latest
    if not is_the_same(promised, in_force):
        series = series_of(history, today, against_baseline=True)
        baseline = with_ranges(series, promised, history, today)
    over = [point.period for point in in_force.values()]
    ends = [period.end for period in over if has_ended(period, today)]
    return Case(
        plans=(baseline,) if baseline == latest else (baseline, latest),
        periods=judged_periods(in_force, history, today),
        alpha=alpha,
        is_vanity=is_vanity,
        through=max(ends, default=None),
        record=record_of(history, today, kind=kind, is_vanity=is_vanity),
        limits=limits,
        stop_rules=stop_rules,
    )


def is_the_same(promised: dict[Key, Planned], in_force: dict[Key, Planned]) -> bool:
    """Nothing was revised: most plans never are."""
    return promised.keys() == in_force.keys() and all(
        point is in_force[key] for key, point in promised.items()
    )


def with_ranges(
    series: Series, plan: dict[Key, Planned], history: History, today: date
) -> Series:
    """The declared ranges, which the rule of a single period asks for."""
    periods = judged_periods(plan, history, today)
    points = tuple(
        point
        if planned.low is None and planned.high is None
        else replace(point, low=_number(planned.low), high=_number(planned.high))
        for point, planned in zip(
            series.points,
            (plan[(period.start, period.end)] for period in periods),
            strict=True,
        )
    )
    return replace(series, points=points)


def judged_periods(
    plan: dict[Key, Planned], history: History, today: date
) -> tuple[Period, ...]:
    """The periods of a series, in its order: over, and of the current process."""
    since = history.process_from
    found = [
        point.period
        for point in plan.values()
        if has_ended(point.period, today)
        and (since is None or point.period.start >= since)
    ]
    return tuple(sorted(found, key=lambda period: (period.end, period.start)))


def judge_cases(cases: Sequence[Case]) -> list[Finding]:
    """Findings in order; all plans at one rate are evaluated side by side."""
    places: dict[float, list[tuple[int, Series]]] = defaultdict(list)
    for number, case in enumerate(cases):
        for plan in case.plans:
            places[case.alpha / len(case.plans)].append((number, plan))
    judged: list[list[Judged]] = [[] for _ in cases]
    for alpha, placed in places.items():
        verdicts = judge_many([without_ranges(plan) for _, plan in placed], alpha=alpha)
        for (number, plan), verdict in zip(placed, verdicts, strict=True):
            judged[number].append(Judged(plan, verdict))
    return [find(case, found) for case, found in zip(cases, judged, strict=True)]


def find(case: Case, plans: Sequence[Judged]) -> Finding:
    """One finding from the verdicts on a metric's plans."""
    concerns = concerns_of(case)
    rate = next((one for one in concerns if one.rule is Rule.REQUIRED_RATE), None)
    stop = first_stop(plans, is_vanity=not case.raises_shortfall)
    stop = stop or rate_due(case, rate)
    present = [present_state(plan, case.alpha / len(plans)) for plan in plans]
    worst = plans[present.index(min(present, key=GRAVITY.index))]
    verdict, state = worst.verdict, worst.verdict.state
    if stop is not None:
        state = State.STOP
    elif state is State.STOP:
        # withdrawn, or of a metric that raises nothing: the record as it stands
        state = min(present, key=GRAVITY.index)
        state = State.WATCH if state is State.STOP else state
    by_hand = stop is not None and stop.rule is not Rule.DRIFT
    by_hand = by_hand and verdict.state is not State.STOP
    return Finding(
        state=state,
        p=None if by_hand else verdict.p,
        odds=None if by_hand else verdict.odds,
        why=stop.reason if stop and by_hand else verdict.why or "",
        present=State.STOP
        if rate is not None and rate.opens
        else min(present, key=GRAVITY.index),
        through=case.through,
        stop=stop,
        stopped_in=stopped_in(case, stop) if stop else None,
        is_withdrawn=stop is None,
        tells_withdrawal=verdict.withdrawn,
        lingers=rate is not None,
        concerns=tuple(one for one in concerns if one is not rate),
    )


def concerns_of(case: Case) -> tuple[Concern, ...]:
    if case.record is None:
        return ()
    found = metric_concerns(case.record, case.limits)
    goal = dated_goal(case.record, case.stop_rules)
    return found if goal is None else (*found, goal)


def dated_goal(record: Record, rules: tuple[Dated, ...]) -> Concern | None:
    """What was to be there by a day, and is not. They are one family: the latest tells,
    for a decision has answered what was due before it.
    """
    found = [one for one in (unmet_goal(record), unmet_rules(rules, record)) if one]
    return max(found, key=lambda one: one.since, default=None)


def rate_due(case: Case, rate: Concern | None) -> DueAlert | None:
    """A required rate raises the same episode as drift does, where drift does not."""
    if rate is None or not rate.opens or rate.period is None:
        return None
    spans = [(period.start, period.end) for period in case.periods]
    if rate.period not in spans:
        return None
    index = spans.index(rate.period)
    return DueAlert(rate.rule, rate.severity, index, rate.reason, None)


def stopped_in(case: Case, stop: DueAlert) -> Period:
    """The period the alert speaks of: the last one known on the night it was raised,
    however long that night had been waiting for a number.
    """
    index = stop.period_index
    records = [unroll(plan) for plan in case.plans if stop.rule is Rule.DRIFT]
    for record in records:
        run, length = record.nights[index]
        if length:
            return case.periods[record.runs[run].indices[length - 1]]
    return case.periods[index]


def first_stop(plans: Iterable[Judged], *, is_vanity: bool) -> DueAlert | None:
    """The earliest alert that the record as it stands still bears out."""
    borne_out = [
        replace(plan, verdict=replace(plan.verdict, alert_at=None))
        if plan.verdict.withdrawn
        else plan
        for plan in plans
    ]
    found = due(borne_out, is_vanity=is_vanity)
    return next((one for one in found if one.severity is Severity.STOP), None)


def present_state(plan: Judged, alpha: float) -> State:
    """The state of the last night, as if nothing had been raised before."""
    night, rule = last_night(plan.verdict), StopRule(alpha)
    is_off = night is not None and (night.score or 0) >= rule.stop_at
    if is_off or has_just_collapsed(plan.series):
        return State.STOP
    unlatched = Unlatched(
        night=night, alert_at=None, withdrawn=False, indices=(), values=()
    )
    return state_of(unlatched, rule)


def last_night(verdict: Verdict) -> Night | None:
    return verdict.trace[-1] if verdict.trace else None


def has_just_collapsed(series: Series) -> bool:
    """Does the last known period break away by itself?"""
    runs = unroll(series).runs
    if not runs or not runs[-1].indices:
        return False
    point = replace(series.points[runs[-1].indices[-1]], seen=None, history=())
    return collapse(replace(series, points=(point,))) is not None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
