"""Decisions over the API: the log, what was known, what followed and what became of it.

They are recorded on their pages alone, and never changed.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
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
from decisions.actions import end_follow_up, replace_follow_up, review_decision
from decisions.errors import SettledError
from decisions.forms.following import EndForm, ReviewForm
from decisions.models import Decision, DecisionReview, FollowUp
from decisions.reports.alerts import known_of
from decisions.reports.logbook import LogFilter, entry_of, log_of

router = PolicyRouter(tags=["decisions"])
Kind = Literal["", "persevere", "adjust_forecast", "pivot", "fix_execution", "stop"]
Became = Literal["", "held", "failed", "unclear", "again", "open"]
ENDED = "It has ended. What stands is not written over."


class KnownNumberOut(Schema):
    """One period as it stood when it was decided."""

    first: date
    last: date
    forecast: Decimal | None
    actual: Decimal | None


class KnownScoreOut(Schema):
    question: int
    claimed: int
    supported: int


class ReviewOut(Schema):
    """How it looked on its day. `verdict`: held, failed or unclear."""

    verdict: str
    words: str
    by: str
    reviewed_at: datetime

    @staticmethod
    def resolve_by(review: DecisionReview) -> str:
        return str(review.by)


class DecisionOut(Schema):
    """`known` is the last number on record then. `rose_again`: the same alert came back
    within 60 days."""

    id: UUID
    alert: UUID
    subject_name: str
    kind: str
    reasons: str
    dissent: str
    prediction: str
    predict_by: date | None
    change: str
    new_share: int | None
    review_on: date
    by: str
    decided_at: datetime
    known: KnownNumberOut | None
    follow_ups: int
    follow_ups_open: int
    rose_again: bool
    review: ReviewOut | None


class FollowUpOut(Schema):
    """It ends once, with an outcome: done, or `replaced_by` another."""

    id: UUID
    decision: UUID
    what: str
    owner: str
    due_on: date
    made_at: datetime
    outcome: str
    ended_at: datetime | None
    ended_by: str | None
    replaced_by: UUID | None

    @staticmethod
    def resolve_decision(row: FollowUp) -> UUID:
        return row.decision_id

    @staticmethod
    def resolve_owner(row: FollowUp) -> str:
        return str(row.owner)

    @staticmethod
    def resolve_ended_by(row: FollowUp) -> str | None:
        return str(row.ended_by) if row.ended_by else None

    @staticmethod
    def resolve_replaced_by(row: FollowUp) -> UUID | None:
        return row.replaced_by_id


class DecisionAndKnown(DecisionOut):
    """With the series and scores as they were frozen, and all that followed."""

    series: list[KnownNumberOut]
    scores: list[KnownScoreOut]
    followed: list[FollowUpOut]


EndIn: Any = form_body(EndForm, name="FollowUpEnd")
ReviewIn: Any = form_body(ReviewForm, name="DecisionReviewIn")


@router.get("/decisions", response=Page[DecisionOut], auth=token_may(Permission.VIEW))
def decision_list(
    request,
    *,
    kind: Kind = "",
    became: Became = "",
    since: date | None = None,
    until: date | None = None,
    page: int = 1,
    size: int = 25,
):
    """The log, the newest first. `became`: a verdict, `again` or `open` (not judged)."""
    wanted = LogFilter(kind=kind, became=became, since=since, until=until)
    shown = page_of(log_of(request.workspace, wanted), page, size)
    return shown | {"items": [told(one) for one in shown["items"]]}


@router.get(
    "/decisions/{uuid:pk}",
    response=DecisionAndKnown,
    auth=token_may(Permission.VIEW),
)
def decision_get(request, pk: UUID):
    """With what was known when it was taken."""
    decision = decision_in(request, pk)
    known = known_of(decision)
    followed = FollowUp.objects.filter(decision=decision)
    return told(decision) | {
        "series": list(known.series),
        "scores": list(known.scores),
        "followed": list(followed.select_related("owner", "ended_by")),
    }


@router.post(
    "/decisions/{uuid:pk}/review",
    response={201: ReviewOut},
    auth=token_may(Permission.DECIDE),
)
def decision_review(request, pk: UUID, body: ReviewIn):
    """What became of it: once, and final."""
    decision = decision_in(request, pk)
    data = cleaned(bound(ReviewForm, sent(body)))
    try:
        review = review_decision(decision, by=request.user, now=clock.now(), **data)
    except SettledError:
        return Status(409, {"detail": ENDED})
    return Status(201, review)


@router.get("/follow-ups", response=Page[FollowUpOut], auth=token_may(Permission.VIEW))
def follow_up_list(request, *, ended: bool = False, page: int = 1, size: int = 25):
    """Those still to do, the earliest day first; or with `ended` the others."""
    rows = follow_ups_in(request).filter(ended_at__isnull=not ended)
    return page_of(rows.order_by("due_on", "made_at", "pk"), page, size)


@router.post(
    "/follow-ups/{uuid:pk}/end",
    response=FollowUpOut,
    auth=token_may(Permission.DECIDE),
)
def follow_up_end(request, pk: UUID, body: EndIn):
    """Done; or with `what`, `owner` and `due_on` replaced by that."""
    row, now = get_object_or_404(follow_ups_in(request), pk=pk), clock.now()
    today = request.workspace.today(now)
    form = bound(EndForm, sent(body), workspace=request.workspace, today=today)
    outcome, task = cleaned(form)["outcome"], form.task
    told_by = {"by": request.user, "outcome": outcome, "now": now}
    try:
        if task.is_begun:
            replace_follow_up(row, task=task, **told_by)
        else:
            end_follow_up(row, **told_by)
    except SettledError:
        return Status(409, {"detail": ENDED})
    return follow_ups_in(request).get(pk=pk)


def decision_in(request: HttpRequest, pk: UUID) -> Decision:
    return get_object_or_404(log_of(request.workspace, LogFilter()), pk=pk)


def follow_ups_in(request: HttpRequest):
    rows = FollowUp.objects.in_workspace(request.workspace)
    return rows.select_related("owner", "ended_by")


SAME = (
    *("id", "kind", "reasons", "dissent", "prediction", "predict_by", "change"),
    *("new_share", "review_on", "decided_at"),
)


def told(decision: Any) -> dict[str, Any]:
    """A row of `log_of`."""
    entry = entry_of(decision)
    return {name: getattr(decision, name) for name in SAME} | {
        "alert": decision.alert_id,
        "subject_name": decision.alert.subject_name,
        "by": str(decision.by),
        "known": entry.known,
        "follow_ups": decision.tasks,
        "follow_ups_open": decision.open_tasks,
        "rose_again": decision.has_come_again,
        "review": entry.review,
    }
