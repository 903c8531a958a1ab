"""Rows of the database as the pure record of a metric, and what pages ask of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, When, Window
from django.db.models.functions import DenseRank

from core.charts.spark import Spark
from core.weeks import Cadence, Period, label
from forecasts import drift
from forecasts.headline import Headline, headline
from forecasts.history import History, Planned, Reported, series_of
from forecasts.models import Actual, Metric, Point, Standing
from forecasts.periods import written
from forecasts.pictures import spark_of
from forecasts.table import Table, table_of

LAST_PERIODS = 12
LENGTHS = {
    Metric.Cadence.DAILY: timedelta(days=1),
    Metric.Cadence.WEEKLY: timedelta(days=7),
    Metric.Cadence.MONTHLY: timedelta(days=31),
    Metric.Cadence.QUARTERLY: timedelta(days=92),
    Metric.Cadence.YEARLY: timedelta(days=366),
}

# A year of numbers is thousands of rows: as tuples, and no more of each than a history
# tells.
OF_POINTS = (
    *("period_start", "period_end", "expected", "low", "high"),
    *("is_late", "value_kind", "source"),
    *("revision__number", "revision__registered_at"),
    *("revision__forecast__number", "revision__forecast__metric"),
)
OF_ACTUALS = (
    *("pk", "metric", "supersedes", "period_start", "period_end", "value"),
    *("recorded_at", "value_kind", "source", "reason", "by__name", "by__email"),
)


class PointRow(NamedTuple):
    """A point as OF_POINTS reads it."""

    start: date
    end: date
    expected: Decimal
    low: Decimal | None
    high: Decimal | None
    is_late: bool
    value_kind: str
    source: str
    revision: int
    registered_at: datetime
    plan: int
    metric: Any


class ActualRow(NamedTuple):
    """A number as OF_ACTUALS reads it."""

    pk: Any
    metric: Any
    supersedes: Any
    start: date
    end: date
    value: Decimal
    recorded_at: datetime
    value_kind: str
    source: str
    reason: str
    by_name: str | None
    by_email: str | None


def histories(metrics, *, points=None, actuals=None) -> dict:
    """Metric id → History, in two queries however many metrics there are.

    `points` and `actuals` hold less than everything, for lists. Points that were read
    already are PointRows.
    """
    metrics = {metric.pk: metric for metric in metrics}
    if points is None:
        points = all_points(metrics)
    if actuals is None:
        actuals = Actual.objects.filter(metric__in=metrics)
    planned: dict = {pk: [] for pk in metrics}
    today_of = dates_of()
    for point in points if isinstance(points, list) else read_points(points):
        planned[point.metric].append(planned_of(metrics[point.metric], point, today_of))
    reported: dict = {pk: {} for pk in metrics}
    for row in chained(actuals):
        chain = reported[row.metric].setdefault((row.start, row.end), [])
        chain.append(reported_of(metrics[row.metric], row, today_of))
    return {
        pk: history_of(metric, planned[pk], reported[pk])
        for pk, metric in metrics.items()
    }


def all_points(metrics):
    points = Point.objects.filter(revision__forecast__metric__in=metrics)
    return points.order_by(
        "period_start", "revision__forecast__number", "revision__number"
    )


def read_points(points) -> list[PointRow]:
    return [PointRow._make(row) for row in points.values_list(*OF_POINTS)]


def dates_of():
    """`today_of(metric, moment)`. Plans register many points at one moment, so what was
    worked out is kept."""
    known: dict = {}

    def today_of(metric, moment) -> date:
        key = (metric.workspace_id, moment)
        if key not in known:
            known[key] = metric.workspace.today(moment)
        return known[key]

    return today_of


def chained(actuals) -> list[ActualRow]:
    """Each correction after the row it corrects, also when the clock stood still."""
    read = actuals.order_by("recorded_at").values_list(*OF_ACTUALS)
    rows = [ActualRow._make(row) for row in read]
    depth: dict = {None: 0}
    waiting = {row.pk: row for row in rows}
    for row in rows:
        steps, above = 0, row.supersedes
        while above in waiting:
            steps, above = steps + 1, waiting[above].supersedes
        depth[row.pk] = steps
    return sorted(rows, key=lambda row: depth[row.pk])


def planned_of(metric, point: PointRow, today_of) -> Planned:
    return Planned(
        period=Period(Cadence(metric.cadence), point.start, point.end),
        order=(point.plan, point.revision),
        registered_on=today_of(metric, point.registered_at),
        expected=point.expected,
        low=point.low,
        high=point.high,
        is_late=point.is_late,
        value_kind=point.value_kind,
        source=point.source,
    )


def reported_of(metric, row: ActualRow, today_of) -> Reported:
    return Reported(
        id=str(row.pk),
        period=Period(Cadence(metric.cadence), row.start, row.end),
        value=row.value,
        recorded_on=today_of(metric, row.recorded_at),
        value_kind=row.value_kind,
        source=row.source,
        reason=row.reason,
        by=row.by_name or row.by_email or "",
    )


def history_of(metric, planned, reported) -> History:
    return History(
        name=metric.name,
        unit=metric.unit,
        direction=drift.Direction(metric.direction),
        cadence=Cadence(metric.cadence),
        tolerance=Decimal(metric.tolerance),
        process_from=metric.process_from,
        planned=tuple(planned),
        reported={key: tuple(chain) for key, chain in reported.items()},
    )


def metric_history(metric) -> History:
    return histories([metric])[metric.pk]


def points_in_force(metric) -> dict:
    """(start, end) → the Planned point in force, for every period of the metric."""
    return metric_history(metric).in_force()


def metric_series(metric, today: date, *, baseline=False, history=None) -> drift.Series:
    """The current process of a metric as the verdict wants it: ended periods only.

    `baseline` compares with what was promised first instead of the forecast in force
    when each period began. `history` saves the two queries when it is at hand.
    """
    history = metric_history(metric) if history is None else history
    return series_of(history, today, name=str(metric.pk), against_baseline=baseline)


def metric_table(metric, today: date, *, history=None) -> Table:
    history = metric_history(metric) if history is None else history
    return table_of(history, today)


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric in a list."""

    metric: Metric
    headline: Headline
    spark: Spark | None


