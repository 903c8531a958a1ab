"""Links to the dashboard and marks of its readers, in one line each."""

from datetime import timedelta

from django.urls import reverse

from core.tokens import hashed
from portfolio.models import (
    Ask,
    CalendarFeed,
    DashboardRead,
    DigestSubscription,
    ShareLink,
    ShareOpening,
)
from tests.channels import CHANNELS, open_channels
from tests.factories import NOW, make_user
from tests.portfolio.digests import write_to_readers
from tests.portfolio.guests import visit

TOKEN = "s" * 43
SHARED = {
    "portfolio:share_revoke": ShareLink,
    "portfolio:digest_remove": DigestSubscription,
    **CHANNELS,
}


def make_link(workspace, *, by=None, token=TOKEN, **fields):
    defaults = {
        "name": "Kim, board",
        "created_by": by or make_user(),
        "created_at": NOW - timedelta(days=10),
        "expires_at": NOW + timedelta(days=80),
    }
    return ShareLink.objects.create(
        workspace=workspace, token_hash=hashed(token), **defaults | fields
    )


def open_link(client, token=TOKEN):
    """The token-free address, after the exchange."""
    return client.get(reverse("portfolio:share_open", args=[token])).url


def mark(workspace, *, by=None, link=None, at=NOW, number=1):
    row = DashboardRead(
        workspace=workspace, by=by, link=link, number=number, seen_until=at, read_at=at
    )
    row.save()
    return row


def share_with_advisors(workspace, by, number):
    """What the world of the tests holds of it."""
    token = f"{workspace.slug[:20]}-{number}".ljust(43, "x")
    link = make_link(workspace, by=by, token=token)
    ShareOpening.objects.create(workspace=workspace, link=link, at=NOW)
    mark(workspace, link=link)
    mark(workspace, by=by, number=number + 1)
    Ask(workspace=workspace, text="Two introductions.", by=by, asked_at=NOW).save()
    write_to_readers(workspace, link, number)
    visit(workspace, link, number)
    open_channels(workspace, by, number)
    if number == 0:
        CalendarFeed.objects.create(
            workspace=workspace, user=by, token_hash=hashed(token[::-1]), created_at=NOW
        )
