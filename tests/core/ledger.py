"""A ledger to try out: one kind of mail, an outbox, a mail server."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import uuid4

from core.deliveries import plan
from core.models import Delivery

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
State = Delivery.State


def planned(address="ana@example.com", *, now=NOW, **fields):
    """One row of the kind "note", about a thing of its own."""
    subject = uuid4()
    plan(kind="note", address=address, subject_id=subject, now=now, **fields)
    return Delivery.objects.get(subject_id=subject)


def fresh(delivery):
    return Delivery.objects.get(pk=delivery.pk)


def outbox(house):
    return [
        message_from_bytes(path.read_bytes().replace(b"\r\n", b"\n"), policy=default)
        for path in sorted((house / "outbox").glob("*.eml"))
    ]
