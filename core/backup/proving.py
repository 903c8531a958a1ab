"""An archive's rows in a scratch database: whether they fit, and as they are today."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    OperationalError,
    connections,
)

from core.backup.archive import Archive, ArchiveRefused, Writer
from core.backup.loading import differing, load
from core.backup.places import forget_old_scratches, make_tables, scratch_database
from core.backup.reading import about_this_database, rows_of, write_table
from core.backup.tables import Model
from core.backup.versions import has_other_tables, migrated_to

SCRATCH_KEPT = timedelta(days=1)


@contextmanager
def loaded(archive: Archive, folder: Path) -> Iterator[None]:
    """Inside, the usual database is a scratch one with the archive's rows, which were
    compared with what it says, in tables as they were when it was made."""
    forget_old_scratches(time.time() - SCRATCH_KEPT.total_seconds())
    with scratch_database(folder) as connection:
        try:
            registry = apps
            if has_other_tables(archive):
                registry = migrated_to(archive.manifest["migrations"])
            else:
                make_tables(connection)
            fill(archive, registry)
        except OperationalError as error:
            raise ArchiveRefused(
                f"It cannot be proven: no scratch database in {folder.parent}: {error}."
            ) from error
        yield


def fill(archive: Archive, registry: Any) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        with connection.constraint_checks_disabled():
            load(archive, registry)
        connection.check_constraints()
    except OperationalError:
        raise
    except DatabaseError as error:
        raise ArchiveRefused(f"Its rows do not fit together: {error}.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise ArchiveRefused(f"Its rows cannot be read: {error}.") from error
    wrong = differing(archive, registry)
    if wrong:
        raise ArchiveRefused(f"Restored, the rows of {', '.join(wrong)} differ.")


@contextmanager
def as_of_today(
    archive: Archive, folder: Path, models: list[Model], now: datetime
) -> Iterator[Archive]:
    """The archive itself, once its rows are proven; of an older Fieldproof another one,
    with the rows of these tables after all migrations since then."""
    if not has_other_tables(archive):
        with loaded(archive, folder):
            pass
        yield archive
        return
    target = folder / "rows.zip"
    with loaded(archive, folder):
        call_command("migrate", interactive=False, verbosity=0)
        with target.open("wb") as file, Writer(file, now) as writer:
            tables = [write_table(writer, model, rows_of(model)) for model in models]
            manifest = archive.manifest | about_this_database() | {"tables": tables}
            writer.close(manifest)
    with Archive(target, archive.manifest["kind"]) as today:
        yield today
