"""The ledger as `manage.py deliveries` shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.models import Delivery


@dataclass(frozen=True)
class Line:
    """One delivery. Times are ISO 8601 in UTC; `venture` is a slug; `recipient` is an
    address, or the name of a channel."""

    key: str
    kind: str
    venture: str | None
    recipient: str
    period: str
    state: str
    attempts: int
    deferrals: int
    message_id: str
    ambiguous: bool
    reason: str
    planned_at: str
    not_before: str
    sent_at: str | None
    channel: str | None


def lines(*, state: str = "", venture: str = "") -> Iterator[Line]:
    """Oldest first."""
    rows = Delivery.objects.select_related("workspace", "channel")
    rows = rows.order_by("planned_at", "pk")
    if state:
        rows = rows.filter(state=state)
    if venture:
        rows = rows.filter(workspace__slug=venture)
    return (line(delivery) for delivery in rows.iterator())


def line(delivery: Delivery) -> Line:
    return Line(
        key=delivery.key,
        kind=delivery.kind,
        venture=delivery.workspace.slug if delivery.workspace else None,
        recipient=delivery.channel.name if delivery.channel else delivery.address,
        period=delivery.period,
        state=delivery.state,
        attempts=delivery.attempts,
        deferrals=delivery.deferrals,
        message_id=delivery.message_id,
        ambiguous=delivery.is_ambiguous,
        reason=delivery.reason,
        planned_at=delivery.planned_at.isoformat(),
        not_before=delivery.not_before.isoformat(),
        sent_at=delivery.sent_at.isoformat() if delivery.sent_at else None,
        channel=str(delivery.channel_id) if delivery.channel_id else None,
    )
