"""Commitments over the API. Their gate is overridden on its page alone."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status
from pydantic import Field

from core import clock
from core.api import (
    FormBody,
    Page,
    PolicyRouter,
    bound,
    cleaned,
    form_body,
    page_of,
    sent,
    token_may,
)
from core.models import Permission
from decisions.actions import (
    add_commitment,
    check_gate,
    close_commitment,
    edit_commitment,
    sign_commitment,
)
from decisions.errors import HeldError
from decisions.forms.commitments import CloseForm, CommitmentForm
from decisions.models import Commitment
from decisions.models.commitments import MOST_TRANCHES
from decisions.reports.commitment_list import (
    Listed,
    ListFilter,
    listed,
    with_classes,
)
from decisions.reports.gates import Found, commitment_rows, gate_of

router = PolicyRouter(tags=["commitments"])
Standing = Literal["", "open", "held", "signed", "closed", "overridden"]


class TrancheOut(Schema):
    """A part of the money. Its stop rule: `number` has to reach `threshold` by
    `stop_on`; without one all three are empty."""

    amount_minor: int
    due_on: date
    number: str
    threshold: str
    stop_on: date | None


class CommitmentOut(Schema):
    """Amounts are minor units of `currency`; `value_minor` is in the venture's, where
    that is another one. `was_overridden` never becomes false again."""

    id: UUID
    rev: int
    title: str
    counterparty: str
    kind: str
    status: str
    gate_class: str
    currency: str
    amount_minor: int
    value_minor: int | None
    starts_on: date
    ends_on: date
    tranches: list[TrancheOut]
    cancel_minor: int
    notice_days: int | None
    reversible_share: int
    questions: list[int]
    metric: UUID | None
    hires: int | None
    hire_kind: str
    sales_curve: UUID | None
    notes: str
    step_of: UUID | None
    was_overridden: bool
    checked_at: datetime | None
    check_result: str | None
    created_at: datetime
    signed_at: datetime | None
    closed_at: datetime | None

    @staticmethod
    def resolve_metric(row: Commitment) -> UUID | None:
        return row.metric_id

    @staticmethod
    def resolve_sales_curve(row: Commitment) -> UUID | None:
        return row.sales_curve_id

    @staticmethod
    def resolve_step_of(row: Commitment) -> UUID | None:
        return row.step_of_id

    @staticmethod
    def resolve_was_overridden(row: Any) -> bool:
        return row.is_marked


class GateConditionOut(Schema):
    """`about`: question, stops, shipping, periods, scheduled, tranches, cosign or hiring;
    `number`: of the question."""

    about: str
    number: int | None
    sentence: str
    is_met: bool


class GateOut(Schema):
    """As it stands now. `result`: passed, warned or held; `missing`: cash, value,
    beside. `together`: commitments that its class counts together with it."""

    gate_class: str
    why: str
    result: str
    missing: list[str]
    together: list[UUID]
    conditions: list[GateConditionOut]


class CommitmentAndGate(CommitmentOut):
    """`gate` is null once there is nothing left to sign."""

    gate: GateOut | None


class TrancheIn(FormBody):
    amount: str | None = Field(None, description="In whole units of the currency")
    due_on: str | None = None
    number: str | None = Field(None, description="The number that stops it")
    threshold: str | None = Field(None, description="What it has to reach")
    stop_on: str | None = Field(None, description="By when")


CommitmentFields: Any = form_body(CommitmentForm, name="CommitmentFields")


class CommitmentIn(CommitmentFields):
    """What is refused of a tranche is named `tranche_1_amount`, and so on."""

    tranches: list[TrancheIn] = Field([], max_length=MOST_TRANCHES)


class CommitmentChange(CommitmentIn):
    """`rev`: the revision that was read. Tranches stay if none are sent; else these are
    all there are."""

    rev: int


class ClosingIn(FormBody):
    """`outcome`: ended or cancelled, of what was signed alone."""

    rev: int
    closing: str
    outcome: str | None = None


class SignatureIn(FormBody):
    """`rev`: the revision that was read and is signed."""

    rev: int


@router.get(
    "/commitments", response=Page[CommitmentOut], auth=token_may(Permission.VIEW)
)
def commitment_list(
    request, q: str = "", standing: Standing = "", page: int = 1, size: int = 25
):
    """The newest first. `standing`: open, held, signed, closed, or overridden ever."""
    names = Permission.SEE_PEOPLE in request.may
    rows = listed(request.workspace, ListFilter(q, standing), names=names)
    shown = page_of(rows, page, size)
    named = with_classes(request.workspace, shown["items"], clock.now())
    return shown | {"items": [classed(one) for one in named]}


@router.get(
    "/commitments/{uuid:pk}",
    response=CommitmentAndGate,
    auth=token_may(Permission.VIEW),
)
def commitment_get(request, pk: UUID):
    """With its gate as it stands."""
    return with_gate(commitment_in(request, pk))


@router.post(
    "/commitments",
    response={201: CommitmentAndGate},
    auth=token_may(Permission.DECIDE),
)
def commitment_add(request, body: CommitmentIn):
    """Writes it down: proposed, or an idea. Amounts as text, such as "12,500.50"."""
    fields = sent(body, "tranches") | in_rows(body.tranches)
    form = bound(CommitmentForm, fields, workspace=request.workspace)
    data = cleaned(form)
    row = add_commitment(request.workspace, by=request.user, now=clock.now(), **data)
    return Status(201, with_gate(commitment_in(request, row.pk)))


@router.put(
    "/commitments/{uuid:pk}",
    response=CommitmentAndGate,
    auth=token_may(Permission.DECIDE),
)
def commitment_edit(request, pk: UUID, body: CommitmentChange):
    """Before its signature. Other terms void what let it through."""
    row = commitment_in(request, pk)
    fields = sent(body, "tranches")
    if "tranches" in body.model_fields_set:
        fields |= NO_ROWS | in_rows(body.tranches)
    form = bound(CommitmentForm, fields, row=row, workspace=request.workspace)
    edit_commitment(row, by=request.user, now=clock.now(), **cleaned(form))
    return with_gate(commitment_in(request, pk))


@router.post(
    "/commitments/{uuid:pk}/close",
    response=CommitmentAndGate,
    auth=token_may(Permission.DECIDE),
)
def commitment_close(request, pk: UUID, body: ClosingIn):
    """It ended, or was cancelled. It is not opened again."""
    row = commitment_in(request, pk)
    is_signed = row.status == Commitment.Status.SIGNED
    data = cleaned(bound(CloseForm, sent(body), is_signed=is_signed))
    close_commitment(row, by=request.user, now=clock.now(), **data)
    return with_gate(commitment_in(request, pk))


@router.post(
    "/commitments/{uuid:pk}/check",
    response=CommitmentAndGate,
    auth=token_may(Permission.DECIDE),
)
def commitment_check(request, pk: UUID):
    """Checks the gate and keeps what was found: approved for some days (seven unless set), or held."""
    check_gate(commitment_in(request, pk), by=request.user, now=clock.now())
    return with_gate(commitment_in(request, pk))


@router.post(
    "/commitments/{uuid:pk}/sign",
    response=CommitmentAndGate,
    auth=token_may(Permission.DECIDE),
)
def commitment_sign(request, pk: UUID, body: SignatureIn):
    """409 with the conditions that are open, in `detail`, while the gate holds it."""
    row, now = commitment_in(request, pk), clock.now()
    try:
        sign_commitment(row, by=request.user, now=now, rev=body.rev)
    except HeldError as held:
        with suppress(ValidationError):
            check_gate(row, by=request.user, now=now)
        return Status(409, {"detail": [told(one) for one in held.gate.unmet]})
    return with_gate(commitment_in(request, pk))


def commitment_in(request: HttpRequest, pk: UUID) -> Any:
    return get_object_or_404(commitment_rows(request.workspace).with_marks(), pk=pk)


def classed(one: Listed) -> Any:
    one.row.gate_class = one.gate_class  # type: ignore[attr-defined]
    return one.row


def with_gate(row: Any) -> Any:
    """Of what is open live; of the rest the class of its last check."""
    now = clock.now()
    if not row.is_open:
        (one,) = with_classes(row.workspace, [row], now)
        row.gate = None
        return classed(one)
    found = gate_of(row, now=now)
    row.gate_class, row.gate = found.gate.gate_class, gate_told(found)
    return row


def gate_told(found: Found) -> dict[str, Any]:
    gate = found.gate
    return {
        "gate_class": gate.gate_class,
        "why": gate.rating.why,
        "result": gate.result,
        "missing": list(gate.rating.missing),
        "together": [one.pk for one in found.together],
        "conditions": [told(one) for one in gate.conditions],
    }


def told(condition) -> dict[str, Any]:
    names = ("about", "number", "sentence", "is_met")
    return {name: getattr(condition, name) for name in names}


# all rows of the form, empty
NO_ROWS = {
    f"tranche_{place}_{name}": ""
    for place in range(1, MOST_TRANCHES + 1)
    for name in TrancheIn.model_fields
}


def in_rows(tranches: list[TrancheIn]) -> dict[str, Any]:
    """The fields of the form's rows."""
    return {
        f"tranche_{place}_{name}": value
        for place, tranche in enumerate(tranches, 1)
        for name, value in tranche.dict(exclude_unset=True).items()
    }
