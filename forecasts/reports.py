"""Rows of the database as the pure record of a metric, and what pages ask of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

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

# a year of numbers is thousands of rows: no more of each than a history tells
OF_POINTS = (
    *("period_start", "period_end", "expected", "low", "high"),
    *("is_late", "value_kind", "source"),
    *("revision__number", "revision__registered_at"),
    *("revision__forecast__number", "revision__forecast__metric"),
)
OF_ACTUALS = (
    *("metric", "supersedes", "period_start", "period_end", "value", "recorded_at"),
    *("value_kind", "source", "reason", "by__name", "by__email"),
)


def histories(metrics, *, points=None, actuals=None) -> dict:
    """Metric id → History, in two queries however many metrics there are.

    `points` and `actuals` hold less than everything, for lists.
    """
    metrics = {metric.pk: metric for metric in metrics}
    if points is None:
        points = all_points(metrics)
    if actuals is None:
        actuals = Actual.objects.filter(metric__in=metrics)
    planned: dict = {pk: [] for pk in metrics}
    for point in points:
        pk = point.revision.forecast.metric_id
        planned[pk].append(planned_of(metrics[pk], point))
    reported: dict = {pk: {} for pk in metrics}
    for row in chained(actuals.select_related("by").only(*OF_ACTUALS)):
        key = (row.period_start, row.period_end)
        chain = reported[row.metric_id].setdefault(key, [])
        chain.append(reported_of(metrics[row.metric_id], row))
    return {
        pk: history_of(metric, planned[pk], reported[pk])
        for pk, metric in metrics.items()
    }


def all_points(metrics):
    return (
        Point.objects.filter(revision__forecast__metric__in=metrics)
        .select_related("revision__forecast")
        .only(*OF_POINTS)
        .order_by("period_start", "revision__forecast__number", "revision__number")
    )


def chained(actuals) -> list[Actual]:
    """Each correction after the row it corrects, also when the clock stood still."""
    rows = list(actuals.order_by("recorded_at"))
    depth: dict = {None: 0}
    waiting = {row.pk: row for row in rows}
    for row in rows:
        steps, above = 0, row.supersedes_id
        while above in waiting:
            steps, above = steps + 1, waiting[above].supersedes_id
        depth[row.pk] = steps
    return sorted(rows, key=lambda row: depth[row.pk])


def planned_of(metric, point) -> Planned:
    revision = point.revision
    return Planned(
        period=Period(Cadence(metric.cadence), point.period_start, point.period_end),
        order=(revision.forecast.number, revision.number),
        registered_on=metric.workspace.today(revision.registered_at),
        expected=point.expected,
        low=point.low,
        high=point.high,
        is_late=point.is_late,
        value_kind=point.value_kind,
        source=point.source,
    )


def reported_of(metric, row) -> Reported:
    return Reported(
        id=str(row.pk),
        period=Period(Cadence(metric.cadence), row.period_start, row.period_end),
        value=row.value,
        recorded_on=metric.workspace.today(row.recorded_at),
        value_kind=row.value_kind,
        source=row.source,
        reason=row.reason,
        by=str(row.by or ""),
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
    points = list(recent_points(metrics, today))
    since: dict = {}
    for point in points:
        if point.period_start > today:
            continue
        pk = point.revision.forecast.metric_id
        since[pk] = min(since.get(pk, point.period_start), point.period_start)
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
    for point in due[: most * 5]:
        of = point.revision.forecast.metric
        key = (of.pk, point.period_start, point.period_end)
        found.setdefault(key, (of, []))[1].append(planned_of(of, point))
    return [due_number(*one) for one in list(found.values())[:most]]


def due_number(metric, planned) -> DueNumber:
    history = history_of(metric, planned, {})
    [point] = history.in_force().values()
    return DueNumber(metric, point.period, point.expected)
