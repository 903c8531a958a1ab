"""The one thing that closes an alert."""

from django.db import transaction

from core.activity import log
from decisions.actions.alerts import holds_forecast
from decisions.actions.evaluations import locked_alert
from decisions.actions.exits import (
    cover_doubles,
    doubles_waiting,
    release_unless_held,
)
from decisions.actions.following import add_follow_ups
from decisions.actions.stop_rules import register_stop_rule
from decisions.actions.telling import DECIDED, tell_channels
from decisions.errors import DecidedError, IncompleteError
from decisions.evaluating import Draft, Missing, missing
from decisions.models import Alert, Decision, Evaluation
from decisions.reports.papers import paper_of
from decisions.reports.snapshot import snapshot_of
from decisions.reports.stop_rules import measurable
from forecasts.actions import restart_process
from forecasts.actions.evidence import locked
from milestones.conflicts import OutdatedError

LAST_STEP = 5
RULE_GONE = "The metric of the next stop rule is not followed any more: choose another."
RULE_FIELDS = ("rule_metric", "rule_comparison", "rule_mark", "rule_by")
# Parts of a draft that become rows of their own.
KEPT_ELSEWHERE = ("follow_ups", *RULE_FIELDS)


@transaction.atomic
def record_decision(
    alert,
    *,
    by,
    kind,
    reasons,
    review_on,
    now,
    follow_ups=(),
    rev=None,
    **more,
):
    """Takes down what was decided, and closes the alert. Final.

    `follow_ups` are Tasks: at least one, each with somebody of the team; `more` are the
    other fields of a Draft. `rev` is that of the evaluation the author has read:
    OutdatedError if it moved on.
    DecidedError when somebody was first, IncompleteError names what is missing.
    """
    draft = Draft(
        kind, reasons, review_on=review_on, follow_ups=tuple(follow_ups), **more
    )
    lock_metrics(alert, *doubles_waiting(alert))
    alert = locked_alert(alert)
    if alert.closed_at is not None:
        raise DecidedError(alert.settled_by)
    evaluation = Evaluation.objects.filter(alert=alert).first()
    if evaluation is not None and rev not in (None, evaluation.rev):
        raise OutdatedError(evaluation)
    paper = paper_of(alert, evaluation, draft)
    lacking = missing(paper, alert.workspace.today(now), is_short=alert.is_quiet)
    if lacking:
        raise IncompleteError(lacking)
    decision = add_decision(alert, evaluation, draft, by=by, now=now)
    add_follow_ups(decision, draft.follow_ups, now=now)
    add_stop_rule(decision, draft, now=now)
    close(alert, decision, now=now)
    return decision


def lock_metrics(*alerts):
    """Before their alerts, and in one order: whoever judges a metric locks it first."""
    metrics = {one.metric_id: one.metric for one in alerts if one.metric_id}
    for key in sorted(metrics):
        locked(metrics[key])


def add_decision(alert, evaluation, draft, *, by, now):
    decision = Decision(
        workspace=alert.workspace,
        alert=alert,
        **{k: v for k, v in draft.parts().items() if k not in KEPT_ELSEWHERE},
        snapshot=snapshot_of(alert, evaluation, now=now),
        by=by,
        decided_at=now,
    )
    decision.save()
    log(
        alert.workspace,
        by=by,
        verb="decision.recorded",
        subject=decision,
        now=now,
        alert=str(alert.pk),
        kind=decision.kind,
    )
    return decision


def add_stop_rule(decision, draft, *, now):
    """The next checkpoint, registered with the decision."""
    if not draft.has_rule:
        return
    metrics = measurable(decision.workspace).filter(pk=draft.rule_metric)
    metric = metrics.select_related("workspace").first()
    if metric is None:
        raise IncompleteError((Missing(LAST_STEP, RULE_GONE),))
    register_stop_rule(
        metric,
        by=decision.by,
        comparison=draft.rule_comparison,
        mark=draft.rule_mark,
        by_on=draft.rule_by,
        now=now,
        decision=decision,
    )


def set_free(metric, *, by, now):
    release_unless_held(metric, by=by, now=now)
    restart_process(metric, by=by, now=now)


def close(alert, decision, *, now):
    """With it what doubles it, and the forecasts that it held are free."""
    alert.state, alert.closed_at = Alert.State.FOLLOWING_UP, now
    alert.save(update_fields=["state", "closed_at"])
    tell_channels(alert, DECIDED, now=now)
    if holds_forecast(alert):
        set_free(alert.metric, by=decision.by, now=now)
    doubles = list(doubles_waiting(alert))
    cover_doubles(decision, doubles, by=decision.by, now=now)
