"""The home of a venture."""

from django.shortcuts import render

from core import clock
from core.access import workspace_view
from core.models import Permission, Workspace
from portfolio.today import today_for


@workspace_view(Permission.VIEW)
def today(request, workspace):
    now = clock.now()
    report = today_for(workspace, request.user, request.may, now=now)
    sample = None
    if report.is_new:
        sample = Workspace.objects.filter(
            is_sample=True,
            memberships__user=request.user,
            memberships__left_on__isnull=True,
        ).first()
    context = {
        "workspace": workspace,
        "report": report,
        "sample": sample,
        "can_log": Permission.LOG in request.may,
        "can_plan": Permission.PLAN in request.may,
        "can_decide": Permission.DECIDE in request.may,
        "can_manage": Permission.MANAGE in request.may,
    }
    return render(request, "portfolio/today.html", context)
