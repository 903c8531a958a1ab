"""Tasks of core. Their limits and acknowledgement are set for all in config/celery.py."""

import logging
from datetime import datetime

from celery import shared_task
from django.db import OperationalError

from core import clock
from core.heartbeats import beat
from core.importing import clear_abandoned, work_due, work_on
from core.ticking import is_locked, tick_once

logger = logging.getLogger(__name__)


@shared_task
def tick():
    """Proof that a worker consumes, then this minute's pass if nobody has it yet."""
    now = clock.now()
    try:
        beat("worker", now)
        tick_once(now)
    except OperationalError as error:
        if not is_locked(error):
            raise
        logger.warning("this minute's pass is left to the next: busy database")


@shared_task
def work_on_import(run_id: str) -> None:
    """Goes on with one import, unless somebody else is at it."""
    work_on(run_id, clock.now)


def imports_due(now: datetime) -> dict[str, int]:
    """A step of the tick: imports that no hint reached, or whose worker died."""
    return {"cleared": clear_abandoned(now), "imports": work_due(clock.now)}
