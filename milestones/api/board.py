"""The board over the API."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema

from core import clock
from core.api import PolicyRouter, Refusal, token_may
from core.models import Permission
from milestones.reports.board import board as board_of
from milestones.scope import scope_of

router = PolicyRouter(tags=["questions and evidence"])


class QuestionOut(Schema):
    """As its member sees it. `effective` is the lower of `claimed` and `supported`.

    `owes_score`: others have scored in the open round, this member has not.
    """

    number: int
    wording: str
    claimed: int | None
    supported: int
    effective: int
    status: str
    sentence: str
    owes_score: bool
    supporting: int
    against: int
    newest: date | None


class BoardOut(Schema):
    """`interviews`: talks of the segment that count."""

    segment: UUID | None
    as_of: date
    interviews: int
    questions: list[QuestionOut]


@router.get(
    "/questions",
    response={200: BoardOut, 404: Refusal},
    auth=token_may(Permission.VIEW),
)
def question_list(request, segment: UUID | None = None):
    """The eleven of one segment; of the first one still pursued unless named."""
    scope = scope_of(request.workspace, segment)
    found = board_of(scope, viewer=str(request.user.pk), now=clock.now())
    return {
        "segment": scope.segment and scope.segment.pk,
        "as_of": found.as_of,
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
        "supporting": row.supporting,
        "against": row.against,
        "newest": row.newest,
    }
