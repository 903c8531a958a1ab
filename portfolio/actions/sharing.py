"""Links that open the dashboard without an account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from core.activity import log
from core.tokens import hashed, new_token
from portfolio.models import ShareLink, ShareOpening

if TYPE_CHECKING:
    from core.models import User, Workspace

# a page that is read again within the hour is the same visit
ONE_VISIT = timedelta(hours=1)


@transaction.atomic
def issue_share_link(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    name: str,
    expires_at: datetime,
    scope: str = ShareLink.Scope.WHOLE,
    passphrase: str = "",
) -> tuple[ShareLink, str]:
    """The link and its token, which is kept nowhere. `passphrase` comes hashed, by
    `django.contrib.auth.hashers.make_password`: that takes long on purpose."""
    token = new_token()
    link = ShareLink.objects.create(
        workspace=workspace,
        name=name,
        scope=scope,
        token_hash=hashed(token),
        passphrase=passphrase,
        created_by=by,
        created_at=now,
        expires_at=expires_at,
    )
    log(workspace, by=by, verb="share_link.issued", subject=link, now=now)
    return link, token


@transaction.atomic
def revoke_share_link(link: ShareLink, *, by: User, now: datetime) -> None:
    standing = ShareLink.objects.filter(pk=link.pk, revoked_at=None)
    if standing.update(revoked_at=now):
        log(link.workspace, by=by, verb="share_link.revoked", subject=link, now=now)


def note_opening(link: ShareLink, *, now: datetime) -> bool:
    """Whether this is a new visit. Of two at once one is noted; within a visit nothing is
    asked."""
    before = link.last_opened_at
    if before is not None and before >= now - ONE_VISIT:
        return False
    return begin_visit(link, now=now)


@transaction.atomic
def begin_visit(link: ShareLink, *, now: datetime) -> bool:
    is_new = Q(last_opened_at=None) | Q(last_opened_at__lt=now - ONE_VISIT)
    if not ShareLink.objects.filter(is_new, pk=link.pk).update(last_opened_at=now):
        return False
    ShareOpening.objects.create(workspace=link.workspace, link=link, at=now)
    log(link.workspace, by=None, verb="share_link.opened", subject=link, now=now)
    return True
