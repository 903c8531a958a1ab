"""A talk as it is read: its notes, its quotes, and whether it counts."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core import clock
from core.access import workspace_view
from core.models import Permission
from interviews.actions.tags import living
from interviews.forms import QuoteForm
from interviews.models import Interview
from interviews.reports import reading


@workspace_view(Permission.SEE_PEOPLE)
def interview_detail(request, workspace, pk):
    interview = interview_in(workspace, pk)
    can_log = Permission.LOG in request.may
    if interview.state == Interview.State.DRAFT and can_log:
        return redirect("interviews:interview_edit", workspace.slug, pk)
    read = reading(interview)
    context = {
        "workspace": workspace,
        "reading": read,
        "interview": interview,
        "form": QuoteForm(people=read.people, auto_id="new_%s") if can_log else None,
        "add_url": reverse("interviews:quote_add", args=[workspace.slug, pk]),
        "tags": living(workspace) if can_log else (),
        "fresh": request.GET.get("quote", ""),
        "today": workspace.today(clock.now()),
        "can_log": can_log,
    }
    return render(request, "interviews/interview_detail.html", context)


def interview_in(workspace, pk):
    rows = Interview.objects.in_workspace(workspace)
    return get_object_or_404(rows.select_related("segment", "created_by"), pk=pk)


def finished_in(workspace, pk):
    """Drafts have no quotes: their words still move. Nor has what is hidden."""
    interview = interview_in(workspace, pk)
    if interview.state != Interview.State.FINISHED or interview.hides_notes:
        raise Http404
    return interview
