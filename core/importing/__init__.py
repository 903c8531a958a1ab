"""Tables on their way in: staged, mapped, checked, run by a job, undone for 30 days.

This package knows no app. What a kind of table means is said by its importer, a class
named in `settings.IMPORTERS` (see `core.importing.importer.Importer`). The rows of a
run are the queue: every batch of them is one short transaction under a lease, so that
a run whose worker died goes on where it was.
"""

from core.importing.choosing import (
    RowsChangedError,
    check_again,
    choose_columns,
    mend_rows,
    skip_rows,
)
from core.importing.forgetting import (
    clear_abandoned,
    drop_run,
    forget,
    forget_words,
)
from core.importing.importer import Importer
from core.importing.plans import Effect, Field, Plan, Problem
from core.importing.staging import stage_table
from core.importing.starting import may_undo, start_run, start_undo, undo_until
from core.importing.work import work_due, work_on

__all__ = [
    "Effect",
    "Field",
    "Importer",
    "Plan",
    "Problem",
    "RowsChangedError",
    "check_again",
    "choose_columns",
    "clear_abandoned",
    "drop_run",
    "forget",
    "forget_words",
    "may_undo",
    "mend_rows",
    "skip_rows",
    "stage_table",
    "start_run",
    "start_undo",
    "undo_until",
    "work_due",
    "work_on",
]
