"""An alert that a decision closed, and what followed: rows without the way there."""

from datetime import timedelta

from decisions.models import Alert, Decision, FollowUp
from tests.factories import NOW, TODAY

# whose <uuid:pk> names an open alert
ALERT_ROUTES = [
    f"decisions:alert_{page}"
    for page in ("take_up", "snooze", "false_data", "duplicate")
]


def add_decided(alert, *, by, number):
    """A second episode of the alert's metric, closed; its decision has one thing to do."""
    canary = f"CANARY-{alert.workspace.slug}"
    closed = Alert.objects.create(
        workspace=alert.workspace,
        metric=alert.metric,
        forecast=alert.forecast,
        family=alert.family,
        rule=alert.rule,
        state=Alert.State.FOLLOWING_UP,
        reason=f"{canary}-alert-reason-{number}",
        period_start=alert.period_start,
        period_end=alert.period_end,
        raised_at=NOW - timedelta(days=9),
        closed_at=NOW - timedelta(days=8),
        owner=by,
        evaluate_by=TODAY,
    )
    decision = Decision(
        workspace=alert.workspace,
        alert=closed,
        kind=Decision.Kind.STOP,
        reasons=f"{canary}-decision-reasons-{number}",
        review_on=TODAY - timedelta(days=1),
        by=by,
        decided_at=NOW - timedelta(days=8),
    )
    decision.save()
    return FollowUp.objects.create(
        workspace=alert.workspace,
        decision=decision,
        what=f"{canary}-follow-up-what-{number}",
        owner=by,
        due_on=TODAY - timedelta(days=2),
        made_at=NOW - timedelta(days=8),
    )
