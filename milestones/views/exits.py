"""Whether the conditions hold for leaving discovery, and for leaving validation."""

from django.shortcuts import render

from core import clock
from core.access import workspace_view
from core.models import Permission
from milestones.eleven import ATTRIBUTION
from milestones.reports.course import exits_of
from milestones.views.pages import query_of, scope_asked


@workspace_view(Permission.VIEW)
def exit(request, workspace):
    scope = scope_asked(request, workspace)
    discovery, validation = exits_of(
        scope, viewer=str(request.user.pk), now=clock.now()
    )
    context = {
        "workspace": workspace,
        "scope": scope,
        "discovery": discovery,
        "validation": validation,
        "query": query_of(scope),
        "attribution": ATTRIBUTION,
    }
    return render(request, "milestones/exit.html", context)
