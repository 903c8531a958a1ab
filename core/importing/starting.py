"""Beginning the two jobs that write: the run, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from core.activity import log
from core.importing.claiming import WORKING
from core.importing.forgetting import UNDO
from core.importing.undoing import WRITTEN
from core.importing.work import TASK, work_on
from core.models import ImportRow, ImportRun
from core.nudge import nudge

if TYPE_CHECKING:
    from core.models import User

State = ImportRun.State
Outcome = ImportRow.Outcome
# so few are worked at once, while the page waits: no longer than any page may take
AT_ONCE = 200
SECONDS_AT_ONCE = 1.5


@transaction.atomic
def start_run(run: ImportRun, *, by: User, now: datetime) -> bool:
    """A checked run, or one that broke off, goes on. False while rows have problems
    that nobody mended or skipped, and when there is nothing left to write."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    may_start = locked.state == State.CHECKED or may_continue(locked)
    if not may_start or locked.rows.filter(outcome=Outcome.PROBLEM).exists():
        return False
    waiting = locked.rows.filter(outcome=Outcome.WAITING).count()
    locked.state, locked.failure = State.RUNNING, ""
    locked.done = locked.total - waiting
    locked.started_at = locked.started_at or now
    # the one who starts it is the one who writes
    locked.by = by
    locked.save(update_fields=["state", "failure", "done", "started_at", "by"])
    log(run.workspace, by=by, verb="import.started", subject=run, now=now, n=waiting)
    return True


def may_continue(run: ImportRun) -> bool:
    """It broke off while it wrote, not while it was taken back."""
    return (
        run.state == State.FAILED
        and run.started_at is not None
        and run.ended_at is None
        and "undoing" not in run.result
    )


def may_undo(run: ImportRun, now: datetime) -> bool:
    if run.state == State.DONE:
        return undo_until(run) > now
    return run.state == State.FAILED and run.started_at is not None


def undo_until(run: ImportRun) -> datetime:
    """Only for runs that ended."""
    return run.ended_at + UNDO


@transaction.atomic
def start_undo(run: ImportRun, *, by: User, now: datetime) -> bool:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not may_undo(locked, now):
        return False
    written = locked.rows.filter(outcome__in=WRITTEN)
    # an undo that broke off tries again what it had to leave
    written.exclude(problems=[]).update(problems=[])
    locked.state, locked.failure, locked.by = State.UNDOING, "", by
    locked.done = locked.total - written.count()
    locked.result = locked.result | {"undoing": True}
    locked.ended_at = locked.ended_at or now
    fields = ["state", "failure", "by", "done", "result", "ended_at"]
    locked.save(update_fields=fields)
    log(run.workspace, by=by, verb="import.undo_started", subject=run, now=now)
    return True


def set_off(run: ImportRun, read_clock: Callable[[], datetime]) -> None:
    """After commit: a short table is worked while the page waits, a long one by a
    worker. Whatever is not reached here, the next tick finds."""
    if run.total <= AT_ONCE:
        work_on(run.pk, read_clock, seconds=SECONDS_AT_ONCE)
    else:
        nudge(TASK, str(run.pk))


def is_at_work(run: ImportRun) -> bool:
    return run.state in WORKING
