"""What readers of the digest, and founders for them, decide."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.deliveries import plan
from core.models import Delivery, Membership
from core.tokens import hashed, new_token
from portfolio.actions.digests import reschedule, subscription_of, write_down
from portfolio.actions.sharing import issue_share_link, revoke_share_link
from portfolio.digest.schedule import Rhythm
from portfolio.models import Digest, DigestSettings, DigestSubscription, ShareLink

if TYPE_CHECKING:
    from core.models import User, Workspace

LINK_WORKS = timedelta(days=365)
CONFIRM_WITHIN = timedelta(days=14)
OFFERS_A_DAY = 20


@transaction.atomic
def set_rhythm(
    workspace: Workspace, *, by: User, now: datetime, rhythm: str
) -> DigestSubscription:
    """A member's own; choosing one takes back an earlier "unsubscribe"."""
    row = subscription_of(workspace, by=by, now=now)
    row.rhythm, row.unsubscribed_at = rhythm, None
    reschedule(row, now, "unsubscribed_at")
    verb = "digest.rhythm_set"
    log(workspace, by=by, verb=verb, subject=row, now=now, rhythm=rhythm)
    return row


@transaction.atomic
def send_test(workspace: Workspace, *, by: User, now: datetime) -> Digest:
    """The digest as it would be now, to oneself."""
    row = subscription_of(workspace, by=by, now=now)
    period = f"test-{now:%Y%m%dT%H%M%S}"
    kind = Digest.Kind.TEST
    digest = write_down(row, kind=kind, period=period, due=now, now=now)
    log(workspace, by=by, verb="digest.tested", subject=digest, now=now)
    return digest


@transaction.atomic
def change_digest_settings(
    workspace: Workspace, *, by: User, now: datetime, is_wordless: bool
) -> DigestSettings:
    row, _made = DigestSettings.objects.update_or_create(
        workspace=workspace, defaults={"is_wordless": is_wordless}
    )
    verb = "digest.settings_changed"
    log(workspace, by=by, verb=verb, subject=row, now=now, is_wordless=is_wordless)
    return row


# --- readers without an account ----------------------------------------------------
@transaction.atomic
def invite_subscriber(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    name: str,
    address: str,
    scope: str,
    zone: str,
) -> DigestSubscription:
    """Nothing is sent to them but the question, until they have said yes. Who is asked
    again is asked on the terms of now, with a link of its own: one that ended, and the
    mails that open it, must not come back to life."""
    address = address.strip().lower()
    refuse_pointless_offer(workspace, address, now)
    rows = DigestSubscription.objects.filter(workspace=workspace)
    for before in rows.filter(address__iexact=address).select_related("link"):
        remove_subscriber(before, by=by, now=now)
    terms = {"name": name, "expires_at": now + LINK_WORKS, "scope": scope}
    link, _token = issue_share_link(workspace, by=by, now=now, **terms)
    row = rows.create(
        workspace=workspace,
        address=address,
        name=name,
        link=link,
        zone=zone,
        created_at=now,
    )
    ask(row, now=now)
    log(workspace, by=by, verb="digest.invited", subject=row, now=now)
    return row


def ask(row: DigestSubscription, *, now: datetime) -> None:
    token = new_token()
    row.token_hash, row.invited_at = hashed(token), now
    row.save(update_fields=["token_hash", "invited_at"])
    plan(
        kind="digest_invited",
        workspace=row.workspace,
        address=row.address,
        subject_id=row.pk,
        transition=f"{now:%Y%m%dT%H%M%S}",
        payload=token,
        now=now,
    )


def refuse_pointless_offer(workspace: Workspace, address: str, now: datetime) -> None:
    members = Membership.objects.in_workspace(workspace).current()
    if members.filter(user__email__iexact=address).exists():
        raise ValidationError(
            {"address": _("This person is in the team and gets it already.")}
        )
    rows = DigestSubscription.objects.filter(link__in=ShareLink.objects.working(now))
    said_yes = rows.filter(workspace=workspace, confirmed_at__isnull=False)
    if said_yes.filter(address__iexact=address).exists():
        raise ValidationError({"address": _("This address has said yes already.")})
    mails = Delivery.objects.filter(workspace=workspace, kind="digest_invited")
    if mails.filter(planned_at__gt=now - timedelta(days=1)).count() >= OFFERS_A_DAY:
        raise ValidationError(
            _("Twenty questions were sent within a day. Try again tomorrow.")
        )


def find_offer(token: str, *, now: datetime) -> DigestSubscription | None:
    """The question that this token answers; looking changes nothing."""
    rows = DigestSubscription.objects.select_related("workspace", "link")
    row = rows.filter(token_hash=hashed(token)).first()
    is_open = row and row.invited_at and now < row.invited_at + CONFIRM_WITHIN
    return row if is_open else None


@transaction.atomic
def confirm_subscription(row: DigestSubscription, *, now: datetime) -> None:
    if row.confirmed_at is None:
        row.confirmed_at = now
        reschedule(row, now, "confirmed_at")
        log(row.workspace, by=None, verb="digest.confirmed", subject=row, now=now)


@transaction.atomic
def remove_subscriber(row: DigestSubscription, *, by: User, now: datetime) -> None:
    """Their link ends with it, and what was written to them goes."""
    log(row.workspace, by=by, verb="digest.withdrawn", subject=row, now=now)
    link = row.link
    row.delete()
    revoke_share_link(link, by=by, now=now)


# --- switching off, by whoever has the mail ----------------------------------------
@transaction.atomic
def unsubscribe(row: DigestSubscription, *, now: datetime) -> None:
    if row.unsubscribed_at is None:
        row.unsubscribed_at = now
        reschedule(row, now, "unsubscribed_at")
        log(
            row.workspace, by=row.user, verb="digest.switched_off", subject=row, now=now
        )


@transaction.atomic
def resubscribe(row: DigestSubscription, *, now: datetime) -> None:
    if row.unsubscribed_at is None and row.rhythm != Rhythm.OFF:
        return
    row.unsubscribed_at = None
    if row.rhythm == Rhythm.OFF:
        row.rhythm = Rhythm.WEEKLY
    reschedule(row, now, "unsubscribed_at")
    log(row.workspace, by=row.user, verb="digest.switched_on", subject=row, now=now)
