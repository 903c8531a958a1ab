"""The eleven questions on one page."""

from core import clock
from core.access import workspace_view
from core.htmx import render_page
from core.models import Permission
from milestones.eleven import ATTRIBUTION
from milestones.forms.board import BoardForm
from milestones.reports.board import board as board_of
from milestones.views.pages import query_of, scope_asked


@workspace_view(Permission.VIEW)
def board(request, workspace):
    now = clock.now()
    scope = scope_asked(request, workspace)
    form = BoardForm(request.GET, scope=scope, today=workspace.today(now))
    is_valid = form.is_valid()
    found = board_of(
        scope,
        viewer=str(request.user.pk),
        now=now,
        as_of=form.cleaned_data.get("as_of") if is_valid else None,
    )
    context = {
        "workspace": workspace,
        "scope": scope,
        "form": form,
        "has_errors": not is_valid,
        "board": found,
        "today": workspace.today(now),
        "is_weakest_first": is_valid and form.cleaned_data["order"] == "weakest",
        "can_log": Permission.LOG in request.may and scope.is_current,
        "attribution": ATTRIBUTION,
        "query": query_of(scope),
    }
    status = 200 if is_valid else 422
    return render_page(request, "milestones/board.html", context, status=status)
