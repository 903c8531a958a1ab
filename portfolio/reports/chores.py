"""What is to do in a venture, beside what changed: two queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from discovery.models import Hypothesis, HypothesisStatus
from forecasts.calibration import pooled
from forecasts.reports import numbers_due
from milestones.signals.plans import calibration_sentence

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Workspace
    from portfolio.reports.gathering import Say

AHEAD = timedelta(days=7)
States = HypothesisStatus.Status
UNDER_TEST = (States.REGISTERED, States.TESTING)


@dataclass(frozen=True)
class Number:
    """One that is asked for, or will be; "Orders per day", "Week 44"."""

    metric: str
    period: str


@dataclass(frozen=True)
class Ranges:
    """Of all numbers: how many periods count for calibration, how many of them lay in
    the range promised first. As kept when each metric was judged last."""

    counted: int = 0
    held: int = 0

    @property
    def sentence(self) -> str:
        """As the page of question 10 says it; empty while there is none."""
        if not self.counted:
            return ""
        found = replace(pooled(()), counted=self.counted, inside=self.held)
        return calibration_sentence(found)


@dataclass(frozen=True)
class Chores:
    """`tests` are hypotheses to be decided within a week or overdue; how many were
    settled in the time looked at, and how."""

    overdue: tuple[Number, ...] = ()
    coming: tuple[Number, ...] = ()
    ranges: Ranges = Ranges()
    tests: int = 0
    held: int = 0
    failed: int = 0
    open_ended: int = 0


def chores_of(
    workspace: Workspace, *, since: datetime, until: datetime, say: Say
) -> Chores:
    today = workspace.today(until)
    due = numbers_due(workspace, today + AHEAD)
    settled, tests = hypotheses_of(workspace, since, today)
    return Chores(
        overdue=tuple(number(one, say) for one in due if one.period.end < today),
        coming=tuple(number(one, say) for one in due if one.period.end >= today),
        tests=tests,
        held=settled.count(States.VALIDATED),
        failed=settled.count(States.INVALIDATED),
        open_ended=settled.count(States.INCONCLUSIVE),
    )


def number(due, say: Say) -> Number:
    return Number(say(due.metric.name), due.label)


def hypotheses_of(
    workspace: Workspace, since: datetime, today: date
) -> tuple[list[str], int]:
    latest = HypothesisStatus.objects.filter(hypothesis=OuterRef("pk"))
    latest = latest.order_by("-at", "-pk")
    rows = Hypothesis.objects.in_workspace(workspace).annotate(
        state=Subquery(latest.values("status")[:1]),
        state_at=Subquery(latest.values("at")[:1]),
    )
    is_due = Q(state__in=UNDER_TEST, decide_by__lte=today + AHEAD)
    is_new = Q(state_at__gt=since) & ~Q(state__in=UNDER_TEST)
    rows = rows.filter(is_due | is_new, successor__isnull=True)
    states = list(rows.values_list("state", flat=True))
    settled = [state for state in states if state not in UNDER_TEST]
    return settled, len(states) - len(settled)
