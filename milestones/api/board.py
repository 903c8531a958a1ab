"""The board over the API."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema

from core import clock
from core.api import PolicyRouter, Refusal, cleaned, token_may
from core.models import Permission
from milestones.forms.board import BoardForm
from milestones.reports.board import board as board_of
from milestones.scope import scope_of

router = PolicyRouter(tags=["questions and evidence"])


class WasOut(Schema):
    """Where the question stood on the day compared with, and in which version of the
    model it was asked; null when it was not asked then."""

    version: int | None
    claimed: int | None
    supported: int
    effective: int
    status: str


class BetweenOut(Schema):
    """What came and went since the day compared with: links by stance, links that stand
    no longer, challenges opened and closed."""

    supporting: int
    against: int
    ended: int
    asked: int
    closed: int


class QuestionOut(Schema):
    """As its member sees it. `effective` is the lower of `claimed` and `supported`.

    `owes_score`: others have scored in the open round, this member has not.
    `needs_rescore`: the model changed. `reviewed`: what advisors think; never counted.
    """

    number: int
    wording: str
    claimed: int | None
    supported: int
    effective: int
    status: str
    sentence: str
    owes_score: bool
    needs_rescore: bool
    supporting: int
    against: int
    newest: date | None
    reviewed: list[int]
    was: WasOut | None
    between: BetweenOut | None


class BoardOut(Schema):
    """`interviews`: talks of the segment that count. `version`: of the business model.
    `is_noted`: a past day is drawn from what was noted then."""

    segment: UUID | None
    version: int | None
    as_of: date
    is_past: bool
    is_noted: bool
    since: date | None
    interviews: int
    questions: list[QuestionOut]


@router.get(
    "/questions",
    response={200: BoardOut, 404: Refusal},
    auth=token_may(Permission.VIEW),
)
def question_list(
    request,
    segment: UUID | None = None,
    version: int | None = None,
    as_of: date | None = None,
    since: date | None = None,
):
    """The eleven of one segment; of the first one still pursued unless named. As of any
    day, compared with another one, and of an earlier version of the business model."""
    now = clock.now()
    scope = scope_of(request.workspace, segment, version, as_of)
    days = cleaned(
        BoardForm(
            {"as_of": as_of, "since": since},
            scope=scope,
            today=request.workspace.today(now),
        )
    )
    found = board_of(
        scope,
        viewer=str(request.user.pk),
        now=now,
        as_of=days["as_of"],
        since=days["since"],
    )
    return {
        "segment": scope.segment and scope.segment.pk,
        "version": scope.version and scope.version.number,
        "as_of": found.as_of,
        "is_past": found.is_past,
        "is_noted": found.is_noted,
        "since": found.since,
        "interviews": found.interviews,
        "questions": [told(row) for row in found.rows],
    }


def told(row: Any) -> dict[str, Any]:
    standing = row.standing
    return {
        "number": row.question.number,
        "wording": row.question.wording,
        "claimed": standing.claimed,
        "supported": standing.supported,
        "effective": standing.effective,
        "status": standing.status,
        "sentence": row.sentence,
        "owes_score": row.owes_score,
        "needs_rescore": row.needs_rescore,
        "supporting": row.supporting,
        "against": row.against,
        "newest": row.newest,
        "reviewed": [claim.value for claim in row.reviews],
        "was": row.was and {"version": row.was.version} | counts_of(row.was.standing),
        "between": row.was and asdict(row.since),
    }


def counts_of(standing: Any) -> dict[str, Any]:
    names = ("claimed", "supported", "effective", "status")
    return {name: getattr(standing, name) for name in names}
