"""One-time links: the way in for whoever owns the server."""

from datetime import timedelta

from django.db import transaction

from core.activity import log
from core.models import OneTimeLink
from core.tokens import hashed, new_token

LIFETIMES = {
    OneTimeLink.Kind.LOGIN: timedelta(minutes=10),
    OneTimeLink.Kind.SETUP: timedelta(days=1),
}


@transaction.atomic
def issue_link(kind, *, now, user=None):
    """Returns the token; only its hash is kept."""
    token = new_token()
    link = OneTimeLink.objects.create(
        kind=kind,
        user=user,
        token_hash=hashed(token),
        created_at=now,
        expires_at=now + LIFETIMES[kind],
    )
    log(None, by=user, verb="link.issued", subject=link, now=now, kind=kind)
    return token


def find_link(kind, token, *, now):
    """The open link, or None. Looking changes nothing, so that mail scanners may."""
    return (
        OneTimeLink.objects.filter(
            kind=kind,
            token_hash=hashed(token),
            used_at__isnull=True,
            expires_at__gt=now,
        )
        .select_related("user")
        .first()
    )


@transaction.atomic
def redeem_link(link, *, now):
    """True for the one who came first."""
    unused = OneTimeLink.objects.filter(pk=link.pk, used_at__isnull=True)
    won = unused.filter(expires_at__gt=now).update(used_at=now) == 1
    if won:
        log(None, by=link.user, verb="link.redeemed", subject=link, now=now)
    return won
