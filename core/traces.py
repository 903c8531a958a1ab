"""What a database keeps of rows that are gone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.apps import apps
from django.db import DatabaseError, connection

from core.models import ActivityEntry

logger = logging.getLogger(__name__)
AGAIN_FOR = timedelta(minutes=10)


def leave_no_trace() -> bool:
    """After an erasure has been committed: SQLite's write-ahead log goes into the file,
    whose free pages hold zeros, and is emptied; PostgreSQL's dead rows are cleared.

    False while somebody else reads an older state; the scheduler tries again.
    """
    if connection.in_atomic_block:
        return False
    try:
        return vacuumed() if connection.vendor == "postgresql" else emptied()
    except DatabaseError:
        logger.warning("traces of an erasure are left: the scheduler tries again")
        return False


def emptied() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_pages = cursor.fetchone()
    return not is_busy


def vacuumed() -> bool:
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "workspace" for field in model._meta.concrete_fields)
    ]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
    return True


def clear_traces(now: datetime) -> dict[str, int]:
    """A step of the scheduler, for some minutes after an erasure."""
    lately = ActivityEntry.objects.filter(
        verb="person.erased", at__gt=now - AGAIN_FOR, at__lte=now
    )
    if lately.exists():
        leave_no_trace()
    return {}
