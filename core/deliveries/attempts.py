"""What became of deliveries, in words for pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from core.models import Channel, Delivery

if TYPE_CHECKING:
    from core.models import Workspace

State = Delivery.State
SHOWN = 12
FAILING_FOR = timedelta(days=7)
# chip and words of a state of the ledger
STATES: Final = {
    State.PLANNED: ("not_due", _("planned")),
    State.SENDING: ("not_due", _("being sent")),
    State.HANDED: ("not_due", _("being sent")),
    State.SENT: ("on_track", _("sent")),
    State.RETRY: ("watch", _("tried again")),
    State.BOUNCED: ("overdue", _("refused by their server")),
    State.FAILED: ("overdue", _("given up")),
    State.SKIPPED: ("unjudged", _("not sent")),
    State.UNKNOWN: ("watch", _("perhaps sent")),
}
REASONS: Final = {
    "sample": _("a sample sends nothing"),
    "late": _("it was late; the next one covers it"),
    "unsubscribed": _("they switched it off"),
    "off": _("switched off"),
    "decided": _("it was decided by then"),
    "link_ended": _("their link has ended"),
    "not_member": _("not in the team any more"),
    "inactive": _("their account is closed"),
    "suppressed": _("their address refused three mails"),
}
POSTS: Final = {
    "alert_post": _("alert"),
    "digest_post": _("digest"),
    "channel_test": _("test"),
}
TROUBLED = (State.FAILED, State.UNKNOWN, State.RETRY)


@dataclass(frozen=True)
class Attempt:
    """`tries` counts starts; `next_at` is set while it will be tried again."""

    what: str
    about: str
    at: datetime
    chip: str
    state: str
    reason: str
    tries: int
    next_at: datetime | None


@dataclass(frozen=True)
class KnownChannel:
    """`last` is what became of the newest thing it was told; None before the first."""

    channel: Channel
    last: Attempt | None
    is_failing: bool


def state_words(delivery: Delivery) -> tuple[str, str, str]:
    """Chip, state and reason; the reason is empty where all went well."""
    chip, words = STATES[State(delivery.state)]
    shown = {State.SKIPPED, State.FAILED, State.BOUNCED, State.RETRY, State.UNKNOWN}
    reason = REASONS.get(delivery.reason, delivery.reason)
    return chip, str(words), str(reason) if delivery.state in shown else ""


def attempt(delivery: Delivery) -> Attempt:
    chip, state, reason = state_words(delivery)
    return Attempt(
        what=str(POSTS.get(delivery.kind, delivery.kind)),
        about=delivery.period,
        at=delivery.sent_at or delivery.planned_at,
        chip=chip,
        state=state,
        reason=reason,
        tries=delivery.attempts,
        next_at=delivery.not_before if delivery.state == State.RETRY else None,
    )


def attempts_of(channel: Channel) -> list[Attempt]:
    """The latest twelve. One query."""
    rows = Delivery.objects.filter(channel=channel).order_by("-planned_at", "pk")
    return [attempt(row) for row in rows[:SHOWN]]


def channels_of(workspace: Workspace) -> list[KnownChannel]:
    """Those that work, the oldest first. Two queries."""
    rows = list(with_last(Channel.objects.in_workspace(workspace).working()))
    found = Delivery.objects.filter(pk__in=[row.last_id for row in rows if row.last_id])
    last = {delivery.pk: delivery for delivery in found}
    return [known(row, last.get(row.last_id)) for row in rows]


def known(channel: Channel, last: Delivery | None) -> KnownChannel:
    is_failing = last is not None and last.state in TROUBLED
    return KnownChannel(channel, attempt(last) if last else None, is_failing)


def with_last(rows: QuerySet[Channel]) -> QuerySet[Channel]:
    """Annotates `last_id`: the newest thing that was started for it."""
    told = Delivery.objects.filter(channel=OuterRef("pk"), attempts__gt=0)
    newest = told.order_by("-planned_at", "pk").values("pk")[:1]
    return rows.annotate(last_id=Subquery(newest))


def failing_channels(now: datetime) -> list[Channel]:
    """Of all ventures: what they were told last, in the last seven days, did not arrive.
    One query."""
    rows = with_last(Channel.objects.working())
    troubled = Delivery.objects.filter(
        pk=OuterRef("last_id"),
        state__in=TROUBLED,
        planned_at__gte=now - FAILING_FOR,
    )
    rows = rows.annotate(trouble=Subquery(troubled.values("reason")[:1]))
    return list(rows.filter(trouble__isnull=False).select_related("workspace"))
