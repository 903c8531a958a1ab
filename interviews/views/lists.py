"""Talks: the list of them, and what every list of this app shares."""

from django.core.paginator import Paginator

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.htmx import render_page
from core.models import Permission
from interviews import reports
from interviews.exporter import talks_csv
from interviews.filters import TalkFilters
from interviews.quotes_csv import quotes_csv

ROWS = 25


@workspace_view(Permission.SEE_PEOPLE)
def interview_list(request, workspace):
    filters = TalkFilters(request.GET, workspace=workspace)
    talks = reports.talks(workspace, filters)
    if request.GET.get("format") == "csv":
        return attached(talks_csv(talks), f"interviews-{workspace.slug}")
    if request.GET.get("format") == "quotes":
        text = quotes_csv(reports.quotes_of(talks))
        return attached(text, f"quotes-{workspace.slug}")
    # Somebody's own drafts stand above the table.
    others = talks.exclude(state="draft", created_by=request.user)
    context = listing(request, workspace, filters, others)
    context["debt_before"] = clock.now() - reports.DEBT_AFTER
    context["drafts"] = reports.drafts_of(workspace, request.user)
    return render_page(
        request,
        "interviews/interview_list.html",
        context,
        partials={"talk-table": "interviews/_talk_table.html"},
    )


def listing(request, workspace, filters, rows):
    return {
        "workspace": workspace,
        "filters": filters,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "today": workspace.today(clock.now()),
        "can_log": Permission.LOG in request.may,
        "is_part": bool(request.htmx),
    }
