"""Hypotheses over the API: drafted, edited, registered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.api import (
    FormBody,
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
from discovery.actions import add_hypothesis, edit_hypothesis, register_hypothesis
from discovery.forms.hypotheses import HypothesisForm
from discovery.hypotheses import ORDER, with_state
from discovery.models import Hypothesis

router = PolicyRouter(tags=["hypotheses"])


class HypothesisOut(Schema):
    """`state`: draft until it is registered; then its marks are frozen."""

    id: UUID
    rev: int
    version: int
    state: str
    statement: str
    measure: str
    pass_mark: str
    fail_mark: str
    decide_by: date
    is_critical: bool
    segment: UUID | None
    box: str
    questions: list[int]
    predecessor: UUID | None
    created_at: datetime
    registered_at: datetime | None

    @staticmethod
    def resolve_segment(hypothesis: Hypothesis) -> UUID | None:
        return hypothesis.segment_id

    @staticmethod
    def resolve_predecessor(hypothesis: Hypothesis) -> UUID | None:
        return hypothesis.predecessor_id


class RevisionRead(FormBody):
    """The revision whose marks were read."""

    rev: int


HypothesisIn = form_body(HypothesisForm)
HypothesisChange = change_body(HypothesisForm)
State = Literal[ORDER]


def hypotheses_of(request: HttpRequest):
    return with_state(Hypothesis.objects.in_workspace(request.workspace))


def hypothesis_in(request: HttpRequest, pk: UUID) -> Hypothesis:
    return get_object_or_404(hypotheses_of(request), pk=pk)


@router.get(
    "/hypotheses", response=Page[HypothesisOut], auth=token_may(Permission.VIEW)
)
def hypothesis_list(request, state: State | None = None, page: int = 1, size: int = 25):
    """The newest version of each."""
    rows = hypotheses_of(request).filter(successor=None).order_by("created_at", "pk")
    return page_of(rows.filter(state=state) if state else rows, page, size)


@router.get(
    "/hypotheses/{uuid:pk}", response=HypothesisOut, auth=token_may(Permission.VIEW)
)
def hypothesis_detail(request, pk: UUID):
    return hypothesis_in(request, pk)


@router.post(
    "/hypotheses", response={201: HypothesisOut}, auth=token_may(Permission.LOG)
)
def hypothesis_add(request, body: HypothesisIn):
    """A draft."""
    form = bound(HypothesisForm, sent(body), workspace=request.workspace)
    hypothesis = add_hypothesis(
        request.workspace, by=request.user, now=clock.now(), **cleaned(form)
    )
    return Status(201, hypothesis_in(request, hypothesis.pk))


@router.put(
    "/hypotheses/{uuid:pk}", response=HypothesisOut, auth=token_may(Permission.LOG)
)
def hypothesis_edit(request, pk: UUID, body: HypothesisChange):
    """Drafts only."""
    row = hypothesis_in(request, pk)
    form = bound(HypothesisForm, sent(body), row=row, workspace=request.workspace)
    edit_hypothesis(row, by=request.user, now=clock.now(), **cleaned(form))
    return hypothesis_in(request, pk)


@router.post(
    "/hypotheses/{uuid:pk}/register",
    response=HypothesisOut,
    auth=token_may(Permission.LOG),
)
def hypothesis_register(request, pk: UUID, body: RevisionRead):
    row = hypothesis_in(request, pk)
    register_hypothesis(row, by=request.user, now=clock.now(), rev=body.rev)
    return hypothesis_in(request, pk)
