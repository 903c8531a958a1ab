"""Segments, organisations and people over the API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.api import Page, PolicyRouter, cleaned, form_body, page_of, token_may
from core.models import Permission
from discovery.actions import add_segment
from discovery.forms import SegmentForm
from discovery.models import Segment

router = PolicyRouter(tags=["discovery"])


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
SegmentChange = form_body(SegmentForm, rev=int)


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
    form = SegmentForm(body.dict(exclude_unset=True), workspace=request.workspace)
    segment = add_segment(
        request.workspace, by=request.user, now=clock.now(), **cleaned(form)
    )
    return Status(201, segment)
