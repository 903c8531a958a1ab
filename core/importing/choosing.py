"""What people decide between the table and its rows: columns, choices, mended cells.

Whatever is decided, the whole table is checked again: lines depend on each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.importing.rows import save_rows
from core.models import ImportRow, ImportRun
from core.tables import MAX_CELL

if TYPE_CHECKING:
    from core.models import User

State = ImportRun.State
Outcome = ImportRow.Outcome
OPEN = (State.STAGED, State.CHECKED)


def is_open(run: ImportRun) -> bool:
    """Nothing is written yet, and no job is at it."""
    return run.state in OPEN or (run.state == State.FAILED and run.started_at is None)


@transaction.atomic
def choose_columns(
    run: ImportRun,
    *,
    by: User,
    now: datetime,
    mapping: Mapping[str, str],
    choices: Mapping[str, str],
) -> bool:
    """False when somebody has started the run meanwhile."""
    taken = open_rows(run).update(
        state=State.CHECKING,
        mapping=dict(mapping),
        choices=dict(choices) | {"target": run.choices.get("target", "")},
        done=0,
        result={},
        failure="",
    )
    if taken:
        log(run.workspace, by=by, verb="import.mapped", subject=run, now=now)
    return bool(taken)


@transaction.atomic
def check_again(run: ImportRun) -> bool:
    return bool(open_rows(run).update(state=State.CHECKING, done=0, result={}))


def open_rows(run):
    runs = ImportRun.objects.filter(pk=run.pk)
    unstarted = runs.filter(state=State.FAILED, started_at__isnull=True)
    return runs.filter(state__in=OPEN) | unstarted


@transaction.atomic
def mend_rows(
    run: ImportRun,
    *,
    by: User,
    now: datetime,
    cells: Mapping[int, Mapping[int, str]],
    skipped: Collection[int],
) -> bool:
    """`cells`: new texts by line and column. Then everything is checked again."""
    if not check_again(run):
        return False
    lines = {*cells, *skipped}
    rows = list(run.rows.filter(line__in=lines, outcome=Outcome.PROBLEM))
    for row in rows:
        for place, text in cells.get(row.line, {}).items():
            if place < len(row.cells):
                row.cells[place] = text[:MAX_CELL].strip()
        if row.line in skipped:
            row.outcome = Outcome.SKIPPED
    save_rows(rows, ["cells", "outcome"])
    log(run.workspace, by=by, verb="import.mended", subject=run, now=now, n=len(rows))
    return True


@transaction.atomic
def skip_rows(run: ImportRun, *, by: User, now: datetime) -> bool:
    """All rows with problems are left out."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state != State.CHECKED:
        return False
    wrong = locked.rows.filter(outcome=Outcome.PROBLEM)
    count = wrong.update(outcome=Outcome.SKIPPED)
    skipped = locked.result.get("skipped", 0) + count
    locked.result = locked.result | {"problem": 0, "skipped": skipped}
    locked.save(update_fields=["result"])
    log(run.workspace, by=by, verb="import.skipped", subject=run, now=now, n=count)
    return True


def column_name(run: ImportRun, place: int) -> str:
    """The heading, or the number of a column without one."""
    if 0 <= place < len(run.header) and run.header[place]:
        return str(run.header[place])
    return _("column %(n)d") % {"n": place + 1}
