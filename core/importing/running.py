"""Writing the rows: planned once more, then written, in the same transaction."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from core.importing.checking import planned
from core.importing.forgetting import empty_cells
from core.importing.importer import importer_for
from core.importing.plans import Effect
from core.importing.rows import save_rows
from core.models import ImportRow, ImportRun

State = ImportRun.State
Outcome = ImportRow.Outcome
WRITTEN = ["outcome", "subject_id", "made", "before"]


class Run:
    def __init__(self, run: ImportRun):
        self.run = run

    def batch(self, now: datetime) -> bool:
        waiting = self.run.rows.filter(outcome=Outcome.WAITING).order_by("line")
        importer = importer_for(self.run)
        rows = list(waiting[: importer.batch])
        if not rows:
            return False
        plans = planned(importer, self.run, rows, now)
        for row, plan in zip(rows, plans, strict=True):
            if plan.effect == Effect.PROBLEM:
                raise ValidationError(gone_bad(row.line, plan.problems[0].message))
        importer.write(plans, by=self.run.by, now=now)
        for row, plan in zip(rows, plans, strict=True):
            row.outcome = Outcome(plan.effect)
            row.subject_id = plan.subject_id
            row.made, row.before = plan.made, plan.before
        save_rows(rows, WRITTEN)
        ImportRun.objects.filter(pk=self.run.pk).update(done=F("done") + len(rows))
        return True

    def close(self, now: datetime) -> None:
        counts = Counter(self.run.rows.values_list("outcome", flat=True))
        self.run.result = dict(counts)
        importer_for(self.run).log_end(by=self.run.by, now=now, is_undone=False)
        empty_cells(self.run, but=[Outcome.SKIPPED])
        ImportRun.objects.filter(pk=self.run.pk).update(
            state=State.DONE,
            done=F("total"),
            result=self.run.result,
            ended_at=now,
            failure="",
            lease_until=None,
            lease_token=None,
        )


def gone_bad(line: int, message: str) -> str:
    """It was right when it was checked: something was changed in between."""
    return _("Line %(line)d cannot be taken any more: %(message)s") % {
        "line": line,
        "message": message,
    }
