"""PURE. Whether we still learn: claims without evidence, tests nobody ends, silence.

All of these are watches. One becomes a stop when a commitment depends on its subject.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from decisions.alerting import Concern, Rule, Severity
from decisions.rules.planned import OPEN, Criterion
from decisions.rules.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Step:
    """Where a question stood from a day on. `is_contradicted`: its own signal speaks
    against it.
    """

    on: date
    claimed: int | None
    supported: int
    is_contradicted: bool = False

    @property
    def gap(self) -> int:
        return (self.claimed or 0) - self.supported


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, its steps oldest first."""

    steps: Sequence[Step]
    has_commitment: bool = False


def severity(*, has_commitment: bool) -> Severity:
    return Severity.STOP if has_commitment else Severity.WATCH


def learning_gap(asked: Asked, as_of: date, limits: Thresholds) -> Concern | None:
    """claimed − supported ≥ 2 on every day of the last 14."""
    since = _since(asked.steps, lambda step: step.gap >= limits.gap)
    if since is None:
        return None
    opens = (as_of - since).days >= limits.gap_days
    last = asked.steps[-1]
    reason = (
        f"Claimed {last.claimed}, and evidence supports {last.supported}: so for "
        f"{(as_of - since).days} days, since {since:%-d %B %Y}."
    )
    began = since + timedelta(days=limits.gap_days)
    grave = severity(has_commitment=asked.has_commitment)
    return Concern(Rule.LEARNING_GAP, grave, reason, began, opens)


def signal_contradicts(asked: Asked, as_of: date, limits: Thresholds) -> Concern | None:
    """The question's own signal contradicts a claim of 4 or 5."""
    since = _since(
        asked.steps,
        lambda step: (
            step.is_contradicted and (step.claimed or 0) >= limits.claimed_from
        ),
    )
    if since is None or since > as_of:
        return None
    reason = (
        f"Claimed {asked.steps[-1].claimed}, and what customers said contradicts it "
        f"since {since:%-d %B %Y}."
    )
    grave = severity(has_commitment=asked.has_commitment)
    return Concern(Rule.SIGNAL_CONTRADICTS, grave, reason, since)


def hypothesis_late(criterion: Criterion, as_of: date) -> Concern | None:
    """A critical hypothesis is past the day on which it was to be decided."""
    if criterion.state not in OPEN or as_of <= criterion.decide_by:
        return None
    days = (as_of - criterion.decide_by).days
    reason = (
        f"It was to be decided by {criterion.decide_by:%-d %B %Y}, {days} "
        f"{'day' if days == 1 else 'days'} ago, and is still open."
    )
    grave = severity(has_commitment=criterion.has_commitment)
    since = criterion.decide_by + timedelta(days=1)
    return Concern(Rule.HYPOTHESIS_LATE, grave, reason, since)


def silence(
    last_talk: date | None, began: date, as_of: date, limits: Thresholds
) -> Concern | None:
    """No qualifying talk for 21 days; before the first one, since the venture began."""
    start = began if last_talk is None else last_talk
    days = (as_of - start).days
    if days < limits.silence_days:
        return None
    if last_talk is None:
        reason = f"No qualifying talk since the venture began {days} days ago."
    else:
        reason = (
            f"The last qualifying talk was on {last_talk:%-d %B %Y}, {days} days ago."
        )
    since = start + timedelta(days=limits.silence_days)
    return Concern(Rule.SILENCE, Severity.WATCH, reason, since)


def _since(steps: Sequence[Step], holds: Callable[[Step], bool]) -> date | None:
    """The day from which it holds without a break until now; None if it does not."""
    since = None
    for step in reversed(steps):
        if not holds(step):
            break
        since = step.on
    return since
