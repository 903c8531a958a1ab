"""Customers: the list, a person's page, an organisation's page."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from core import clock
from core.access import workspace_view
from core.actions.trash import archive_rows
from core.downloads import attached
from core.htmx import go, render_page
from core.models import Permission
from core.once import submit_once
from core.trash import KEPT_FOR
from discovery.actions import put_in_segment
from discovery.actions.merging import can_be_undone
from discovery.models import Organisation, Person, Segment
from interviews import reports
from interviews.exporter import customers_csv, organisations_csv
from interviews.filters import CustomerFilters, OrganisationFilters
from interviews.reports.rungs import rungs_of
from interviews.views.lists import listing


@workspace_view(Permission.SEE_PEOPLE)
def customer_list(request, workspace):
    now = clock.now()
    filters = CustomerFilters(request.GET, workspace=workspace)
    people = reports.customers(workspace, filters, now=now)
    if request.GET.get("format") == "csv":
        rows = people.prefetch_related("buying_roles")
        return attached(customers_csv(rows), f"customers-{workspace.slug}")
    context = listing(request, workspace, filters, people)
    context |= {
        "quiet": reports.count_quiet(workspace, now),
        "segments": filters.fields["segment"].queryset,
        "asked": request.GET.urlencode(),
    }
    return render_page(
        request,
        "interviews/customer_list.html",
        context,
        partials={"person-table": "interviews/_person_table.html"},
    )


@workspace_view(Permission.SEE_PEOPLE)
def organisation_list(request, workspace):
    filters = OrganisationFilters(request.GET, workspace=workspace)
    rows = reports.organisations(workspace, filters)
    if request.GET.get("format") == "csv":
        return attached(organisations_csv(rows), f"organisations-{workspace.slug}")
    context = listing(request, workspace, filters, rows)
    context["rows"] = reports.with_segments(context["page"].object_list)
    return render_page(
        request,
        "interviews/organisation_list.html",
        context,
        partials={"organisation-table": "interviews/_organisation_table.html"},
    )


@workspace_view(Permission.LOG, methods=("POST",))
def customers_bulk(request, workspace):
    """The ticked people, or all that the list's filter finds."""
    asked = QueryDict(request.POST.get("asked", ""))
    filters = CustomerFilters(asked, workspace=workspace)
    if request.POST.get("whom") == "all":
        people = reports.chosen(workspace, filters, now=clock.now())
    else:
        people = ticked(workspace, request.POST.getlist("who"))
    back = reverse("interviews:customer_list", args=[workspace.slug])
    back += f"?{asked.urlencode()}" if asked else ""

    def effect():
        done = bulk_change(request, workspace, people)
        said = ngettext("%(n)s person changed.", "%(n)s people changed.", done)
        messages.success(request, said % {"n": done})
        return back

    return go(request, submit_once(request, effect))


def ticked(workspace, ids):
    return Person.objects.in_workspace(workspace).filter(pk__in=uuids(ids))


def uuids(texts):
    try:
        return [UUID(text) for text in texts if text]
    except ValueError:
        raise BadRequest("no such row") from None


def bulk_change(request, workspace, people):
    """How many it changed. Nobody ticked, or no segment chosen, changes nobody."""
    done = request.POST.get("do")
    by = {"by": request.user, "now": clock.now()}
    if done in ("archive", "unarchive"):
        return archive_rows(people, is_back=done == "unarchive", **by)
    segments = Segment.objects.in_workspace(workspace)
    segment = segments.filter(pk__in=uuids([request.POST.get("segment", "")])).first()
    if done != "segment" or segment is None:
        return 0
    return put_in_segment(people, segment, **by)


@workspace_view(Permission.SEE_PEOPLE)
def person_detail(request, workspace, pk):
    people = Person.objects.in_workspace(workspace)
    person = get_object_or_404(
        people.select_related(
            "organisation",
            "segment",
            "referred_by__organisation",
            "consent_by",
            "trashed_by",
        ),
        pk=pk,
    )
    if person.merged_into_id:
        return redirect(
            "interviews:person_detail", workspace.slug, person.merged_into_id
        )
    context = about(request, workspace, people.filter(pk=pk), person)
    referred = list(reports.referred(person))
    context |= {
        "person": person,
        "roles": list(person.buying_roles.all()),
        "referred": referred,
        "timeline": reports.timeline(
            person, context["known"], referred, context["merges"]
        ),
    }
    return render(request, "interviews/person_detail.html", context)


@workspace_view(Permission.SEE_PEOPLE)
def organisation_detail(request, workspace, pk):
    rows = Organisation.objects.in_workspace(workspace)
    organisation = get_object_or_404(rows.select_related("trashed_by"), pk=pk)
    if organisation.merged_into_id:
        kept = organisation.merged_into_id
        return redirect("interviews:organisation_detail", workspace.slug, kept)
    people = list(reports.people_of(organisation))
    context = about(request, workspace, organisation.people.all(), organisation)
    context |= {
        "organisation": organisation,
        "people": people,
        "roles": reports.roles_met(people),
    }
    return render(request, "interviews/organisation_detail.html", context)


def about(request, workspace, people, row):
    now = clock.now()
    row.workspace = workspace
    merges = reports.merges_of(row)
    return {
        "workspace": workspace,
        "known": reports.acquaintance(people),
        "today": workspace.today(now),
        "can_log": Permission.LOG in request.may,
        "can_erase": Permission.MANAGE in request.may,
        "ladder": rungs_of(row),
        "merges": merges,
        "undoable": [merge for merge in merges if can_be_undone(merge, now)],
        "kept_until": row.trashed_at + KEPT_FOR if row.trashed_at else None,
    }
