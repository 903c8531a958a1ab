"""Putting rows away and fetching them back. Nothing is deleted here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from core.activity import log, written
from core.trash import kind_of

if TYPE_CHECKING:
    from core.models import User

AT_ONCE = 500


class NameTakenError(Exception):
    """Somebody took the name meanwhile: one of the two has to have another."""


def archive_row(row: Any, *, by: User, now: datetime) -> Any:
    return place(row, "archived", by=by, now=now, archived_at=now)


def unarchive_row(row: Any, *, by: User, now: datetime) -> Any:
    """A row that was merged into another one stays away."""
    if getattr(row, "merged_into_id", None):
        return row
    return place(row, "unarchived", by=by, now=now, archived_at=None)


def trash_row(row: Any, *, by: User, now: datetime) -> Any:
    return place(row, "trashed", by=by, now=now, trashed_at=now, trashed_by=by)


def restore_row(row: Any, *, by: User, now: datetime) -> Any:
    """Raises NameTakenError when a rule of its table no longer has room for it."""
    return place(row, "restored", by=by, now=now, trashed_at=None, trashed_by=None)


@transaction.atomic
def place(row: Any, word: str, *, by: User, now: datetime, **fields: Any) -> Any:
    """The row where it belongs now. One that is there already is left as it is."""
    kind = kind_of(row)
    row = kind.model.objects.select_for_update().get(pk=row.pk)
    first = next(iter(fields))
    if bool(getattr(row, first)) == bool(fields[first]):
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    if word == "restored":
        refuse_taken(row)
    row.save(update_fields=list(fields))
    kind.tell(row)
    log(row.workspace, by=by, verb=f"{kind.slug}.{word}", subject=row, now=now)
    return row


def refuse_taken(row: models.Model) -> None:
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise NameTakenError from error


@transaction.atomic
def archive_rows(
    rows: models.QuerySet, *, by: User, now: datetime, is_back: bool = False
) -> int:
    """Many of one kind, put away or (`is_back`) fetched back, in one entry of the log;
    how many changed."""
    wanted = rows.filter(archived_at__isnull=not is_back)
    ids = list(wanted.order_by().values_list("pk", flat=True).distinct())
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        at = None if is_back else now
        rows.model.objects.filter(pk__in=some).update(archived_at=at)
        written(rows.model, some)
    if ids:
        kind = kind_of(rows.model())
        first = rows.model.objects.select_related("workspace").get(pk=ids[0])
        verb = f"{kind.slug}.unarchived" if is_back else f"{kind.slug}.archived"
        log(first.workspace, by=by, verb=verb, now=now, rows=len(ids))
    return len(ids)
