"""Metrics, what was predicted of them and what happened, over the API."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
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
from forecasts import deals_api, learning_api, lessons_api, selling_api
from forecasts.actions import record_actual
from forecasts.forms.actuals import ActualForm
from forecasts.importer import planned_periods
from forecasts.models import Actual, Metric
from forecasts.reports import metric_history

router = PolicyRouter(tags=["metrics, forecasts, actuals"])
routers = (
    *(router, selling_api.router, deals_api.router),
    *(learning_api.router, lessons_api.router),
)


class MetricOut(Schema):
    """`state`: the last verdict."""

    id: UUID
    rev: int
    name: str
    definition: str
    unit: str
    kind: str
    direction: str
    cadence: str
    segment: UUID | None
    is_vanity: bool
    tolerance: Decimal
    provenance: str
    state: str
    created_at: datetime
    closed_at: datetime | None

    @staticmethod
    def resolve_segment(metric: Metric) -> UUID | None:
        return metric.segment_id

    @staticmethod
    def resolve_state(metric: Metric) -> str:
        standing = getattr(metric, "standing", None)
        return standing.state if standing else "unjudged"


class PointOut(Schema):
    """What is expected of one period; `low` to `high` holds in 8 of 10."""

    period_start: date
    period_end: date
    expected: Decimal
    low: Decimal | None
    high: Decimal | None
    is_late: bool
    registered_on: date


class ActualOut(Schema):
    """A correction is a further row: `supersedes` names the one it replaced."""

    id: UUID
    period_start: date
    period_end: date
    value: Decimal
    value_kind: str
    source: str
    supersedes: UUID | None
    reason: str
    recorded_at: datetime

    @staticmethod
    def resolve_supersedes(actual: Actual) -> UUID | None:
        return actual.supersedes_id


ActualIn = form_body(ActualForm, but=["value"], value=str | int | float)


def metrics_of(request: HttpRequest):
    rows = Metric.objects.in_workspace(request.workspace)
    return rows.select_related("standing", "workspace")


@router.get("/metrics", response=Page[MetricOut], auth=token_may(Permission.VIEW))
def metric_list(request, *, closed: bool = False, page: int = 1, size: int = 25):
    """Those still followed, or with `closed` the others."""
    rows = metrics_of(request).filter(closed_at__isnull=not closed)
    return page_of(rows.order_by("created_at", "pk"), page, size)


@router.get(
    "/metrics/{uuid:pk}/forecast",
    response=Page[PointOut],
    auth=token_may(Permission.VIEW),
)
def forecast_points(request, pk: UUID, page: int = 1, size: int = 25):
    """The point in force for each period, in order of time."""
    metric = get_object_or_404(metrics_of(request), pk=pk)
    points = metric_history(metric).in_force()
    shown = page_of([points[key] for key in sorted(points)], page, size)
    return shown | {"items": [planned(point) for point in shown["items"]]}


def planned(point) -> dict:
    names = ("expected", "low", "high", "is_late", "registered_on")
    return {name: getattr(point, name) for name in names} | {
        "period_start": point.period.start,
        "period_end": point.period.end,
    }


@router.get(
    "/metrics/{uuid:pk}/actuals",
    response=Page[ActualOut],
    auth=token_may(Permission.VIEW),
)
def actual_list(request, pk: UUID, page: int = 1, size: int = 25):
    """The latest word on each period, in order of time."""
    metric = get_object_or_404(metrics_of(request), pk=pk)
    rows = metric.actuals.current().order_by("period_start", "period_end", "pk")
    return page_of(rows, page, size)


@router.post(
    "/metrics/{uuid:pk}/actuals",
    response={201: ActualOut},
    auth=token_may(Permission.PLAN),
)
def actual_add(request, pk: UUID, body: ActualIn):
    """The first number of a period that is over. A JSON number is read as it is; text
    with two readings is refused."""
    metric = get_object_or_404(metrics_of(request).open(), pk=pk)
    now = clock.now()
    form = bound(
        ActualForm,
        sent(body),
        metric=metric,
        today=request.workspace.today(now),
        planned=planned_periods([metric])[metric.pk],
        decimal=None if isinstance(body.value, str) else ".",
    )
    data = cleaned(form)
    period = data.pop("period")
    actual = record_actual(
        metric,
        by=request.user,
        now=now,
        period_start=period.start,
        period_end=period.end,
        **data,
    )
    return Status(201, actual)
