"""What this installation is, and whether mail may leave it.

A database knows its own id; `DATA_DIR/installation.json` remembers the ids this machine
has worked with. A database that comes from elsewhere (restored, copied, cloned for a
trial) is held back until somebody releases it: its ledger may call unsent what went out
long ago. One created here is remembered before it is written, so it is never foreign.
"""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import F, QuerySet

from core.models import Installation
from core.transport.outbox import write_durably

Hold = Installation.Hold

MEMORY = 50
JUMP = timedelta(hours=1)
STEADY_TICKS = 3
# counts on while the machine sleeps; where it does not exist, monotonic does so
STEADY_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


# --- which database this is -------------------------------------------------------


def recognise_database(now: datetime) -> Installation:
    """The row of this database. Sets the hold when this machine has never seen it."""
    known = Installation.objects.first() or introduce_database()
    if str(known.database_id) not in remembered():
        hold(Hold.UNSEEN, now)
        remember(known.database_id)
        known.refresh_from_db()
    return known


def introduce_database() -> Installation:
    """Gives a new database its id. Of several that try at once, one wins."""
    database_id = uuid4()
    remember(database_id)
    Installation.objects.bulk_create(
        [Installation(database_id=database_id)], ignore_conflicts=True
    )
    return Installation.objects.get()


def memory() -> Path:
    return Path(settings.DATA_DIR) / "installation.json"


def remembered() -> list[str]:
    try:
        return list(json.loads(memory().read_text())["databases"])
    except FileNotFoundError:
        return []


def remember(database_id: UUID) -> None:
    with alone():
        ids = [known for known in remembered() if known != str(database_id)]
        ids = [*ids, str(database_id)][-MEMORY:]
        content = json.dumps({"databases": ids}, indent=1).encode()
        write_durably(memory(), content)


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time changes the file."""
    folder = memory().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "installation.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- whether mail may leave ---------------------------------------------------------


def keeps_all_back() -> QuerySet[Installation]:
    """The row, if nothing may leave by whatever way."""
    return Installation.objects.exclude(outbound_hold=Hold.NONE)


def keeps_mail_back(now: datetime) -> QuerySet[Installation]:
    """The row, if mail waits after the mail server's answer."""
    return Installation.objects.filter(mail_paused_until__gt=now)


def hold(reason: str, now: datetime) -> None:
    """Keeps all mail back. A clock's hold, which ends by itself, replaces no other."""
    rows = Installation.objects.all()
    if reason == Hold.CLOCK:
        rows = rows.filter(outbound_hold__in=[Hold.NONE, Hold.CLOCK])
    rows.update(outbound_hold=reason, held_at=now, steady_ticks=0)


def release() -> None:
    Installation.objects.update(outbound_hold=Hold.NONE, held_at=None, steady_ticks=0)


def mail_goes_again() -> None:
    """The mail server took a message: what it refused before is over."""
    Installation.objects.exclude(mail_pause_reason="").update(
        mail_paused_until=None, mail_pause_reason=""
    )


# --- the clock ----------------------------------------------------------------------


@dataclass(frozen=True)
class Reading:
    """Wall clock beside a clock that nobody sets (seconds)."""

    wall: datetime
    steady: float

    def jumped_since(self, earlier: Reading) -> bool:
        passed = timedelta(seconds=self.steady - earlier.steady)
        return abs(self.wall - earlier.wall - passed) > JUMP


def read_clocks(now: datetime) -> Reading:
    return Reading(now, time.clock_gettime(STEADY_CLOCK))


class ClockWatch:
    """Kept by the process that ticks. When the wall clock jumps by more than an hour
    what is due is not to be trusted: mail waits until three ticks were steady."""

    def __init__(self) -> None:
        self._last: Reading | None = None

    def observe(self, reading: Reading) -> None:
        """Once a tick, before anything is sent."""
        last, self._last = self._last, reading
        if last is None:
            return
        if reading.jumped_since(last):
            hold(Hold.CLOCK, reading.wall)
            return
        held = Installation.objects.filter(outbound_hold=Hold.CLOCK)
        held.update(steady_ticks=F("steady_ticks") + 1)
        held.filter(steady_ticks__gte=STEADY_TICKS).update(
            outbound_hold=Hold.NONE, held_at=None, steady_ticks=0
        )
