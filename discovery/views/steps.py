"""What comes next with somebody: changed where it stands."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go, render_page
from core.models import Permission
from core.once import submit_once
from core.revisions import OutdatedError
from discovery.actions import edit_person
from discovery.forms import NextStepForm
from discovery.models import Person


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def next_step(request, workspace, pk):
    """With htmx the cell of a list: the form, or `?shown` the words again."""
    people = Person.objects.in_workspace(workspace).filter(erased_at=None)
    person = get_object_or_404(people, pk=pk)
    form = NextStepForm(request.POST or None, instance=copy(person))
    if request.method != "POST":
        part = "_next_step.html" if "shown" in request.GET else "_next_step_form.html"
        return step_page(request, workspace, person, form, part=part)

    def effect():
        if not form.is_valid():
            raise ValidationError("shown at the fields")
        edit_person(person, by=request.user, now=clock.now(), **form.cleaned_data)
        return reverse("interviews:person_detail", args=[workspace.slug, pk])

    try:
        url = submit_once(request, effect)
    except OutdatedError as error:
        form.meet(error.current)
        return step_page(request, workspace, person, form, status=409)
    except ValidationError:
        return step_page(request, workspace, person, form, status=422)
    return saved(request, workspace, person, form, url)


def saved(request, workspace, person, form, url):
    if not request.htmx:
        messages.success(request, _("The next step is written down."))
        return go(request, url)
    person.refresh_from_db()
    return step_page(
        request, workspace, person, form, part="_next_step.html", is_saved=True
    )


def step_page(
    request, workspace, person, form, *, part="_next_step_form.html", status=200, **more
):
    context = {
        "workspace": workspace,
        "person": person,
        "form": form,
        "today": workspace.today(clock.now()),
        "can_log": True,
        "is_focused": True,
        "cell": f"next-step-{person.pk}",
        "is_part": bool(request.htmx),
    }
    return render_page(
        request,
        "discovery/next_step.html",
        context | more,
        partials={context["cell"]: f"discovery/{part}"},
        status=status,
    )
