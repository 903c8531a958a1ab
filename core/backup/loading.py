"""An archive's rows, into whatever database is in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models

from core.backup.archive import Archive, ArchiveRefused, damaged
from core.backup.reading import digest_of, rows_of
from core.backup.rows import Row, fields_of, reader_of
from core.backup.tables import Model, in_order

AT_ONCE = 500


def models_of(archive: Archive, registry: Apps | Any) -> list[tuple[Model, str]]:
    """The tables of the archive as models of the registry, each with its member."""
    members: dict[Model, str] = {}
    for table in archive.manifest["tables"]:
        try:
            members[registry.get_model(table["label"])] = table["member"]
        except (LookupError, ValueError) as error:
            raise ArchiveRefused(f"It holds a table {table['label']!r}.") from error
    return [(model, members[model]) for model in in_order(members)]


def load(
    archive: Archive,
    registry: Apps | Any,
    *,
    change: Callable[[Model, Row], Row] | None = None,
) -> None:
    """All its tables. Keys may point ahead: they are checked at the end."""
    for model, member in models_of(archive, registry):
        rows = map(json.loads, archive.lines(member))
        if change is not None:
            rows = (change(model, row) for row in rows)
        insert(model, rows, member)


def insert(model: Model, rows: Iterable[Row], member: str) -> None:
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        insert_some(model, some, member)


def insert_some(model: Model, rows: list[Row], member: str) -> None:
    """Exactly these values: nothing that models or managers add by themselves."""
    fields = [field for field in fields_of(model) if field.name in rows[0]]
    if set(rows[0]) != {field.name for field in fields}:
        raise damaged(member)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # our names  # noqa: S608  # nosec B608
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(prepared(fields, rows)))


def prepared(
    fields: list[models.Field[Any, Any]], rows: list[Row]
) -> Iterator[list[Any]]:
    steps = [(field, field.name, reader_of(field)) for field in fields]
    for row in rows:
        values = []
        for field, name, read in steps:
            value = row[name]
            if value is not None and read is not None:
                value = read(value)
            values.append(field.get_db_prep_save(value, connection=connection))
        yield values


# --- afterwards ------------------------------------------------------------------
def differing(archive: Archive, registry: Apps | Any) -> list[str]:
    """Labels of the tables that are not what the archive says, row by row."""
    said = {table["label"]: table for table in archive.manifest["tables"]}
    return [
        model._meta.label
        for model, _member in models_of(archive, registry)
        if digest_of(model, rows_of(model))
        != (said[model._meta.label]["rows"], said[model._meta.label]["digest"])
    ]


def count_on(found: Iterable[Model]) -> None:
    """Numbers that a database gives out go on after the highest one."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(found)):
            cursor.execute(sql)


def empty(found: list[Model]) -> None:
    """All rows of these tables go, history as well. Inside a transaction."""
    quote = connection.ops.quote_name
    tables = [quote(model._meta.db_table) for model in found]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
            return
        # The mark of an erasing transaction is a row of one of these tables.
        cursor.execute("INSERT OR IGNORE INTO core_erasing (id) VALUES (1)")
        tables.sort(key=lambda table: table == quote("core_erasing"))
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # our names  # noqa: S608  # nosec B608
