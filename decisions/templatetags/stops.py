"""The red block on every page of a venture."""

from django import template

from core import clock
from core.models import Permission
from decisions.reports.stops import open_stops_of

register = template.Library()


@register.inclusion_tag("decisions/_open_stops.html", takes_context=True)
def open_stops(context, workspace):
    """What waits for a decision; readers who may not decide can read why."""
    request = context["request"]
    may = getattr(request, "may", frozenset())
    # kept for the address that the page asks later whether this still stands
    request.open_stops = open_stops_of(workspace, clock.now())
    return {
        "workspace": workspace,
        "stops": request.open_stops,
        "can_decide": Permission.DECIDE in may,
        "here": request.path,
    }
