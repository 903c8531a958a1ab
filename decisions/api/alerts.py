"""Alerts over the API."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema

from core.api import Page, PolicyRouter, page_of, token_may
from core.models import Permission
from decisions.models import Alert

router = PolicyRouter(tags=["alerts"])


class AlertOut(Schema):
    """Open until a decision closes it. `odds`: less than once in so many.

    `severity`: `review` and `watch` block nothing, `stop` asks for a decision. What it is
    about is the subject; `metric` is the same where that is one.
    """

    id: UUID
    subject_kind: str
    subject: UUID
    subject_name: str
    metric: UUID | None
    metric_name: str | None
    family: str
    rule: str
    severity: str
    state: str
    reason: str
    odds: int | None
    period_start: date | None
    period_end: date | None
    raised_at: datetime
    evaluate_by: date
    recovered_at: datetime | None
    closed_at: datetime | None

    @staticmethod
    def resolve_subject(alert: Alert) -> UUID:
        return alert.subject_id

    @staticmethod
    def resolve_metric(alert: Alert) -> UUID | None:
        return alert.metric_id

    @staticmethod
    def resolve_metric_name(alert: Alert) -> str | None:
        return alert.metric and alert.metric.name


@router.get("/alerts", response=Page[AlertOut], auth=token_may(Permission.VIEW))
def alert_list(request, *, closed: bool = False, page: int = 1, size: int = 25):
    """Those that are open, or with `closed` the others; the newest first."""
    rows = Alert.objects.in_workspace(request.workspace).with_subjects()
    rows = rows.filter(closed_at__isnull=not closed).order_by("-raised_at", "pk")
    return page_of(rows, page, size)
