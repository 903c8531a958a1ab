"""Tasks that hurry the ledger on. What none of them reaches, the next tick sends."""

from celery import shared_task

from core import clock
from core.deliveries import deliver_about, deliver_one
from core.models import ActivityEntry


@shared_task
def deliver(delivery_id: str) -> None:
    """Starts one delivery, if it is due."""
    deliver_one(delivery_id, clock.now())


@shared_task
def deliver_after(entry_id: str) -> None:
    """Starts the mails about what an activity entry tells of."""
    entry = ActivityEntry.objects.filter(pk=entry_id).first()
    if entry and entry.subject_id:
        deliver_about(entry.subject_id, clock.now())
