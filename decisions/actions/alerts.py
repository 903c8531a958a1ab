"""Episodes are opened once and observed; only a recorded decision closes them."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from core.activity import log
from core.deliveries import plan
from core.models import Membership, Role
from decisions.models import Alert, AlertObservation
from decisions.working_days import working_days_after
from forecasts.actions import hold_forecast
from forecasts.drift import State
from forecasts.drift.sentence import plain_odds
from forecasts.models import Forecast

DAYS_TO_DECIDE = 10
FOLLOWS_WITHIN = timedelta(days=60)
OPENED = "opened"
TOLD = (Role.OWNER, Role.FOUNDER)
WITHDRAWN = "With the numbers as they stand now it would not have been raised."


@transaction.atomic
def raise_alert(metric, *, due, period, now):
    """Opens the one episode of this metric and family, and plans a mail to everybody
    who decides; None when it is open already.

    `due` is the DueAlert, `period` the Period it was raised in.
    """
    alert = new_alert(metric, due=due, period=period, now=now)
    try:
        with transaction.atomic():
            alert.save(force_insert=True)
    except IntegrityError:
        if open_episode(metric, alert.family) is None:
            raise
        return None
    hold_forecast(metric, now=now)
    log(
        metric.workspace,
        by=None,
        verb="alert.raised",
        subject=alert,
        now=now,
        metric=str(metric.pk),
        rule=alert.rule,
    )
    plan_mails(alert, now=now)
    return alert


def new_alert(metric, *, due, period, now):
    workspace = metric.workspace
    family = due.rule.family.value
    return Alert(
        workspace=workspace,
        metric=metric,
        forecast=forecast_of(metric),
        family=family,
        rule=due.rule.code,
        severity=due.severity.value,
        reason=due.reason,
        p=due.p,
        odds=None if due.p is None else plain_odds(due.p),
        period_start=period.start,
        period_end=period.end,
        raised_at=now,
        owner=decider_of(metric),
        evaluate_by=working_days_after(workspace.today(now), DAYS_TO_DECIDE),
        follows=earlier_episode(metric, family, now),
    )


def forecast_of(metric):
    """The plan in force, or the last one there was."""
    return Forecast.objects.filter(metric=metric).order_by("-number").first()


def decider_of(metric):
    """The metric's owner while on the team, else the venture's first owner."""
    team = Membership.objects.in_workspace(metric.workspace).current()
    team = team.select_related("user")
    own = team.filter(user=metric.owner_id).first()
    first = own or team.filter(role=Role.OWNER).order_by("joined_at", "pk").first()
    return first.user if first else None


def earlier_episode(metric, family, now):
    """What was decided not long ago, and did not work."""
    closed = Alert.objects.filter(
        metric=metric, family=family, closed_at__gte=now - FOLLOWS_WITHIN
    )
    return closed.order_by("-closed_at", "pk").first()


def open_episode(metric, family=Alert.Family.SHORTFALL):
    return Alert.objects.filter(metric=metric, family=family).open().first()


def plan_mails(alert, *, now):
    """One mail to each owner and founder, in the transaction of the alert."""
    team = Membership.objects.in_workspace(alert.workspace).current()
    for membership in team.filter(role__in=TOLD).select_related("user"):
        plan(
            kind="alert_opened",
            workspace=alert.workspace,
            recipient=membership.user,
            subject_id=alert.pk,
            transition=OPENED,
            now=now,
        )


@transaction.atomic
def observe_alert(alert, *, finding, evidence_rev, now):
    """Notes what a later verdict says, once for each state of the evidence.

    A metric that came back is marked and stays open. None when nothing was new.
    """
    known = AlertObservation.objects.filter(alert=alert, evidence_rev=evidence_rev)
    if known.exists():
        return None
    observation = AlertObservation(
        workspace=alert.workspace,
        alert=alert,
        evidence_rev=evidence_rev,
        state=finding.present.value,
        period_end=finding.through or alert.period_end,
        why=what_is_seen(finding),
        odds=finding.odds if finding.present is State.STOP else None,
        observed_at=now,
    )
    observation.save()
    mark_recovery(alert, has_recovered=finding.has_recovered, now=now)
    return observation


def what_is_seen(finding):
    """A correction that takes the ground away is said, unless the verdict says it."""
    if finding.is_withdrawn and not finding.tells_withdrawal:
        return f"{WITHDRAWN} {finding.why}"
    return finding.why


def mark_recovery(alert, *, has_recovered, now):
    if has_recovered == (alert.recovered_at is not None):
        return
    alert.recovered_at = now if has_recovered else None
    alert.save(update_fields=["recovered_at"])
    told = {"by": None, "subject": alert, "now": now}
    if has_recovered:
        log(alert.workspace, verb="alert.recovered", **told)
    else:
        log(alert.workspace, verb="alert.relapsed", **told)
