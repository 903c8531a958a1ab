"""Metrics in a list, as they were known at a moment that is over.

Only the latest verdict of a metric is kept, so that of then is worked out anew from
what was planned and reported by then, under the settings of now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from decisions.judging import case_of, judge_cases
from decisions.models import Alert
from decisions.reports.limits import limits_in, rates_of
from forecasts.drift import State
from forecasts.headline import headline
from forecasts.history import History
from forecasts.models import Actual, Metric
from forecasts.pictures import spark_of
from forecasts.reports import LAST_PERIODS, MetricRow, all_points, histories
from forecasts.table import table_of

if TYPE_CHECKING:
    from core.models import Workspace


def rows_at(
    workspace: Workspace, metrics: Sequence[Metric], until: datetime
) -> list[MetricRow]:
    """Five queries, however many there are."""
    if not metrics:
        return []
    today = workspace.today(until)
    points = all_points(metrics).filter(revision__registered_at__lte=until)
    actuals = Actual.objects.filter(metric__in=metrics, recorded_at__lte=until)
    found = histories(metrics, points=points, actuals=actuals)
    records = {pk: begun(history, today) for pk, history in found.items()}
    states = states_at(workspace, metrics, records, until)
    return [row_at(one, records[one.pk], states[one.pk], today) for one in metrics]


def begun(history: History, today: date) -> History:
    """Without the fresh start that a later decision gave it."""
    is_later = history.process_from is not None and history.process_from > today
    return replace(history, process_from=None) if is_later else history


def states_at(workspace, metrics, records, until) -> dict:
    """An open stop comes before what the record says; without one there was no stop,
    whatever a look from now on would raise."""
    today = workspace.today(until)
    alpha, limits = rates_of([workspace])[workspace.pk], limits_in(workspace)
    cases = [
        case_of(
            records[one.pk],
            today,
            alpha=alpha,
            is_vanity=one.is_vanity,
            kind=one.kind,
            limits=limits,
        )
        for one in metrics
    ]
    was_open = Q(closed_at__isnull=True) | Q(closed_at__gt=until)
    stops = Alert.objects.stops().filter(was_open, metric__in=metrics)
    stopped = set(stops.filter(raised_at__lte=until).values_list("metric", flat=True))
    milder = {State.STOP: State.WATCH}
    return {
        metric.pk: State.STOP
        if metric.pk in stopped
        else milder.get(finding.state, finding.state)
        for metric, finding in zip(metrics, judge_cases(cases), strict=True)
    }


def row_at(metric: Metric, history: History, state: State, today: date) -> MetricRow:
    table = table_of(history, today)
    ended = [row for row in table.rows if row.period.end < today][-LAST_PERIODS:]
    return MetricRow(metric, headline(table, state), spark_of(metric.name, ended))
