"""PURE. What was set beforehand, with a day: goals, kill criteria, planned stops."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from decisions.alerting import Concern, Rule, Severity
from decisions.rules.record import Record
from decisions.rules.thresholds import Thresholds

HELD, FAILED, OPEN = "validated", "invalidated", ("registered", "testing")
SETTLED_NOTHING = "inconclusive"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A hypothesis without which there is no business, its marks frozen beforehand.

    `state` is its last one, since `moved_on`. `answered_on`: a new version of the model
    began then.
    """

    state: str
    decide_by: date
    moved_on: date
    has_commitment: bool = False
    answered_on: date | None = None


def unmet_goal(record: Record) -> Concern | None:
    """Stop: a goal that is reached or not was not reached by its day."""
    if record.is_vanity or not record.asks_yes_or_no:
        return None
    for one in record.over():
        actual = record.actuals.get(one.span)
        if one.forecast >= 1 and actual is not None and actual < 1:
            reason = (
                f"It was to be reached by {one.span[1]:%-d %B %Y}, and was not. That "
                "day was set beforehand, to stop and evaluate."
            )
            return Concern(
                Rule.STOP_RULE, Severity.STOP, reason, one.span[1], period=one.span
            )
    return None


def kill_criterion(criterion: Criterion, as_of: date) -> Concern | None:
    """Stop: "unless this holds by that day we stop", and it does not hold.

    At once when it failed; from its day on when the test settled nothing. One that
    nobody has settled is late, which is another rule's to say.
    """
    if criterion.state == FAILED:
        since = criterion.moved_on
        words = f"it failed on {since:%-d %B %Y}"
    elif criterion.state == SETTLED_NOTHING and as_of > criterion.decide_by:
        since = max(criterion.decide_by, criterion.moved_on)
        words = "the test of it settled nothing"
    else:
        return None
    if criterion.answered_on is not None and criterion.answered_on >= since:
        return None
    reason = (
        f"Without it there is no business. It was to be decided by "
        f"{criterion.decide_by:%-d %B %Y}, and {words}."
    )
    return Concern(Rule.STOP_RULE, Severity.STOP, reason, since)


@dataclass(frozen=True, slots=True)
class Move:
    """A planned date that was moved, and the day on which it was."""

    from_on: date
    to_on: date
    on: date


def moved_date(moves: Sequence[Move], limits: Thresholds) -> Concern | None:
    """Stop: the same date was put off twice. A date that came nearer is no slip."""
    later = [move for move in moves if move.to_on > move.from_on]
    if len(later) < limits.slip_count:
        return None
    first, last = later[0], later[-1]
    reason = (
        f"Put off {len(later)} times: from {first.from_on:%-d %B %Y} to "
        f"{last.to_on:%-d %B %Y}, last on {last.on:%-d %B %Y}."
    )
    return Concern(Rule.SLIP, Severity.STOP, reason, last.on)


def scheduled_stop(due_on: date, held_on: date | None, as_of: date) -> Concern | None:
    """Review: the day has come on which we wanted to stop and look."""
    if held_on is not None or as_of < due_on:
        return None
    reason = f"Planned for {due_on:%-d %B %Y}, and not held yet."
    return Concern(Rule.SCHEDULED, Severity.REVIEW, reason, due_on)


def quarterly(last_look: date, as_of: date, limits: Thresholds) -> Concern | None:
    """Review: nobody has stopped and looked at the whole for a quarter of a year."""
    days = (as_of - last_look).days
    if days < limits.review_days:
        return None
    reason = (
        f"The last decision or planned stop was on {last_look:%-d %B %Y}, "
        f"{days} days ago."
    )
    since = last_look + timedelta(days=limits.review_days)
    return Concern(Rule.SCHEDULED, Severity.REVIEW, reason, since)
