"""Other databases in the place of the usual one, for as long as a block runs.

Inside, everything that asks "the" database (models, actions, migrations) asks that one;
other threads keep theirs.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

SQLITE = "django.db.backends.sqlite3"
SCRATCH = "scratch-"
# Nobody needs a scratch database once the power is gone.
CARELESS = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"


@contextmanager
def in_place(other: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield other
    finally:
        connections[DEFAULT_DB_ALIAS] = usual


@contextmanager
def opened(described: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    backend = load_backend(described["ENGINE"])
    connection = backend.DatabaseWrapper(described, DEFAULT_DB_ALIAS)
    try:
        yield connection
    finally:
        connection.close()


# --- a still view ----------------------------------------------------------------
@contextmanager
def still_view() -> Iterator[BaseDatabaseWrapper]:
    """The database as it is at one moment, while others go on writing. Read only."""
    with (
        opened(reading(connections[DEFAULT_DB_ALIAS])) as connection,
        in_place(connection),
        transaction.atomic(),
    ):
        if connection.vendor == "sqlite":
            # The first read decides which moment it is.
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only=ON")
                cursor.execute("SELECT count(*) FROM django_migrations")
        yield connection


def reading(usual: BaseDatabaseWrapper) -> dict[str, Any]:
    """One transaction for all reads: SQLite's own with WAL, REPEATABLE READ elsewhere."""
    described = dict(usual.settings_dict)
    options = dict(described["OPTIONS"])
    if usual.vendor == "sqlite":
        options["transaction_mode"] = "DEFERRED"
    else:
        from psycopg import IsolationLevel  # noqa: PLC0415  absent without PostgreSQL

        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
        options["options"] = (
            "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 "
            "-c default_transaction_read_only=on"
        )
    return described | {"OPTIONS": options}


# --- a scratch database ----------------------------------------------------------
@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder beside the data that goes afterwards, and those of killed processes."""
    home = Path(settings.DATA_DIR)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=home) as folder:
        yield Path(folder)


def forget_old_scratches(before: float) -> None:
    """Those of processes that were killed; `before` in seconds since 1970."""
    for folder in Path(settings.DATA_DIR).glob(f"{SCRATCH}*"):
        if folder.is_dir() and folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch_database(folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty SQLite in the place of the usual database, without tables."""
    usual = dict(connections[DEFAULT_DB_ALIAS].settings_dict)
    usual |= {
        "ENGINE": SQLITE,
        "NAME": str(folder / "scratch.sqlite3"),
        "OPTIONS": {"init_command": CARELESS, "transaction_mode": "IMMEDIATE"},
        "CONN_HEALTH_CHECKS": False,
    }
    with opened(usual) as connection, in_place(connection):
        yield connection


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """Those of the code as it is: a fraction of the time that migrating takes."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
