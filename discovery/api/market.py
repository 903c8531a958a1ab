"""Segments and organisations over the API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
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
from discovery.actions import (
    add_organisation,
    add_segment,
    edit_organisation,
    edit_segment,
)
from discovery.duplicates import known_organisations
from discovery.forms import OrganisationForm, SegmentForm
from discovery.models import Organisation, Segment

router = PolicyRouter(tags=["segments and organisations"])


# --- segments --------------------------------------------------------------------
class SegmentOut(Schema):
    id: UUID
    rev: int
    name: str
    who: str
    where: str
    status: str
    model_version: int
    created_at: datetime

    @staticmethod
    def resolve_model_version(segment: Segment) -> int:
        return segment.model_version.number


SegmentIn = form_body(SegmentForm)
SegmentChange = change_body(SegmentForm)


def segments_of(request: HttpRequest):
    rows = Segment.objects.in_workspace(request.workspace)
    return rows.select_related("model_version").order_by("created_at", "pk")


@router.get(
    "/segments", response=Page[SegmentOut], auth=token_may(Permission.SEE_PEOPLE)
)
def segment_list(request, page: int = 1, size: int = 25):
    return page_of(segments_of(request), page, size)


@router.get(
    "/segments/{uuid:pk}", response=SegmentOut, auth=token_may(Permission.SEE_PEOPLE)
)
def segment_detail(request, pk: UUID):
    return get_object_or_404(segments_of(request), pk=pk)


@router.post("/segments", response={201: SegmentOut}, auth=token_may(Permission.LOG))
def segment_add(request, body: SegmentIn):
    form = bound(SegmentForm, sent(body), workspace=request.workspace)
    segment = add_segment(
        request.workspace, by=request.user, now=clock.now(), **cleaned(form)
    )
    return Status(201, segment)


@router.put("/segments/{uuid:pk}", response=SegmentOut, auth=token_may(Permission.LOG))
def segment_edit(request, pk: UUID, body: SegmentChange):
    row = get_object_or_404(segments_of(request), pk=pk)
    form = bound(SegmentForm, sent(body), row=row, workspace=request.workspace)
    edit_segment(row, by=request.user, now=clock.now(), **cleaned(form))
    return segments_of(request).get(pk=pk)


# --- organisations ---------------------------------------------------------------
class OrganisationOut(Schema):
    id: UUID
    rev: int
    name: str
    pseudonym: str
    size: str
    source: str
    is_related_party: bool
    created_at: datetime
    archived_at: datetime | None
    trashed_at: datetime | None
    merged_into: UUID | None

    @staticmethod
    def resolve_merged_into(organisation: Organisation) -> UUID | None:
        return organisation.merged_into_id


OrganisationIn = form_body(OrganisationForm, but=["pseudonym"])
OrganisationChange = change_body(OrganisationForm)


def organisations_of(request: HttpRequest):
    return Organisation.objects.in_workspace(request.workspace)


@router.get(
    "/organisations",
    response=Page[OrganisationOut],
    auth=token_may(Permission.SEE_PEOPLE),
)
def organisation_list(request, q: str = "", page: int = 1, size: int = 25):
    """Those that are with us: neither in the trash, nor archived, nor merged away."""
    rows = known_organisations(request.workspace).current().order_by("name", "pk")
    return page_of(rows.filter(name__icontains=q), page, size)


@router.get(
    "/organisations/{uuid:pk}",
    response=OrganisationOut,
    auth=token_may(Permission.SEE_PEOPLE),
)
def organisation_detail(request, pk: UUID):
    return get_object_or_404(organisations_of(request), pk=pk)


@router.post(
    "/organisations", response={201: OrganisationOut}, auth=token_may(Permission.LOG)
)
def organisation_add(request, body: OrganisationIn):
    form = bound(OrganisationForm, sent(body), workspace=request.workspace)
    organisation = add_organisation(
        request.workspace, by=request.user, now=clock.now(), **cleaned(form)
    )
    return Status(201, organisation)


@router.put(
    "/organisations/{uuid:pk}",
    response=OrganisationOut,
    auth=token_may(Permission.LOG),
)
def organisation_edit(request, pk: UUID, body: OrganisationChange):
    row = get_object_or_404(organisations_of(request), pk=pk)
    form = bound(OrganisationForm, sent(body), row=row, workspace=request.workspace)
    return edit_organisation(row, by=request.user, now=clock.now(), **cleaned(form))
