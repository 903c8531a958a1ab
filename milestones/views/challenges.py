"""Questions asked back: opened, answered, taken back, and all of a venture in a list."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from milestones.actions import (
    answer_challenge,
    open_challenge,
    question_in,
    withdraw_challenge,
)
from milestones.actions.questions import refuse_ended
from milestones.conflicts import OutdatedError
from milestones.forms.challenges import (
    ChallengeFilterForm,
    ChallengeForm,
    ChallengeReplyForm,
)
from milestones.reports.challenges import (
    challenge_as_known,
    challenge_rows,
    challenges_of,
    shown,
)
from milestones.reports.owing import owes_score
from milestones.scope import scope_of
from milestones.views.ended import scope_to_write, until_version_ends
from milestones.views.pages import context_of, question_url, save

CHALLENGES_A_PAGE = 25


@workspace_view(Permission.REVIEW, methods=("GET", "POST"))
@until_version_ends
def challenge_add(request, workspace, number):
    scope = scope_to_write(request, workspace, number)
    form = ChallengeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        url = save(request, form, opening(request, scope, number, form))
        if url is not None:
            messages.success(request, _("Asked. The founders see it on the question."))
            return go(request, url)
    context = context_of(request, scope, number, form=form)
    context |= standing_in_the_way(request, scope.question(number))
    status = 422 if form.is_bound else 200
    return render(request, "milestones/challenge_add.html", context, status=status)


def opening(request, scope, number, form):
    def effect():
        now = clock.now()
        question = question_in(scope, number, by=request.user, now=now)
        data = form.cleaned_data
        challenge = open_challenge(question, by=request.user, now=now, **data)
        return f"{question_url(scope, number)}#challenge-{challenge.pk}"

    return effect


def standing_in_the_way(request, question):
    """Why nothing can be asked now: an own one is open, or a score is owed first."""
    if question is None:
        return {"asked_before": None, "owes_score": False}
    now = clock.now()
    asking = challenges_of(
        question.workspace,
        [question.pk],
        viewer=str(request.user.pk),
        now=now,
    )[question.pk]
    owes = owes_score(question, request.user, now)
    return {"asked_before": asking.own, "owes_score": owes}


@workspace_view(Permission.SCORE, methods=("GET", "POST"))
@until_version_ends
def challenge_answer(request, workspace, pk):
    challenge, asked = challenge_or_404(request, workspace, pk)
    data = request.POST if request.method == "POST" else None
    form = ChallengeReplyForm(data, is_spread=asked.is_spread)
    status, is_late = 422 if form.is_bound else 200, False
    if form.is_valid():
        try:
            url = save(
                request, form, changing(request, challenge, answer_challenge, form)
            )
        except OutdatedError:
            status, is_late = 409, True
            asked = challenge_or_404(request, workspace, pk)[1]
        else:
            if url is not None:
                messages.success(request, _("The answer is written."))
                return go(request, url)
    context = context_about(request, challenge, asked, form=form, is_late=is_late)
    return render(request, "milestones/challenge_answer.html", context, status=status)


@workspace_view(Permission.REVIEW, methods=("GET", "POST"))
@until_version_ends
def challenge_withdraw(request, workspace, pk):
    challenge, asked = challenge_or_404(request, workspace, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        effect = changing(request, challenge, withdraw_challenge, form)
        url = save(request, form, effect)
        if url is not None:
            messages.success(request, _("Taken back."))
            return go(request, url)
    context = context_about(request, challenge, asked, form=form)
    status = 422 if form.is_bound else 200
    page = "milestones/challenge_withdraw.html"
    return render(request, page, context, status=status)


def challenge_or_404(request, workspace, pk):
    """The row, and what this reader may know of it. VersionEndedError where its
    question is asked again by now."""
    viewer = str(request.user.pk)
    found = challenge_as_known(workspace, pk, viewer=viewer, now=clock.now())
    if found is None:
        raise Http404
    challenge, asked = found
    challenge.workspace = challenge.question.workspace = workspace
    refuse_ended(challenge.question)
    return challenge, asked


def changing(request, challenge, action, form):
    def effect():
        action(challenge, by=request.user, now=clock.now(), **form.cleaned_data)
        url = question_url(scope_about(challenge), challenge.question.number)
        return f"{url}#challenge-{challenge.pk}"

    return effect


def scope_about(challenge):
    return scope_of(challenge.workspace, challenge.question.segment_id)


def context_about(request, challenge, asked, **more):
    scope = scope_about(challenge)
    return context_of(request, scope, asked.number, asked=asked, **more)


@workspace_view(Permission.VIEW)
def challenge_list(request, workspace):
    now, viewer = clock.now(), str(request.user.pk)
    form = ChallengeFilterForm(request.GET)
    rows, owed = challenge_rows(workspace, viewer=viewer, now=now, **form.wanted())
    page = Paginator(rows, CHALLENGES_A_PAGE).get_page(request.GET.get("page"))
    found = shown(page.object_list, workspace, owed, viewer, now)
    context = {
        "workspace": workspace,
        "form": form,
        "page": page,
        "rows": found,
        "is_filtered": any(form.wanted().values()),
        "today": workspace.today(now),
        "can_score": Permission.SCORE in request.may,
    }
    return render(request, "milestones/challenge_list.html", context)
