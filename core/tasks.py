"""Tasks of core. Their limits and acknowledgement are set for all in config/celery.py."""

from celery import shared_task

from core import clock
from core.heartbeats import beat
from core.ticking import tick_once


@shared_task
def tick():
    """Proof that a worker consumes, then this minute's pass if nobody has it yet."""
    now = clock.now()
    beat("worker", now)
    tick_once(now)
