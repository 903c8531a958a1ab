"""Problems of a segment, and one of them."""

from django.shortcuts import get_object_or_404, render

from core.access import workspace_view
from core.downloads import attached
from core.models import Permission
from discovery.models import Problem, Segment
from milestones.reports.problem_detail import problem_detail as detail_of
from milestones.reports.problems import problem_page, problems_csv
from milestones.scope import scope_of


@workspace_view(Permission.VIEW)
def problem_list(request, workspace):
    """Of the segment in `?segment=`, else of the first; `?format=csv` for all of them,
    unless one is asked for."""
    asked = request.GET.get("segment") or None
    scope = scope_of(workspace, asked)
    if request.GET.get("format") == "csv":
        segments = Segment.objects.in_workspace(workspace).select_related("workspace")
        if asked:
            segments = segments.filter(pk=scope.segment.pk)
        text = problems_csv(segments.order_by("created_at", "pk"))
        return attached(text, f"problems-{workspace.slug}")
    context = {
        "workspace": workspace,
        "scope": scope,
        "page": problem_page(scope.segment) if scope.segment else None,
        "can_log": Permission.LOG in request.may,
        "sees_people": Permission.SEE_PEOPLE in request.may,
    }
    return render(request, "milestones/problem_list.html", context)


@workspace_view(Permission.VIEW)
def problem_detail(request, workspace, pk):
    problems = Problem.objects.in_workspace(workspace).kept()
    problem = get_object_or_404(problems.select_related("segment__workspace"), pk=pk)
    context = {
        "workspace": workspace,
        "problem": problem,
        "detail": detail_of(problem, sees_people=Permission.SEE_PEOPLE in request.may),
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "milestones/problem_detail.html", context)
