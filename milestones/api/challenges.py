"""Questions asked back, over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import Schema, Status

from core import clock
from core.api import (
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
from milestones.actions import (
    answer_challenge,
    open_challenge,
    question_in,
    withdraw_challenge,
)
from milestones.api.lookups import outdated, scope_numbered
from milestones.conflicts import OutdatedError
from milestones.forms.challenges import (
    ChallengeFilterForm,
    ChallengeForm,
    ChallengeReplyForm,
)
from milestones.models import Challenge
from milestones.reports.challenges import (
    Asked,
    challenge_as_known,
    challenge_rows,
    shown,
)

router = PolicyRouter(tags=["questions and evidence"])


class ChallengeOut(Schema):
    """As its member may know it. `kind`: evidence, or spread, which nobody asked.
    `caps_on`: the day from which it holds the support down to 3."""

    id: UUID
    number: int
    segment: UUID | None
    kind: str
    claimed: int | None
    text: str
    by: str
    opened_at: datetime
    caps_on: date | None
    answer: str
    outcome: str
    closed_by: str
    closed_at: datetime | None


ChallengeIn = form_body(ChallengeForm)
ChallengeReplyIn = form_body(ChallengeReplyForm)


@router.get("/challenges", response=Page[ChallengeOut], auth=token_may(Permission.VIEW))
def challenge_list(
    request,
    question: str = "",
    state: str = "",
    page: int = 1,
    size: int = 25,
):
    """Open ones first, the oldest on top. `state`: open, answered, lowered, agreed or
    withdrawn."""
    viewer, now = str(request.user.pk), clock.now()
    form = ChallengeFilterForm({"question": question, "state": state})
    cleaned(form)
    wanted = form.wanted()
    rows, owed = challenge_rows(request.workspace, viewer=viewer, now=now, **wanted)
    listed = page_of(rows, page, size)
    found = shown(listed["items"], request.workspace, owed, viewer, now)
    return listed | {"items": [told(one) for one in found]}


def told(one: Asked) -> dict[str, Any]:
    names = ("number", "kind", "claimed", "text", "opened_at", "caps_on")
    names += ("answer", "outcome", "closed_by", "closed_at")
    return {name: getattr(one, name) for name in names} | {
        "id": one.key,
        "segment": one.segment_id,
        "by": one.by_name,
    }


def challenge_in(request: HttpRequest, pk: UUID) -> tuple[Challenge, Asked]:
    viewer, now = str(request.user.pk), clock.now()
    found = challenge_as_known(request.workspace, pk, viewer=viewer, now=now)
    if found is None:
        raise Http404
    return found


def as_it_stands(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    return told(challenge_in(request, pk)[1])


@router.post(
    "/questions/{int:number}/challenges",
    response={201: ChallengeOut},
    auth=token_may(Permission.REVIEW),
)
def challenge_add(request, number: int, body: ChallengeIn, segment: UUID | None = None):
    """Asks for the evidence behind what is claimed; one open at a time of each member."""
    scope, now = scope_numbered(request, segment, number), clock.now()
    data = cleaned(bound(ChallengeForm, sent(body)))
    with transaction.atomic():
        question = question_in(scope, number, by=request.user, now=now)
        challenge = open_challenge(question, by=request.user, now=now, **data)
    return Status(201, as_it_stands(request, challenge.pk))


@router.post(
    "/challenges/{uuid:pk}/answer",
    response=ChallengeOut,
    auth=token_may(Permission.SCORE),
)
def challenge_answer(request, pk: UUID, body: ChallengeReplyIn):
    """Closes it. Of a spread: what the founders agreed when they talked."""
    challenge, _asked = challenge_in(request, pk)
    data = cleaned(bound(ChallengeReplyForm, sent(body)))
    try:
        answer_challenge(challenge, by=request.user, now=clock.now(), **data)
    except OutdatedError as conflict:
        return outdated([conflict.latest])
    return as_it_stands(request, pk)


@router.post(
    "/challenges/{uuid:pk}/withdraw",
    response=ChallengeOut,
    auth=token_may(Permission.REVIEW),
)
def challenge_withdraw(request, pk: UUID):
    """Only who asked takes it back."""
    challenge, _asked = challenge_in(request, pk)
    withdraw_challenge(challenge, by=request.user, now=clock.now())
    return as_it_stands(request, pk)
