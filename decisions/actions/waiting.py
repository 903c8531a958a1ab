"""Taking an alert up, and putting it off once."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.activity import log
from core.models import Membership, Permission
from decisions.actions.evaluations import locked_alert
from decisions.errors import DecidedError, SettledError
from decisions.models import Acknowledgement, Alert, Snooze
from decisions.waiting import latest_day
from decisions.written import refuse_short

SHORTEST_REASON = 40
SNOOZED_AT_MOST = timedelta(days=7)


@transaction.atomic
def acknowledge(alert, *, by, owner, evaluate_by, now):
    """`owner` answers for it until `evaluate_by`, a day that is not past the one that
    the alert was to be decided by. ValidationError else; DecidedError after a decision.
    """
    alert = open_and_locked(alert)
    today = alert.workspace.today(now)
    last = latest_day(alert, alert.workspace)
    if not today <= evaluate_by <= max(last, today):
        words = _("Choose a day from today to %(day)s.")
        day = date_format(last, "j F Y")
        raise ValidationError({"evaluate_by": words % {"day": day}})
    team = Membership.objects.in_workspace(alert.workspace).current()
    if not team.with_permission(Permission.DECIDE).filter(user=owner).exists():
        raise ValidationError({"owner": _("Choose somebody who may decide here.")})
    row = Acknowledgement(
        workspace=alert.workspace,
        alert=alert,
        owner=owner,
        evaluate_by=evaluate_by,
        by=by,
        acknowledged_at=now,
    )
    row.save()
    alert.owner, alert.evaluate_by = owner, evaluate_by
    if alert.state == Alert.State.RAISED:
        alert.state = Alert.State.ACKNOWLEDGED
    alert.save(update_fields=["owner", "evaluate_by", "state"])
    log(alert.workspace, by=by, verb="alert.acknowledged", subject=alert, now=now)
    return row


@transaction.atomic
def snooze(alert, *, by, until, reason, now):
    """Once an alert, seven days at most. SettledError with the first one when there was
    one; DecidedError after a decision."""
    alert = open_and_locked(alert)
    first = Snooze.objects.filter(alert=alert).select_related("by").first()
    if first is not None:
        raise SettledError(first)
    refuse_short("reason", reason, SHORTEST_REASON)
    today = alert.workspace.today(now)
    if not today < until <= today + SNOOZED_AT_MOST:
        raise ValidationError({"until": _("Choose a day within the next seven.")})
    row = Snooze(
        workspace=alert.workspace,
        alert=alert,
        until=until,
        reason=reason,
        by=by,
        snoozed_at=now,
    )
    row.save()
    log(alert.workspace, by=by, verb="alert.snoozed", subject=alert, now=now)
    return row


def open_and_locked(alert):
    alert = locked_alert(alert)
    if alert.closed_at is not None:
        raise DecidedError(alert.settled_by)
    return alert
