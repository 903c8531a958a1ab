"""Writing down that a mail must leave. Nothing is sent here."""

from __future__ import annotations

import hmac
import re
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from core.models import Delivery
from core.sealing import seal
from core.transport import mail_domain

if TYPE_CHECKING:
    from core.models import User, Workspace


def plan(
    *,
    kind: str,
    now: datetime,
    workspace: Workspace | None = None,
    recipient: User | None = None,
    address: str = "",
    subject_id: UUID | None = None,
    period: str = "",
    transition: str = "",
    payload: str = "",
    not_before: datetime | None = None,
) -> bool:
    """Plans one mail to one person; True if it was not planned before.

    What makes it the same mail: kind, subject (or venture), person, and period or
    transition. Call it in the transaction of the event. `recipient` is an account, whose
    stored address is used; `address` serves people without one. `payload` is a secret
    that only this mail carries: it is kept sealed, and only until the mail has left.
    """
    address = (recipient.email if recipient else address).strip().lower()
    about = subject_id or (workspace.pk if workspace else "-")
    whom = whom_of(recipient, address)
    key = key_of(kind, about, whom, period or transition)
    delivery = Delivery(
        key=key,
        kind=kind,
        workspace=workspace,
        recipient=recipient,
        address=address,
        subject_id=subject_id,
        period=period,
        transition=transition,
        payload=seal(payload) if payload else "",
        not_before=not_before or now,
        message_id=message_id(key, kind, period or transition, whom),
        planned_at=now,
    )
    Delivery.objects.bulk_create([delivery], ignore_conflicts=True)
    return Delivery.objects.filter(pk=delivery.pk).exists()


def key_of(kind: str, about: object, whom: str, period: str) -> str:
    """What makes it the same mail."""
    return ":".join([kind, str(about), whom, period or "once"])


def whom_of(recipient: User | None, address: str) -> str:
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
