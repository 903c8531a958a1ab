"""After a decision: ending what follows, and judging it on its day."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from decisions.actions import end_follow_up, replace_follow_up, review_decision
from decisions.errors import IncompleteError, SettledError
from decisions.forms.following import EndForm, ReviewForm
from decisions.models import Decision, FollowUp
from decisions.reports.alerts import lines_of
from decisions.reports.following import is_due, review_of
from decisions.reports.logbook import ABOUT
from decisions.subjects import RELATED
from decisions.views.lookups import alert_url

PLACE = "#after"


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def follow_up_end(request, workspace, pk):
    row = follow_up_or_404(workspace, pk)
    today = workspace.today(clock.now())
    form = EndForm(request.POST or None, workspace=workspace, today=today)
    if request.method != "POST":
        return end_page(request, row, form)
    if not form.is_valid():
        return end_page(request, row, form, status=422)
    try:
        url = submit_once(request, ending(request, row, form))
    except SettledError as late:
        return end_page(request, late.row, form, status=409, typed=typed_in(form))
    except IncompleteError as error:
        form.add_error("owner", error.missing[0].words)
        return end_page(request, row, form, status=422)
    messages.success(request, _("Written down."))
    return go(request, url)


def ending(request, row, form):
    def effect():
        told = {"by": request.user, "now": clock.now()}
        outcome, task = form.cleaned_data["outcome"], form.task
        if task.is_begun:
            replace_follow_up(row, outcome=outcome, task=task, **told)
        else:
            end_follow_up(row, outcome=outcome, **told)
        return f"{alert_url(row.decision.alert)}{PLACE}"

    return effect


def end_page(request, row, form, *, status=200, typed=()):
    context = {
        "workspace": row.workspace,
        "follow_up": row,
        "form": form,
        "typed": typed,
    }
    return render(request, "decisions/follow_up_end.html", context, status=status)


def typed_in(form):
    values = ((field.label, field.value()) for field in form)
    return [(label, value) for label, value in values if value]


def follow_up_or_404(workspace, pk):
    rows = FollowUp.objects.in_workspace(workspace).select_related(
        "owner", "ended_by", *(f"decision__alert__{name}" for name in RELATED)
    )
    row = get_object_or_404(rows.defer("decision__snapshot"), pk=pk)
    row.workspace = row.decision.alert.workspace = workspace
    return row


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def decision_review(request, workspace, pk):
    decision = decision_or_404(workspace, pk)
    form = ReviewForm(request.POST or None)
    if request.method != "POST":
        return review_page(request, decision, form)
    if not form.is_valid():
        return review_page(request, decision, form, status=422)
    try:
        url = submit_once(request, reviewing(request, decision, form.cleaned_data))
    except SettledError:
        return review_page(request, decision, form, status=409, typed=typed_in(form))
    except ValidationError as error:
        form.add_error(None, error)
        return review_page(request, decision, form, status=422)
    messages.success(request, _("The decision is judged."))
    return go(request, url)


def reviewing(request, decision, values):
    def effect():
        review_decision(decision, by=request.user, now=clock.now(), **values)
        return f"{alert_url(decision.alert)}{PLACE}"

    return effect


def decision_or_404(workspace, pk):
    rows = Decision.objects.in_workspace(workspace).defer("snapshot")
    decision = get_object_or_404(
        rows.select_related(*ABOUT, "by", "stop_rule__metric"), pk=pk
    )
    decision.workspace = decision.alert.workspace = workspace
    return decision


def review_page(request, decision, form, *, status=200, typed=()):
    context = {
        "workspace": decision.workspace,
        "decision": decision,
        "form": form,
        "first": review_of(decision),
        "decided": lines_of(decision),
        "is_early": not is_due(decision, decision.workspace.today(clock.now())),
        "typed": typed,
    }
    return render(request, "decisions/decision_review.html", context, status=status)
