"""Taking a whole run back, from its last line to its first."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from core.importing.forgetting import empty_cells
from core.importing.importer import importer_class
from core.importing.rows import save_rows
from core.models import ImportRow, ImportRun

State = ImportRun.State
Outcome = ImportRow.Outcome
WRITTEN = [Outcome.CREATED, Outcome.FILLED]


class Undo:
    """A row that somebody changed since is left, and says why among its problems."""

    def __init__(self, run: ImportRun):
        self.run = run
        self.importer = importer_class(run.kind)(run, dict(run.choices))

    def batch(self, now: datetime) -> bool:
        written = self.run.rows.filter(outcome__in=WRITTEN, problems=[])
        rows = list(written.order_by("-line")[: self.importer.batch])
        if not rows:
            return False
        left = self.importer.undo(rows, by=self.run.by, now=now)
        undone = [row.pk for row in rows if row.line not in left]
        ImportRow.objects.filter(pk__in=undone).update(
            outcome=Outcome.UNDONE, subject_id=None, made=[], before={}
        )
        for row in rows:
            if row.line in left:
                row.problems = [{"column": -1, "message": left[row.line]}]
        save_rows([row for row in rows if row.line in left], ["problems"])
        ImportRun.objects.filter(pk=self.run.pk).update(done=F("done") + len(rows))
        return True

    def close(self, now: datetime) -> None:
        undone = self.run.rows.filter(outcome=Outcome.UNDONE).count()
        left = self.run.rows.filter(outcome__in=WRITTEN).count()
        self.run.result = dict(self.run.result) | {"undone": undone, "left": left}
        self.importer.log_end(by=self.run.by, now=now, is_undone=True)
        empty_cells(self.run)
        ImportRun.objects.filter(pk=self.run.pk).update(
            state=State.UNDONE,
            done=F("total"),
            result=self.run.result,
            failure="",
            lease_until=None,
            lease_token=None,
        )
