"""A score by one who advises."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from milestones.actions import question_in, review_score
from milestones.actions.reviews import latest_review
from milestones.conflicts import OutdatedError
from milestones.eleven import template
from milestones.forms.reviews import ReviewForm
from milestones.reports.loading import load_question
from milestones.views.ended import scope_to_write, until_version_ends
from milestones.views.pages import (
    context_of,
    in_between,
    query_of,
    question_url,
    rebased,
    save,
)


@workspace_view(Permission.REVIEW, methods=("GET", "POST"))
@until_version_ends
def review_add(request, workspace, number):
    """Whoever scores the question is led to their own form."""
    scope, now = scope_to_write(request, workspace, number), clock.now()
    if Permission.SCORE in request.may and request.method == "GET":
        url = reverse("milestones:score_add", args=[workspace.slug, number])
        return go(request, url + query_of(scope))
    data = request.POST if request.method == "POST" else None
    form = review_form(request, scope, number, data)
    facts = load_question(scope, number, now)
    supported = facts.support(now, workspace.today(now)).level
    context = context_of(request, scope, number, supported=supported)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            url = save(request, form, reviewing(request, scope, number, form))
        except OutdatedError as conflict:
            status, context = 409, context | in_between(conflict.latest)
            form = ReviewForm(rebased(data, conflict.latest), question=template(number))
        else:
            if url is not None:
                messages.success(request, _("Saved. The founders see it."))
                return go(request, url)
    context["form"] = form
    return render(request, "milestones/review_add.html", context, status=status)


def review_form(request, scope, number, data):
    question = scope.question(number)
    own = question and latest_review(question, request.user)
    initial = {"follows": own.pk if own else ""}
    return ReviewForm(data, question=template(number), initial=initial)


def reviewing(request, scope, number, form):
    def effect():
        now = clock.now()
        question = question_in(scope, number, by=request.user, now=now)
        review_score(question, by=request.user, now=now, **form.cleaned_data)
        return f"{question_url(scope, number)}#reviews"

    return effect
