"""A step of the tick: stops that wait too long are told to more people, once each.

Nobody took it up within two working days: every founder and owner is told again.
Nothing was decided by the day named: the advisors are told too.
"""

from django.db import IntegrityError, transaction

from core.activity import log
from core.deliveries import plan
from core.models import Membership, Role
from decisions.actions.telling import tell_channels
from decisions.models import Alert, Escalation
from decisions.waiting import earliest_overdue, take_up_by

Level = Escalation.Level
TOLD = {
    Level.NOT_TAKEN_UP: (Role.OWNER, Role.FOUNDER),
    Level.NOT_DECIDED: (Role.OWNER, Role.FOUNDER, Role.ADVISOR),
}


def escalate_due(now) -> dict[str, int]:
    """Counts of the tick: mails that were planned. Safe to repeat and at once."""
    stops = Alert.objects.open().stops().filter(raised_at__lte=earliest_overdue(now))
    stops = stops.select_related("workspace")
    planned = 0
    for alert in stops.prefetch_related("escalations"):
        known = {row.level for row in alert.escalations.all()}
        for level in overdue(alert, alert.workspace.today(now)):
            if level not in known:
                planned += escalate(alert, level, now=now)
    return {"planned": planned}


def overdue(alert, today):
    """Levels that are due on a day; a snooze moves nothing."""
    if today > alert.evaluate_by:
        yield Level.NOT_DECIDED
    elif not is_taken_up(alert) and today > take_up_by(alert, alert.workspace):
        yield Level.NOT_TAKEN_UP


def is_taken_up(alert) -> bool:
    return alert.state != Alert.State.RAISED


def escalate(alert, level, *, now) -> int:
    """Mails and posts planned; 0 when somebody was first."""
    try:
        with transaction.atomic():
            Escalation(
                workspace=alert.workspace, alert=alert, level=level, at=now
            ).save()
            log(
                alert.workspace,
                by=None,
                verb="alert.escalated",
                subject=alert,
                now=now,
                level=str(level),
            )
            expire(alert, level)
            told = tell_channels(alert, f"not_{level}", now=now)
            return told + plan_mails(alert, level, now=now)
    except IntegrityError:
        return 0


def expire(alert, level):
    """Whoever took it up did not: their word is over."""
    if level == Level.NOT_DECIDED:
        taken_up = Alert.objects.filter(pk=alert.pk, state=Alert.State.ACKNOWLEDGED)
        taken_up.update(state=Alert.State.RAISED)


def plan_mails(alert, level, *, now) -> int:
    team = Membership.objects.in_workspace(alert.workspace).current()
    told = team.filter(role__in=TOLD[level]).select_related("user")
    return sum(
        plan(
            kind="alert_escalated",
            workspace=alert.workspace,
            recipient=membership.user,
            subject_id=alert.pk,
            transition=str(level),
            now=now,
        )
        for membership in told
    )
