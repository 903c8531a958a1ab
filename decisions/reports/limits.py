"""The thresholds of ventures: their own, or the defaults."""

from decisions.models import AlertSettings
from decisions.rules.thresholds import DEFAULTS, Thresholds


def limits_of(workspaces) -> dict:
    """Venture id to Thresholds: one query."""
    rows = AlertSettings.objects.filter(workspace__in=workspaces)
    own = {row.workspace_id: row.thresholds for row in rows}
    return {workspace.pk: own.get(workspace.pk, DEFAULTS) for workspace in workspaces}


def limits_in(workspace) -> Thresholds:
    return limits_of([workspace])[workspace.pk]
