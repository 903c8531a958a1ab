"""Cells into rows. Nothing of the venture is touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from core.activity import log
from core.importing.importer import fields_of
from core.importing.plans import guess
from core.models import ImportRow, ImportRun
from core.tables import Table

if TYPE_CHECKING:
    from core.models import User, Workspace

STAGED_AT_ONCE = 500
REMEMBERED_RUNS = 50


def run_id(workspace: Workspace, by: User, form_key: str, table: Table) -> UUID:
    """The same form with the same cells is the same run, however often it is sent;
    other cells, chosen after going back, are another one."""
    if not form_key:
        return uuid4()
    digest = sha256(f"{by.pk} {form_key}".encode())
    for row in (table.header, *table.rows):
        digest.update(repr(row.cells).encode(errors="surrogatepass"))
    return uuid5(workspace.pk, digest.hexdigest())


def stage_table(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    kind: str,
    target: str,
    table: Table,
    file_name: str = "",
    form_key: str = "",
) -> ImportRun:
    """A run with its rows. Many short transactions: ten thousand rows in one would
    keep everybody else from writing. `total` is set last; a run without it is none."""
    pk = run_id(workspace, by, form_key, table)
    run = opened(workspace, pk, by, now, kind, target, table, file_name)
    if run.total:
        return run
    every = rows_of(run, table)
    while rows := list(islice(every, STAGED_AT_ONCE)):
        with transaction.atomic():
            ImportRow.objects.bulk_create(rows, ignore_conflicts=True)
    return complete(run, by=by, now=now, total=len(table.rows))


@transaction.atomic
def opened(workspace, pk, by, now, kind, target, table, file_name):
    header = [shown(cell) for cell in table.header.cells]
    run, _ = ImportRun.objects.get_or_create(
        pk=pk,
        workspace=workspace,
        defaults={
            "kind": kind,
            "file_name": shown(file_name),
            "header": header,
            "choices": {"target": target},
            "by": by,
            "created_at": now,
        },
    )
    return run


@transaction.atomic
def complete(run: ImportRun, *, by: User, now: datetime, total: int) -> ImportRun:
    """Guesses the columns, unless a twin of this request did so."""
    if not ImportRun.objects.filter(pk=run.pk, total=0).update(total=total):
        return run
    run.total = total
    earlier = run_with_header(run.workspace, run.kind, run.header, but=run)
    if earlier is not None:
        run.mapping = earlier.mapping
        run.choices = earlier.choices | run.choices
    else:
        run.mapping = guess(run.header, fields_of(run))
    run.save(update_fields=["mapping", "choices"])
    log(
        run.workspace,
        by=by,
        verb="import.staged",
        subject=run,
        now=now,
        kind=run.kind,
        rows=total,
    )
    return run


def run_with_header(
    workspace: Workspace, kind: str, header: Sequence[str], *, but: ImportRun
) -> ImportRun | None:
    """The last run of this venture whose table had the same headings."""
    runs = ImportRun.objects.in_workspace(workspace).filter(kind=kind, total__gt=0)
    recent = runs.exclude(pk=but.pk).exclude(mapping={}).order_by("-created_at")
    target = but.choices.get("target", "")
    return next(
        (
            run
            for run in recent[:REMEMBERED_RUNS]
            if run.header == list(header) and run.choices.get("target", "") == target
        ),
        None,
    )


def rows_of(run: ImportRun, table: Table) -> Iterator[ImportRow]:
    for row in table.rows:
        yield ImportRow(
            workspace_id=run.workspace_id,
            run=run,
            line=row.line,
            cells=[
                cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row.cells
            ],
        )


def shown(text: str) -> str:
    """A heading or file name: one line that any page can show."""
    return " ".join(text.split())[:200]
