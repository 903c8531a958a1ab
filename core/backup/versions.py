"""Archives of an older Fieldproof, and refusing those of a newer one."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from core.backup.archive import Archive, ArchiveRefused


def has_other_tables(archive: Archive) -> bool:
    """Whether it was made before the newest migration. ArchiveRefused if it is newer."""
    heads = archive.manifest["migrations"]
    loader = MigrationLoader(None)
    for app, names in sorted(heads.items()):
        for name in names:
            if (app, name) not in loader.graph.nodes:
                raise ArchiveRefused(
                    f"It was made by a newer Fieldproof ({archive.manifest['version']}: "
                    f"{app}.{name}). Upgrade first."
                )
    here = {(app, name) for app, names in heads.items() for name in names}
    return here != set(loader.graph.leaf_nodes())


def migrated_to(heads: dict[str, list[str]]) -> Any:
    """Makes the tables of that time; returns their models."""
    targets = [(app, name) for app, names in heads.items() for name in names]
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps
