"""Scores over the API: what founders claim, and how advisors see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
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
from milestones.actions import claim_score, question_in, review_score
from milestones.api.lookups import outdated, scope_numbered
from milestones.conflicts import OutdatedError
from milestones.eleven import template
from milestones.facts import Scored
from milestones.forms.questions import ScoreForm
from milestones.forms.reviews import ReviewForm
from milestones.models import Score
from milestones.reports.loading import load_question
from milestones.reports.question import own_score

router = PolicyRouter(tags=["questions and evidence"])


class ScoreOut(Schema):
    """`supported`: what the evidence supported at that moment. `follows`: the row it
    replaces. `round` is 0 for what advisors say."""

    id: UUID
    kind: str
    value: int
    supported: int
    reason: str
    by: str
    round: int
    recorded_at: datetime
    follows: UUID | None


ScoreIn = form_body(ScoreForm)
ReviewIn = form_body(ReviewForm)


@router.get(
    "/questions/{int:number}/scores",
    response=Page[ScoreOut],
    auth=token_may(Permission.VIEW),
)
def score_list(
    request, number: int, segment: UUID | None = None, page: int = 1, size: int = 25
):
    """Newest first. Whoever owes a score of the open round sees nothing of it."""
    scope, now = scope_numbered(request, segment, number), clock.now()
    seen = load_question(scope, number, now).seen_by(str(request.user.pk), now)
    rows = [("claimed", score) for score in seen.scores]
    rows += [("reviewed", score) for score in seen.reviews]
    rows.sort(key=lambda row: row[1].at, reverse=True)
    shown = page_of(rows, page, size)
    return shown | {"items": [told(*row) for row in shown["items"]]}


def told(kind: str, score: Scored) -> dict[str, Any]:
    names = ("value", "supported", "reason", "round", "follows")
    return {name: getattr(score, name) for name in names} | {
        "id": score.key,
        "kind": kind,
        "by": score.author_name,
        "recorded_at": score.at,
    }


def saved(score: Score) -> dict[str, Any]:
    names = ("id", "kind", "value", "supported", "reason", "round", "recorded_at")
    return {name: getattr(score, name) for name in names} | {
        "by": str(score.by),
        "follows": score.supersedes_id,
    }


@router.post(
    "/questions/{int:number}/scores",
    response={201: ScoreOut},
    auth=token_may(Permission.SCORE),
)
def score_add(request, number: int, body: ScoreIn, segment: UUID | None = None):
    """What this founder claims. `follows`: the id of their latest score, if there is
    one."""
    scope, now = scope_numbered(request, segment, number), clock.now()
    facts = load_question(scope, number, now)
    made_with = {
        "question": template(number),
        "supported": facts.support(now, request.workspace.today(now)).level,
        "has_scored": own_score(facts, str(request.user.pk)) is not None,
    }
    data = {"is_correction": False} | cleaned(bound(ScoreForm, sent(body), **made_with))
    return written(claim_score, request, scope, number, data)


@router.post(
    "/questions/{int:number}/reviews",
    response={201: ScoreOut},
    auth=token_may(Permission.REVIEW),
)
def review_add(request, number: int, body: ReviewIn, segment: UUID | None = None):
    """How one who advises sees it; for members who do not score themselves."""
    scope = scope_numbered(request, segment, number)
    data = cleaned(bound(ReviewForm, sent(body), question=template(number)))
    return written(review_score, request, scope, number, data)


def written(action: Any, request: Any, scope: Any, number: int, data: Any) -> Status:
    by, now = request.user, clock.now()
    try:
        with transaction.atomic():
            question = question_in(scope, number, by=by, now=now)
            return Status(201, saved(action(question, by=by, now=now, **data)))
    except OutdatedError as conflict:
        return outdated([conflict.latest])
