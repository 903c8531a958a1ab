"""Alerts over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema

from core import clock
from core.api import Page, PolicyRouter, page_of, token_may
from core.models import Permission
from decisions.models import Alert
from decisions.reports.alerts import AlertPage, alert_page
from decisions.views.lookups import alert_or_404

router = PolicyRouter(tags=["alerts"])
Severity = Literal["", "review", "watch", "stop"]


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


class ObservationOut(Schema):
    """What a later verdict said while it was open."""

    state: str
    period_end: date | None
    why: str
    observed_at: datetime


class LineOut(Schema):
    heading: str
    text: str


class StepOut(Schema):
    """One of the five steps, and what is written in it."""

    number: int
    title: str
    is_done: bool
    lines: list[LineOut]


class EvaluationOut(Schema):
    """`lacking`: what stands between it and a decision, in words."""

    rev: int
    started_at: datetime
    saved_at: datetime
    saved_by: str
    steps: list[StepOut]
    lacking: list[str]


class ExitOut(Schema):
    """It ended without a decision of its own: `correction` is the corrected number that
    took it away, or `doubles` the alert whose decision covers it."""

    kind: str
    correction: UUID | None
    doubles: UUID | None
    reason: str
    by: str
    ended_at: datetime

    @staticmethod
    def resolve_correction(row: Any) -> UUID | None:
        return row.correction_id

    @staticmethod
    def resolve_doubles(row: Any) -> UUID | None:
        return row.doubles_id

    @staticmethod
    def resolve_by(row: Any) -> str:
        return str(row.by)


class AlertAndEvaluation(AlertOut):
    """`follows`: the episode of the same family before it. `decision` closed it.
    `exits`: it was set aside, the latest first; one that waits again may have some."""

    owner: str | None
    follows: UUID | None
    observations: list[ObservationOut]
    evaluation: EvaluationOut | None
    decision: UUID | None
    exits: list[ExitOut]

    @staticmethod
    def resolve_owner(alert: Any) -> str | None:
        return str(alert.owner) if alert.owner else None

    @staticmethod
    def resolve_follows(alert: Any) -> UUID | None:
        return alert.follows_id

    @staticmethod
    def resolve_observations(alert: Any) -> list[Any]:
        return list(alert.page.observations)

    @staticmethod
    def resolve_evaluation(alert: Any) -> dict[str, Any] | None:
        return evaluation_told(alert.page)

    @staticmethod
    def resolve_decision(alert: Any) -> UUID | None:
        return alert.page.decision and alert.page.decision.pk

    @staticmethod
    def resolve_exits(alert: Any) -> list[Any]:
        return list(alert.exits.select_related("by"))


@router.get("/alerts", response=Page[AlertOut], auth=token_may(Permission.VIEW))
def alert_list(
    request,
    *,
    closed: bool = False,
    severity: Severity = "",
    rule: str = "",
    page: int = 1,
    size: int = 25,
):
    """Those that are open, or with `closed` the others; the newest first."""
    rows = Alert.objects.in_workspace(request.workspace).with_subjects()
    rows = rows.filter(closed_at__isnull=not closed).order_by("-raised_at", "pk")
    wanted = {"severity": severity, "rule": rule}
    return page_of(
        rows.filter(**{name: value for name, value in wanted.items() if value}),
        page,
        size,
    )


@router.get(
    "/alerts/{uuid:pk}", response=AlertAndEvaluation, auth=token_may(Permission.VIEW)
)
def alert_get(request, pk: UUID):
    """With its evaluation as it stands. It is evaluated and decided on its pages."""
    alert = alert_or_404(request.workspace, pk)
    page = alert_page(alert, today=request.workspace.today(clock.now()))
    alert.page = page
    return alert


def evaluation_told(page: AlertPage) -> dict[str, Any] | None:
    kept = page.evaluation
    if kept is None:
        return None
    steps = [
        {
            "number": one.step.number,
            "title": str(one.step.title),
            "is_done": one.step.number in page.done,
            "lines": [{"heading": name, "text": text} for name, text in one.lines],
        }
        for one in page.steps
    ]
    return {
        "rev": kept.rev,
        "started_at": kept.started_at,
        "saved_at": kept.saved_at,
        "saved_by": str(kept.saved_by),
        "steps": steps,
        "lacking": [] if page.decision else [str(one.words) for one in page.lacking],
    }
