"""One venture as a file: all its rows, readable tables beside them, attached files.

Whoever is named by its rows comes along as name and address, so that scores and
decisions keep their authors. What would let somebody in does not leave: passwords,
tokens, sealed mails.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models

from core.activity import log
from core.backup.archive import Archive, Writer
from core.backup.making import BackupFailed, check_target, draft_of, sync_folder
from core.backup.places import in_place, still_view
from core.backup.reading import (
    AT_ONCE,
    about_this_database,
    rows_of,
    write_files,
    write_table,
)
from core.backup.rows import Row, fields_of
from core.backup.tables import Model, keys_of, of_ventures
from core.field_classes import FieldClass, named
from core.installation import recognise_database
from core.models import StoredFile, User, Workspace
from core.spreadsheets import write_csv
from core.tokens import hashed, new_token

KIND = "venture"
Tell = Callable[[int, int], None]
Rows = Generator[Row, None, None]


def export_venture(
    workspace: Workspace,
    path: Path,
    *,
    now: datetime,
    by: User | None = None,
    tell: Tell = lambda _done, _total: None,
) -> dict[str, Any]:
    """Returns the manifest. `tell(done, total)` hears how far it is."""
    check_target(path, KIND)
    recognise_database(now)
    tell = in_the_usual_place(tell)
    with draft_of(path) as (draft, file):
        try:
            with still_view(), Writer(file, now) as writer:
                write_venture(writer, workspace.pk, now, tell)
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            reason = error.strerror or str(error)
            raise BackupFailed(f"The file could not be written: {reason}.") from error
        with Archive(draft, KIND) as archive:
            archive.check_members()
            manifest: dict[str, Any] = archive.manifest
        draft.replace(path)
        sync_folder(path.parent)
    log(workspace, by=by, verb="venture.exported", now=now)
    return manifest


def in_the_usual_place(tell: Tell) -> Tell:
    """Who listens writes into the usual database, not into the still view."""
    usual = connections[DEFAULT_DB_ALIAS]

    def told(done: int, total: int) -> None:
        with in_place(usual):
            tell(done, total)

    return told


def write_venture(writer: Writer, pk: UUID, now: datetime, tell: Tell) -> None:
    """From whatever database is in place."""
    ways, users = of_ventures(), set[str]()
    workspace = Workspace.objects.get(pk=pk)
    total, tables = 2 * len(ways) + 2, []
    for model, way in ways.items():
        rows = noting_users(model, without_secrets(model, venture_rows(model, way, pk)))
        tables.append(write_table(writer, model, collected(rows, users)))
        tell(len(tables), total)
    team = models.QuerySet(User).filter(pk__in=users)
    rows = without_secrets(User, rows_of(User, team))
    tables.append(write_table(writer, User, rows))
    for number, (model, way) in enumerate(ways.items(), len(tables) + 1):
        write_readable(writer, model, venture_rows(model, way, pk))
        tell(number, total)
    stored = StoredFile.objects.filter(workspace=pk).order_by("pk")
    ids = stored.values_list("workspace_id", "pk")
    files = write_files(writer, ids)
    writer.close(
        {
            **about_this_database(),
            "kind": KIND,
            "made_at": now.isoformat(),
            "venture": {"id": str(pk), "slug": workspace.slug, "name": workspace.name},
            "tables": tables,
            "files": files.kept,
            "missing_files": files.missing,
        }
    )


def venture_rows(model: Model, way: str, pk: UUID) -> Rows:
    return rows_of(model, models.QuerySet(model).filter(**{way: pk}))


# --- who is named ----------------------------------------------------------------
def noting_users(model: Model, rows: Iterable[Row]) -> Iterator[tuple[Row, list[str]]]:
    names = [key.name for key in keys_of(model) if key.related_model is User]
    for row in rows:
        yield row, [row[name] for name in names if row[name]]


def collected(rows: Iterable[tuple[Row, list[str]]], users: set[str]) -> Rows:
    for row, named_here in rows:
        users.update(named_here)
        yield row


# --- what stays here -------------------------------------------------------------
def secrets_of(model: Model) -> list[models.Field[Any, Any]]:
    known = named()
    return [
        field
        for field in fields_of(model)
        if known.get(f"{model._meta.label}.{field.name}") == FieldClass.SECRET
    ]


def without_secrets(model: Model, rows: Iterable[Row]) -> Rows:
    """Where a row has or needs one, one that nobody knows takes its place."""
    secrets = secrets_of(model)
    for row in rows:
        for field in secrets:
            is_asked_for = field.unique or row[field.name]
            row[field.name] = hashed(new_token()) if is_asked_for else ""
        yield row


# --- tables to read --------------------------------------------------------------
def write_readable(writer: Writer, model: Model, rows: Rows) -> None:
    """For spreadsheets; a restore does not look at them."""
    hidden = {field.name for field in secrets_of(model)}
    fields = [field for field in fields_of(model) if field.name not in hidden]
    names = [field.name for field in fields]
    head = write_csv(names, [])
    with closing(rows), writer.member(f"csv/{model._meta.label}.csv") as sink:
        sink.write(head.encode())
        while some := list(islice(rows, AT_ONCE)):
            cells = (
                [cell_of(field, row[field.name]) for field in fields] for row in some
            )
            sink.write(write_csv(names, cells).removeprefix(head).encode())


def cell_of(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    is_number = isinstance(value, int | float) or isinstance(field, models.DecimalField)
    return Decimal(str(value)) if is_number else value
