"""Guides over the API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema

from core.api import Page, PolicyRouter, page_of, token_may
from core.models import Permission
from interviews.models import Guide

router = PolicyRouter(tags=["guides"])


class GuideQuestionOut(Schema):
    """`tests`: numbers of the eleven questions."""

    position: int
    text: str
    tests: list[int]


class GuideOut(Schema):
    id: UUID
    rev: int
    name: str
    version: int
    segment: UUID | None
    kind: str
    aim: str
    predecessor: UUID | None
    questions: list[GuideQuestionOut]
    created_at: datetime

    @staticmethod
    def resolve_segment(guide: Guide) -> UUID | None:
        return guide.segment_id

    @staticmethod
    def resolve_predecessor(guide: Guide) -> UUID | None:
        return guide.predecessor_id


def guides_of(request: HttpRequest):
    guides = Guide.objects.in_workspace(request.workspace)
    return guides.prefetch_related("questions")


@router.get("/guides", response=Page[GuideOut], auth=token_may(Permission.SEE_PEOPLE))
def guide_list(request, page: int = 1, size: int = 25):
    """The newest version of each."""
    guides = guides_of(request).current().newest()
    return page_of(guides.order_by("name", "version", "pk"), page, size)


@router.get(
    "/guides/{uuid:pk}", response=GuideOut, auth=token_may(Permission.SEE_PEOPLE)
)
def guide_detail(request, pk: UUID):
    return get_object_or_404(guides_of(request), pk=pk)
