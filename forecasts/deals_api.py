"""Deals and their steps over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
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
from forecasts.actions import (
    add_deal,
    add_step,
    correct_step,
    edit_deal,
    withdraw_deal,
)
from forecasts.deals import DealFilter, deals_in, with_steps
from forecasts.forms.deals import DealForm, StepCorrectionForm, StepForm
from forecasts.models import Deal, DealStep
from forecasts.selling_api import RevIn, corrected_row

router = PolicyRouter(tags=["deals"])
Outcome = Literal["", "open", "won", "lost"]


class DealStepOut(Schema):
    """A step as it stands. A correction is a further row."""

    id: UUID
    name: str
    on: date
    supersedes: UUID | None
    reason: str
    recorded_at: datetime

    @staticmethod
    def resolve_supersedes(row: DealStep) -> UUID | None:
        return row.supersedes_id


class DealOut(Schema):
    """Amounts in minor units of `currency`; where that is not the curve's, the deal is
    in no sum. `rep` is an id: names stand with the reps."""

    id: UUID
    rev: int
    title: str
    outside_id: str
    curve: UUID
    rep: UUID | None
    organisation: UUID | None
    currency: str
    is_in_sums: bool
    list_minor: int | None
    paid_minor: int | None
    opened_on: date
    expected_on: date | None
    closed_on: date | None
    outcome: str
    reasons: str
    champion: str
    steps: list[DealStepOut]
    created_at: datetime
    withdrawn_at: datetime | None

    @staticmethod
    def resolve_curve(row: Deal) -> UUID:
        return row.curve_id

    @staticmethod
    def resolve_rep(row: Deal) -> UUID | None:
        return row.rep_id

    @staticmethod
    def resolve_organisation(row: Deal) -> UUID | None:
        return row.organisation_id

    @staticmethod
    def resolve_is_in_sums(row: Deal) -> bool:
        return row.currency == row.curve.currency and row.withdrawn_at is None

    @staticmethod
    def resolve_steps(row: Deal) -> list[DealStep]:
        return row.reached


DealIn = form_body(DealForm)
DealChange = change_body(DealForm)
DealStepIn = form_body(StepForm, name="DealStepIn")
DealStepCorrection = form_body(StepCorrectionForm, name="DealStepCorrection")


def deals_of(request: HttpRequest):
    rows = Deal.objects.in_workspace(request.workspace).select_related("curve")
    return with_steps(rows)


def deal_in(request: HttpRequest, pk: UUID) -> Deal:
    rows = deals_of(request).select_related("curve", "organisation")
    deal = get_object_or_404(rows, pk=pk)
    deal.workspace = request.workspace
    return deal


@router.get("/deals", response=Page[DealOut], auth=token_may(Permission.VIEW))
def deal_list(
    request,
    *,
    q: str = "",
    curve: UUID | None = None,
    outcome: Outcome = "",
    page: int = 1,
    size: int = 25,
):
    """The newest first, those in another currency than their curve last."""
    names = Permission.SEE_PEOPLE in request.may
    rows = deals_in(request.workspace, DealFilter(q, curve, outcome), names=names)
    return page_of(with_steps(rows), page, size)


@router.get("/deals/{uuid:pk}", response=DealOut, auth=token_may(Permission.VIEW))
def deal_get(request, pk: UUID):
    """Also one that was taken back."""
    return deal_in(request, pk)


@router.post("/deals", response={201: DealOut}, auth=token_may(Permission.PLAN))
def deal_add(request, body: DealIn):
    """Amounts as text in whole units, such as "12,500.50"."""
    form = form_of(request, sent(body))
    told = {"by": request.user, "now": clock.now()}
    row = add_deal(request.workspace, **told, **form.said)
    return Status(201, deal_in(request, row.pk))


@router.put("/deals/{uuid:pk}", response=DealOut, auth=token_may(Permission.PLAN))
def deal_edit(request, pk: UUID, body: DealChange):
    """What is left out stays."""
    row = deal_in(request, pk)
    form = form_of(request, sent(body), row=row)
    edit_deal(row, by=request.user, now=clock.now(), **form.said)
    return deal_in(request, pk)


@router.post(
    "/deals/{uuid:pk}/withdraw", response=DealOut, auth=token_may(Permission.PLAN)
)
def deal_withdraw(request, pk: UUID, body: RevIn):
    """It was none, or stands twice: it counts nowhere any more."""
    row = deal_in(request, pk)
    withdraw_deal(row, by=request.user, now=clock.now(), rev=body.rev)
    return deal_in(request, pk)


@router.post(
    "/deals/{uuid:pk}/steps",
    response={201: DealStepOut},
    auth=token_may(Permission.PLAN),
)
def deal_step_add(request, pk: UUID, body: DealStepIn):
    """A step that was reached on a day."""
    row = deal_in(request, pk)
    now = clock.now()
    form = bound(StepForm, sent(body), today=request.workspace.today(now))
    return Status(201, add_step(row, by=request.user, now=now, **cleaned(form)))


@router.post(
    "/deal-steps/{uuid:pk}/correct",
    response={201: DealStepOut},
    auth=token_may(Permission.PLAN),
)
def deal_step_correct(request, pk: UUID, body: DealStepCorrection):
    """A further row with its reason; the empty name takes the step back."""
    rows = DealStep.objects.in_workspace(request.workspace).select_related("deal")
    step = get_object_or_404(rows, pk=pk)
    stands = {"name": step.name, "on": step.on}
    today = request.workspace.today(clock.now())
    form = bound(StepCorrectionForm, sent(body), initial=stands, today=today)
    return Status(201, corrected_row(request, correct_step, step, cleaned(form)))


def form_of(request, fields, row=None):
    today = request.workspace.today(clock.now())
    told = {"workspace": request.workspace, "today": today}
    form = bound(DealForm, fields, row=row, **told)
    cleaned(form)
    return form
