"""The evaluation, one step a page. Steps may be taken in any order, and left half done."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from decisions.actions import save_step
from decisions.errors import DecidedError
from decisions.evaluating import STEPS, done_steps, missing
from decisions.evaluating import step as step_of
from decisions.forms.decision import DecisionForm
from decisions.forms.steps import (
    BeliefForm,
    CustomersForm,
    DependsForm,
    FoundForm,
    HappenedForm,
)
from decisions.reports import casework
from decisions.reports.alerts import evaluation_of
from decisions.reports.papers import explanations_of, has_number, paper_of
from decisions.reports.told import told_step
from decisions.subjects import url_of
from decisions.views.lookups import alert_or_404, alert_url, step_url, summary_url
from milestones.conflicts import OutdatedError

LAST = len(STEPS)
FOR_LATER = "later"
HAPPENED = 2
DEPENDS = 4
TEXT_FORMS = {1: BeliefForm, 2: HappenedForm, 3: CustomersForm, 4: DependsForm}


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def evaluation_step(request, workspace, pk, step):
    if not 1 <= step <= LAST:
        raise Http404
    alert = alert_or_404(workspace, pk)
    if request.method == "POST":
        return save(request, alert, step)
    if alert.closed_at is not None:
        return redirect(alert_url(alert))
    today = workspace.today(clock.now())
    evaluation, facts = evaluation_of(alert), facts_of(alert, step, today)
    initial = initial_of(evaluation, step, facts)
    form = form_for(alert, step, initial=initial)
    return step_page(request, alert, step, form, evaluation, facts)


def save(request, alert, number):
    form = form_for(alert, number, data=request.POST)
    if not form.is_valid():
        return refused(request, alert, number, form, status=422)
    try:
        url = submit_once(request, saving(request, alert, number, form))
    except DecidedError as late:
        return decided_meanwhile(request, alert, late.decision, form)
    except OutdatedError as conflict:
        rebased = form_for(alert, number, data=on_top_of(conflict.latest, request.POST))
        latest = told_step(conflict.latest, number)
        return refused(request, alert, number, rebased, status=409, latest=latest)
    messages.success(request, said_when_saved(alert, number))
    return go(request, url)


def saving(request, alert, number, form):
    def effect():
        save_step(
            alert,
            by=request.user,
            step=number,
            values=form.values(),
            rev=form.cleaned_data["rev"],
            now=clock.now(),
        )
        if FOR_LATER in request.POST:
            return alert_url(alert)
        return step_url(alert, number + 1) if number < LAST else summary_url(alert)

    return effect


def said_when_saved(alert, number):
    """Names the step: the message stands on the page after it."""
    today = alert.workspace.today(clock.now())
    lacking = lacking_in(alert, evaluation_of(alert), today)
    needs = [one.words for one in lacking if one.step == number]
    if not needs:
        return _("Saved.")
    joined = "; ".join(words[0].lower() + words[1:].rstrip(".") for words in needs)
    return _("Saved; step %(n)s still needs: %(needs)s.") % {
        "n": number,
        "needs": joined,
    }


def lacking_in(alert, evaluation, today):
    paper = paper_of(alert, evaluation)
    return missing(paper, today, is_short=alert.is_quiet)


def form_for(alert, number, *, data=None, initial=None):
    if number == HAPPENED and not has_number(alert):
        return FoundForm(data, initial=initial)
    if number < LAST:
        return TEXT_FORMS[number](data, initial=initial)
    return DecisionForm(
        data,
        alert=alert,
        today=alert.workspace.today(clock.now()),
        initial=initial,
        is_for_later=data is not None and FOR_LATER in data,
    )


def on_top_of(latest, posted):
    """What was typed, on the revision that came in between."""
    data = posted.copy()
    data["rev"] = latest.rev
    return data


def facts_of(alert, number, today):
    """What the record says in this step; nothing in the last one."""
    if number == 1:
        return casework.said(alert, today)
    if number == 2:
        return casework.happened(alert, today)
    if number == 3:
        return casework.customers(alert)
    return casework.depending(alert, today) if number == 4 else None


def initial_of(evaluation, number, facts):
    """What is kept, or the words the record gives to begin with."""
    if evaluation is None:
        return {"rev": 0} | begun(number, facts)
    kept = {
        1: {"belief": evaluation.belief},
        2: {
            "happened": evaluation.happened,
            "is_actual_right": evaluation.is_actual_right,
        },
        3: customers_kept(evaluation),
        4: {
            "depends": evaluation.depends,
            "runway": evaluation.runway,
            "rescored": [one.number for one in evaluation.rescored.all()],
            "keeps_scores": evaluation.keeps_scores,
        },
        5: evaluation.draft,
    }[number]
    written = {name: value for name, value in kept.items() if value not in ("", None)}
    return {"rev": evaluation.rev} | begun(number, facts) | written


def begun(number, facts):
    names = {1: "belief", 2: "happened", 4: "depends"}
    words = {names[number]: facts.begin} if number in names else {}
    return words | ({"runway": facts.cash} if number == DEPENDS else {})


def customers_kept(evaluation):
    kept = {
        "questions": [question.number for question in evaluation.questions.all()],
        "customers_say": evaluation.customers_say,
        "no_talk_reason": evaluation.no_talk_reason,
    }
    for code, (pro, con) in explanations_of(evaluation).items():
        kept |= {f"for_{code}": pro, f"against_{code}": con}
    return kept


def refused(request, alert, number, form, *, status, latest=()):
    today = alert.workspace.today(clock.now())
    evaluation, facts = evaluation_of(alert), facts_of(alert, number, today)
    return step_page(
        request, alert, number, form, evaluation, facts, status=status, latest=latest
    )


def step_page(
    request, alert, number, form, evaluation, facts, *, status=200, latest=()
):
    today = alert.workspace.today(clock.now())
    lacking = lacking_in(alert, evaluation, today)
    context = {
        "workspace": alert.workspace,
        "alert": alert,
        "step": step_of(number),
        "steps": STEPS,
        "subject_url": url_of(alert, alert.workspace.slug),
        "done": done_steps(lacking),
        "lacking": [one for one in lacking if one.step == number],
        "evaluation": evaluation,
        "facts": facts,
        "form": form,
        "latest": latest,
        "today": today,
        "is_last": number == LAST,
    }
    name = "decisions/evaluation_step.html"
    return render(request, name, context, status=status)


def decided_meanwhile(request, alert, decision, form):
    """Too late, and nothing typed is lost."""
    typed = [
        (form[name].label, value)
        for name, value in form.cleaned_data.items()
        if isinstance(value, str) and value
    ]
    context = {
        "workspace": alert.workspace,
        "alert": alert,
        "decision": decision,
        "typed": typed,
    }
    name = "decisions/decided_meanwhile.html"
    return render(request, name, context, status=409)
