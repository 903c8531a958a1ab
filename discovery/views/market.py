"""Segments, organisations and people: lists and forms."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go, render_page
from core.models import Permission
from core.once import submit_once
from core.revisions import OutdatedError
from discovery import duplicates
from discovery.actions import (
    add_organisation,
    add_person,
    add_segment,
    edit_organisation,
    edit_person,
    edit_segment,
)
from discovery.duplicates import (
    known_organisations,
    known_people,
    organisations_like,
)
from discovery.forms import TAKEN, OrganisationForm, PersonForm, SegmentForm
from discovery.models import Organisation, Person, Segment
from discovery.segments import segments_by_version

NAMES_OFFERED = 200


@workspace_view(Permission.SEE_PEOPLE)
def segment_list(request, workspace):
    context = {
        "workspace": workspace,
        "versions": segments_by_version(workspace),
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
    """Not somebody who was erased: their name would come back."""
    people = Person.objects.in_workspace(workspace).filter(erased_at=None)
    people = people.select_related("organisation", "referred_by__organisation")
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
        messages.success(request, _("Written down: %(name)s") % {"name": row})
        return page_of(row)

    status = 200
    if form.is_bound:
        status = 422
        try:
            return go(request, submit_once(request, effect))
        except IntegrityError:  # somebody took the name a moment ago
            form.add_error(None, TAKEN)
        except OutdatedError as error:
            form.meet(error.current)
            status = 409
        except ValidationError:
            pass  # the page below shows the form with its errors
    return form_page(request, workspace, form, status)


def form_page(request, workspace, form, status):
    is_person = isinstance(form, PersonForm)
    context = {
        "workspace": workspace,
        "form": form,
        "kind": form.Meta.model._meta.model_name,
        "is_new": form.instance._state.adding,
        "back_url": back_url(workspace, form.instance),
        "has_errors": bool(form.errors),
    }
    if is_person:
        context |= offered(workspace)
    return render(request, "discovery/row_form.html", context, status=status)


def offered(workspace):
    """Names to choose from while typing; a name that is not among them may be typed."""
    firms = known_organisations(workspace).values_list("name", flat=True)
    people = known_people(workspace).filter(archived_at=None)
    return {
        "organisation_names": firms[:NAMES_OFFERED],
        "people": people.select_related("organisation")[:NAMES_OFFERED],
    }


@workspace_view(Permission.SEE_PEOPLE)
def people_like(request, workspace):
    """Who may be meant, while somebody types; and a page of its own."""
    asked = {
        name: request.GET.get(name, "")[:254]
        for name in ("kind", "name", "organisation_name", "email", "but")
    }
    is_firm = asked["kind"] == "organisation"
    context = {
        "slug": workspace.slug,
        "workspace": workspace,
        "asked": asked,
        "is_part": bool(request.htmx),
        "rows": firms_asked(workspace, asked)
        if is_firm
        else people_asked(workspace, asked),
        "is_firm": is_firm,
    }
    parts = {"people-like": "discovery/_people_like.html"}
    return render_page(request, "discovery/people_like.html", context, partials=parts)


def people_asked(workspace, asked):
    if not asked["name"].strip() and not asked["email"].strip():
        return []
    found = duplicates.people_like(
        workspace,
        name=asked["name"],
        organisation_name=asked["organisation_name"],
        email=asked["email"],
        anywhere=True,
    )
    return [person for person in found if str(person.pk) != asked["but"]]


def firms_asked(workspace, asked):
    found = organisations_like(workspace, name=asked["name"])
    return [firm for firm in found if str(firm.pk) != asked["but"]]


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
    if isinstance(row, Organisation) and row._state.adding:
        return reverse("interviews:organisation_list", args=[workspace.slug])
    if row._state.adding:
        return reverse("interviews:customer_list", args=[workspace.slug])
    return page_of(row)
