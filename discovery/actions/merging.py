"""Two rows about one person, or one organisation, become one; and two again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from core.activity import log, written
from core.models import Workspace
from core.revisions import take_up, write
from discovery.actions.market import tell_the_talks
from discovery.merging import move_all, move_back
from discovery.models import Merge, Organisation, Person

if TYPE_CHECKING:
    from core.models import User

UNDO_FOR = timedelta(days=30)
MODELS = {Merge.Kind.PERSON: Person, Merge.Kind.ORGANISATION: Organisation}
# What may be taken over; fields that only make sense together stand together.
GAPS = {
    Person: (
        ("organisation",),
        ("segment",),
        ("role_title",),
        ("email",),
        ("phone",),
        ("referred_by",),
        ("is_related_party",),
        ("recognition",),
        ("next_step", "next_step_on"),
        ("erase_on",),
    ),
    Organisation: (("size",), ("source",), ("is_related_party",)),
}
CONSENT = ("consent", "consent_how", "consent_on", "consent_by")
NARROWEST_FIRST = list(Person.Consent)


class MergeError(Exception):
    """Why these two cannot become one, or two again, in a sentence."""


def merge_people(kept: Person, gone: Person, *, by: User, now: datetime) -> Merge:
    return merge(Merge.Kind.PERSON, kept, gone, by=by, now=now)


def merge_organisations(
    kept: Organisation, gone: Organisation, *, by: User, now: datetime
) -> Merge:
    return merge(Merge.Kind.ORGANISATION, kept, gone, by=by, now=now)


@transaction.atomic
def merge(kind: Merge.Kind, kept: Any, gone: Any, *, by: User, now: datetime) -> Merge:
    """Everything of `gone` belongs to `kept`; its gaps are filled, nothing is
    overwritten. `gone` stays, pointing to `kept`."""
    kept, gone = both(kept, gone)
    moves = move_all(gone, kept)
    filled = gaps(kept, gone)
    before = {name: plain(getattr(kept, attname(kept, name))) for name in filled}
    write(kept, filled)
    put_away = plain(gone.archived_at)
    write(gone, {"merged_into": kept, "archived_at": gone.archived_at or now})
    row = Merge.objects.create(
        workspace=kept.workspace,
        kind=kind,
        kept_id=kept.pk,
        gone_id=gone.pk,
        moved=moves.moved,
        before={"fields": before, "dropped": moves.dropped, "archived_at": put_away},
        by=by,
        merged_at=now,
    )
    log(
        kept.workspace,
        by=by,
        verb=f"{kind}.merged",
        subject=kept,
        now=now,
        merge=str(row.pk),
    )
    follow(kept, gone, moves.touched, now=now)
    return row


@transaction.atomic
def undo_merge(row: Merge, *, by: User, now: datetime) -> Merge:
    """Two again, as they were, but for what somebody changed since."""
    row = Merge.objects.select_for_update().get(pk=row.pk)
    if row.undone_at:
        return row
    model = MODELS[Merge.Kind(row.kind)]
    kept, gone = still_merged(model, row, now)
    refuse_taken_name(gone)
    give_back(kept, gone, row.before["fields"])
    put_away = gone._meta.get_field("archived_at").to_python(row.before["archived_at"])
    write(gone, {"merged_into": None, "archived_at": put_away})
    touched = move_back(model, gone.pk, kept.pk, row.moved, row.before["dropped"])
    row.undone_at = now
    row.save(update_fields=["undone_at"])
    verb = f"{row.kind}.merge_undone"
    log(row.workspace, by=by, verb=verb, subject=kept, now=now, merge=str(row.pk))
    follow(kept, gone, touched, now=now)
    return row


def can_be_undone(row: Merge, now: datetime) -> bool:
    return row.undone_at is None and now < row.merged_at + UNDO_FOR


# --- what may not be -------------------------------------------------------------
def both(kept: Any, gone: Any) -> tuple[Any, Any]:
    """The two rows, locked, in an order that no other merge turns round."""
    if kept.pk == gone.pk:
        raise MergeError(_("These are the same row."))
    if kept.workspace_id != gone.workspace_id:
        raise ValueError("rows of two ventures")
    Workspace.objects.select_for_update().get(pk=kept.workspace_id)
    kept, gone = take_up(kept, None), take_up(gone, None)
    for row in (kept, gone):
        if row.trashed_at:
            raise MergeError(_("One of them is in the trash."))
        if row.merged_into_id:
            raise MergeError(_("One of them was merged already."))
        if getattr(row, "erased_at", None):
            raise MergeError(_("One of them was erased."))
    return kept, gone


def still_merged(model: type[models.Model], row: Merge, now: datetime) -> tuple:
    if not can_be_undone(row, now):
        raise MergeError(_("A merge can be undone for 30 days."))
    Workspace.objects.select_for_update().get(pk=row.workspace_id)
    found = model._default_manager.select_for_update().in_bulk(
        [row.kept_id, row.gone_id]
    )
    kept, gone = found.get(row.kept_id), found.get(row.gone_id)
    if kept is None or gone is None:
        raise MergeError(_("One of them is no longer there."))
    if getattr(kept, "erased_at", None) or getattr(gone, "erased_at", None):
        raise MergeError(_("The person was erased since."))
    if gone.merged_into_id != kept.pk:
        raise MergeError(_("A later merge stands on this one: undo that first."))
    return kept, gone


def refuse_taken_name(gone: Any) -> None:
    if isinstance(gone, Organisation):
        rows = Organisation.objects.in_workspace(gone.workspace).kept()
        if rows.filter(name=gone.name, merged_into=None).exists():
            raise MergeError(_("Another organisation has that name by now."))


# --- gaps ------------------------------------------------------------------------
def gaps(kept: Any, gone: Any) -> dict[str, Any]:
    """What the kept row takes over. Of two consents the narrower one holds."""
    filled: dict[str, Any] = {}
    for names in GAPS[type(kept)]:
        first = names[0]
        if not getattr(kept, first) and getattr(gone, first):
            filled |= {name: getattr(gone, name) for name in names}
    if isinstance(kept, Person):
        rank = NARROWEST_FIRST.index
        if rank(gone.consent) < rank(kept.consent):
            filled |= {name: getattr(gone, name) for name in CONSENT}
        if kept.referred_by_id == gone.pk:
            filled["referred_by"] = None
        if filled.get("referred_by") == kept:
            del filled["referred_by"]
    return filled


def give_back(kept: Any, gone: Any, before: dict[str, Any]) -> None:
    """A field that was edited since the merge stays as it is."""
    fields = {}
    for name, value in before.items():
        column = attname(kept, name)
        was_cleared = name == "referred_by" and value == plain(gone.pk)
        taken = None if was_cleared else getattr(gone, column)
        if getattr(kept, column) == taken:
            fields[column] = kept._meta.get_field(name).to_python(value)
    if fields:
        for column, value in fields.items():
            setattr(kept, column, value)
        kept.rev += 1
        kept.save(update_fields=[*(field_of(kept, c) for c in fields), "rev"])


def attname(row: models.Model, name: str) -> str:
    return row._meta.get_field(name).attname


def field_of(row: models.Model, column: str) -> str:
    return next(f.name for f in row._meta.concrete_fields if f.attname == column)


def plain(value: Any) -> Any:
    """As JSON keeps it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def follow(
    kept: Any, gone: Any, touched: Iterable[tuple[Any, list[UUID]]], *, now: datetime
) -> None:
    """Search finds what stands now, and whether talks count is judged anew."""
    written(type(gone), [gone.pk])
    for model, ids in touched:
        written(model, ids)
    people = [kept, gone]
    if isinstance(kept, Organisation):
        people = list(Person.objects.filter(organisation__in=[kept, gone]))
    tell_the_talks(people, now=now)
