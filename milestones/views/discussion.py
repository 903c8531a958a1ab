"""What is said about a question beside its evidence: a part of its page."""

from core import clock
from core.access import workspace_view
from core.htmx import render_page
from core.models import Permission
from milestones.reports.discussion import discussion_of
from milestones.views.pages import context_of, scope_from


@workspace_view(Permission.VIEW)
def discussion(request, workspace, number):
    scope = scope_from(request, workspace, number)
    found = discussion_of(
        scope,
        number,
        viewer=str(request.user.pk),
        now=clock.now(),
    )
    can_review = Permission.REVIEW in request.may and scope.is_current
    context = context_of(request, scope, number, found=found, can_review=can_review)
    partials = {"discussion": "milestones/_discussion.html"}
    return render_page(
        request, "milestones/discussion.html", context, partials=partials
    )
