"""The kill criteria on numbers that a venture has registered, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from core.weeks import Cadence, period_of
from decisions.models import StopRule
from decisions.records import record_of
from decisions.rules.dated import Came, Dated, came
from forecasts.models import Metric
from forecasts.reports import histories

# More than a page should show.
SHOWN = 200


@dataclass(frozen=True)
class Registered:
    """A rule, and what became of it."""

    row: StopRule
    came: Came


def rules_of(metrics: Iterable[Metric]) -> dict:
    """Metric id to its rules as the judge takes them: one query."""
    known = {metric.pk: metric for metric in metrics}
    found: dict = dict.fromkeys(known, ())
    for row in StopRule.objects.filter(metric__in=known):
        found[row.metric_id] += (dated(row, known[row.metric_id]),)
    return found


def dated(row: StopRule, metric: Metric) -> Dated:
    workspace = metric.workspace
    period = period_of(row.by_on, Cadence(metric.cadence), workspace.week_start)
    before = period.start - timedelta(days=1)
    return Dated(
        comparison=row.comparison,
        mark=float(row.mark),
        by_on=row.by_on,
        registered_on=workspace.today(row.registered_at),
        last_end=period.end if period.end == row.by_on else before,
    )


def registered_in(workspace, today, *, metric=None) -> tuple[Registered, ...]:
    """All of them, or those on one metric; the next day first, then what is past."""
    rows = StopRule.objects.in_workspace(workspace)
    if metric is not None:
        rows = rows.filter(metric=metric)
    rows = rows.select_related("metric", "registered_by")[:SHOWN]
    found = with_outcomes(workspace, list(rows), today)
    return tuple(sorted(found, key=lambda one: one.came is not Came.AHEAD))


def with_outcomes(workspace, rows: list[StopRule], today) -> list[Registered]:
    """In their order, read with their metrics: two queries for all."""
    metrics = {row.metric_id: row.metric for row in rows}
    for one in metrics.values():
        one.workspace = workspace
    records = {
        pk: record_of(history, today, kind=metrics[pk].kind)
        for pk, history in histories(metrics.values()).items()
    }
    return [
        Registered(
            row, came(dated(row, metrics[row.metric_id]), records[row.metric_id])
        )
        for row in rows
    ]


def measurable(workspace):
    """Metrics that a rule can stand on: still followed, and not for show."""
    rows = Metric.objects.in_workspace(workspace).open().filter(is_vanity=False)
    return rows.order_by("name", "pk")
