"""Tokens for the JSON API: made once, shown once, bound to one membership."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from core.activity import log
from core.models import ApiToken, Membership
from core.tokens import hashed, new_token

if TYPE_CHECKING:
    from core.models import User


@transaction.atomic
def issue_token(
    membership: Membership,
    *,
    by: User,
    now: datetime,
    name: str,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """The row, and the secret, which nobody can read again."""
    secret = new_token()
    token = ApiToken.objects.create(
        membership=membership,
        name=name,
        token_hash=hashed(secret),
        created_at=now,
        expires_at=expires_at,
    )
    log(membership.workspace, by=by, verb="token.issued", subject=token, now=now)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User, now: datetime) -> ApiToken:
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        workspace = token.membership.workspace
        log(workspace, by=by, verb="token.revoked", subject=token, now=now)
    return token


def use_token(secret: str, *, now: datetime) -> Membership | None:
    """Whom it acts for. None once it is revoked or over, or its owner has left."""
    alive = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    token = (
        ApiToken.objects.filter(
            alive,
            token_hash=hashed(secret),
            revoked_at__isnull=True,
            membership__left_on__isnull=True,
            membership__user__is_active=True,
        )
        .select_related("membership__workspace", "membership__user")
        .first()
    )
    if token is None:
        return None
    # the day alone: a write on each request would make every reader a writer
    if token.last_used_on != now.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=now.date())
    return token.membership
