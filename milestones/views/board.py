"""The eleven questions on one page."""

from core import clock
from core.access import workspace_view
from core.htmx import render_page
from core.models import Permission
from milestones.eleven import ATTRIBUTION
from milestones.forms.board import BoardForm, DayForm
from milestones.reports.board import board as board_of
from milestones.views.pages import day_in, query_of, scope_asked


@workspace_view(Permission.VIEW)
def board(request, workspace):
    now = clock.now()
    today = workspace.today(now)
    scope = scope_asked(request, workspace, day_in(DayForm(request.GET, today=today)))
    form = BoardForm(request.GET, scope=scope, today=today)
    is_valid = form.is_valid()
    asked = form.cleaned_data if is_valid else {}
    found = board_of(
        scope,
        viewer=str(request.user.pk),
        now=now,
        as_of=asked.get("as_of"),
        since=asked.get("since"),
    )
    context = {
        "workspace": workspace,
        "scope": scope,
        "form": form,
        "has_errors": not is_valid,
        "board": found,
        "is_weakest_first": asked.get("order") == "weakest",
        "can_log": Permission.LOG in request.may and scope.is_current,
        "attribution": ATTRIBUTION,
        "query": query_of(scope),
        "row_query": query_of(scope, as_of=asked.get("as_of")),
    }
    status = 200 if is_valid else 422
    return render_page(request, "milestones/board.html", context, status=status)
