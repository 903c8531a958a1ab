"""What the readers of the dashboard leave behind, and what founders ask of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q

from core.activity import log
from core.models import Workspace
from portfolio.models import Ask, DashboardRead, Guest, ShareLink

if TYPE_CHECKING:
    from core.models import User


@transaction.atomic
def mark_read(
    workspace: Workspace,
    *,
    by: User | None,
    now: datetime,
    seen_until: datetime,
    link: ShareLink | None = None,
    guest: Guest | None = None,
) -> DashboardRead:
    """By a member, or by whoever has the link: `guest`, if they said who they are. A
    reader's marks go forward: an old page that is still open takes nothing back."""
    # one at a time, so that two marks of one reader never bear the same number
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    marks = DashboardRead.objects.filter(workspace=workspace, by=by, link=link)
    own = Q(guest=guest) if guest else Q(guest=None)
    last = marks.aggregate(number=Max("number"), seen=Max("seen_until", filter=own))
    seen_until = min(seen_until, now)
    row = DashboardRead(
        workspace=workspace,
        by=by,
        link=link,
        guest=guest,
        number=(last["number"] or 0) + 1,
        seen_until=max(seen_until, last["seen"] or seen_until),
        read_at=now,
    )
    row.save()
    log(workspace, by=by, verb="dashboard.read", subject=row, now=now)
    return row


@transaction.atomic
def ask_advisors(workspace: Workspace, *, by: User, now: datetime, text: str) -> Ask:
    """The sentence that stands from now on; empty when nothing is asked for."""
    row = Ask(workspace=workspace, text=text, by=by, asked_at=now)
    row.save()
    log(workspace, by=by, verb="ask.written", subject=row, now=now)
    return row
