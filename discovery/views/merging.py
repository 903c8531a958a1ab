"""Two people, or two organisations, that are one: choose, compare, merge, undo."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from discovery.actions.merging import (
    MODELS,
    MergeError,
    gaps,
    merge_organisations,
    merge_people,
    undo_merge,
)
from discovery.duplicates import (
    known_organisations,
    known_people,
    organisations_like,
    people_like,
)
from discovery.models import Merge, Organisation, Person
from discovery.views.market import page_of

OFFERED = 20


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def person_merge(request, workspace, pk):
    rows = Person.objects.in_workspace(workspace)
    person = get_object_or_404(rows.select_related("organisation", "segment"), pk=pk)
    return merge_page(request, workspace, person, merge_people)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def organisation_merge(request, workspace, pk):
    rows = Organisation.objects.in_workspace(workspace)
    organisation = get_object_or_404(rows, pk=pk)
    return merge_page(request, workspace, organisation, merge_organisations)


@workspace_view(Permission.LOG, methods=("POST",))
def merge_undo(request, workspace, pk):
    row = get_object_or_404(Merge.objects.in_workspace(workspace), pk=pk)
    kept = get_object_or_404(MODELS[row.kind].objects, pk=row.kept_id)

    def effect():
        undo_merge(row, by=request.user, now=clock.now())
        messages.success(request, _("They are two again, as they were."))
        return page_of(kept)

    try:
        return go(request, submit_once(request, effect))
    except MergeError as error:
        messages.error(request, _("They stay merged. %(why)s") % {"why": error})
        return go(request, page_of(kept))


def merge_page(request, workspace, row, action):
    other = other_of(request, workspace, row)
    problem = ""
    if request.method == "POST" and other is not None:
        try:
            return go(
                request, submit_once(request, merging(request, row, other, action))
            )
        except MergeError as error:
            problem = str(error)
    elif request.method == "POST":
        problem = _("Choose the other one first.")
    query = request.GET.get("q", "")[:200].strip()
    context = {
        "workspace": workspace,
        "row": row,
        "other": other,
        "q": query,
        "is_person": isinstance(row, Person),
        "offered": [] if other else offered(workspace, row, query),
        "facts": side_by_side(row, other) if other else [],
        "problem": problem,
        "has_errors": bool(problem),
        "back_url": page_of(row),
    }
    status = 422 if problem else 200
    return render(request, "discovery/merge.html", context, status=status)


def merging(request, kept, gone, action):
    def effect():
        row = action(kept, gone, by=request.user, now=clock.now())
        undo = reverse("discovery:merge_undo", args=[kept.workspace.slug, row.pk])
        text = _("They are one now: %(name)s.") % {"name": kept}
        messages.success(request, text, extra_tags=undo)
        return page_of(kept)

    return effect


def other_of(request, workspace, row):
    wanted = request.POST.get("other") or request.GET.get("other")
    if not wanted:
        return None
    try:
        pk = UUID(wanted)
    except ValueError:
        raise BadRequest("no such row") from None
    rows = type(row).objects.in_workspace(workspace).exclude(pk=row.pk)
    return get_object_or_404(rows, pk=pk)


def offered(workspace, row, query):
    """Those alike first; with a search, those it finds."""
    if isinstance(row, Person):
        rows = known_people(workspace).select_related("organisation")
        found = Q(name__icontains=query) | Q(organisation__name__icontains=query)
        found |= Q(email__icontains=query)
        alike = people_like(
            workspace, name=row.name, email=row.email, but=row, anywhere=True
        )
    else:
        rows, found = known_organisations(workspace), Q(name__icontains=query)
        alike = organisations_like(workspace, name=row.name, but=row)
    if not query:
        return list(alike)
    return list(rows.exclude(pk=row.pk).filter(found).order_by("name", "pk")[:OFFERED])


@dataclass(frozen=True)
class Fact:
    label: str
    kept: str
    gone: str
    # what stands on the row after the merge
    after: str


SHOWN = {
    Person: (
        "name",
        "organisation",
        "segment",
        "role_title",
        "email",
        "phone",
        "source",
        "referred_by",
        "is_related_party",
        "recognition",
        "next_step",
        "next_step_on",
        "consent",
        "consent_how",
        "consent_on",
        "erase_on",
        "pseudonym",
    ),
    Organisation: ("name", "size", "source", "is_related_party", "pseudonym"),
}


def side_by_side(kept, gone):
    filled = gaps(kept, gone)
    facts = []
    for name in SHOWN[type(kept)]:
        field = kept._meta.get_field(name)
        mine, theirs = shown(kept, name), shown(gone, name)
        after = theirs if name in filled and filled[name] is not None else mine
        if name in filled and filled[name] is None:
            after = ""
        if mine or theirs:
            facts.append(Fact(str(field.verbose_name), mine, theirs, after))
    return facts


def shown(row, name):
    say = getattr(row, f"get_{name}_display", None)
    value = say() if say else getattr(row, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
