"""People over the API: who they are, what they allowed, what comes next with them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.actions.trash import restore_row, trash_row
from core.api import (
    Page,
    PolicyRouter,
    bound,
    change_body,
    cleaned,
    form_body,
    page_of,
    sent,
    token_may,
)
from core.models import Permission
from discovery.actions import add_person, edit_person
from discovery.forms import NextStepForm, PersonForm
from discovery.models import Person

router = PolicyRouter(tags=["people"])


class PersonOut(Schema):
    """`archived_at`, `trashed_at`, `merged_into`, `erased_at`: gone from the lists."""

    id: UUID
    rev: int
    name: str
    pseudonym: str
    organisation: UUID | None
    organisation_name: str
    segment: UUID | None
    role_title: str
    email: str
    phone: str
    source: str
    referred_by: UUID | None
    is_related_party: bool
    recognition: str
    roles: list[str]
    next_step: str
    next_step_on: date | None
    consent: str
    consent_how: str
    consent_on: date | None
    erase_on: date | None
    created_at: datetime
    archived_at: datetime | None
    trashed_at: datetime | None
    erased_at: datetime | None
    merged_into: UUID | None

    @staticmethod
    def resolve_organisation(person: Person) -> UUID | None:
        return person.organisation_id

    @staticmethod
    def resolve_organisation_name(person: Person) -> str:
        return person.organisation.name if person.organisation else ""

    @staticmethod
    def resolve_segment(person: Person) -> UUID | None:
        return person.segment_id

    @staticmethod
    def resolve_referred_by(person: Person) -> UUID | None:
        return person.referred_by_id

    @staticmethod
    def resolve_merged_into(person: Person) -> UUID | None:
        return person.merged_into_id

    @staticmethod
    def resolve_roles(person: Person) -> list[str]:
        return [buying.role for buying in person.buying_roles.all()]


PersonIn = form_body(PersonForm, but=["pseudonym"])
PersonChange = change_body(PersonForm)
NextStepChange = change_body(NextStepForm)


def people_of(request: HttpRequest):
    people = Person.objects.in_workspace(request.workspace)
    people = people.select_related("organisation", "referred_by__organisation")
    return people.prefetch_related("buying_roles").order_by("name", "pk")


def person_in(request: HttpRequest, pk: UUID) -> Person:
    return get_object_or_404(people_of(request), pk=pk)


def living_in(request: HttpRequest, pk: UUID) -> Person:
    """Nobody who was erased: what is written would bring them back."""
    return get_object_or_404(people_of(request).filter(erased_at=None), pk=pk)


@router.get("/people", response=Page[PersonOut], auth=token_may(Permission.SEE_PEOPLE))
def person_list(
    request,
    *,
    q: str = "",
    segment: UUID | None = None,
    archived: bool = False,
    page: int = 1,
    size: int = 25,
):
    """Those that are with us, or with `archived` those put away. `q` stands in name,
    organisation, e-mail or next step."""
    people = people_of(request).kept().filter(merged_into=None)
    people = people.filter(archived_at__isnull=not archived)
    places = ("name", "organisation__name", "email", "next_step")
    found = Q()
    for place in places:
        found |= Q(**{f"{place}__icontains": q})
    people = people.filter(found) if q else people
    people = people.filter(segment=segment) if segment else people
    return page_of(people, page, size)


@router.get(
    "/people/{uuid:pk}", response=PersonOut, auth=token_may(Permission.SEE_PEOPLE)
)
def person_detail(request, pk: UUID):
    """Also of somebody in the archive or the trash."""
    return person_in(request, pk)


@router.post("/people", response={201: PersonOut}, auth=token_may(Permission.LOG))
def person_add(request, body: PersonIn, *, is_sure: bool = False):
    """422 with the code `duplicate` when somebody like this is written down already;
    `?is_sure=true` overrules it."""
    form = bound(PersonForm, sent(body), workspace=request.workspace, is_sure=is_sure)
    person = add_person(
        request.workspace, by=request.user, now=clock.now(), **cleaned(form)
    )
    return Status(201, person_in(request, person.pk))


@router.put("/people/{uuid:pk}", response=PersonOut, auth=token_may(Permission.LOG))
def person_edit(request, pk: UUID, body: PersonChange, *, is_sure: bool = False):
    row = living_in(request, pk)
    form = bound(
        PersonForm, sent(body), row=row, workspace=request.workspace, is_sure=is_sure
    )
    edit_person(row, by=request.user, now=clock.now(), **cleaned(form))
    return person_in(request, pk)


@router.put(
    "/people/{uuid:pk}/next-step", response=PersonOut, auth=token_may(Permission.LOG)
)
def next_step(request, pk: UUID, body: NextStepChange):
    row = living_in(request, pk)
    form = bound(NextStepForm, sent(body), row=row)
    edit_person(row, by=request.user, now=clock.now(), **cleaned(form))
    return person_in(request, pk)


@router.post(
    "/people/{uuid:pk}/trash", response=PersonOut, auth=token_may(Permission.LOG)
)
def person_trash(request, pk: UUID):
    """For 30 days; then they are erased. Done twice it is done once."""
    trash_row(person_in(request, pk), by=request.user, now=clock.now())
    return person_in(request, pk)


@router.post(
    "/people/{uuid:pk}/restore", response=PersonOut, auth=token_may(Permission.LOG)
)
def person_restore(request, pk: UUID):
    restore_row(person_in(request, pk), by=request.user, now=clock.now())
    return person_in(request, pk)
