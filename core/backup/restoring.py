"""A backup takes the place of everything that is here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from core import preparing
from core.activity import written
from core.backup.archive import Archive, ArchiveRefused
from core.backup.loading import count_on, differing, empty, load
from core.backup.making import KIND, check, note_backup
from core.backup.places import scratch_folder
from core.backup.proving import as_of_today
from core.backup.tables import all_tables, emptied, whole
from core.erased import add_marks, known_marks, mark_of
from core.files import path_of, write_through
from core.installation import Hold, hold, remember
from core.models import Installation, StoredFile, User, Workspace
from core.trash import kind_called


class RestoreRefused(Exception):  # noqa: N818  told in a sentence
    """Why nothing was restored, in a sentence."""


@dataclass(frozen=True)
class Restored:
    made_at: str
    rows: int
    ventures: int
    files: int
    missing_files: tuple[str, ...]
    erased_again: int


def restore(
    path: Path, *, now: datetime, is_forced: bool, accepts_other_key: bool = False
) -> Restored:
    """All or nothing: first the whole backup is proven in a scratch database, then its
    rows take the place of what is here, in one transaction. Mail is held back."""
    with Archive(path, KIND) as archive, scratch_folder() as folder:
        check(archive, accepts_other_key=accepts_other_key)
        check_room(archive)
        with alone_in(Path(settings.DATA_DIR)):
            check_empty(is_forced=is_forced)
            with as_of_today(archive, folder, whole(), now) as rows:
                preparing.migrate()
                return put_in_place(archive, rows, now)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Not while `manage.py up` runs on this data folder."""
    preparing.check_folder(folder)
    handle = preparing.lock(folder)
    try:
        yield
    finally:
        os.close(handle)


def check_room(archive: Archive) -> None:
    free = shutil.disk_usage(settings.DATA_DIR).free
    if archive.unpacked > free:
        raise RestoreRefused(
            f"It unpacks to {archive.unpacked / 1e6:.0f} MB, and the disk of "
            f"{settings.DATA_DIR} has {free / 1e6:.0f} MB left."
        )


def check_empty(*, is_forced: bool) -> None:
    if User._meta.db_table not in connection.introspection.table_names():
        return
    users, ventures = User.objects.count(), Workspace.objects.count()
    if (users or ventures) and not is_forced:
        raise RestoreRefused(
            f"There is something here: {ventures} ventures, {users} accounts. A restore "
            "replaces all of it; --force says that you want that."
        )


# --- taking the place ------------------------------------------------------------
def put_in_place(original: Archive, rows: Archive, now: datetime) -> Restored:
    """`original` has the files; `rows` is the same, or its rows as of today."""
    manifest = original.manifest
    marks = known_marks() | set(manifest["erased"])
    new: list[Path] = []
    try:
        with transaction.atomic(durable=True):
            patient()
            empty(emptied())
            load(rows, apps)
            check_rows(rows)
            settle(manifest["database_id"], now)
            put_files(original, new)
            erased = erase_again(marks, now)
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise
    forget_other_files()
    add_marks(marks, now)
    note_backup(datetime.fromisoformat(manifest["made_at"]))
    return Restored(
        made_at=manifest["made_at"],
        rows=sum(table["rows"] for table in rows.manifest["tables"]),
        ventures=Workspace.objects.count(),
        files=len(manifest["files"]),
        missing_files=tuple(manifest["missing_files"]),
        erased_again=erased,
    )


def patient() -> None:
    """A restore may take longer than a request."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def check_rows(archive: Archive) -> None:
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise ArchiveRefused(f"Its rows do not fit together: {error}.") from error
    wrong = differing(archive, apps)
    if wrong:
        raise ArchiveRefused(f"Restored, the rows of {', '.join(wrong)} differ.")


def settle(database_id: str, now: datetime) -> None:
    """What belongs to this machine and this moment, not to the backup."""
    count_on(all_tables())
    for model in all_tables():
        names = {field.name for field in model._meta.concrete_fields}
        if {"lease_until", "lease_token"} <= names:
            QuerySet(model).filter(lease_until__gt=now).update(lease_until=now)
    if database_id:
        remember(UUID(database_id))
        Installation.objects.create(database_id=database_id)
    else:
        Installation.objects.create()
    hold(Hold.RESTORED, now)
    rebuild()


def rebuild(workspaces: QuerySet[Workspace] | None = None) -> None:
    """What is computed from rows, such as the index of the search."""
    found = Workspace.objects.all() if workspaces is None else workspaces
    for workspace in found.order_by("pk"):
        for path in settings.AFTER_RESTORED:
            import_string(path)(workspace)


def erase_again(marks: set[str], now: datetime) -> int:
    """Who was erased after the backup was made stays erased."""
    kind = kind_called("person")
    if kind is None or not settings.ERASE_PERSON:
        return 0
    ids = kind.model.objects.filter(erased_at=None).values_list("pk", flat=True)
    again = [pk for pk in ids if mark_of(pk) in marks]
    for pk in again:
        person = kind.model.objects.filter(pk=pk, erased_at=None).first()
        if person is not None:
            import_string(settings.ERASE_PERSON)(person, by=None, now=now)
            written(kind.model, [pk])
    return len(again)


# --- attached files --------------------------------------------------------------
def put_files(archive: Archive, new: list[Path]) -> None:
    """Bytes first: the rows are committed when all of them are on the disk."""
    kept = archive.manifest["files"]
    places = dict(StoredFile.objects.values_list("pk", "workspace_id"))
    for file_id, workspace_id in places.items():
        sha256 = kept.get(str(file_id))
        if sha256 is not None:
            put_file(archive, sha256, path_of(workspace_id, file_id), new)


def put_file(archive: Archive, sha256: str, path: Path, new: list[Path]) -> None:
    """Ids are never used twice: what is there under this one is the same file."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new.append(path)
    write_through(path, b"".join(archive.chunks(f"files/{sha256}")))


def forget_other_files() -> None:
    """Those of rows that are no longer here."""
    kept = {
        path_of(workspace_id, pk)
        for workspace_id, pk in StoredFile.objects.values_list("workspace_id", "pk")
    }
    for path in (Path(settings.DATA_DIR) / "files").glob("*/*"):
        if path not in kept:
            path.unlink(missing_ok=True)
