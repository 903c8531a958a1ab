"""Undoing what an import wrote about people and organisations, where nobody touched
it since."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from core.activity import written
from core.importing.plans import Effect
from core.importing.undo_rules import (
    delete_made,
    follow,
    remove,
    used,
    why_left,
)
from discovery.actions.market import tell_the_talks
from discovery.models import Organisation, Person

if TYPE_CHECKING:
    from core.models import ImportRow, ImportRun

Rows = list["ImportRow"]


def take_back_people(run: ImportRun, rows: Rows, *, now: datetime) -> dict[int, str]:
    """Last line first. {line: why it is left}."""
    back = TakingBack(run, Person, rows, own=("discovery.buyingrole.person",))
    left = back.all()
    if back.restored:
        tell_the_talks(back.restored, now=now)
    return left


def take_back_organisations(
    run: ImportRun, rows: Rows, *, now: datetime
) -> dict[int, str]:
    back = TakingBack(run, Organisation, rows)
    left = back.all()
    people = Person.objects.filter(organisation__in=back.restored)
    if back.restored:
        tell_the_talks(list(people), now=now)
    return left


class TakingBack:
    """`own`: what came with a row and goes with it, and does not keep it."""

    def __init__(
        self, run: ImportRun, model: Any, rows: Rows, own: tuple[str, ...] = ()
    ):
        self.run, self.model, self.rows = run, model, rows
        ids = {row.subject_id for row in rows}
        self.subjects = model.objects.select_for_update().in_bulk(ids)
        self.used = used(model, ids, but=own)
        # what this undo itself did to a subject's revision
        self.revs: dict[UUID, int] = {}
        self.restored: list[Any] = []
        self.gone: set[UUID] = set()

    def all(self) -> dict[int, str]:
        left = {}
        for row in self.rows:
            why = self.one(row)
            if why:
                left[row.line] = why_left(why)
        remove(self.model, self.gone)
        delete_made(
            [one for row in self.rows if row.line not in left for one in row.made]
        )
        if self.revs:
            follow(self.run, self.revs)
        return left

    def one(self, row: ImportRow) -> str:
        """Why it is left, or nothing."""
        subject = self.subjects.get(row.subject_id)
        if subject is None:
            return ""
        if getattr(subject, "merged_into_id", None):
            return "merged"
        if subject.is_put_away:
            return "trash"
        if subject.rev not in (row.before.get("rev"), self.revs.get(subject.pk)):
            return "changed"
        if row.outcome == Effect.FILL:
            self.restore(subject, row)
        elif subject.pk in self.used:
            return "used"
        else:
            self.gone.add(subject.pk)
            del self.subjects[subject.pk]
        return ""

    def restore(self, subject: models.Model, row: ImportRow) -> None:
        fields = row.before.get("fields", {})
        for name, value in fields.items():
            field = self.model._meta.get_field(name)
            setattr(subject, field.attname, field.to_python(value))
        if fields:
            subject.rev += 1
            subject.save(update_fields=[*fields, "rev"])
            self.revs[subject.pk] = subject.rev
            written(self.model, [subject.pk])
            self.restored.append(subject)
