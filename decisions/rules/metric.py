"""PURE. Rules on one metric: required rate, slip, blind, upside.

Vanity metrics, and goals that are only reached or not, raise nothing here. Less is
better flips every comparison. The formulas are proposals; docs/alerts.md tells them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from decisions.alerting import Concern, Rule, Severity
from decisions.rules.record import (
    STOCK,
    SUMMED,
    Known,
    Record,
    Registered,
    Span,
    deviations,
    length,
    share,
)
from decisions.rules.thresholds import MARGIN, Thresholds
from forecasts.drift import Cadence
from forecasts.drift.sentence import number, percent

FEWEST = 3
LAST = 3
DAYS_OF = {
    Cadence.DAILY: 1,
    Cadence.WEEKLY: 7,
    Cadence.MONTHLY: 30,
    Cadence.QUARTERLY: 91,
    Cadence.YEARLY: 365,
}


def metric_concerns(record: Record, limits: Thresholds) -> tuple[Concern, ...]:
    """What every rule but the blind one says; that one asks the calendar alone."""
    found = (
        required_rate(record, limits),
        slip(record, limits),
        upside(record, limits),
    )
    return tuple(one for one in found if one is not None)


# --- required rate ---------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Pace:
    """What each period that is left would have to bring, beside what the last brought.

    `over` and `ahead` count periods. For a stock both are the change per period.
    """

    needed: float
    recent: float
    target: float
    by: date
    over: int
    ahead: int

    @property
    def ratio(self) -> float:
        if self.needed <= 0:
            return 0.0
        return self.needed / self.recent if self.recent > 0 else float("inf")


def pace_of(record: Record) -> Pace | None:
    """None for ratios, and before three periods are known or when none is ahead.

    needed = (target − Σ actual) / periods left, where the target is the sum of the
    plan; periods in between that were never reported belong to neither. For a stock the
    target is its last level, and needed is the climb that is left a period.
    """
    known = record.known()
    if record.kind not in (*SUMMED, STOCK) or len(known) < FEWEST:
        return None
    last = known[-1].expected.span[1]
    ahead = [one for one in record.plan if one.span[1] > last]
    if not ahead:
        return None
    over, final = len(known), ahead[-1]
    actuals = [one.actual for one in known]
    if record.kind == STOCK:
        steps = [late - early for early, late in pairwise(actuals)]
        recent = sum(steps[-LAST:]) / len(steps[-LAST:])
        needed = (final.forecast - actuals[-1]) / len(ahead)
        return Pace(needed, recent, final.forecast, final.span[1], over, len(ahead))
    target = sum(one.expected.forecast for one in known)
    target += sum(one.forecast for one in ahead)
    needed = (target - sum(actuals)) / len(ahead)
    recent = sum(actuals[-LAST:]) / LAST
    return Pace(needed, recent, target, final.span[1], over, len(ahead))


def required_rate(record: Record, limits: Thresholds) -> Concern | None:
    """Stop: what is left asks for far more than the last three periods brought.

    needed ÷ mean of the last three ≥ 1.5, Z ≤ −2, at least three periods known, a
    quarter of the plan over and a quarter ahead. Where less is better, the last three
    against what is left to spend.
    """
    pace = pace_of(record) if record.is_judged else None
    if pace is None:
        return None
    known = record.known()
    ratio = pace.ratio if record.good(1) > 0 else _overspending(pace)
    z = deviations(record, known)
    edge = limits.horizon_share * (pace.over + pace.ahead)
    opens = (
        ratio >= limits.required_ratio
        and z <= -limits.required_deviations
        and pace.over >= edge
        and pace.ahead >= edge
    )
    holds = ratio >= limits.required_ratio * (1 - MARGIN)
    holds = holds and z <= -limits.required_deviations * (1 - MARGIN)
    if not (opens or holds):
        return None
    span = known[-1].expected.span
    reason = _pace_words(record, pace, ratio)
    return Concern(Rule.REQUIRED_RATE, Severity.STOP, reason, span[1], opens, span)


def _overspending(pace: Pace) -> float:
    if pace.recent <= 0:
        return 0.0
    return pace.recent / pace.needed if pace.needed > 0 else float("inf")


def _pace_words(record: Record, pace: Pace, ratio: float) -> str:
    name, does = record.cadence.period_name, "brought"
    if record.kind == STOCK:
        does = "added"
    recent = f"The last {LAST} {name}s {does} {number(pace.recent)} each on average."
    day = f"{pace.by:%-d %B %Y}"
    needed, left = number(pace.needed), f"the {pace.ahead} that are left"
    if record.good(1) < 0:
        return f"{recent} To stay within {number(pace.target)} until {day}, {left} may be {needed} each."
    times = "" if ratio == float("inf") else f", {ratio:.1f} times as much"
    return f"{recent} To come to {number(pace.target)} by {day}, {left} have to bring {needed} each{times}."


# --- slip ------------------------------------------------------------------------
def slip(record: Record, limits: Thresholds) -> Concern | None:
    """Stop: the same target was moved twice, or it is 75 % of the first or less.

    A move makes a period easier that was promised already, or puts the last level of a
    stock off to a later day although it was not reached. Moves cannot be taken back: an
    episode of two of them stands until it is decided.
    """
    if record.is_vanity or not record.registered:
        return None
    moves = list(_moves(record))
    kept = _kept(record)
    is_low = kept is not None and kept <= limits.revision_floor
    is_near = kept is not None and kept < limits.revision_floor * (1 + MARGIN)
    opens = len(moves) >= limits.slip_count or is_low
    if not moves or not (opens or is_near):
        return None
    words = [_move_words(moves)]
    if kept is not None and kept < 1:
        words.append(
            f"What is forecast for the same periods is {percent(kept)} of what was "
            "promised first."
        )
    reason = " ".join(words)
    return Concern(Rule.SLIP, Severity.STOP, reason, moves[-1], opens)


def _moves(record: Record) -> Iterator[date]:
    """The days on which the plan was made easier."""
    plan: dict[Span, float] = {}
    for registered in record.registered:
        if plan and (
            _is_easier(record, plan, registered)
            or _is_put_off(record, plan, registered)
        ):
            yield registered.on
        plan |= registered.points


def _is_easier(record: Record, plan: dict[Span, float], new: Registered) -> bool:
    both = [(plan[span], value) for span, value in new.points.items() if span in plan]
    before, after = (sum(pair[side] for pair in both) for side in (0, 1))
    return bool(both) and record.good(after) < record.good(before)


def _is_put_off(record: Record, plan: dict[Span, float], new: Registered) -> bool:
    """The same level of a stock, later, while it was not reached."""
    if record.kind != STOCK or not new.points:
        return False
    last = max(plan, key=lambda span: span[1])
    later = max(new.points, key=lambda span: span[1])
    if later[1] <= last[1] or record.good(new.points[later]) > record.good(plan[last]):
        return False
    known = [span for span in record.actuals if span[1] <= new.on]
    latest = max(known, key=lambda span: span[1], default=None)
    if latest is None:
        return True
    return record.good(record.actuals[latest]) < record.good(plan[last])


def _kept(record: Record) -> float | None:
    """Σ in force / Σ promised first, over the periods of the first promise; inverted
    where less is better, so that 1 is the promise and less is easier.
    """
    first = record.registered[0].points
    latest: dict[Span, float] = {}
    for registered in record.registered:
        latest |= registered.points
    promised = sum(first.values())
    now = sum(latest[span] for span in first)
    if promised <= 0 or now <= 0 or record.asks_yes_or_no:
        return None
    return now / promised if record.good(1) > 0 else promised / now


def _move_words(moves: list[date]) -> str:
    last = f"{moves[-1]:%-d %B %Y}"
    if len(moves) == 1:
        return f"The plan was made easier once, on {last}."
    return f"The plan was made easier {len(moves)} times, last on {last}."


# --- blind -----------------------------------------------------------------------
def blind(record: Record, limits: Thresholds) -> Concern | None:
    """Watch: a number is overdue. Stop: for longer than a whole period.

    Overdue from max(3 days, a quarter of the period) after its end. Only periods after
    the last one reported: a gap that lies behind is not blindness. It lets go when the
    number is there.
    """
    missing = record.unreported() if not record.is_vanity else ()
    if not missing:
        return None
    oldest = missing[0].span
    days = (record.as_of - oldest[1]).days
    whole = max(length(oldest).days, DAYS_OF[record.cadence])
    grace = max(limits.overdue_days, limits.overdue_share * whole)
    if days <= grace:
        return None
    severity = Severity.STOP if days > whole else Severity.WATCH
    count = len(missing)
    name = record.cadence.period_name
    more = f"; {count} {name}s are without a number" if count > 1 else ""
    reason = (
        f"The {name} to {oldest[1]:%-d %B %Y} has been over for {days} days, and nobody "
        f"has said what came{more}."
    )
    since = oldest[1] + timedelta(days=int(grace) + 1)
    return Concern(Rule.BLIND, severity, reason, since, period=oldest)


# --- upside ----------------------------------------------------------------------
def upside(record: Record, limits: Thresholds) -> Concern | None:
    """Review: the sum is above 125 % of the plan and Z ≥ 2.5. A model that is wrong in
    our favour is wrong too; it blocks nothing.
    """
    known = record.known() if record.is_judged else ()
    if not known or not _is_above(record, known, limits, 1 - MARGIN):
        return None
    opens = _is_above(record, known, limits, 1)
    since = _began(record, known, limits)
    span = known[-1].expected.span
    total, planned = (
        sum(k.actual for k in known),
        sum(k.expected.forecast for k in known),
    )
    reason = (
        f"Over {len(known)} {record.cadence.period_name}"
        f"{'s' if len(known) > 1 else ''} {number(total)} against {number(planned)} "
        f"forecast ({percent(total / planned)}): better than the plan allows for, so the "
        "plan does not know why."
    )
    return Concern(Rule.UPSIDE, Severity.REVIEW, reason, since, opens, span)


def _is_above(
    record: Record, known: tuple[Known, ...], limits: Thresholds, scale: float
) -> bool:
    ratio = share(known)
    if record.good(1) < 0:
        ratio = 1 / ratio if ratio > 0 else float("inf")
    z = deviations(record, known)
    edge = 1 + (limits.upside_share - 1) * scale
    return ratio > edge and z >= limits.upside_deviations * scale


def _began(record: Record, known: tuple[Known, ...], limits: Thresholds) -> date:
    """The end of the period from which it has been so without a break."""
    count = len(known)
    while count > 1 and _is_above(record, known[: count - 1], limits, 1 - MARGIN):
        count -= 1
    return known[count - 1].expected.span[1]
