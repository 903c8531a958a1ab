"""The scheduler that beat runs: no file, no waiting for the broker.

Every minute by the monotonic clock, so that setting the wall clock neither stops nor
hurries it: write a heartbeat, send the tick. If the broker does not take it, or no
worker has been consuming of late, do the pass here.
"""

import logging
import time
from datetime import datetime, timedelta

from celery.beat import Scheduler
from django.db import DatabaseError, close_old_connections

from core import clock
from core.heartbeats import beat, was_seen
from core.installation import ClockWatch, read_clocks
from core.nudge import Line
from core.ticking import is_locked, tick_once

logger = logging.getLogger(__name__)

WORKER_SILENT = timedelta(seconds=90)


class SteadyScheduler(Scheduler):
    # Celery's own property connects to the broker and tries for ever.
    producer = None

    def __init__(self, *args, **kwargs):
        self.due_at: dict[str, float] = {}
        self.line = None
        self.watch = ClockWatch()
        super().__init__(*args, **kwargs)

    def setup_schedule(self):
        """Only what the settings say: Celery adds a clean-up of results we do not keep."""
        self.merge_inplace(self.app.conf.beat_schedule)

    def tick(self, *args, **kwargs) -> float:
        """Sends what is due. Returns the seconds until it wants to be called again."""
        for name, entry in self.schedule.items():
            now = time.monotonic()
            due_at = self.due_at.get(name, now)
            if due_at > now:
                continue
            period = entry.schedule.run_every.total_seconds()
            # Turns missed while the machine slept are not made up for.
            self.due_at[name] = max(due_at, now - period / 2) + period
            self.apply_entry(entry)
        soonest = min(self.due_at.values(), default=time.monotonic() + 1)
        return min(max(soonest - time.monotonic(), 0.0), self.max_interval)

    def apply_entry(self, entry, producer=None):
        close_old_connections()
        try:
            self.pulse(entry, clock.now())
        except DatabaseError as error:
            # It comes back, or the database has bigger problems: the next minute asks.
            level = logging.WARNING if is_locked(error) else logging.ERROR
            logger.log(level, "beat could not reach the database: %s", error)

    def pulse(self, entry, now: datetime) -> None:
        beat("beat", now)
        # before anything is sent: after a jump of the clock, mail waits
        self.watch.observe(read_clocks(now))
        self.line = self.line or Line()
        was_sent = self.line.send(entry.task, expires=entry.options.get("expires"))
        if was_sent:
            beat("broker", now)
        if not was_sent or not was_seen("worker", now, within=WORKER_SILENT):
            tick_once(now)
