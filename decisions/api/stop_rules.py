"""Stop rules over the API: read. They are registered on their pages, before their day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from core import clock
from core.api import Page, PolicyRouter, page_of, token_may
from core.models import Permission
from decisions.models import StopRule
from decisions.reports.stop_rules import Registered, with_outcomes

router = PolicyRouter(tags=["stop rules"])


class StopRuleOut(Schema):
    """`became`: ahead of its day, met or not met on it, unknown where nobody has said
    the number. `decision`: the one it was registered with."""

    id: UUID
    metric: UUID
    metric_name: str
    comparison: Literal["at_least", "at_most"]
    mark: Decimal
    by_on: date
    became: Literal["ahead", "met", "not_met", "unknown"]
    decision: UUID | None
    registered_by: str
    registered_at: datetime


@router.get("/stop-rules", response=Page[StopRuleOut], auth=token_may(Permission.VIEW))
def stop_rule_list(
    request: HttpRequest, *, metric: UUID | None = None, page: int = 1, size: int = 25
):
    """By their day; with `metric` those on one number."""
    rows = StopRule.objects.in_workspace(request.workspace)
    if metric is not None:
        rows = rows.filter(metric=metric)
    shown = page_of(rows.select_related("metric", "registered_by"), page, size)
    today = request.workspace.today(clock.now())
    found = with_outcomes(request.workspace, shown["items"], today)
    return shown | {"items": [told(one) for one in found]}


def told(one: Registered) -> dict[str, Any]:
    row = one.row
    return {
        "id": row.pk,
        "metric": row.metric_id,
        "metric_name": row.metric.name,
        "comparison": row.comparison,
        "mark": row.mark,
        "by_on": row.by_on,
        "became": one.came.value,
        "decision": row.decision_id,
        "registered_by": str(row.registered_by),
        "registered_at": row.registered_at,
    }
