"""An alert ends beside a decision: its numbers were false, or it doubles another one.

Neither is a way round a decision. The first asks the rules again; the second only joins
it to an open alert: its forecast stays held and it comes back if that one ends otherwise
than by a decision.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from decisions.actions.alerts import HOLDING, holds_forecast
from decisions.actions.telling import SET_ASIDE, tell_channels
from decisions.errors import DecidedError
from decisions.models import Alert, SideExit
from decisions.reports.exits import corrections_of, may_double
from decisions.written import refuse_short
from forecasts.actions import release_forecast, restart_process
from forecasts.actions.evidence import bump_evidence
from forecasts.actions.evidence import locked as locked_metric

SHORTEST_REASON = 40


@transaction.atomic
def end_as_false_data(alert, *, by, correction, reason, now):
    """`correction` is the corrected number that takes the alert away. ValidationError
    while it does not; DecidedError when the alert is closed.
    """
    metric = locked_metric(alert.metric) if alert.metric_id else None
    alert = locked_and_open(alert)
    refuse_short("reason", reason, SHORTEST_REASON)
    if correction not in corrections_of(alert, now=now):
        words = _("With this correction the alert would have been raised all the same.")
        raise ValidationError({"correction": words})
    row = add_exit(
        alert,
        SideExit.Kind.FALSE_DATA,
        by=by,
        correction=correction,
        reason=reason,
        now=now,
    )
    log(alert.workspace, by=by, verb="alert.false_data", subject=alert, now=now)
    reopen_doubles(alert, by=by, now=now)
    if holds_forecast(alert):
        release_unless_held(metric, by=by, now=now)
    bump_evidence(metric)
    return row


@transaction.atomic
def end_as_duplicate(alert, *, by, doubles, reason, now):
    """`doubles` is the open alert of the same cause. ValidationError when it is none
    that could be; DecidedError when the alert is closed.

    The earlier of the two days stands: nothing is put off by it.
    """
    lock_in_order(alert, doubles)
    alert = locked_and_open(alert)
    refuse_short("reason", reason, SHORTEST_REASON)
    other = may_double(alert).filter(pk=doubles and doubles.pk).first()
    if other is None:
        words = _("Choose an open alert of this venture that is as grave.")
        raise ValidationError({"doubles": words})
    row = add_exit(
        alert, SideExit.Kind.DUPLICATE, by=by, doubles=other, reason=reason, now=now
    )
    if alert.evaluate_by < other.evaluate_by:
        other.evaluate_by = alert.evaluate_by
        other.save(update_fields=["evaluate_by"])
    log(
        alert.workspace,
        by=by,
        verb="alert.duplicate",
        subject=alert,
        now=now,
        doubles=str(other.pk),
    )
    return row


def lock_in_order(*alerts):
    keys = [one.pk for one in alerts if one]
    rows = Alert.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    list(rows.order_by("pk"))


def locked_and_open(alert):
    rows = Alert.objects.select_for_update(of=("self",)).with_subjects()
    row = rows.select_related("workspace").get(pk=alert.pk)
    if row.closed_at is not None:
        raise DecidedError(row.settled_by)
    return row


def add_exit(alert, kind, *, by, now, **ground):
    row = SideExit(
        workspace=alert.workspace, alert=alert, kind=kind, by=by, ended_at=now, **ground
    )
    row.save()
    alert.state, alert.closed_at = Alert.State(kind), now
    alert.save(update_fields=["state", "closed_at"])
    tell_channels(alert, SET_ASIDE, now=now)
    return row


# --- what becomes of duplicates ---------------------------------------------------
def doubles_waiting(alert):
    """Those that wait for its decision, and those that wait for theirs."""
    waiting, found = [alert.pk], []
    while waiting:
        rows = Alert.objects.doubling().filter(exits__doubles__in=waiting)
        rows = rows.exclude(pk__in=found).select_related("metric", "workspace")
        new = {row.pk: row for row in rows if row.exits.first().doubles_id in waiting}
        waiting = list(new)
        found += new
        yield from new.values()


def cover_doubles(decision, doubles, *, by, now):
    """The decision on the alert they double is theirs as well."""
    for row in doubles:
        row.covered_by, row.closed_at = decision, now
        row.save(update_fields=["covered_by", "closed_at"])
        log(row.workspace, by=by, verb="alert.covered", subject=row, now=now)
        if holds_forecast(row):
            release_unless_held(row.metric, by=by, now=now)
            restart_process(row.metric, by=by, now=now)


def reopen_doubles(alert, *, by, now):
    """No decision will cover them: each waits for its own again."""
    for row in list(doubles_waiting(alert)):
        if row.exits.first().doubles_id == alert.pk:
            reopen(row, by=by, now=now)


def reopen(alert, *, by, now):
    has_begun = hasattr(alert, "evaluation")
    states = Alert.State
    alert.state = states.EVALUATING if has_begun else states.RAISED
    alert.closed_at = None
    alert.save(update_fields=["state", "closed_at"])
    log(alert.workspace, by=by, verb="alert.reopened", subject=alert, now=now)


def release_unless_held(metric, *, by, now):
    """The plan may be changed again, once no other stop on it waits for a decision."""
    stops = Alert.objects.filter(metric=metric, family__in=HOLDING).stops()
    if not stops.open().exists() and not stops.doubling().exists():
        release_forecast(metric, by=by, now=now)
