"""Looking at every row before anything is written."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from core.importing.importer import importer_for
from core.importing.plans import Effect, Plan, values_of
from core.importing.rows import save_rows
from core.models import ImportRow, ImportRun

State = ImportRun.State
Outcome = ImportRow.Outcome
BATCH = 200


class Check:
    """From the first line, whoever takes it up: lines are compared with earlier ones."""

    def __init__(self, run: ImportRun):
        self.run = run
        self.importer = importer_for(run)
        self.line = -1
        self.done = 0
        self.counts: Counter[str] = Counter()

    def batch(self, now: datetime) -> bool:
        waiting = [Outcome.WAITING, Outcome.PROBLEM]
        rows = list(self.run.rows.filter(line__gt=self.line).order_by("line")[:BATCH])
        if not rows:
            return False
        judged = [row for row in rows if row.outcome in waiting]
        plans = planned(self.importer, self.run, judged, now)
        for row, plan in zip(judged, plans, strict=True):
            note(self.run, row, plan)
            self.counts[plan.effect] += 1
        changed = [row for row in judged if row.has_changed]
        save_rows(changed, ["problems", "outcome"])
        if len(judged) < len(rows):
            self.counts["skipped"] += len(rows) - len(judged)
        self.line = rows[-1].line
        self.done += len(rows)
        ImportRun.objects.filter(pk=self.run.pk).update(done=self.done)
        return True

    def close(self, now: datetime) -> None:
        ImportRun.objects.filter(pk=self.run.pk).update(
            state=State.CHECKED,
            done=self.done,
            result=dict(self.counts),
            lease_until=None,
            lease_token=None,
        )


def planned(
    importer: Any, run: ImportRun, rows: list[ImportRow], now: datetime
) -> list[Plan]:
    plans: list[Plan] = importer.plan(
        [values_of(row.cells, run.mapping) for row in rows], now=now
    )
    return plans


def note(run: ImportRun, row: ImportRow, plan: Plan) -> None:
    """What is wrong with a row, by column, onto the row."""
    columns = {name: int(place) for place, name in run.mapping.items()}
    problems = [
        {"column": columns.get(one.field, -1), "message": one.message}
        for one in plan.problems
    ]
    is_problem = plan.effect == Effect.PROBLEM
    outcome = Outcome.PROBLEM if is_problem else Outcome.WAITING
    row.has_changed = (row.problems, row.outcome) != (problems, outcome)
    row.problems, row.outcome = problems, outcome
