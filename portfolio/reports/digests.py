"""Who gets the digest of a venture and what became of the last ones, for its settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Case, Exists, OuterRef, Q, When

from core.deliveries.attempts import SHOWN, state_words
from core.models import Delivery, Membership
from portfolio.models import Digest, DigestSettings, DigestSubscription

if TYPE_CHECKING:
    from core.models import Workspace

LOST: Final = (Delivery.State.BOUNCED, Delivery.State.FAILED)
LOST_FOR: Final = timedelta(weeks=4)


@dataclass(frozen=True)
class Recipient:
    """`who` as the settings name them; `row` of readers without an account. `has_ended`:
    their link, and with it their mails."""

    who: str
    role: str
    rhythm: str
    is_on: bool
    is_asked: bool
    has_ended: bool
    next_due: datetime | None
    link_ends: datetime | None
    row: DigestSubscription


@dataclass(frozen=True)
class Sent:
    who: str
    period: str
    kind: str
    at: datetime
    chip: str
    state: str
    reason: str
    subject: str


def recipients_of(workspace: Workspace, *, now: datetime) -> list[Recipient]:
    """Members first. Two queries."""
    members = Membership.objects.in_workspace(workspace).current()
    roles = {one.user_id: str(one.get_role_display()) for one in members}
    rows = DigestSubscription.objects.filter(workspace=workspace, channel=None)
    rows = rows.select_related("user", "link").order_by("link", "created_at", "pk")
    found = [
        recipient(row, roles, now)
        for row in rows
        if row.user_id is None or row.user_id in roles
    ]
    return sorted(found, key=lambda one: (one.row.user_id is None, one.who.casefold()))


def recipient(row: DigestSubscription, roles: dict, now: datetime) -> Recipient:
    is_off = not row.is_on or row.rhythm == "off"
    has_ended = row.link is not None and not row.link.works(now)
    return Recipient(
        who=who_of(row),
        role=roles.get(row.user_id, ""),
        rhythm=str(row.get_rhythm_display()),
        is_on=not is_off and not has_ended,
        is_asked=row.confirmed_at is None,
        next_due=row.next_due,
        has_ended=has_ended,
        link_ends=row.link.expires_at if row.link and not has_ended else None,
        row=row,
    )


def who_of(row: DigestSubscription) -> str:
    return str(row.user or row.channel or row.name)


def sent_of(workspace: Workspace, *, now: datetime, only: object = None) -> list[Sent]:
    """The latest twelve, with what the ledger says of them. Two queries.

    What did not arrive in the last four weeks comes first: with many readers the
    latest twelve would not hold it.
    """
    rows = Digest.objects.filter(workspace=workspace)
    if only is not None:
        rows = rows.filter(subscription=only)
    rows = rows.select_related("subscription__user", "subscription__channel")
    lost = Delivery.objects.filter(key=OuterRef("key"), state__in=LOST)
    is_lost = Q(Exists(lost), due_at__gte=now - LOST_FOR)
    rows = rows.annotate(place=Case(When(is_lost, then=0), default=1))
    digests = list(rows.order_by("place", "-due_at", "pk")[:SHOWN])
    found = Delivery.objects.filter(key__in=[one.key for one in digests])
    ledger = {delivery.key: delivery for delivery in found}
    return [sent(one, ledger[one.key]) for one in digests if one.key in ledger]


def sent(digest: Digest, delivery: Delivery) -> Sent:
    chip, state, reason = state_words(delivery)
    return Sent(
        who=who_of(digest.subscription),
        period=digest.period,
        kind=digest.kind,
        at=delivery.sent_at or digest.due_at,
        chip=chip,
        state=state,
        reason=reason,
        subject=(digest.content or {}).get("subject", ""),
    )


def is_wordless(workspace: Workspace) -> bool:
    rules = DigestSettings.objects.filter(workspace=workspace)
    return rules.filter(is_wordless=True).exists()
