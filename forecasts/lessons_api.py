"""What talks taught about selling, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

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
from core.revisions import EndedError
from forecasts.actions import write_lesson
from forecasts.errors import Conflict
from forecasts.forms.learning import LessonForm
from forecasts.learning_log import lessons_in, open_talks
from forecasts.models import SalesLesson

router = PolicyRouter(tags=["learning log, what investors were told"])


class LessonOut(Schema):
    """`interview` taught it. A later word is a further row: `supersedes` names the one
    it replaced."""

    id: UUID
    interview: UUID
    kind: str
    held_at: datetime
    learned: str
    by: str
    supersedes: UUID | None
    recorded_at: datetime

    @staticmethod
    def resolve_interview(row: SalesLesson) -> UUID:
        return row.talk_id

    @staticmethod
    def resolve_kind(row: SalesLesson) -> str:
        return row.talk.kind

    @staticmethod
    def resolve_held_at(row: SalesLesson) -> datetime:
        return row.talk.held_at

    @staticmethod
    def resolve_by(row: SalesLesson) -> str:
        return str(row.by or "")

    @staticmethod
    def resolve_supersedes(row: SalesLesson) -> UUID | None:
        return row.supersedes_id


LessonIn: Any = form_body(LessonForm)


@router.get("/lessons", response=Page[LessonOut], auth=token_may(Permission.VIEW))
def lesson_list(request, page: int = 1, size: int = 25):
    """What stands of each talk, the latest talks first. None of a talk with somebody
    who agreed to nothing being kept."""
    return page_of(lessons_in(request.workspace), page, size)


@router.post(
    "/interviews/{uuid:pk}/lessons",
    response={201: LessonOut},
    auth=token_may(Permission.LOG),
)
def lesson_add(request, pk: UUID, body: LessonIn):
    """What a finished talk taught. `follows`: the id of the lesson that was read,
    nothing for the first one of a talk; 409 when another one stands."""
    talk = get_object_or_404(open_talks(request.workspace), pk=pk)
    talk.workspace = request.workspace
    said = cleaned(bound(LessonForm, sent(body)))
    try:
        row = write_lesson(talk, by=request.user, now=clock.now(), **said)
    except Conflict as conflict:
        stands = conflict.current
        words = f"Another one stands: {stands.pk}." if stands else "None stands."
        raise EndedError(f"{conflict} {words}") from conflict
    return Status(201, row)
