"""Hypotheses: the list by state, the draft, its registration, a new version."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from core.revisions import OutdatedError
from discovery.actions import (
    add_hypothesis,
    edit_hypothesis,
    register_hypothesis,
    revise_hypothesis,
)
from discovery.forms.hypotheses import HypothesisForm, RevisionForm
from discovery.hypotheses import grouped, newest_versions
from discovery.models import Hypothesis
from discovery.problem_csv import hypotheses_csv
from discovery.views.saving import posted, saved

FORM = "discovery/hypothesis_form.html"


@workspace_view(Permission.VIEW)
def hypothesis_list(request, workspace):
    """`?question=` only those that speak to that question."""
    today = workspace.today(clock.now())
    number = question_asked(request)
    rows = list(newest_versions(workspace))
    if number:
        rows = [row for row in rows if number in row.questions]
    if request.GET.get("format") == "csv":
        return attached(hypotheses_csv(rows), f"hypotheses-{workspace.slug}")
    context = {
        "workspace": workspace,
        "groups": grouped(rows, today),
        "number": number,
        "today": today,
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "discovery/hypothesis_list.html", context)


def question_asked(request):
    text = request.GET.get("question", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 3
    return int(text) if is_number and 1 <= int(text) <= 11 else None


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def hypothesis_add(request, workspace):
    number = question_asked(request)
    initial = {"questions": [number] if number else []}
    form = HypothesisForm(posted(request), workspace=workspace, initial=initial)
    back = reverse("discovery:hypothesis_list", args=[workspace.slug])
    context = form_page(workspace, _("New hypothesis"), back, _("Hypotheses"))
    action = partial(add_hypothesis, workspace)
    return saved(request, form, action, page_of=page_of, template=FORM, context=context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def hypothesis_edit(request, workspace, pk):
    """A draft. Once it is registered only a new version changes anything."""
    row = hypothesis_in(workspace, pk)
    if row.registered_at is not None and request.method == "GET":
        return redirect("discovery:hypothesis_revise", workspace.slug, pk)
    form = HypothesisForm(posted(request), workspace=workspace, instance=copy(row))
    context = form_page(workspace, _("Edit hypothesis"), page_of(row), row)
    action = partial(edit_hypothesis, row)
    return saved(request, form, action, page_of=page_of, template=FORM, context=context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def hypothesis_revise(request, workspace, pk):
    """The next version of the newest; a draft is edited instead."""
    row = newest_of(hypothesis_in(workspace, pk))
    if row.registered_at is None:
        return redirect("discovery:hypothesis_edit", workspace.slug, row.pk)
    form = RevisionForm(posted(request), workspace=workspace, instance=copy(row))
    heading = _("Version %(n)s of a hypothesis") % {"n": row.version + 1}
    context = form_page(workspace, heading, page_of(row), row)
    context["is_revision"] = True
    return saved(
        request,
        form,
        partial(revise_hypothesis, row),
        page_of=page_of,
        template=FORM,
        context=context,
        said=_("The new version is registered."),
    )


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def hypothesis_register(request, workspace, pk):
    """The marks as they will stand, and the button that makes them stand."""
    row = hypothesis_in(workspace, pk)
    if row.registered_at is not None and request.method == "GET":
        return redirect(page_of(row))
    context = {"workspace": workspace, "row": row, "back_url": page_of(row)}
    status = 200
    if request.method == "POST":
        try:
            return go(request, submit_once(request, registering(request, row)))
        except OutdatedError:
            context |= {"why": _("Somebody changed it meanwhile. Read it again.")}
            status = 409
        except ValidationError as error:
            context |= {"why": " ".join(error.messages)}
            status = 422
        context["row"] = hypothesis_in(workspace, pk)
    return render(request, "discovery/hypothesis_register.html", context, status=status)


def registering(request, row):
    typed = request.POST.get("rev", "")
    rev = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None

    def effect():
        register_hypothesis(row, by=request.user, now=clock.now(), rev=rev)
        messages.success(request, _("Registered. From now on its marks stand."))
        return page_of(row)

    return effect


def form_page(workspace, heading, back_url, back_text):
    return {
        "workspace": workspace,
        "heading": heading,
        "back_url": back_url,
        "back_text": back_text,
    }


def hypothesis_in(workspace, pk):
    rows = Hypothesis.objects.in_workspace(workspace)
    return get_object_or_404(rows.select_related("segment", "successor"), pk=pk)


def newest_of(hypothesis):
    while getattr(hypothesis, "successor", None) is not None:
        hypothesis = hypothesis.successor
    return hypothesis


def page_of(row):
    return reverse("interviews:hypothesis_detail", args=[row.workspace.slug, row.pk])
