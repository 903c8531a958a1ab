"""Tasks that hurry the ledger on. What none of them reaches, the next tick sends."""

from datetime import datetime

from celery import shared_task

from core import clock
from core.deliveries import deliver_about, deliver_newest, deliver_one, is_much
from core.models import ActivityEntry
from core.nudge import nudge


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


@shared_task
def help_out(until: str) -> None:
    """Sends beside a pass that has much to do, and asks for its own return until the
    next pass may ask: so one helper a minute, however long a day of mails lasts."""
    now = clock.now()
    if now >= datetime.fromisoformat(until):
        return
    if deliver_newest(now) and is_much(clock.now()):
        nudge("core.delivery_tasks.help_out", until)
