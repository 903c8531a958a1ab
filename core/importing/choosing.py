"""What people decide between the table and its rows: columns, choices, mended cells.

Whatever is decided, the whole table is checked again: lines depend on each other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
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

Lines = Collection[int]
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


class RowsChangedError(Exception):
    """Somebody else changed these lines while this person was at them."""

    def __init__(self, lines: frozenset[int]):
        super().__init__(f"{len(lines)} lines changed in between")
        self.lines = lines


def mark_of(texts: Mapping[int, str], *, is_skipped: bool = False) -> str:
    """What a line said in these columns, so that a form can say what it was drawn from."""
    lines = {place: text.strip().splitlines() for place, text in texts.items()}
    said = json.dumps([sorted(lines.items()), is_skipped])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Mended:
    """What somebody wants of lines: new texts by line and column, lines to skip, and of
    each line the mark of what its fields were drawn from."""

    cells: Mapping[int, Mapping[int, str]]
    skipped: Lines
    seen: Mapping[int, str]

    def touches(self, row: ImportRow) -> bool:
        """A line that was only shown says nothing about what somebody wants."""
        if row.line in self.skipped or row.line not in self.seen:
            return True
        return self.seen[row.line] != mark_of(self.cells[row.line])

    def is_late_for(self, row: ImportRow) -> bool:
        """Somebody changed it in between, to something else than what is wanted. A form
        without a mark is of a row that could not be taken."""
        if row.line not in self.seen:
            return row.outcome != Outcome.PROBLEM
        texts, is_skipped = self.cells.get(row.line, {}), row.line in self.skipped
        wanted = mark_of(texts, is_skipped=is_skipped)
        return mark_now(row, texts) not in (self.seen[row.line], wanted)


def mark_now(row: ImportRow, places: Collection[int]) -> str:
    stands = {at: row.cells[at] for at in places if at < len(row.cells)}
    return mark_of(stands, is_skipped=row.outcome == Outcome.SKIPPED)


@transaction.atomic
def mend_rows(
    run: ImportRun,
    *,
    by: User,
    now: datetime,
    mended: Mended,
) -> bool:
    """Then everything is checked again.

    Raises RowsChangedError when somebody changed one of these lines in between.
    """
    if not check_again(run):
        return False
    rows = run.rows.filter(line__in={*mended.cells, *mended.skipped})
    rows = [row for row in rows if mended.touches(row)]
    late = frozenset(row.line for row in rows if mended.is_late_for(row))
    if late:
        raise RowsChangedError(late)
    for row in rows:
        for place, text in mended.cells.get(row.line, {}).items():
            if place < len(row.cells):
                row.cells[place] = text[:MAX_CELL].strip()
        is_skipped = row.line in mended.skipped
        row.outcome = Outcome.SKIPPED if is_skipped else Outcome.PROBLEM
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
