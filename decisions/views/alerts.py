"""What is open, what was decided, and the page of one alert."""

from urllib.parse import urlsplit

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.access import workspace_view
from core.models import Permission
from decisions.reports.alerts import alert_page, decisions_taken, open_alerts
from decisions.reports.following import afterwards
from decisions.reports.foreseen import foreseen
from decisions.reports.stops import open_stops_of
from decisions.reports.waiting import waiting_of
from decisions.subjects import url_of
from decisions.views.lookups import alert_or_404

DECISIONS_A_PAGE = 25


@workspace_view(Permission.VIEW)
def alert_list(request, workspace):
    decisions = Paginator(decisions_taken(workspace), DECISIONS_A_PAGE)
    today = workspace.today(clock.now())
    stops, quiet = open_alerts(workspace)
    context = {
        "workspace": workspace,
        "alerts": stops,
        "quiet": quiet,
        "page": decisions.get_page(request.GET.get("page")),
        "after": afterwards(workspace, today),
        "today": today,
        "can_decide": Permission.DECIDE in request.may,
    }
    return render(request, "decisions/alert_list.html", context)


@workspace_view(Permission.VIEW)
def open_stops(request, workspace):
    """The red block, asked for by every page that stays open; 204 while what the page
    shows still stands."""
    if not request.htmx:
        return redirect("decisions:alert_list", workspace.slug)
    stops = open_stops_of(workspace, clock.now())
    if request.GET.get("seen", "") == (stops.mark if stops else ""):
        return HttpResponse(status=204)
    context = {
        "workspace": workspace,
        "stops": stops,
        "can_decide": Permission.DECIDE in request.may,
        "here": urlsplit(request.htmx.current_url or "").path,
    }
    return render(request, "decisions/_stops.html", context)


@workspace_view(Permission.VIEW)
def alert_detail(request, workspace, pk):
    alert = alert_or_404(workspace, pk)
    today = workspace.today(clock.now())
    context = {
        "workspace": workspace,
        "page": alert_page(alert, today=today),
        "foreseen": foreseen(alert),
        "waiting": waiting_of(alert, today) if alert.closed_at is None else None,
        "subject_url": url_of(alert, workspace.slug),
        "today": today,
        "can_decide": Permission.DECIDE in request.may,
        "can_review": Permission.REVIEW in request.may,
        "can_plan": Permission.PLAN in request.may,
    }
    return render(request, "decisions/alert_detail.html", context)
