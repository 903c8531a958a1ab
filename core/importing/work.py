"""The job: rows in batches, each in one short transaction under the run's lease.

The rows say what is still to do, so it may stop anywhere, also by force, and be taken
up by anybody. `core.tasks.work_on_import` and the tick call it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.importing.checking import Check
from core.importing.claiming import LostError, claim, due, hold, release
from core.importing.running import Run
from core.importing.undoing import Undo
from core.models import ImportRun
from core.nudge import nudge

logger = logging.getLogger(__name__)

State = ImportRun.State
TASK = "core.tasks.work_on_import"
STAGES = {State.CHECKING: Check, State.RUNNING: Run, State.UNDOING: Undo}
FAULTS = (ValueError, TypeError, LookupError, ArithmeticError)
# of one call; what is left is taken up by the next
SECONDS = 60
SECONDS_OF_A_TICK = 15


def work_due(read_clock: Callable[[], datetime]) -> int:
    """Takes up runs that nobody works on; how many. Part of every tick."""
    until = monotonic() + SECONDS_OF_A_TICK
    count = 0
    for pk in due(read_clock()).order_by("created_at").values_list("pk", flat=True):
        left = until - monotonic()
        if left <= 0:
            break
        work_on(pk, read_clock, seconds=left)
        count += 1
    return count


def work_on(
    pk: UUID | str, read_clock: Callable[[], datetime], *, seconds: float = SECONDS
) -> None:
    """Works until the stage is over or the time is up; then somebody goes on."""
    run = claim(pk, read_clock())
    if run is None:
        return
    until = monotonic() + seconds
    try:
        with timezone.override(run.workspace.zone):
            is_over = carried_on(run, read_clock, until)
    except LostError:
        logger.info("import %s is somebody else's now", run.pk)
        return
    if not is_over:
        release(run)
        nudge(TASK, str(run.pk))


def carried_on(run, read_clock, until) -> bool:
    """True when the stage came to its end, good or bad."""
    try:
        stage = STAGES[run.state](run)
        while monotonic() < until:
            if not one_batch(run, stage, read_clock()):
                return True
    # What a row stumbles over is told on the page; the rows before it are in.
    except ValidationError as error:
        fail(run, " ".join(error.messages), read_clock())
        return True
    # A database that is locked or gone is tried again when the lease runs out.
    except (IntegrityError, DataError, *FAULTS):
        logger.exception("import %s broke off", run.pk)
        fail(run, _("A row could not be worked. It is in the log."), read_clock())
        return True
    return False


@transaction.atomic(durable=True)
def one_batch(run: ImportRun, stage: Check | Run | Undo, now: datetime) -> bool:
    """False when nothing was left and the stage is closed."""
    hold(run, now)
    if stage.batch(now):
        return True
    stage.close(now)
    return False


def fail(run: ImportRun, why: str, now: datetime) -> None:
    ImportRun.objects.filter(pk=run.pk, lease_token=run.lease_token).update(
        state=State.FAILED,
        failure=why[:300],
        lease_until=None,
        lease_token=None,
    )
