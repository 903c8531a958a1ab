"""What can be put away or thrown away, and fetched back for 30 days.

`settings.TRASHABLE` names the kinds. A row in the trash is a row like any other: it
keeps its address and everything that hangs on it, and lists leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, RestrictedError
from django.urls import reverse
from django.utils.module_loading import import_string

from core.activity import written

if TYPE_CHECKING:
    from core.models import User, Workspace

KEPT_FOR = timedelta(days=30)
AT_ONCE = 100


@dataclass(frozen=True)
class Kind:
    """`page`, `edit` and `rows` are routes: of one row, of its form, of the list.

    `after` is called with a row whose place changed, in the same transaction.
    """

    slug: str
    label: str
    page: str
    rows: str
    edit: str = ""
    after: str = ""

    @property
    def model(self) -> Any:
        return apps.get_model(self.label)

    @property
    def words(self) -> str:
        return str(self.model._meta.verbose_name)

    def tell(self, row: models.Model) -> None:
        if self.after:
            import_string(self.after)(row)

    def page_of(self, row: models.Model) -> str:
        return reverse(self.page, args=[row.workspace.slug, row.pk])

    def edit_of(self, row: models.Model) -> str:
        route = self.edit or self.page
        return reverse(route, args=[row.workspace.slug, row.pk])

    def rows_of(self, workspace: Workspace) -> str:
        return reverse(self.rows, args=[workspace.slug])


def kinds() -> list[Kind]:
    return [Kind(slug, **fields) for slug, fields in settings.TRASHABLE.items()]


def kind_called(slug: str) -> Kind | None:
    fields = settings.TRASHABLE.get(slug)
    return Kind(slug, **fields) if fields else None


def kind_of(row: models.Model) -> Kind:
    return next(kind for kind in kinds() if kind.label == row._meta.label)


# --- the list --------------------------------------------------------------------
@dataclass(frozen=True)
class Thrown:
    """`until`: the last moment it is sure to be there."""

    kind: Kind
    row: Any
    name: str
    by: User | None
    at: datetime
    until: datetime
    is_kept: bool = field(default=False)


def in_trash(workspace: Workspace, now: datetime) -> list[Thrown]:
    """The latest first, at most AT_ONCE of each kind."""
    found = [thrown for kind in kinds() for thrown in thrown_of(kind, workspace, now)]
    return sorted(found, key=lambda thrown: (thrown.at, thrown.name), reverse=True)


def thrown_of(kind: Kind, workspace: Workspace, now: datetime) -> Iterator[Thrown]:
    rows = kind.model.objects.in_workspace(workspace).trashed()
    rows = rows.select_related("trashed_by").order_by("-trashed_at", "pk")
    for row in rows[:AT_ONCE]:
        row.workspace = workspace
        until = row.trashed_at + KEPT_FOR
        yield Thrown(
            kind=kind,
            row=row,
            name=name_of(row),
            by=row.trashed_by,
            at=row.trashed_at,
            until=until,
            is_kept=until < now,
        )


@dataclass(frozen=True)
class PutAway:
    """In the archive: it still counts, and lists leave it out."""

    kind: Kind
    row: Any
    name: str


def in_archive(workspace: Workspace) -> list[PutAway]:
    """The latest first, at most AT_ONCE of each kind. Rows that were merged into others
    or erased are put away for good."""
    found = [one for kind in kinds() for one in put_away(kind, workspace)]
    return sorted(found, key=lambda one: (one.row.archived_at, one.name), reverse=True)


def put_away(kind: Kind, workspace: Workspace) -> Iterator[PutAway]:
    rows = kind.model.objects.in_workspace(workspace).kept()
    rows = rows.exclude(archived_at=None).order_by("-archived_at", "pk")
    fields = {one.name for one in kind.model._meta.get_fields()}
    for name in fields & {"merged_into", "erased_at"}:
        rows = rows.filter(**{name: None})
    for row in rows[:AT_ONCE]:
        row.workspace = workspace
        yield PutAway(kind=kind, row=row, name=name_of(row))


def name_of(row: Any) -> str:
    """Its own name, without what would have to be looked up beside it."""
    return getattr(row, "name", "") or str(row)


# --- for good --------------------------------------------------------------------
def empty_trash(now: datetime) -> dict[str, int]:
    """A step of the scheduler: what nobody fetched back in 30 days goes.

    What evidence or history refers to stays in the trash. People are erased first, by
    `settings.ERASE_PERSON`.
    """
    return {"emptied": sum(empty(kind, now) for kind in kinds())}


def empty(kind: Kind, now: datetime) -> int:
    rows = kind.model.objects.filter(trashed_at__lt=now - KEPT_FOR)
    erased = 0
    if kind.slug == "person" and settings.ERASE_PERSON:
        erased = erase(rows.filter(erased_at=None), now)
        rows = rows.filter(erased_at__lt=now)
    free = unneeded(rows).order_by("trashed_at", "pk")[:AT_ONCE]
    return erased + sum(delete(kind.model, row.pk) for row in free)


def erase(rows: models.QuerySet, now: datetime) -> int:
    people = list(rows.order_by("trashed_at", "pk")[:AT_ONCE])
    for person in people:
        import_string(settings.ERASE_PERSON)(person, by=None, now=now)
    return len(people)


def unneeded(rows: models.QuerySet) -> models.QuerySet:
    """Those that no row of another kind needs; lists between two kinds count."""
    model = rows.model
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        other, name = relation.related_model, relation.field.name
        is_own_list = other._meta.auto_created is model
        is_free = relation.on_delete in (models.SET_NULL, models.CASCADE)
        if is_own_list or (is_free and not other._meta.auto_created):
            continue
        needs = other._base_manager.filter(**{name: OuterRef("pk")})
        rows = rows.exclude(Exists(needs))
    return rows


def delete(model: Any, pk: Any) -> bool:
    """Whether it went. What goes with it may be needed itself: then it stays."""
    try:
        with transaction.atomic():
            model.objects.filter(pk=pk).delete()
            written(model, [pk])
    except (RestrictedError, models.ProtectedError):
        return False
    return True
