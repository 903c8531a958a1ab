"""Tasks of core. Their limits and acknowledgement are set for all in config/celery.py."""

from datetime import datetime

from celery import shared_task

from core import clock
from core.heartbeats import beat
from core.importing import clear_abandoned, work_due, work_on
from core.ticking import tick_once


@shared_task
def tick():
    """Proof that a worker consumes, then this minute's pass if nobody has it yet."""
    now = clock.now()
    beat("worker", now)
    tick_once(now)


@shared_task
def work_on_import(run_id: str) -> None:
    """Goes on with one import, unless somebody else is at it."""
    work_on(run_id, clock.now)


def imports_due(now: datetime) -> dict[str, int]:
    """A step of the tick: imports that no hint reached, or whose worker died."""
    return {"cleared": clear_abandoned(now), "imports": work_due(clock.now)}
