"""Segments, organisations and people: lists and forms."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from discovery.actions import (
    add_organisation,
    add_person,
    add_segment,
    edit_organisation,
    edit_person,
    edit_segment,
)
from discovery.forms import TAKEN, OrganisationForm, PersonForm, SegmentForm
from discovery.models import Organisation, Person, Segment

NAMES_OFFERED = 200


@workspace_view(Permission.SEE_PEOPLE)
def segment_list(request, workspace):
    segments = Segment.objects.in_workspace(workspace).annotate(
        people_count=Count("people")
    )
    context = {
        "workspace": workspace,
        "segments": segments.order_by("created_at", "pk"),
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "discovery/segment_list.html", context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def segment_add(request, workspace):
    form = SegmentForm(posted(request), workspace=workspace)
    return written(request, workspace, form, add_segment, workspace)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def segment_edit(request, workspace, pk):
    segment = get_object_or_404(Segment.objects.in_workspace(workspace), pk=pk)
    form = SegmentForm(posted(request), workspace=workspace, instance=copy(segment))
    return written(request, workspace, form, edit_segment, segment)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def organisation_add(request, workspace):
    form = OrganisationForm(posted(request), workspace=workspace)
    return written(request, workspace, form, add_organisation, workspace)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def organisation_edit(request, workspace, pk):
    rows = Organisation.objects.in_workspace(workspace)
    organisation = get_object_or_404(rows, pk=pk)
    form = OrganisationForm(
        posted(request), workspace=workspace, instance=copy(organisation)
    )
    return written(request, workspace, form, edit_organisation, organisation)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def person_add(request, workspace):
    form = PersonForm(posted(request), workspace=workspace, is_sure=is_sure(request))
    return written(request, workspace, form, add_person, workspace)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def person_edit(request, workspace, pk):
    people = Person.objects.in_workspace(workspace).select_related("organisation")
    person = get_object_or_404(people, pk=pk)
    # A copy, since validation writes on it: the action must see what changed.
    form = PersonForm(
        posted(request),
        workspace=workspace,
        instance=copy(person),
        is_sure=is_sure(request),
    )
    return written(request, workspace, form, edit_person, person)


def posted(request):
    return request.POST if request.method == "POST" else None


def is_sure(request):
    return "add_anyway" in request.POST


def written(request, workspace, form, action, target):
    """A form's page, or the action and on to the page of the row it wrote.

    Judged inside: sent twice, the second must find the outcome of the first, not
    itself as a duplicate.
    """

    def effect():
        if not form.is_valid():
            raise ValidationError("shown at the fields")
        row = action(target, by=request.user, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("%(name)s is written down.") % {"name": row})
        return page_of(row)

    if form.is_bound:
        try:
            return go(request, submit_once(request, effect))
        except IntegrityError:  # somebody took the name a moment ago
            form.add_error(None, TAKEN)
        except ValidationError:
            pass  # the page below shows the form with its errors
    return form_page(request, workspace, form)


def form_page(request, workspace, form):
    names = Organisation.objects.in_workspace(workspace).values_list("name", flat=True)
    is_person = isinstance(form, PersonForm)
    context = {
        "workspace": workspace,
        "form": form,
        "kind": form.Meta.model._meta.model_name,
        "is_new": form.instance._state.adding,
        "back_url": back_url(workspace, form.instance),
        "organisation_names": names[:NAMES_OFFERED] if is_person else [],
    }
    status = 422 if form.is_bound else 200
    return render(request, "discovery/row_form.html", context, status=status)


def page_of(row):
    slug = row.workspace.slug
    if isinstance(row, Person):
        return reverse("interviews:person_detail", args=[slug, row.pk])
    if isinstance(row, Organisation):
        return reverse("interviews:organisation_detail", args=[slug, row.pk])
    return reverse("discovery:segment_list", args=[slug])


def back_url(workspace, row):
    if isinstance(row, Segment):
        return reverse("discovery:segment_list", args=[workspace.slug])
    if row._state.adding:
        return reverse("interviews:customer_list", args=[workspace.slug])
    return page_of(row)
