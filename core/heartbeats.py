"""Signs of life in the database: one row for each part, the last one only."""

import os
import socket
from datetime import datetime, timedelta

from core.models import Heartbeat


def beat(name: str, now: datetime) -> None:
    """One statement, so that any number of processes may write it."""
    row = Heartbeat(name=name, at=now, pid=os.getpid(), host=socket.gethostname()[:120])
    Heartbeat.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at", "pid", "host"],
    )


def is_fresh(at: datetime | None, now: datetime, within: timedelta) -> bool:
    """A sign from the future is as stale as an old one: the clock was set back."""
    return at is not None and abs(now - at) <= within


def was_seen(name: str, now: datetime, *, within: timedelta) -> bool:
    at = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    return is_fresh(at, now, within)
