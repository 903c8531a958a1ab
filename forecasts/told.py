"""What investors were told, as rows: for lists, for a metric, and beside a forecast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from core.weeks import Cadence, Period
from forecasts.drift import Direction
from forecasts.expectations import Promise, Told, told_of
from forecasts.history import History
from forecasts.models import Actual, InvestorExpectation, Metric, Point
from forecasts.reports import histories


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Why and when what was written down counts no more, and who said so."""

    at: datetime
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Once a forecast was told. `by` wrote it down; `taken_back` is None while it
    counts."""

    key: Any
    metric: Metric
    revision: int
    told_to: str
    told_on: date
    note: str
    by: str
    told: Told
    taken_back: TakenBack | None = None

    @property
    def is_behind(self) -> bool:
        return self.taken_back is None and self.told.is_behind


def expectations_in(workspace) -> QuerySet[InvestorExpectation]:
    """The newest first, with those that were taken back."""
    rows = InvestorExpectation.objects.tellings().filter(workspace=workspace)
    rows = rows.select_related("revision__forecast__metric", "by", "superseded_by__by")
    return rows.order_by("-told_on", "-recorded_at", "pk")


def tellings_of(rows: Iterable[InvestorExpectation], workspace) -> list[Telling]:
    """Two queries, however many rows."""
    rows = list(rows)
    metrics = {row.revision.forecast.metric_id: metric_of(row) for row in rows}
    for metric in metrics.values():
        metric.workspace = workspace
    records = histories(metrics.values()) if metrics else {}
    return [telling_of(row, records[metric_of(row).pk]) for row in rows]


def tellings_about(metric: Metric, history: History) -> tuple[Telling, ...]:
    """Of one metric; one query."""
    rows = expectations_in(metric.workspace)
    rows = rows.filter(revision__forecast__metric=metric)
    return tuple(telling_of(row, history) for row in rows)


def metric_of(row: InvestorExpectation) -> Metric:
    return row.revision.forecast.metric


def telling_of(row: InvestorExpectation, history: History) -> Telling:
    revision = row.revision
    order = (revision.forecast.number, revision.number)
    return Telling(
        key=row.pk,
        metric=metric_of(row),
        revision=revision.number,
        told_to=row.told_to,
        told_on=row.told_on,
        note=row.note,
        by=str(row.by or ""),
        told=told_of(history, order, row.told_on),
        taken_back=taken_back(row),
    )


def taken_back(row: InvestorExpectation) -> TakenBack | None:
    later = getattr(row, "superseded_by", None)
    if later is None:
        return None
    return TakenBack(later.recorded_at, later.reason, str(later.by or ""))


# --- the newest of each metric, without a query of its own -----------------------------
def with_told(metrics: QuerySet[Metric]) -> QuerySet[Metric]:
    """Each with what was told of it last: for `latest_told`.

    `came_*` is the last period told that has a number, `ahead_*` the last one of all;
    `back_*` is what was taken back last.
    """
    rows = InvestorExpectation.objects.filter(revision__forecast__metric=OuterRef("pk"))
    told = rows.current().order_by("-told_on", "-recorded_at", "pk")
    back = rows.withdrawals().order_by("-recorded_at", "pk")
    metrics = metrics.annotate(
        back_to=Subquery(back.values("told_to")[:1]),
        back_told_on=Subquery(back.values("told_on")[:1]),
        back_at=Subquery(back.values("recorded_at")[:1]),
        back_reason=Subquery(back.values("reason")[:1]),
        told_at=Subquery(
            rows.current().order_by("-recorded_at").values("recorded_at")[:1]
        ),
        told_to=Subquery(told.values("told_to")[:1]),
        told_on=Subquery(told.values("told_on")[:1]),
        told_plan=Subquery(told.values("revision__forecast")[:1]),
        told_revision=Subquery(told.values("revision__number")[:1]),
    )
    last = promised().order_by("-period_start")
    known = actuals().filter(Exists(promised_then())).order_by("-period_start")
    return with_values(
        metrics.annotate(
            ahead_start=Subquery(last.values("period_start")[:1]),
            ahead_end=Subquery(last.values("period_end")[:1]),
            came_start=Subquery(known.values("period_start")[:1]),
            came_end=Subquery(known.values("period_end")[:1]),
        )
    )


def with_values(metrics: QuerySet[Metric]) -> QuerySet[Metric]:
    for name in ("came", "ahead"):
        span = Q(
            period_start=OuterRef(f"{name}_start"), period_end=OuterRef(f"{name}_end")
        )
        word = promised().filter(span).order_by("-revision__number")
        planned = Point.objects.filter(
            span, revision__forecast__metric=OuterRef("pk"), is_late=False
        ).order_by("-revision__forecast__number", "-revision__number")
        metrics = metrics.annotate(
            **{
                f"{name}_told": Subquery(word.values("expected")[:1]),
                f"{name}_now": Subquery(planned.values("expected")[:1]),
                f"{name}_actual": Subquery(actuals().filter(span).values("value")[:1]),
            }
        )
    return metrics


def promised() -> QuerySet[Point]:
    """Points that the outer metric's telling held."""
    return Point.objects.filter(
        revision__forecast=OuterRef("told_plan"),
        revision__number__lte=OuterRef("told_revision"),
        period_end__gte=OuterRef("told_on"),
    )


def promised_then() -> QuerySet[Point]:
    """The same, of the period of an actual inside the query of metrics."""
    return Point.objects.filter(
        revision__forecast=OuterRef(OuterRef("told_plan")),
        revision__number__lte=OuterRef(OuterRef("told_revision")),
        period_end__gte=OuterRef(OuterRef("told_on")),
        period_start=OuterRef("period_start"),
        period_end=OuterRef("period_end"),
    )


def actuals() -> QuerySet[Actual]:
    return Actual.objects.filter(metric=OuterRef("pk")).current()


def latest_told(metric) -> Told | None:
    """Of a metric that came `with_told`; None if nobody was told of it."""
    if metric.told_on is None:
        return None
    found = [promise_of(metric, name) for name in ("came", "ahead")]
    if metric.came_start == metric.ahead_start:
        found = found[:1]
    promises = tuple(one for one in found if one is not None)
    return Told(metric.unit, Direction(metric.direction), promises)


def is_taken_back_last(metric) -> bool:
    """Whether the last word on what was told of it, of a metric that came `with_told`,
    is that something was taken back; once it is told anew, that is past."""
    if metric.back_at is None:
        return False
    return metric.told_at is None or metric.told_at < metric.back_at


def promise_of(metric, name: str) -> Promise | None:
    start, end = getattr(metric, f"{name}_start"), getattr(metric, f"{name}_end")
    if start is None:
        return None
    return Promise(
        period=Period(Cadence(metric.cadence), start, end),
        told=getattr(metric, f"{name}_told"),
        actual=getattr(metric, f"{name}_actual"),
        now=getattr(metric, f"{name}_now"),
    )
