"""What undo may take back: rows that nobody touched and nothing else needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from core.activity import written
from core.importing.rows import save_rows
from core.importing.undoing import WRITTEN

if TYPE_CHECKING:
    from core.models import ImportRun

Ids = Collection[UUID]


def used(
    model: type[models.Model], ids: Ids, *, but: Collection[str] = ()
) -> set[UUID]:
    """Those that some other row points to. `but`: labels and fields that do not count,
    such as "discovery.buyingrole.person"."""
    found: set[UUID] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete:
            continue
        other, name = relation.related_model, relation.field.name
        # a row's own lists, such as the people of a talk, go with it
        is_own = other._meta.auto_created is model
        if is_own or f"{other._meta.label_lower}.{name}" in but:
            continue
        rows = other._base_manager.filter(**{f"{name}__in": ids})
        found |= set(rows.values_list(name, flat=True))
    return found & set(ids)


def delete_made(made: Iterable[list[Any]]) -> None:
    """Rows that came with others, given as [label, id, rev or None], unless they were
    changed since or something else needs them. In the order of their first label."""
    by_label: dict[str, dict[UUID, int | None]] = {}
    for label, pk, rev in made:
        by_label.setdefault(label, {})[UUID(str(pk))] = rev
    for label, revs in by_label.items():
        model = apps.get_model(label)
        rows = model._base_manager.filter(pk__in=revs)
        needed = used(model, revs)
        free = {
            row.pk
            for row in rows
            if row.pk not in needed and revs[row.pk] in (None, getattr(row, "rev", 0))
        }
        remove(model, free)


def remove(model: type[models.Model], ids: Ids) -> None:
    """For good, from the search index too."""
    if ids:
        model._base_manager.filter(pk__in=ids).delete()
        written(model, ids)


def follow(run: ImportRun, revs: dict[UUID, int]) -> None:
    """Earlier lines about the same rows wait for the revision that undo itself made."""
    rows = list(run.rows.filter(subject_id__in=revs, outcome__in=WRITTEN))
    for row in rows:
        row.before = row.before | {"rev": revs[row.subject_id]}
    save_rows(rows, ["before"])


def why_left(what: str) -> str:
    reasons = {
        "changed": _("Somebody changed it since."),
        "used": _("Something else belongs to it by now."),
        "merged": _("It was merged with another one since."),
        "trash": _("It is in the trash or the archive."),
    }
    return reasons[what]
