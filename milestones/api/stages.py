"""The stage of the venture over the API: what it expects, and what is seen of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from core import clock
from core.actions import change_settings
from core.api import (
    PolicyRouter,
    Refusal,
    bound,
    change_body,
    cleaned,
    sent,
    token_may,
)
from core.models import Permission
from milestones.forms.stages import StageForm
from milestones.reports.stage import StagePage, stage_page
from milestones.scope import Scope, scope_of
from milestones.stages import Leads, Stage

router = PolicyRouter(tags=["stage of the venture"])


class SeenOut(Schema):
    """One thing the stage expects, as it stands. `number`: of its question; `leads`:
    which page would change it."""

    sentence: str
    is_met: bool
    leads: Leads
    number: int | None


class StageChangeOut(Schema):
    """`old` and `new` in words; `by` is empty for what a job did."""

    at: datetime
    by: str
    old: str
    new: str


class StageOut(Schema):
    """`current` is where the venture says it is, the rest is of `stage`. `not_yet`
    belongs to a later one, `unseen` is what nothing on record can show; `met` of `seen`
    hold. `told`: how many forecasts were told to investors, see `/expectations`.
    `rev`: of the venture's settings."""

    rev: int
    current: Stage
    stage: Stage
    name: str
    about: str
    expects: list[str]
    not_yet: list[str]
    unseen: list[str]
    met: int
    seen: list[SeenOut]
    told: int
    changes: list[StageChangeOut]


StageIn: Any = change_body(StageForm)


@router.get(
    "/stage", response={200: StageOut, 404: Refusal}, auth=token_may(Permission.VIEW)
)
def stage_get(
    request,
    look: Stage | None = None,
    segment: UUID | None = None,
    version: int | None = None,
):
    """The venture's own stage, or with `look` another one of the five. Questions are of
    the first segment still pursued unless one is named."""
    return told(request, scope_of(request.workspace, segment, version), look or "")


@router.put("/stage", response=StageOut, auth=token_may(Permission.MANAGE))
def stage_put(request, body: StageIn):
    """Says at which stage the venture is. Nothing else moves it."""
    workspace = request.workspace
    form = bound(StageForm, sent(body), row=workspace)
    by, now = request.user, clock.now()
    request.workspace = change_settings(workspace, by=by, now=now, **cleaned(form))
    return told(request, scope_of(request.workspace), "")


def told(request: HttpRequest, scope: Scope, look: str) -> dict[str, Any]:
    page = stage_page(scope, look=look, viewer=str(request.user.pk), now=clock.now())
    return of_page(page) | {"rev": request.workspace.rev}


def of_page(page: StagePage) -> dict[str, Any]:
    shown = page.shown
    names = ("stage", "about", "expects", "not_yet", "unseen")
    return {name: getattr(shown, name) for name in names} | {
        "current": page.current,
        "name": page.label,
        "met": page.met,
        "seen": [asdict(one) for one in page.seen],
        "told": page.told,
        "changes": [asdict(one) for one in page.changes],
    }
