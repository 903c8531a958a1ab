"""Who does the talking: read by advisors too, since it names nobody who was asked."""

from django.shortcuts import render

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.models import Permission
from interviews.forms.periods import PeriodForm
from interviews.reports.talking import talking_of
from interviews.talking_csv import talking_csv


@workspace_view(Permission.VIEW)
def talking(request, workspace):
    form = PeriodForm(request.GET)
    found = talking_of(workspace, **form.wanted)
    if request.GET.get("format") == "csv":
        return attached(talking_csv(found), f"talking-{workspace.slug}")
    context = {
        "workspace": workspace,
        "form": form,
        "talking": found,
        "today": workspace.today(clock.now()),
        "sees_talks": Permission.SEE_PEOPLE in request.may,
    }
    status = 422 if form.errors else 200
    return render(request, "interviews/talking.html", context, status=status)
