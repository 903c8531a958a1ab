"""Addresses of calendars: made, renewed, withdrawn, read by."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from core.activity import log
from core.models import Membership
from core.tokens import hashed, new_token
from portfolio.models import CalendarFeed

if TYPE_CHECKING:
    from core.models import User, Workspace


@transaction.atomic
def issue_calendar(
    workspace: Workspace, *, by: User, now: datetime
) -> tuple[CalendarFeed, str]:
    """The row, and the token, which nobody can read again. An earlier one ends."""
    working(workspace, by).update(revoked_at=now)
    token = new_token()
    feed = CalendarFeed.objects.create(
        workspace=workspace, user=by, token_hash=hashed(token), created_at=now
    )
    log(workspace, by=by, verb="calendar.issued", subject=feed, now=now)
    return feed, token


@transaction.atomic
def revoke_calendar(workspace: Workspace, *, by: User, now: datetime) -> None:
    feed = working(workspace, by).first()
    if feed and working(workspace, by).update(revoked_at=now):
        log(workspace, by=by, verb="calendar.revoked", subject=feed, now=now)


def working(workspace: Workspace, user: User):
    rows = CalendarFeed.objects.in_workspace(workspace)
    return rows.filter(user=user, revoked_at=None)


def use_calendar(token: str, *, now: datetime) -> CalendarFeed | None:
    """None once it was withdrawn, or its owner has left."""
    rows = CalendarFeed.objects.select_related("workspace")
    feed = rows.filter(token_hash=hashed(token), revoked_at=None).first()
    if feed is None:
        return None
    team = Membership.objects.in_workspace(feed.workspace).current()
    if not team.filter(user=feed.user_id).exists():
        return None
    if feed.last_used_on != now.date():
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_on=now.date())
    return feed
