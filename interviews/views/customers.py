"""Customers: the list, a person's page, an organisation's page."""

from django.shortcuts import get_object_or_404, render

from core import clock
from core.access import workspace_view
from core.htmx import render_page
from core.models import Permission
from discovery.models import Organisation, Person
from interviews import reports
from interviews.exporter import attached, customers_csv
from interviews.filters import CustomerFilters
from interviews.views.lists import listing


@workspace_view(Permission.SEE_PEOPLE)
def customer_list(request, workspace):
    filters = CustomerFilters(request.GET, workspace=workspace)
    people = reports.customers(workspace, filters)
    if request.GET.get("format") == "csv":
        return attached(customers_csv(people), f"customers-{workspace.slug}")
    context = listing(request, workspace, filters, people)
    return render_page(
        request,
        "interviews/customer_list.html",
        context,
        partials={"person-table": "interviews/_person_table.html"},
    )


@workspace_view(Permission.SEE_PEOPLE)
def person_detail(request, workspace, pk):
    people = Person.objects.in_workspace(workspace)
    person = get_object_or_404(people.select_related("organisation", "segment"), pk=pk)
    context = about(request, workspace, people.filter(pk=pk)) | {"person": person}
    return render(request, "interviews/person_detail.html", context)


@workspace_view(Permission.SEE_PEOPLE)
def organisation_detail(request, workspace, pk):
    organisations = Organisation.objects.in_workspace(workspace)
    organisation = get_object_or_404(organisations, pk=pk)
    people = reports.people_of(organisation)
    context = about(request, workspace, organisation.people.all())
    context |= {"organisation": organisation, "people": people}
    return render(request, "interviews/organisation_detail.html", context)


def about(request, workspace, people):
    return {
        "workspace": workspace,
        "known": reports.acquaintance(people),
        "today": workspace.today(clock.now()),
        "can_log": Permission.LOG in request.may,
    }
