"""The database's rows and the attached files, into an archive."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from core.backup.archive import Writer
from core.backup.rows import Digest, Row, encoded, fields_of, line_of
from core.backup.tables import Model
from core.files import path_of
from core.models import Installation, StoredFile

AT_ONCE = 1000
CHUNK = 256 * 1024


@dataclass
class Files:
    """Attached files: id → SHA-256 of the bytes, and ids whose bytes are gone."""

    kept: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def rows_of(
    model: Model, rows: models.QuerySet[Any] | None = None
) -> Generator[Row, None, None]:
    """In the order of their keys, which must not depend on a database's alphabet."""
    fields = fields_of(model)
    names = [field.name for field in fields]
    found = model._base_manager.all() if rows is None else rows
    values = found.order_by("pk").values_list(*(field.attname for field in fields))
    if isinstance(model._meta.pk, models.CharField):
        place = fields.index(model._meta.pk)
        values = sorted(values, key=lambda row: row[place])
    else:
        values = values.iterator(chunk_size=AT_ONCE)
    for row in values:
        yield dict(zip(names, map(encoded, row), strict=True))


def write_table(
    writer: Writer, model: Model, rows: Generator[Row, None, None]
) -> dict[str, Any]:
    """One member; returns what the manifest says of it. The rows are let go before the
    database they come from is."""
    member, digest, count = member_of(model), Digest(model), 0
    with closing(rows), writer.member(member) as sink:
        for row in rows:
            line = line_of(row)
            sink.write(line)
            digest.add(row, line)
            count += 1
    return {
        "label": model._meta.label,
        "member": member,
        "rows": count,
        "digest": digest.hexdigest(),
    }


def member_of(model: Model) -> str:
    return f"rows/{model._meta.label}.jsonl"


def digest_of(model: Model, rows: Iterable[Row]) -> tuple[int, str]:
    digest, count = Digest(model), 0
    for row in rows:
        digest.add(row, line_of(row))
        count += 1
    return count, digest.hexdigest()


def write_files(writer: Writer, rows: Iterable[tuple[UUID, UUID]]) -> Files:
    """`rows`: venture and id of each file. The same bytes are kept once. What was
    deleted since the rows were read, as after an erasure, is missing."""
    found = Files()
    for workspace_id, file_id in list(rows):
        path = path_of(workspace_id, file_id)
        try:
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
                name = f"files/{sha256}"
                if name not in writer.members:
                    stream.seek(0)
                    with writer.member(name, is_packed=False) as sink:
                        while chunk := stream.read(CHUNK):
                            sink.write(chunk)
            found.kept[str(file_id)] = sha256
        except FileNotFoundError:
            found.missing.append(str(file_id))
    return found


def all_files() -> Iterator[tuple[UUID, UUID]]:
    rows = StoredFile.objects.order_by("pk").values_list("workspace_id", "pk")
    yield from rows.iterator(chunk_size=AT_ONCE)


def about_this_database() -> dict[str, Any]:
    """What every manifest says of where it comes from."""
    row = Installation.objects.first()
    return {
        "version": settings.VERSION,
        "engine": connection.vendor,
        "database_id": str(row.database_id) if row else "",
        "migrations": applied_migrations(),
    }


def applied_migrations() -> dict[str, list[str]]:
    """App → its newest migrations, as applied to this database."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    ours = {config.label for config in apps.get_app_configs()}
    heads: dict[str, list[str]] = {}
    for app, name in sorted(applied):
        is_known = app in ours and (app, name) in loader.graph.nodes
        if not is_known:
            continue
        children = loader.graph.node_map[(app, name)].children
        if not any(c.key in applied and c.key[0] == app for c in children):
            heads.setdefault(app, []).append(name)
    return heads
