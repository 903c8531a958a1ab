"""Two tracks of checkpoints, and the stops that first customer ship sets."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from milestones.actions import (
    hold_stop,
    move_checkpoint,
    plan_checkpoint,
    reach_checkpoint,
)
from milestones.actions.questions import newest_version
from milestones.conflicts import OutdatedError, VersionEndedError
from milestones.course import LEARNING
from milestones.eleven import ATTRIBUTION
from milestones.forms.checkpoints import HoldForm, MoveForm, PlanForm, ReachForm
from milestones.models import Checkpoint, ScheduledStop
from milestones.reports.course import course_of, demand_of
from milestones.views.ended import scope_to_write, until_version_ends
from milestones.views.pages import query_of, save, scope_asked


@workspace_view(Permission.VIEW)
def checkpoint_list(request, workspace):
    scope = scope_asked(request, workspace)
    context = context_of(request, scope, course=course_asked(request, scope))
    return render(request, "milestones/checkpoint_list.html", context)


def course_asked(request, scope):
    return course_of(
        scope,
        viewer=str(request.user.pk),
        now=clock.now(),
    )


def context_of(request, scope, **more):
    return {
        "workspace": scope.workspace,
        "scope": scope,
        "query": query_of(scope),
        "today": scope.workspace.today(clock.now()),
        "can_score": Permission.SCORE in request.may and scope.is_current,
        "can_hold": Permission.SCORE in request.may,
        "list_url": list_url(scope),
        "attribution": ATTRIBUTION,
    } | more


def list_url(scope):
    url = reverse("milestones:checkpoint_list", args=[scope.workspace.slug])
    return url + query_of(scope)


@workspace_view(Permission.SCORE, methods=("GET", "POST"))
@until_version_ends
def checkpoint_add(request, workspace):
    scope = scope_to_write(request, workspace)
    data = request.POST if request.method == "POST" else None
    initial = {"kind": request.GET.get("kind", "")}
    form = PlanForm(data, initial=initial, unplanned=unplanned_in(scope))
    if form.is_valid():

        def effect():
            now, plan = clock.now(), form.cleaned_data
            plan_checkpoint(workspace, by=request.user, now=now, **plan)
            return list_url(scope)

        url = save(request, form, effect)
        if url is not None:
            return go(request, url)
    context = context_of(request, scope, form=form)
    status = 422 if form.is_bound else 200
    return render(request, "milestones/checkpoint_add.html", context, status=status)


def unplanned_in(scope):
    rows = Checkpoint.objects.in_workspace(scope.workspace)
    known = set(rows.filter(model_version=scope.version).values_list("kind", flat=True))
    return [kind for kind in Checkpoint.Kind.values if kind not in known]


def checkpoint_in(workspace, pk):
    rows = Checkpoint.objects.in_workspace(workspace).select_related("model_version")
    row = get_object_or_404(rows, pk=pk)
    if row.model_version != newest_version(workspace):
        raise VersionEndedError(row.model_version)
    return row


@workspace_view(Permission.SCORE, methods=("GET", "POST"))
@until_version_ends
def checkpoint_move(request, workspace, pk):
    row = checkpoint_in(workspace, pk)
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, initial={"follows_on": row.planned_on.isoformat()})
    page = "milestones/checkpoint_move.html"
    return change(request, row, form, move_checkpoint, page, anew=moved_meanwhile)


@workspace_view(Permission.SCORE, methods=("GET", "POST"))
@until_version_ends
def checkpoint_reach(request, workspace, pk):
    row = checkpoint_in(workspace, pk)
    data = request.POST if request.method == "POST" else None
    initial = {"reached_on": workspace.today(clock.now())}
    form = ReachForm(data, initial=initial, is_review=row.kind in LEARNING)
    page = "milestones/checkpoint_reach.html"
    return change(request, row, form, reach_checkpoint, page, shows_demand=True)


@workspace_view(Permission.SCORE, methods=("GET", "POST"))
def stop_hold(request, workspace, pk):
    stops = ScheduledStop.objects.in_workspace(workspace)
    row = get_object_or_404(stops.select_related("checkpoint", "held_by"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = HoldForm(data, initial={"held_on": workspace.today(clock.now())})
    return change(request, row, form, hold_stop, "milestones/stop_hold.html")


def change(request, row, form, action, page, *, anew=None, shows_demand=False):
    """A page about one row, then back to the list. When somebody else was first, 409
    with theirs above what was typed; `anew` puts that on top of theirs."""
    scope = scope_asked(request, row.workspace)
    status = 422 if form.is_bound else 200
    context = context_of(request, scope, row=row)
    if form.is_valid():

        def effect():
            action(row, by=request.user, now=clock.now(), **form.cleaned_data)
            return list_url(scope)

        try:
            url = save(request, form, effect)
        except OutdatedError as conflict:
            context["latest"], status = conflict.latest, 409
            form = anew(form, conflict.latest) if anew else form
        else:
            if url is not None:
                messages.success(request, _("It is written down."))
                return go(request, url)
    if shows_demand:
        context["demand"] = demand_asked(request, scope, row.kind)
        context["is_review"] = row.kind in LEARNING
    return render(request, page, context | {"form": form}, status=status)


def demand_asked(request, scope, kind):
    return demand_of(scope, kind, viewer=str(request.user.pk), now=clock.now())


def moved_meanwhile(form, latest):
    data = form.data.copy()
    data["follows_on"] = latest.planned_on.isoformat()
    return MoveForm(data)
