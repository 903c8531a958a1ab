"""Episodes are opened once and observed; only a recorded decision closes them."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from core.activity import log
from core.deliveries import plan
from core.models import Membership, Role
from decisions.actions.telling import RAISED, tell_channels
from decisions.alerting import Concern
from decisions.models import Alert, AlertObservation
from decisions.subjects import SubjectKind, key_of
from decisions.waiting import DAYS_TO_DECIDE
from decisions.working_days import working_days_after
from forecasts.actions import hold_forecast
from forecasts.drift import State
from forecasts.drift.sentence import plain_odds
from forecasts.models import Forecast

ADVISORS_AFTER = timedelta(hours=12)
# Of these families a stop keeps the forecast from being made easier.
HOLDING = (Alert.Family.SHORTFALL, Alert.Family.PLAN, Alert.Family.STOP_RULE)
FOLLOWS_WITHIN = timedelta(days=60)
OPENED, ADVISED = "opened", "advised"
TOLD = (Role.OWNER, Role.FOUNDER)
WITHDRAWN = "With the numbers as they stand now it would not have been raised."


def raise_alert(metric, *, due, period, now):
    """Opens the one episode of this metric and family, and plans its mails; None when
    it is open already.

    `due` is the DueAlert, `period` the Period it was raised in.
    """
    concern = Concern(
        rule=due.rule,
        severity=due.severity,
        reason=due.reason,
        since=period.end,
        period=(period.start, period.end),
    )
    return open_alert(
        metric.workspace, about={"metric": metric}, concern=concern, p=due.p, now=now
    )


@transaction.atomic
def open_alert(workspace, *, about, concern, now, p=None):
    """Opens the one episode of a family about this subject; None when it is open.

    `about` holds the row under the name of its kind, and nothing for the whole venture.
    """
    alert = new_alert(workspace, about, concern, p=p, now=now)
    try:
        with transaction.atomic():
            alert.save(force_insert=True)
    except IntegrityError:
        if open_about(workspace, alert.family, alert.subject_key) is None:
            raise
        return None
    told = {"by": None, "subject": alert, "now": now, "rule": alert.rule}
    if alert.metric_id is not None:
        told["metric"] = str(alert.metric_id)
    if alert.severity == Alert.Severity.STOP:
        stand_still(alert, now=now)
        log(workspace, verb="alert.raised", **told)
    else:
        log(workspace, verb="alert.noticed", **told)
    return alert


def stand_still(alert, *, now):
    """What an open stop brings with it, whether it was raised or grew into one."""
    if holds_forecast(alert):
        hold_forecast(alert.metric, now=now)
    plan_mails(alert, now=now)
    tell_channels(alert, RAISED, now=now)


def holds_forecast(alert) -> bool:
    return alert.metric_id is not None and alert.family in HOLDING


def new_alert(workspace, about, concern, *, p, now):
    family = concern.rule.family.value
    kind, row = next(iter(about.items()), (SubjectKind.VENTURE.value, workspace))
    start, end = concern.period or (None, None)
    metric = about.get("metric")
    return Alert(
        workspace=workspace,
        **about,
        subject_kind=kind,
        subject_key=key_of(kind, row.pk),
        forecast=forecast_of(metric) if metric else None,
        family=family,
        rule=concern.rule.code,
        severity=concern.severity.value,
        reason=concern.reason,
        p=p,
        odds=None if p is None else plain_odds(p),
        period_start=start,
        period_end=end,
        raised_at=now,
        owner=decider_of(workspace, row),
        evaluate_by=evaluate_by(workspace, concern.severity, now),
        follows=earlier_episode(workspace, family, key_of(kind, row.pk), now),
    )


def evaluate_by(workspace, severity, now):
    return working_days_after(workspace.today(now), DAYS_TO_DECIDE[severity])


def forecast_of(metric):
    """The plan in force, or the last one there was."""
    return Forecast.objects.filter(metric=metric).order_by("-number").first()


def decider_of(workspace, row):
    """Whoever the subject belongs to while on the team, else the first owner."""
    whose = getattr(row, "owner_id", None) or getattr(row, "created_by_id", None)
    team = Membership.objects.in_workspace(workspace).current()
    team = team.select_related("user")
    own = team.filter(user=whose).first() if whose else None
    first = own or team.filter(role=Role.OWNER).order_by("joined_at", "pk").first()
    return first.user if first else None


def earlier_episode(workspace, family, key, now):
    """What was decided not long ago, and did not work."""
    closed = closed_about(workspace, family, key)
    return closed.filter(closed_at__gte=now - FOLLOWS_WITHIN).first()


def closed_about(workspace, family, key):
    """Those a decision closed or covered, the latest first."""
    closed = Alert.objects.in_workspace(workspace).decided()
    closed = closed.filter(family=family, subject_key=key)
    return closed.order_by("-closed_at", "pk")


def open_about(workspace, family, key):
    alerts = Alert.objects.in_workspace(workspace).open()
    return alerts.filter(family=family, subject_key=key).first()


def doubled_about(workspace, family, key):
    """The one that was ended as a duplicate, and still waits for the other's decision."""
    alerts = Alert.objects.in_workspace(workspace).doubling()
    return alerts.filter(family=family, subject_key=key).first()


def open_episode(metric, family=Alert.Family.SHORTFALL):
    return Alert.objects.filter(metric=metric, family=family).open().first()


def plan_mails(alert, *, now):
    """One mail to each owner and founder, in the transaction of the alert; to advisors
    half a day later, unless it is decided by then. Where money went first everybody but
    observers is told at once.
    """
    is_money = alert.family == Alert.Family.MONEY_FIRST
    roles = (*TOLD, Role.ADVISOR, Role.MEMBER) if is_money else (*TOLD, Role.ADVISOR)
    team = Membership.objects.in_workspace(alert.workspace).current()
    for membership in team.filter(role__in=roles).select_related("user"):
        is_late = membership.role == Role.ADVISOR and not is_money
        plan(
            kind="alert_opened",
            workspace=alert.workspace,
            recipient=membership.user,
            subject_id=alert.pk,
            transition=ADVISED if is_late else OPENED,
            now=now,
            not_before=now + ADVISORS_AFTER if is_late else None,
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
    has_recovered = finding.has_recovered
    if alert.rule == Alert.Rule.REQUIRED_RATE:
        has_recovered = clear_for_long(alert, is_clear=has_recovered, now=now)
    mark_recovery(alert, has_recovered=has_recovered, now=now)
    return observation


def clear_for_long(alert, *, is_clear, now) -> bool:
    """Has the rule found nothing at the last look too, on an earlier day?"""
    today = alert.workspace.today(now)
    since = (alert.clear_since or today) if is_clear else None
    if since != alert.clear_since:
        alert.clear_since = since
        alert.save(update_fields=["clear_since"])
    return since is not None and since < today


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
