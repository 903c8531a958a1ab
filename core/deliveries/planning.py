"""Writing down that a message must leave. Nothing is sent here."""

from __future__ import annotations

import hmac
import re
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from core.deliveries.kinds import topic_of
from core.models import Delivery
from core.sealing import seal
from core.tokens import hashed, new_token
from core.transport import mail_domain

if TYPE_CHECKING:
    from core.models import Channel, User, Workspace


def plan(
    *,
    kind: str,
    now: datetime,
    workspace: Workspace | None = None,
    recipient: User | None = None,
    address: str = "",
    channel: Channel | None = None,
    subject_id: UUID | None = None,
    period: str = "",
    transition: str = "",
    payload: str = "",
    not_before: datetime | None = None,
) -> bool:
    """Plans one mail to one person, or one post to a channel; True if it is new.

    What makes it the same: kind, subject (or venture), person, and period or transition.
    Call it in the transaction of the event. `recipient` is an account; `address` serves
    people without one. `payload` is a secret that only this mail carries: it is kept
    sealed, and only until then. A mail of a topic carries the token that switches it off.
    """
    address = (recipient.email if recipient else address).strip().lower()
    about = subject_id or (workspace.pk if workspace else "-")
    whom = whom_of(recipient, address, channel)
    delivery = Delivery(
        **names_of(kind, about, whom, period or transition),
        kind=kind,
        workspace=workspace,
        recipient=recipient,
        address=address,
        channel=channel,
        subject_id=subject_id,
        period=period,
        transition=transition,
        **secrets(payload, has_way_off=bool(recipient and topic_of(kind))),
        not_before=not_before or now,
        planned_at=now,
    )
    Delivery.objects.bulk_create([delivery], ignore_conflicts=True)
    return Delivery.objects.filter(pk=delivery.pk).exists()


def names_of(kind: str, about: object, whom: str, when: str) -> dict[str, str]:
    """What it is called in the ledger, and in mailboxes."""
    key = key_of(kind, about, whom, when)
    return {"key": key, "message_id": message_id(key, kind, when, whom)}


def secrets(payload: str, *, has_way_off: bool) -> dict[str, str]:
    """What only the mail carries, and the hash of the token that switches it off."""
    carried = new_token() if has_way_off else payload
    return {
        "payload": seal(carried) if carried else "",
        "off_hash": hashed(carried) if has_way_off else "",
    }


def key_of(kind: str, about: object, whom: str, period: str) -> str:
    """What makes it the same mail."""
    return ":".join([kind, str(about), whom, period or "once"])


def whom_of(
    recipient: User | None, address: str, channel: Channel | None = None
) -> str:
    if channel is not None:
        return f"channel-{channel.pk}"
    if recipient is not None:
        return str(recipient.pk)
    return f"address-{fingerprint(address.strip().lower())}"


def fingerprint(text: str) -> str:
    """16 hexadecimal digits that only this installation can make of the text."""
    key = b"fieldproof.deliveries:" + settings.SECRET_KEY.encode()
    return hmac.digest(key, text.encode(), sha256)[:8].hex()


def message_id(key: str, kind: str, period: str, whom: str) -> str:
    """The same for every copy of a mail, so that a mailbox knows a copy for one."""
    parts = [kind, period or "once", fingerprint(whom)[:8], fingerprint(key)]
    local = ".".join(re.sub(r"[^A-Za-z0-9-]+", "-", part) for part in parts)
    return f"<{local}@{mail_domain()}>"
