"""Checkpoints, planned stops, versions of the model and exits over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.api import (
    Outdated,
    PolicyRouter,
    Refusal,
    bound,
    cleaned,
    form_body,
    sent,
    token_may,
)
from core.models import Permission
from milestones.actions import (
    hold_stop,
    move_checkpoint,
    plan_checkpoint,
    reach_checkpoint,
    start_version,
)
from milestones.conflicts import OutdatedError
from milestones.course import LEARNING, Condition
from milestones.forms.checkpoints import HoldForm, MoveForm, PlanForm, ReachForm
from milestones.forms.versions import VersionForm
from milestones.models import Checkpoint, ScheduledStop
from milestones.reports.course import Slot, Stop, course_of, exits_of
from milestones.reports.versions import versions_of
from milestones.scope import scope_of

router = PolicyRouter(tags=["checkpoints and versions"])
MEANWHILE = "Somebody wrote in between. Read it again and decide."


def refusing(action: Callable[[], Any]) -> Any:
    """409 when somebody else was first."""
    try:
        return action()
    except OutdatedError:
        return Status(409, {"detail": MEANWHILE})


# --- checkpoints -----------------------------------------------------------------
class ConditionOut(Schema):
    """`number`: of the question; null for the condition about open stops."""

    number: int | None
    is_met: bool
    sentence: str


class SlipOut(Schema):
    from_on: date
    to_on: date
    reason: str
    by: str
    on: date


class SlotOut(Schema):
    """`id` is null while it is not planned in the version asked for."""

    id: UUID | None
    kind: str
    planned_on: date | None
    reached_on: date | None
    finding: str
    is_overdue: bool
    slips: list[SlipOut]
    slip_days: int


class PairOut(Schema):
    """A checkpoint of the product beside its learning review, and what that asks. The
    last review has no product beside it."""

    product: SlotOut | None
    review: SlotOut
    conditions: list[ConditionOut]


class StopOut(Schema):
    """`days` after first customer ship."""

    id: UUID
    days: int
    due_on: date
    held_on: date | None
    finding: str
    is_overdue: bool


class CourseOut(Schema):
    """`not_learned`: what does not hold before version 2, once that is planned."""

    pairs: list[PairOut]
    stops: list[StopOut]
    not_learned: list[ConditionOut]


class CheckpointOut(Schema):
    id: UUID
    kind: str
    planned_on: date
    reached_on: date | None
    finding: str


PlanIn = form_body(PlanForm, name="CheckpointIn")
MoveIn = form_body(MoveForm, name="CheckpointMoveIn")
ReachIn = form_body(ReachForm, name="CheckpointReachIn")
HoldIn = form_body(HoldForm, name="StopHoldIn")


@router.get(
    "/checkpoints",
    response={200: CourseOut, 404: Refusal},
    auth=token_may(Permission.VIEW),
)
def checkpoint_list(request, segment: UUID | None = None, version: int | None = None):
    """Both tracks, with what each review asks of the segment and whether it holds."""
    found = course_of(
        scope_of(request.workspace, segment, version),
        viewer=str(request.user.pk),
        now=clock.now(),
    )
    pairs = [
        {
            "product": pair.product and slotted(pair.product),
            "review": slotted(pair.review),
            "conditions": [conditioned(one) for one in pair.conditions],
        }
        for pair in found.pairs
    ]
    return {
        "pairs": pairs,
        "stops": [stopped(stop) for stop in found.stops],
        "not_learned": [conditioned(one) for one in found.not_learned],
    }


def conditioned(one: Condition) -> dict[str, Any]:
    return {"number": one.number, "is_met": one.is_met, "sentence": one.sentence}


def slotted(slot: Slot) -> dict[str, Any]:
    names = ("kind", "planned_on", "reached_on", "finding", "is_overdue")
    parts = ("from_on", "to_on", "reason", "by", "on")
    slips = [{part: getattr(move, part) for part in parts} for move in slot.moves]
    return {name: getattr(slot, name) for name in names} | {
        "id": slot.key,
        "slips": slips,
        "slip_days": slot.slippage.days,
    }


def stopped(stop: Stop) -> dict[str, Any]:
    names = ("days", "due_on", "held_on", "finding", "is_overdue")
    return {name: getattr(stop, name) for name in names} | {"id": stop.key}


@router.post(
    "/checkpoints", response={201: CheckpointOut}, auth=token_may(Permission.SCORE)
)
def checkpoint_add(request, body: PlanIn):
    """A checkpoint of the product brings its learning review with it."""
    plan = cleaned(bound(PlanForm, sent(body)))
    row = plan_checkpoint(request.workspace, by=request.user, now=clock.now(), **plan)
    return Status(201, row)


def checkpoint_in(request: HttpRequest, pk: UUID) -> Checkpoint:
    return get_object_or_404(
        Checkpoint.objects.in_workspace(request.workspace).select_related("workspace"),
        pk=pk,
    )


@router.post(
    "/checkpoints/{uuid:pk}/move",
    response={200: CheckpointOut, 409: Outdated},
    auth=token_may(Permission.SCORE),
)
def checkpoint_move(request, pk: UUID, body: MoveIn):
    """`follows_on`: the day it is planned for now. The move stays on record."""
    row = checkpoint_in(request, pk)
    move = cleaned(bound(MoveForm, sent(body)))
    by, now = request.user, clock.now()
    return refusing(lambda: move_checkpoint(row, by=by, now=now, **move).checkpoint)


@router.post(
    "/checkpoints/{uuid:pk}/reach",
    response={200: CheckpointOut, 409: Outdated},
    auth=token_may(Permission.SCORE),
)
def checkpoint_reach(request, pk: UUID, body: ReachIn):
    """Final. A learning review needs a finding of 40 characters at least."""
    row = checkpoint_in(request, pk)
    is_review = row.kind in LEARNING
    found = cleaned(bound(ReachForm, sent(body), is_review=is_review))
    by, now = request.user, clock.now()
    return refusing(lambda: reach_checkpoint(row, by=by, now=now, **found))


@router.post(
    "/stops/{uuid:pk}/hold",
    response={200: StopOut, 409: Outdated},
    auth=token_may(Permission.SCORE),
)
def stop_hold(request, pk: UUID, body: HoldIn):
    """Final. `finding`: what was looked at and what follows."""
    stops = ScheduledStop.objects.in_workspace(request.workspace)
    row = get_object_or_404(stops, pk=pk)
    held = cleaned(bound(HoldForm, sent(body)))
    by, now = request.user, clock.now()

    def holding():
        done = hold_stop(row, by=by, now=now, **held)
        names = ("id", "days", "due_on", "held_on", "finding")
        return {name: getattr(done, name) for name in names} | {"is_overdue": False}

    return refusing(holding)


# --- versions of the model -------------------------------------------------------
class VersionOut(Schema):
    """`questions`: the numbers that were asked again."""

    id: UUID
    number: int
    started_on: date
    started_at: datetime | None
    changes: list[str]
    what_changed: str
    questions: list[int]


VersionIn = form_body(VersionForm)


@router.get("/versions", response=list[VersionOut], auth=token_may(Permission.VIEW))
def version_list(request):
    """Newest first."""
    return [told(one) for one in versions_of(request.workspace)]


def told(version: Any) -> dict[str, Any]:
    names = ("number", "started_on", "started_at", "what_changed")
    return {name: getattr(version, name) for name in names} | {
        "id": version.key,
        "changes": list(version.codes),
        "questions": list(version.numbers),
    }


@router.post(
    "/versions",
    response={201: VersionOut, 409: Outdated},
    auth=token_may(Permission.DECIDE),
)
def version_add(request, body: VersionIn):
    """`follows`: the id of the version that holds now; 409 when it no longer does."""
    workspace, by, now = request.workspace, request.user, clock.now()
    form = bound(VersionForm, sent(body), workspace=workspace)
    given = cleaned(form)

    def starting():
        start_version(workspace, by=by, now=now, **given)
        return Status(201, told(versions_of(workspace)[0]))

    return refusing(starting)


# --- exits -----------------------------------------------------------------------
class ExitsOut(Schema):
    discovery: list[ConditionOut]
    validation: list[ConditionOut]


@router.get(
    "/exits",
    response={200: ExitsOut, 404: Refusal},
    auth=token_may(Permission.VIEW),
)
def exit_conditions(request, segment: UUID | None = None, version: int | None = None):
    """Whether each condition of either exit holds."""
    scope = scope_of(request.workspace, segment, version)
    discovery, validation = exits_of(
        scope, viewer=str(request.user.pk), now=clock.now()
    )
    return {
        "discovery": [conditioned(one) for one in discovery.conditions],
        "validation": [conditioned(one) for one in validation.conditions],
    }
