"""The home of a venture."""

from django.shortcuts import render

from core import clock
from core.access import workspace_view
from core.models import Permission, Workspace
from portfolio.samples import says_of
from portfolio.today import today_for


@workspace_view(Permission.VIEW)
def today(request, workspace):
    now = clock.now()
    report = today_for(workspace, request.user, request.may, now=now)
    samples = samples_of(request.user) if report.is_new else ()
    context = {
        "workspace": workspace,
        "report": report,
        "samples": samples,
        "can_log": Permission.LOG in request.may,
        "can_plan": Permission.PLAN in request.may,
        "can_decide": Permission.DECIDE in request.may,
        "can_manage": Permission.MANAGE in request.may,
    }
    return render(request, "portfolio/today.html", context)


def samples_of(user):
    """Those this person is in, each with a sentence about it."""
    known = Workspace.objects.filter(
        is_sample=True, memberships__user=user, memberships__left_on__isnull=True
    )
    return [(sample, says_of(sample)) for sample in known.order_by("created_at", "pk")]
