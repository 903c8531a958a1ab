"""Cells are personal data: they stay no longer than a run needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from core.activity import log
from core.models import ImportRow, ImportRun

if TYPE_CHECKING:
    from core.models import User, Workspace

State = ImportRun.State
Outcome = ImportRow.Outcome
KEPT = timedelta(days=7)
# how long a run can be undone
UNDO = timedelta(days=30)
AT_ONCE = 20
AT_ONCE_ROWS = 500


def empty_cells(run: ImportRun, *, but: list[str] | None = None) -> None:
    """One statement, some milliseconds for ten thousand rows."""
    run.rows.exclude(outcome__in=but or []).exclude(cells=[]).update(cells=[])


def clear_abandoned(now: datetime) -> int:
    """Runs that were never started go after a week, as do the cells of skipped rows;
    of ended runs what undo would need, after thirty days."""
    idle = ImportRun.objects.filter(
        state__in=[State.STAGED, State.CHECKED], created_at__lte=now - KEPT
    )
    gone = [run.pk for run in idle[:AT_ONCE]]
    ImportRun.objects.filter(pk__in=gone).delete()
    skipped = ImportRow.objects.filter(
        run__ended_at__lte=now - KEPT, outcome=Outcome.SKIPPED
    )
    skipped.exclude(cells=[]).update(cells=[])
    return len(gone) + clear_ended(now)


def clear_ended(now: datetime) -> int:
    ended = ImportRun.objects.filter(ended_at__lte=now - UNDO, rows__isnull=False)
    broken = ImportRun.objects.filter(
        state=State.FAILED, started_at__lte=now - UNDO, rows__isnull=False
    )
    old = {run.pk for runs in (ended, broken) for run in runs.distinct()[:AT_ONCE]}
    ImportRow.objects.filter(run__in=old).delete()
    return len(old)


def forget(subject_id: UUID) -> int:
    """What import rows still hold about somebody who is erased; how many rows did.

    Rows that were only staged or skipped name nobody by id: `forget_words` finds them.
    """
    rows = ImportRow.objects.filter(subject_id=subject_id)
    return rows.update(cells=[], before={}, made=[], problems=[], subject_id=None)


def forget_words(workspace: Workspace, words: Iterable[str]) -> int:
    """Rows that wait or were skipped name nobody by id: those with one of these names,
    addresses or telephones in a cell are emptied, and left out. How many were."""
    sought = [re.escape(word.strip().casefold()) for word in words if word.strip()]
    if not sought:
        return 0
    named = re.compile(rf"(?<!\w)(?:{'|'.join(sought)})(?!\w)")
    rows = ImportRow.objects.in_workspace(workspace).exclude(cells=[])
    found = [
        pk
        for pk, cells in rows.values_list("pk", "cells").iterator()
        if any(named.search(cell.casefold()) for cell in cells)
    ]
    for place in range(0, len(found), AT_ONCE_ROWS):
        some = ImportRow.objects.filter(pk__in=found[place : place + AT_ONCE_ROWS])
        some.update(cells=[], problems=[], before={}, made=[], outcome=Outcome.SKIPPED)
    return len(found)


@transaction.atomic
def drop_run(run: ImportRun, *, by: User, now: datetime) -> bool:
    """Throws away a table that was not written. False when it is too late."""
    waiting = ImportRun.objects.filter(
        pk=run.pk, state__in=[State.STAGED, State.CHECKING, State.CHECKED]
    )
    if not waiting.exists():
        return False
    log(run.workspace, by=by, verb="import.dropped", subject=run, now=now)
    waiting.delete()
    return True
