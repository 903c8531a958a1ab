"""The dates of a venture in a calendar outside, by a secret address of each member."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.access import public_view, workspace_view
from core.htmx import go, shown_before
from core.models import Permission
from core.once import submit_once
from core.tokens import WELL_FORMED
from portfolio.actions.calendars import (
    issue_calendar,
    revoke_calendar,
    use_calendar,
    working,
)
from portfolio.calendar.dates import dates_of
from portfolio.calendar.ics import calendar
from portfolio.share_access import without_referrer


@workspace_view(Permission.VIEW, methods=("GET", "POST"))
def settings_calendar(request, workspace):
    """The address is in the answer to the POST that made it, and nowhere else."""
    if request.method != "POST":
        return calendar_page(request)
    made = []

    def effect():
        made.append(issue_calendar(workspace, by=request.user, now=clock.now()))
        return reverse("portfolio:settings_calendar", args=[workspace.slug])

    url = submit_once(request, effect)
    if not made:
        return shown_before(request, url)
    return calendar_page(request, token=made[0][1])


def calendar_page(request, *, token=""):
    address = ""
    if token:
        path = reverse("portfolio:calendar_feed", args=[token])
        address = request.build_absolute_uri(path)
    context = {
        "workspace": request.workspace,
        "feed": working(request.workspace, request.user).first(),
        "address": address,
    }
    return render(request, "portfolio/settings_calendar.html", context)


@workspace_view(Permission.VIEW, methods=("POST",))
def calendar_revoke(request, workspace):
    def effect():
        revoke_calendar(workspace, by=request.user, now=clock.now())
        return reverse("portfolio:settings_calendar", args=[workspace.slug])

    url = submit_once(request, effect)
    messages.success(request, _("The address no longer works."))
    return go(request, url)


@public_view("calendars sign in nowhere: the token of the address speaks for its owner")
def calendar_feed(request, token):
    """The same 404 for what never was, was withdrawn, and belongs to who has left."""
    now = clock.now()
    feed = use_calendar(token, now=now) if WELL_FORMED.fullmatch(token) else None
    if feed is None:
        raise Http404
    workspace = feed.workspace
    with timezone.override(workspace.zone):
        text = calendar(workspace.name, dates_of(workspace, now=now), now=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="fieldproof.ics"'
    return without_referrer(response)