def metric_rows(metrics: Iterable[Metric], today: date) -> list[MetricRow]:
    """For a page of metrics that come with `standing` and `workspace`: two queries."""
    metrics = list(metrics)
    points = read_points(recent_points(metrics, today))
    since: dict = {}
    for point in points:
        if point.start <= today:
            since[point.metric] = min(since.get(point.metric, point.start), point.start)
    recent = Q(pk__in=[])
    for metric in metrics:
        first = since.get(metric.pk) or today - LAST_PERIODS * LENGTHS[metric.cadence]
        recent |= Q(metric=metric, period_start__gte=first)
    actuals = Actual.objects.filter(recent)
    records = histories(metrics, points=points, actuals=actuals)
    return [metric_row(metric, records[metric.pk], today) for metric in metrics]


def recent_points(metrics, today):
    """The points of each metric's last periods that have begun, and of the next one."""
    begun = Case(When(period_start__lte=today, then=F("period_start")))
    # Those to come are counted apart, from the nearest on, and only one is taken.
    to_come = Case(When(period_start__gt=today, then=LAST_PERIODS), default=0)
    rank = Window(
        DenseRank(),
        partition_by=[F("revision__forecast__metric"), to_come],
        order_by=[begun.desc(), F("period_start").asc()],
    )
    return (
        all_points(metrics)
        .annotate(recency=rank + to_come)
        .filter(recency__lte=LAST_PERIODS + 1)
    )


def metric_row(metric, history: History, today: date) -> MetricRow:
    table = table_of(history, today)
    ended = [row for row in table.rows if row.period.end < today][-LAST_PERIODS:]
    return MetricRow(
        metric=metric,
        headline=headline_of(metric, table),
        spark=spark_of(metric.name, ended),
    )


def headline_of(metric, table: Table) -> Headline:
    standing = getattr(metric, "standing", None)
    return headline(table, standing.state if standing else Standing.State.UNJUDGED)


@dataclass(frozen=True, slots=True)
class DueNumber:
    """A period that is over, was forecast, and has no number yet."""

    metric: Metric
    period: Period
    expected: Decimal

    @property
    def label(self) -> str:
        return label(self.period)

    @property
    def written(self) -> str:
        return written(self.period, self.metric.workspace.week_start)


def numbers_due(workspace, today: date, *, metric=None, most=50) -> list[DueNumber]:
    """The oldest first; one query, and one for the metrics' forecasts in force."""
    reported = Actual.objects.filter(
        metric=OuterRef("revision__forecast__metric"),
        period_start=OuterRef("period_start"),
        period_end=OuterRef("period_end"),
    )
    metrics = Metric.objects.in_workspace(workspace).open()
    if metric is not None:
        metrics = metrics.filter(pk=metric.pk)
    due = (
        Point.objects.filter(
            ~Exists(reported),
            revision__forecast__metric__in=metrics,
            period_end__lt=today,
        )
        .select_related("revision__forecast__metric__workspace")
        .order_by("period_end", "revision__forecast__metric__name", "pk")
    )
    found: dict = {}
    today_of = dates_of()
    for point in due[: most * 5]:
        of, row = point.revision.forecast.metric, told(point)
        key = (of.pk, row.start, row.end)
        found.setdefault(key, (of, []))[1].append(planned_of(of, row, today_of))
    return [due_number(*one) for one in list(found.values())[:most]]


def told(point: Point) -> PointRow:
    revision = point.revision
    return PointRow(
        start=point.period_start,
        end=point.period_end,
        expected=point.expected,
        low=point.low,
        high=point.high,
        is_late=point.is_late,
        value_kind=point.value_kind,
        source=point.source,
        revision=revision.number,
        registered_at=revision.registered_at,
        plan=revision.forecast.number,
        metric=revision.forecast.metric_id,
    )


def due_number(metric, planned) -> DueNumber:
    history = history_of(metric, planned, {})
    [point] = history.in_force().values()
    return DueNumber(metric, point.period, point.expected)
