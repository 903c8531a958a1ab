"""The thresholds of ventures: their own, or the defaults; and how often a healthy metric
may raise a stop."""

from uuid import UUID

from django.db.models import Count, Q

from decisions.judging import rate_for
from decisions.models import AlertSettings
from decisions.rules.thresholds import DEFAULTS, Thresholds
from forecasts.models import Metric


def limits_of(workspaces) -> dict:
    """Venture id to Thresholds: one query."""
    rows = AlertSettings.objects.filter(workspace__in=workspaces)
    own = {row.workspace_id: row.thresholds for row in rows}
    return {workspace.pk: own.get(workspace.pk, DEFAULTS) for workspace in workspaces}


def limits_in(workspace) -> Thresholds:
    return limits_of([workspace])[workspace.pk]


def rates_of(workspaces) -> dict[UUID, float]:
    """The rate of one metric in each venture, shared by the metrics that can stop."""
    followed = Metric.objects.open().filter(
        Q(forecasts__isnull=False, forecasts__retired_at=None),
        workspace__in=workspaces,
        is_vanity=False,
    )
    counted = followed.order_by().values_list("workspace").annotate(Count("pk"))
    counts = dict(counted)
    return {
        workspace.pk: rate_for(float(workspace.alarm_rate), counts.get(workspace.pk, 0))
        for workspace in workspaces
    }
