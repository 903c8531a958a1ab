"""A step of the tick: on its day, whoever is to do something after a decision is told."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef

from core.deliveries import plan
from core.models import Delivery
from decisions.models import FollowUp

KIND = "follow_up_due"
# by the clock of the venture, whose days they are
MORNING = time(9)
AT_ONCE = 500
# the first day anywhere begins so long before it does in UTC
EARLIEST = timedelta(hours=14)
# what was due longer ago, when this was first asked, is told by nobody
TOO_LATE = timedelta(days=7)


def remind_due(now: datetime) -> dict[str, int]:
    """Counts of the tick: mails that were planned, one for each follow-up. Safe to
    repeat and at once."""
    known = Delivery.objects.filter(kind=KIND, subject_id=OuterRef("pk"))
    latest, first = (now + EARLIEST).date(), (now - TOO_LATE).date()
    rows = FollowUp.objects.open().filter(due_on__range=(first, latest))
    rows = rows.filter(~Exists(known)).select_related("workspace", "owner")
    due = [
        row
        for row in rows.order_by("due_on", "pk")[:AT_ONCE]
        if row.due_on <= row.workspace.today(now)
    ]
    return {"planned": sum(remind(row, now=now) for row in due)}


def remind(row: FollowUp, *, now: datetime) -> int:
    morning = datetime.combine(row.due_on, MORNING, tzinfo=row.workspace.zone)
    return plan(
        kind=KIND,
        workspace=row.workspace,
        recipient=row.owner,
        subject_id=row.pk,
        transition="due",
        not_before=max(now, morning),
        now=now,
    )
