"""A table on its way in, and the routes about it."""

from core.models import ImportRow, ImportRun
from tests.factories import make_import_run

# whose <uuid:pk> names an import
IMPORT_ROUTES = [
    f"core:import_{page}"
    for page in ("progress", "map", "check", "skip", "run", "result", "undo", "drop")
]


def bring_in(workspace, by, number):
    """A table that was checked: one of its rows cannot be taken."""
    canary = f"CANARY-{workspace.slug}-{number}"
    run = make_import_run(
        workspace,
        [["Fine Name", ""], [f"{canary}-import", "no address"]],
        by=by,
        state=ImportRun.State.CHECKED,
        mapping={"0": "name", "1": "email"},
        result={"created": 1, "problem": 1},
    )
    run.rows.filter(line=3).update(
        outcome=ImportRow.Outcome.PROBLEM,
        problems=[{"column": 1, "message": "Enter a valid email address."}],
    )
