"""Erasing a person: see what goes and what stays, then confirm."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from discovery.actions.erasing import erase_person, erasure_preview
from discovery.forms.erasing import EraseForm
from discovery.models import Person


@workspace_view(Permission.MANAGE, methods=("GET", "POST"))
def person_erase(request, workspace, pk):
    """A POST without the button `erase` looks for the other words and shows anew."""
    rows = Person.objects.in_workspace(workspace).select_related("workspace")
    person = get_object_or_404(rows, pk=pk)
    if person.merged_into_id:
        return redirect("discovery:person_erase", workspace.slug, person.merged_into_id)
    back_url = reverse("interviews:person_detail", args=[workspace.slug, pk])
    form = EraseForm(request.POST or None, person=person)
    if form.is_bound and form.is_valid() and form.is_confirmed:
        return go(request, submit_once(request, erasing(request, form, back_url)))
    has_words = form.is_bound and not form.errors
    also = form.cleaned_data.get("also", []) if has_words else []
    context = {
        "workspace": workspace,
        "person": person,
        "form": form,
        "preview": erasure_preview(person, also=also),
        "back_url": back_url,
        "has_errors": bool(form.errors),
    }
    status = 422 if form.errors else 200
    return render(request, "discovery/person_erase.html", context, status=status)


def erasing(request, form, back_url):
    def effect():
        words = form.cleaned_data["also"]
        erase_person(form.person, by=request.user, now=clock.now(), also=words)
        messages.success(
            request, _("The person is erased. What they said still counts.")
        )
        return back_url

    return effect
