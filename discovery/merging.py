"""What hangs on a person or an organisation, found from the models themselves.

A table that gains a foreign key to them is moved by a merge without a word here. Columns
that hold an id without a key are named in BARE.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from core.models import AppendOnlyModel, ImportRow

BARE = ((ImportRow, "subject_id"),)


@dataclass(frozen=True)
class Hook:
    """A column that holds the id of the row: `model.column`."""

    model: Any
    column: str

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.column}"

    @property
    def is_list(self) -> bool:
        """A row of the table between two sides, such as who took part in a talk."""
        return bool(self.model._meta.auto_created)

    @property
    def other_side(self) -> str:
        names = [
            field.attname for field in self.model._meta.fields if field.is_relation
        ]
        return next(name for name in names if name != self.column)

    def rows(self) -> models.QuerySet:
        return self.model._base_manager.all()

    def alone_with(self) -> list[tuple[str, ...]]:
        """Columns that may stand once only beside each owner; () is: one row at all."""
        meta = self.model._meta
        groups = [tuple(c.fields) for c in meta.constraints if is_plain_unique(c)]
        groups += [tuple(group) for group in meta.unique_together]
        names = [[meta.get_field(name).attname for name in group] for group in groups]
        found = [
            tuple(name for name in group if name != self.column)
            for group in names
            if self.column in group
        ]
        field = next(f for f in meta.concrete_fields if f.attname == self.column)
        return [*found, ()] if field.unique else found


def is_plain_unique(constraint: models.BaseConstraint) -> bool:
    return isinstance(constraint, models.UniqueConstraint) and bool(constraint.fields)


def hooks(model: type[models.Model]) -> Iterator[Hook]:
    """All of them, hidden ones too; many-to-many as the table between."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_reverse = relation.auto_created and not relation.concrete
        if is_reverse and not relation.many_to_many:
            yield Hook(relation.related_model, relation.field.attname)
    for other, column in BARE:
        yield Hook(other, column)


def unmovable(model: type[models.Model]) -> list[str]:
    """Columns a merge cannot write: the rows are never changed."""
    return [
        hook.label for hook in hooks(model) if issubclass(hook.model, AppendOnlyModel)
    ]


@dataclass
class Moves:
    """What changed hands: `moved` by column; `left` where the kept row has its own
    already, for lists as the other side's ids."""

    moved: dict[str, list[str]]
    dropped: dict[str, list[str]]
    touched: list[tuple[Any, list[UUID]]]


def move_all(gone: models.Model, kept: models.Model) -> Moves:
    """Every row that points to `gone` points to `kept`, but none does so twice."""
    moves = Moves({}, {}, [])
    for hook in hooks(type(gone)):
        move(hook, gone.pk, kept.pk, moves)
    return moves


def move(hook: Hook, gone: UUID, kept: UUID, moves: Moves) -> None:
    mine = hook.rows().filter(**{hook.column: gone})
    mine = mine.exclude(pk=kept)  # who was referred by themselves would be nonsense
    twins = twins_of(hook, mine, kept)
    if hook.is_list and twins:
        doubled = hook.rows().filter(pk__in=twins)
        others = doubled.values_list(hook.other_side, flat=True)
        moves.dropped[hook.label] = [str(pk) for pk in others]
        doubled.delete()
    ids = [pk for pk in mine.values_list("pk", flat=True) if pk not in twins]
    if ids:
        hook.rows().filter(pk__in=ids).update(**{hook.column: kept})
        moves.moved[hook.label] = [str(pk) for pk in ids]
        moves.touched.append((hook.model, ids))


def twins_of(hook: Hook, mine: models.QuerySet, kept: UUID) -> set[Any]:
    """Rows that would break a rule of their table beside those of `kept`."""
    twins: set[Any] = set()
    theirs = hook.rows().filter(**{hook.column: kept})
    for names in hook.alone_with():
        taken = set(theirs.values_list(*names)) if names else {()}
        if not names and not theirs.exists():
            continue
        rows = mine.values_list("pk", *names)
        twins |= {pk for pk, *rest in rows if tuple(rest) in taken}
    return twins


def move_back(
    model: type[models.Model], gone: UUID, kept: UUID, moved: dict, dropped: dict
) -> list[tuple[Any, list[Any]]]:
    """Those that still stand where the merge put them; what was dropped stands again."""
    touched = []
    for hook in hooks(model):
        ids = moved.get(hook.label, [])
        rows = hook.rows().filter(pk__in=ids, **{hook.column: kept})
        known = list(rows.values_list("pk", flat=True))
        hook.rows().filter(pk__in=known).update(**{hook.column: gone})
        if known:
            touched.append((hook.model, known))
        put_back(hook, gone, dropped.get(hook.label, []))
    return touched


def put_back(hook: Hook, gone: UUID, others: list[str]) -> None:
    if not others:
        return
    side = hook.model._meta.get_field(hook.other_side.removesuffix("_id"))
    there = side.related_model._base_manager.filter(pk__in=others)
    hook.model._base_manager.bulk_create(
        [
            hook.model(**{hook.column: gone, hook.other_side: pk})
            for pk in there.values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )
