"""The criteria of a question over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from ninja import Schema, Status

from core import clock
from core.api import PolicyRouter, bound, cleaned, form_body, sent, token_may
from core.models import Permission
from milestones.actions import question_in, tick_criterion
from milestones.api.lookups import outdated, scope_numbered
from milestones.conflicts import OutdatedError
from milestones.forms.criteria import TickForm
from milestones.reports.criteria import Line, criteria_of
from milestones.scope import Scope

router = PolicyRouter(tags=["questions and evidence"])


class CriterionOut(Schema):
    """`id` of the row that stands, null while nobody said anything."""

    criterion: int
    text: str
    state: str
    note: str
    by: str
    recorded_at: datetime | None
    id: UUID | None


TickIn = form_body(TickForm)


@router.get(
    "/questions/{int:number}/criteria",
    response=list[CriterionOut],
    auth=token_may(Permission.VIEW),
)
def criterion_list(request, number: int, segment: UUID | None = None):
    """All criteria of the question, in their order."""
    scope = scope_numbered(request, segment, number)
    return [told(line) for line in lines_of(scope, number)]


def lines_of(scope: Scope, number: int) -> tuple[Line, ...]:
    question = scope.question(number)
    key = question.pk if question else None
    numbers, now = {key: number}, clock.now()
    found = criteria_of(scope.workspace, numbers, now)
    return found[key].lines


def told(line: Line) -> dict[str, Any]:
    names = ("criterion", "text", "state", "note")
    return {name: getattr(line, name) for name in names} | {
        "by": line.by_name,
        "recorded_at": line.at,
        "id": line.key,
    }


@router.post(
    "/questions/{int:number}/criteria",
    response={201: CriterionOut},
    auth=token_may(Permission.LOG),
)
def criterion_set(request, number: int, body: TickIn, segment: UUID | None = None):
    """One of them; `follows` is the id of its row that stands."""
    scope = scope_numbered(request, segment, number)
    by, now = request.user, clock.now()
    data = cleaned(bound(TickForm, sent(body)))
    try:
        with transaction.atomic():
            question = question_in(scope, number, by=by, now=now)
            tick_criterion(question, by=by, now=now, **data)
    except OutdatedError as conflict:
        return outdated([conflict.latest])
    lines = lines_of(scope_numbered(request, segment, number), number)
    return Status(201, told(lines[data["criterion"] - 1]))
