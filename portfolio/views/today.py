"""The home of a venture."""

from django.http import HttpResponse

from core import clock
from core.access import workspace_view
from core.htmx import render_page
from core.models import Permission, Workspace
from forecasts.forms.due import DueNumbers
from portfolio.samples import says_of
from portfolio.today import today_for

# what a page that stays open asks for
POLLED = "today-rest"


@workspace_view(Permission.VIEW)
def today(request, workspace):
    now, numbers = clock.now(), None
    if Permission.PLAN in request.may:
        numbers = DueNumbers(workspace, workspace.today(now))
    count = len(numbers.rows) if numbers else 0
    report = today_for(workspace, request.user, request.may, now=now, due_count=count)
    is_poll = request.headers.get("HX-Target") == POLLED
    if is_poll and request.GET.get("seen") == report.mark:
        return HttpResponse(status=204)
    samples = samples_of(request.user) if report.is_new else ()
    context = {
        "workspace": workspace,
        "report": report,
        "numbers": numbers,
        "is_other_form": is_poll and request.GET.get("due") != str(count),
        "samples": samples,
        "can_log": Permission.LOG in request.may,
        "can_plan": Permission.PLAN in request.may,
        "can_manage": Permission.MANAGE in request.may,
    }
    parts = {POLLED: "portfolio/_today_polled.html"}
    return render_page(request, "portfolio/today.html", context, partials=parts)


def samples_of(user):
    """Those this person is in, each with a sentence about it."""
    known = Workspace.objects.filter(
        is_sample=True, memberships__user=user, memberships__left_on__isnull=True
    )
    return [(sample, says_of(sample)) for sample in known.order_by("created_at", "pk")]
