"""What parts the classes of the gate: shown, tried, changed."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.saving import save_settings
from decisions.actions import change_gate
from decisions.forms.gate_settings import GateSettingsForm
from decisions.models import GateSettings
from decisions.reports.trying_gate import gate_trial_of

POST = ("GET", "POST")


@workspace_view(Permission.VIEW, methods=POST, write=Permission.OWN)
def gate_settings(request, workspace):
    form = form_of(workspace, request.POST if request.method == "POST" else None)
    effect = changing(request, workspace, form)
    said = _("Settings saved. What was approved before has to be checked again.")
    answer, status = save_settings(request, form, effect, said)
    return answer or page_of(request, workspace, form, status=status)


@workspace_view(Permission.OWN, methods=POST)
def gate_settings_try(request, workspace):
    """What the values typed would change; they are shown again, and not saved."""
    if request.method == "GET":
        return go(request, reverse("decisions:gate_settings", args=[workspace.slug]))
    form, trial, status = form_of(workspace, request.POST), None, 422
    if form.is_valid():
        status = 200
        trial = gate_trial_of(workspace, form.limits, now=clock.now())
    return page_of(request, workspace, form, trial=trial, status=status)


def form_of(workspace, data):
    """On a row of its own, which the venture does not know: validation writes on it."""
    row = GateSettings.objects.filter(workspace=workspace).first()
    own = row or GateSettings(workspace_id=workspace.pk)
    return GateSettingsForm(data, instance=own)


def changing(request, workspace, form):
    def effect():
        change_gate(workspace, by=request.user, now=clock.now(), **form.cleaned_data)
        return reverse("decisions:gate_settings", args=[workspace.slug])

    return effect


def page_of(request, workspace, form, *, trial=None, status=200):
    context = {
        "workspace": workspace,
        "form": form,
        "trial": trial,
        "is_owner": Permission.OWN in request.may,
    }
    return render(request, "decisions/gate_settings.html", context, status=status)
