"""One pass of the scheduler, once a minute, by whoever claims the minute."""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.utils.module_loading import import_string

from core.models import Tick

logger = logging.getLogger(__name__)

NAME = "tick"
KEPT = timedelta(days=2)


@dataclass(frozen=True)
class TickResult:
    """Sums over all steps; `failed` names the steps that raised."""

    judged: int = 0
    raised: int = 0
    planned: int = 0
    sent: int = 0
    skipped: int = 0
    failed: tuple[str, ...] = ()


def tick_once(now: datetime) -> TickResult | None:
    """A pass, unless somebody else has this minute's."""
    return run_tick(now) if claim_minute(NAME, now) else None


def claim_minute(name: str, now: datetime) -> bool:
    """True for the one who came first in this minute of the clock.

    Claims from the future are dropped before: they were made before the clock was set
    back, and would otherwise silence the scheduler until it caught up with itself.
    """
    minute = now.replace(second=0, microsecond=0)
    ahead = minute + timedelta(minutes=1)
    Tick.objects.filter(name=name, bucket__gt=ahead).delete()
    try:
        with transaction.atomic():
            Tick.objects.create(name=name, bucket=minute, claimed_at=now)
    except IntegrityError:
        return False
    if minute.minute == 0:
        Tick.objects.filter(name=name, bucket__lt=minute - KEPT).delete()
    return True


def is_locked(error: BaseException) -> bool:
    """Whether somebody else held the whole of an SQLite database for too long, as who
    loads a sample does for some seconds. Nothing is broken: it is tried again."""
    return isinstance(error, OperationalError) and "locked" in str(error)


def run_tick(now: datetime) -> TickResult:
    """Runs `settings.TICK_STEPS`; each gets `now` and returns counts by name."""
    sums: Counter[str] = Counter()
    failed = []
    for path in settings.TICK_STEPS:
        try:
            sums.update(import_string(path)(now))
        # One broken step, whatever its error, must not keep the others from running:
        # the alerts of a venture do not wait for a mail that cannot be rendered.
        except Exception as error:
            if is_locked(error):
                logger.warning(
                    "tick step %s left to the next pass: busy database", path
                )
            else:
                logger.exception("tick step %s failed", path)
            failed.append(path)
    counts = {name: sums[name] for name in ("judged", "raised", "planned", "sent")}
    return TickResult(**counts, skipped=sums["skipped"], failed=tuple(failed))
