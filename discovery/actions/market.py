"""Writing down who the customers are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.activity import log, written
from core.models import Workspace
from core.revisions import take_up, write
from discovery.consenting import with_what_follows
from discovery.models import (
    BuyingRole,
    ModelVersion,
    Organisation,
    Person,
    Segment,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import User

FIRST_SEGMENT = "First customers"
AT_ONCE = 500
CONSENT = ("consent", "consent_how", "consent_on")


@transaction.atomic
def open_market(workspace: Workspace, *, by: User, now: datetime) -> Segment:
    """Model version 1 and one segment, so that day one asks for neither."""
    version = ModelVersion.objects.create(
        workspace=workspace, number=1, started_on=workspace.today(now)
    )
    return Segment.objects.create(
        workspace=workspace, name=FIRST_SEGMENT, model_version=version, created_at=now
    )


# --- segments --------------------------------------------------------------------
@transaction.atomic
def add_segment(workspace: Workspace, *, by: User, now: datetime, **fields) -> Segment:
    """Belongs to the newest version of the business model."""
    version = ModelVersion.objects.in_workspace(workspace).latest("number")
    segment = Segment.objects.create(
        workspace=workspace, model_version=version, created_at=now, **fields
    )
    log(workspace, by=by, verb="segment.added", subject=segment, now=now)
    return segment


@transaction.atomic
def edit_segment(
    segment: Segment, *, by: User, now: datetime, rev: int | None = None, **fields: Any
) -> Segment:
    segment = take_up(segment, rev)
    changed = write(segment, fields)
    if changed:
        log(
            segment.workspace,
            by=by,
            verb="segment.edited",
            subject=segment,
            now=now,
            fields=changed,
        )
    return segment


# --- organisations ---------------------------------------------------------------
@transaction.atomic
def add_organisation(
    workspace: Workspace, *, by: User, now: datetime, **fields: Any
) -> Organisation:
    pseudonym = fields.pop("pseudonym", "") or free_pseudonym(workspace, Organisation)
    organisation = Organisation.objects.create(
        workspace=workspace, pseudonym=pseudonym, created_at=now, **fields
    )
    log(workspace, by=by, verb="organisation.added", subject=organisation, now=now)
    return organisation


@transaction.atomic
def edit_organisation(
    organisation: Organisation,
    *,
    by: User,
    now: datetime,
    rev: int | None = None,
    **fields: Any,
) -> Organisation:
    organisation = take_up(organisation, rev)
    changed = write(organisation, fields)
    if changed:
        log(
            organisation.workspace,
            by=by,
            verb="organisation.edited",
            subject=organisation,
            now=now,
            fields=changed,
        )
        tell_the_talks(list(organisation.people.all()), now=now)
    return organisation


@transaction.atomic
def organisation_called(
    workspace: Workspace, name: str, *, by: User, now: datetime
) -> Organisation | None:
    """The one of that name, whatever its capitals; made when new. None for no name.

    Two who name the same new one share it: whoever finds none looks again under the
    lock of the venture."""
    if not name:
        return None
    known = Organisation.objects.in_workspace(workspace).kept()
    known = known.filter(name__iexact=name, merged_into=None)
    found = known.first()
    if found is None:
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        found = known.first()
    return found or add_organisation(workspace, by=by, now=now, name=name)


# --- people ----------------------------------------------------------------------
@transaction.atomic
def add_person(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    organisation_name: str = "",
    roles: Iterable[str] = (),
    **fields: Any,
) -> Person:
    """`organisation_name` finds or makes the organisation. Consent is dated today
    unless it was given on another day. `roles` are BuyingRole.Role."""
    if organisation_name:
        fields["organisation"] = organisation_called(
            workspace, organisation_name, by=by, now=now
        )
    fields["consent_on"] = fields.get("consent_on") or workspace.today(now)
    pseudonym = fields.pop("pseudonym", "") or free_pseudonym(workspace, Person)
    person = Person.objects.create(
        workspace=workspace,
        pseudonym=pseudonym,
        created_at=now,
        **{"consent_by": by} | fields,
    )
    set_roles(person, roles)
    log(workspace, by=by, verb="person.added", subject=person, now=now)
    return person


@transaction.atomic
def edit_person(
    person: Person,
    *,
    by: User,
    now: datetime,
    rev: int | None = None,
    organisation_name: str | None = None,
    roles: Iterable[str] | None = None,
    **fields: Any,
) -> Person:
    """None leaves the organisation, or the roles, as they are; the empty name takes
    the organisation away. Whoever changes the consent is who noted it, and whoever
    takes it back is erased after a while."""
    if organisation_name is not None:
        # may lock the venture, which all who lock both do first
        fields["organisation"] = organisation_called(
            person.workspace, organisation_name, by=by, now=now
        )
    person = take_up(person, rev)
    fields = with_what_follows(person, fields, today=person.workspace.today(now))
    if any(fields.get(name, now_is) != now_is for name, now_is in consent_of(person)):
        fields["consent_by"] = by
    changed = write(person, fields)
    if roles is not None and set_roles(person, roles):
        if not changed:
            person.rev += 1
            person.save(update_fields=["rev"])
        changed = [*changed, "roles"]
    if changed:
        log(
            person.workspace,
            by=by,
            verb="person.edited",
            subject=person,
            now=now,
            fields=changed,
        )
        tell_the_talks([person], now=now)
    return person


def consent_of(person: Person) -> list[tuple[str, Any]]:
    return [(name, getattr(person, name)) for name in CONSENT]


def set_roles(person: Person, roles: Iterable[str]) -> bool:
    """Whether anything changed."""
    wanted = set(roles)
    known = set(person.buying_roles.values_list("role", flat=True))
    person.buying_roles.filter(role__in=known - wanted).delete()
    BuyingRole.objects.bulk_create(
        BuyingRole(workspace=person.workspace, person=person, role=role)
        for role in sorted(wanted - known)
    )
    return wanted != known


@transaction.atomic
def put_in_segment(
    people: QuerySet[Person], segment: Segment, *, by: User, now: datetime
) -> int:
    """All of them, in one entry of the log; how many changed."""
    others = people.exclude(segment=segment) | people.filter(segment=None)
    ids = list(others.order_by().values_list("pk", flat=True).distinct())
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        rows = Person.objects.filter(pk__in=some)
        rows.update(segment=segment, rev=models.F("rev") + 1)
        written(Person, some)
    if ids:
        log(
            segment.workspace,
            by=by,
            verb="people.put_in_segment",
            subject=segment,
            now=now,
            people=len(ids),
        )
    return len(ids)


def tell_the_talks(people: list[Person], *, now: datetime) -> None:
    """Whether a talk counts depends on its people; at once, in this transaction."""
    for path in settings.AFTER_PEOPLE_EDITED:
        import_string(path)(people, now=now)


# --- shared ----------------------------------------------------------------------
def free_pseudonym(workspace: Workspace, model: type[models.Model]) -> str:
    """`Person 12`: numbered within the venture, so that it tells nothing.

    The venture's row is locked meanwhile: two people added at once get two numbers.
    """
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    pattern = _("Organisation %(n)s") if model is Organisation else _("Person %(n)s")
    rows = model._default_manager.filter(workspace=workspace)
    number = rows.count() + 1
    while rows.filter(pseudonym=pattern % {"n": number}).exists():
        number += 1
    return pattern % {"n": number}
