"""The red block on every page of a venture."""

from django import template

from core.models import Permission
from decisions.reports.stops import open_stops_of

register = template.Library()


@register.inclusion_tag("decisions/_open_stops.html", takes_context=True)
def open_stops(context, workspace):
    """What waits for a decision; readers who may not decide can read why."""
    may = getattr(context["request"], "may", frozenset())
    return {
        "workspace": workspace,
        "stops": open_stops_of(workspace),
        "can_decide": Permission.DECIDE in may,
    }
