"""The report for the board: the page of one week, for members and by a link."""

from django.shortcuts import render

from core import clock
from core.access import workspace_view
from core.models import Permission
from core.weeks import week_named
from interviews.masked_pages import names_in
from milestones.eleven import ATTRIBUTION
from portfolio.report_text import text_of
from portfolio.reports.shared import Visitor
from portfolio.reports.weekly import week_asked, week_report
from portfolio.share_access import share_view
from portfolio.views.share_comments import seen_by


@workspace_view(Permission.VIEW)
def report(request, workspace):
    """Whoever prints it, it bears no names: paper goes on to others."""
    scores = Permission.SCORE in request.may
    context = report_context(request, Visitor(user=request.user, scores=scores))
    context["is_linked"] = True
    return answer(request, "portfolio/report.html", context)


@share_view()
def share_report(request, link):
    context = report_context(request, Visitor(link=link)) | seen_by(request, link)
    context["is_linked"] = False
    return answer(request, "portfolio/share_report.html", context)


def report_context(request, visitor):
    now, workspace = clock.now(), request.workspace
    name = request.GET.get("week", "")
    wanted = week_named(name, workspace.week_start)
    week = week_asked(workspace, wanted, now)
    context = {
        "workspace": workspace,
        "week": week,
        "wrong": "" if wanted else name,
        "today": workspace.today(now),
        "attribution": ATTRIBUTION,
        "report": None,
    }
    if context["wrong"] or not week.is_told:
        return context
    request.names = names_in(workspace)
    segment = request.GET.get("segment", "")
    found = week_report(
        workspace, visitor, week, now=now, names=request.names, segment=segment
    )
    return context | {"report": found, "text": text_of(found)}


def answer(request, template, context):
    status = 200 if context["report"] else 404
    return render(request, template, context, status=status)
