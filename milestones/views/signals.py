"""What the numbers by themselves say about one question."""

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.htmx import render_page
from core.models import Permission
from core.spreadsheets import write_csv
from milestones.reports.signals import signal_page
from milestones.signals.shape import HEADER, file_rows
from milestones.views.pages import context_of, scope_from


@workspace_view(Permission.VIEW)
def signal_list(request, workspace, number):
    """As a page, as the part of the question's page, or with `?format=csv` as a file.

    Of an earlier version of the model, as they stood when it ended.
    """
    scope = scope_from(request, workspace, number)
    page = signal_page(scope, number, now=scope.ended_at or clock.now())
    if request.GET.get("format") == "csv":
        text = write_csv(HEADER, file_rows(page.signals))
        return attached(text, f"signals-{workspace.slug}-{number}")
    context = context_of(request, scope, number, page=page)
    parts = {"signals": "milestones/_signals.html"}
    return render_page(request, "milestones/signal_list.html", context, partials=parts)
