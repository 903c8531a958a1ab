"""How far each criterion of a question is met: one form for all of them."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from milestones.actions import question_in, tick_criteria
from milestones.actions.criteria import CriteriaOutdatedError
from milestones.forms.criteria import CriteriaForm
from milestones.reports.criteria import criteria_of
from milestones.views.ended import scope_to_write, until_version_ends
from milestones.views.pages import context_of, question_url, save


@workspace_view(Permission.LOG, methods=("GET", "POST"))
@until_version_ends
def criterion_set(request, workspace, number):
    scope = scope_to_write(request, workspace, number)
    lines = lines_of(scope, number)
    data = request.POST if request.method == "POST" else None
    form, met = CriteriaForm(data, lines=lines), ()
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            url = save(request, form, ticking(request, scope, number, form))
        except CriteriaOutdatedError as conflict:
            status, lines = 409, lines_of(scope, number)
            keys = {row.pk for row in conflict.latest}
            met = [line for line in lines if line.key in keys]
            form = CriteriaForm(CriteriaForm.rebased(data, lines), lines=lines)
        else:
            if url is not None:
                messages.success(request, _("Saved."))
                return go(request, url)
    context = context_of(request, scope, number, form=form, met=met)
    context["is_asked_anew"] = status == 409 and not met
    return render(request, "milestones/criterion_set.html", context, status=status)


def lines_of(scope, number):
    """As they stand now; a question nobody opened yet has none ticked."""
    question = scope.question(number)
    key = question.pk if question else None
    found = criteria_of(scope.workspace, {key: number}, clock.now())
    return found[key].lines


def ticking(request, scope, number, form):
    def effect():
        now = clock.now()
        question = question_in(scope, number, by=request.user, now=now)
        tick_criteria(question, by=request.user, ticks=form.ticks(), now=now)
        return f"{question_url(scope, number)}#criteria"

    return effect
