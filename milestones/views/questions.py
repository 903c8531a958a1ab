"""One question: its page, its answer, its scores."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go, render_page
from core.models import Permission
from milestones.actions import claim_score, question_in, write_answer
from milestones.conflicts import OutdatedError
from milestones.eleven import template
from milestones.forms.board import DayForm
from milestones.forms.questions import AnswerForm, ScoreForm
from milestones.question_text import text_of
from milestones.reports.history import history_of
from milestones.reports.loading import load_question
from milestones.reports.question import own_score, question_page
from milestones.views.ended import scope_to_write, until_version_ends
from milestones.views.pages import (
    context_of,
    day_in,
    in_between,
    question_url,
    rebased,
    save,
    scope_from,
)

SCORES_A_PAGE = 25


@workspace_view(Permission.VIEW)
def question_detail(request, workspace, number):
    now = clock.now()
    day = DayForm(request.GET, today=workspace.today(now))
    as_of = day_in(day)
    scope = scope_from(request, workspace, number, as_of)
    sees_people = Permission.SEE_PEOPLE in request.may
    page = question_page(
        scope,
        number,
        viewer=str(request.user.pk),
        sees_people=sees_people,
        now=now,
        as_of=as_of,
        shows_all=request.GET.get("evidence") == "all",
    )
    row = scope.question(number)
    context = context_of(request, scope, number, page=page, day=day, row=row)
    context |= {"text": text_of(page, scope), "sees_people": sees_people}
    if page.is_past:
        context |= {"can_score": False, "can_log": False}
    elif page.row.needs_rescore:
        context["earlier"] = page.earlier
    if context["can_score"]:
        context["form"] = score_form(number, page.row.support.level, page.own)
    status = 200 if day.is_valid() else 422
    return render(request, "milestones/question_detail.html", context, status=status)


def score_form(number, supported, own, data=None):
    return ScoreForm(
        data,
        question=template(number),
        supported=supported,
        has_scored=own is not None,
        initial={"follows": own.key if own else ""},
    )


@workspace_view(Permission.SCORE, methods=("GET", "POST"))
@until_version_ends
def score_add(request, workspace, number):
    scope, now = scope_to_write(request, workspace, number), clock.now()
    facts = load_question(scope, number, now)
    supported = facts.support(now, workspace.today(now)).level
    own = own_score(facts, str(request.user.pk))
    data = request.POST if request.method == "POST" else None
    form = score_form(number, supported, own, data)
    context = context_of(request, scope, number, supported=supported)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            url = save(request, form, claiming(request, scope, number, form))
        except OutdatedError as conflict:
            latest, status = conflict.latest, 409
            form = score_form(number, supported, own, rebased(data, latest))
            context |= in_between(latest)
        else:
            if url is not None:
                messages.success(request, saved_text(scope, number))
                return go(request, url)
    context["form"] = form
    return render(request, "milestones/score_add.html", context, status=status)


def claiming(request, scope, number, form):
    def effect():
        now = clock.now()
        question = question_in(scope, number, by=request.user, now=now)
        data = {"is_correction": False} | form.cleaned_data
        claim_score(question, by=request.user, now=now, **data)
        return question_url(scope, number)

    return effect


def saved_text(scope, number):
    """Who claims what: the author has given theirs, so nothing is hidden any more."""
    now = clock.now()
    claims = load_question(scope, number, now).claims(now)
    said = ", ".join(f"{claim.author} {claim.value}" for claim in claims)
    return _("Your score is saved. Claimed now: %(said)s.") % {"said": said}


@workspace_view(Permission.VIEW)
def score_history(request, workspace, number):
    scope = scope_from(request, workspace, number)
    viewer = str(request.user.pk)
    history = history_of(scope, number, viewer=viewer, now=clock.now())
    page = Paginator(history.scores, SCORES_A_PAGE).get_page(request.GET.get("page"))
    context = context_of(request, scope, number, history=history, page=page)
    partials = {"history": "milestones/_question_history.html"}
    return render_page(
        request, "milestones/score_history.html", context, partials=partials
    )


@workspace_view(Permission.SCORE, methods=("GET", "POST"))
@until_version_ends
def answer_edit(request, workspace, number):
    scope = scope_to_write(request, workspace, number)
    now = clock.now()
    current = load_question(scope, number, now).answer(now)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, initial=answer_initial(current))
    context = context_of(request, scope, number)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            url = save(request, form, answering(request, scope, number, form))
        except OutdatedError as conflict:
            status = 409
            form = AnswerForm(rebased(data, conflict.latest))
            context |= in_between(conflict.latest)
        else:
            if url is not None:
                messages.success(request, _("The answer is written."))
                return go(request, url)
    context["form"] = form
    return render(request, "milestones/answer_edit.html", context, status=status)


def answer_initial(current):
    if current is None:
        return {}
    return {
        "statement": current.statement,
        "looked_against": current.looked_against,
        "follows": current.key,
    }


def answering(request, scope, number, form):
    def effect():
        now = clock.now()
        question = question_in(scope, number, by=request.user, now=now)
        write_answer(question, by=request.user, now=now, **form.cleaned_data)
        return question_url(scope, number)

    return effect
