"""Versions of the business model: read, started, and evidence taken over."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from milestones.actions import carry_evidence, start_version
from milestones.actions.questions import newest_version
from milestones.conflicts import OutdatedError
from milestones.eleven import ATTRIBUTION
from milestones.forms.versions import CarryForm, VersionForm
from milestones.models import EvidenceLink
from milestones.reports.carrying import earlier_links, offered
from milestones.reports.versions import asked_again, stays, versions_of
from milestones.views.ended import scope_to_write, until_version_ends
from milestones.views.pages import context_of, question_url, save


@workspace_view(Permission.VIEW)
def version_list(request, workspace):
    context = {
        "workspace": workspace,
        "versions": versions_of(workspace),
        "can_decide": Permission.DECIDE in request.may,
        "today": workspace.today(clock.now()),
    }
    return render(request, "milestones/version_list.html", context)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def version_add(request, workspace):
    """Filled in, read once more, recorded: `step` says which of these was sent."""
    form, status = version_form(request, workspace), 200
    step = request.POST.get("step", "check") if form.is_bound else "change"
    context = {"workspace": workspace}
    if step != "change":
        status = 422
        if form.is_valid() and step == "check":
            return confirmation(request, workspace, form)
        if form.is_valid():
            try:
                url = save(request, form, starting(request, workspace, form))
            except OutdatedError as conflict:
                context["latest"], status = conflict.latest, 409
                form = started_meanwhile(form, workspace, conflict.latest)
            else:
                if url is not None:
                    return go(request, url)
    context["form"] = form
    return render(request, "milestones/version_add.html", context, status=status)


def version_form(request, workspace):
    data = request.POST if request.method == "POST" else None
    newest = newest_version(workspace)
    initial = {"follows": newest.pk if newest else ""}
    return VersionForm(data, workspace=workspace, initial=initial)


def confirmation(request, workspace, form):
    """Everything that will ask to be scored again, before it does."""
    given = form.cleaned_data
    dropped = given["dropped_segments"]
    pursued = form.fields["dropped_segments"].queryset
    context = {
        "workspace": workspace,
        "form": form,
        "given": given,
        "asked": asked_again(
            given["changes"], [one for one in pursued if one not in dropped]
        ),
        "stays": stays(given["changes"]),
        "attribution": ATTRIBUTION,
    }
    return render(request, "milestones/version_confirm.html", context)


def starting(request, workspace, form):
    def effect():
        given = form.cleaned_data
        start_version(workspace, by=request.user, now=clock.now(), **given)
        messages.success(request, _("The new version of the model has begun."))
        return reverse("milestones:version_list", args=[workspace.slug])

    return effect


def started_meanwhile(form, workspace, latest):
    """What was typed, now on top of the version that came in between."""
    data = form.data.copy()
    data["follows"] = str(latest.pk) if latest else ""
    return VersionForm(data, workspace=workspace)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
@until_version_ends
def evidence_carry(request, workspace, number):
    """Evidence of earlier versions of this question, to be taken over."""
    scope = scope_to_write(request, workspace, number)
    question = scope.question(number)
    left, carried = earlier_links(question) if question else ((), ())
    sees_people = Permission.SEE_PEOPLE in request.may
    shown = offered(question, left, sees_people=sees_people) if left else ()
    data = request.POST if request.method == "POST" else None
    form = CarryForm(data, left=left, carried=carried)
    if form.is_valid():
        url = save(request, form, carrying(request, scope, question, form))
        if url is not None:
            messages.success(request, carried_text(form))
            return go(request, url)
    chosen = form.data.getlist("links") if form.is_bound else ()
    context = context_of(request, scope, number, form=form, offered=shown)
    context |= {"chosen": chosen, "has_errors": bool(form.errors)}
    status = 422 if form.is_bound else 200
    return render(request, "milestones/evidence_carry.html", context, status=status)


def carried_text(form):
    """What another tab took over before is said to stand, not refused."""
    if not form.new:
        return _("It was taken over already.")
    text = ngettext("%d taken over.", "%d taken over.", len(form.new))
    return text % len(form.new)


def carrying(request, scope, question, form):
    def effect():
        rows = EvidenceLink.objects.in_workspace(scope.workspace)
        links = list(rows.filter(pk__in=form.cleaned_data["links"]))
        carry_evidence(question, links, by=request.user, now=clock.now())
        return question_url(scope, question.number) + "#evidence"

    return effect
