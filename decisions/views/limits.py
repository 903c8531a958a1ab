"""The thresholds of the alert rules: shown, tried, changed."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.saving import save_settings
from decisions.actions.limits import change_thresholds
from decisions.forms.limits import ThresholdsForm
from decisions.models import AlertSettings
from decisions.reports.trying import trial_of

POST = ("GET", "POST")


@workspace_view(Permission.VIEW, methods=POST, write=Permission.MANAGE)
def alert_settings(request, workspace):
    form = form_of(workspace, request.POST if request.method == "POST" else None)
    effect = changing(request, workspace, form)
    answer, status = save_settings(request, form, effect, _("Settings saved."))
    return answer or page_of(request, workspace, form, status=status)


@workspace_view(Permission.MANAGE, methods=POST)
def alert_settings_try(request, workspace):
    """What the values typed would have raised; they are shown again, and not saved."""
    if request.method == "GET":
        return go(request, reverse("decisions:alert_settings", args=[workspace.slug]))
    form, trial, status = form_of(workspace, request.POST), None, 422
    if form.is_valid():
        limits, status = form.save(commit=False).thresholds, 200
        trial = trial_of(workspace, limits, now=clock.now())
    return page_of(request, workspace, form, trial=trial, status=status)


def form_of(workspace, data):
    """On a row of its own: validation writes on it."""
    row = AlertSettings.objects.filter(workspace=workspace).first()
    return ThresholdsForm(data, instance=row or AlertSettings(workspace=workspace))


def changing(request, workspace, form):
    def effect():
        data = form.cleaned_data
        change_thresholds(workspace, by=request.user, now=clock.now(), **data)
        return reverse("decisions:alert_settings", args=[workspace.slug])

    return effect


def page_of(request, workspace, form, *, trial=None, status=200):
    context = {
        "workspace": workspace,
        "form": form,
        "trial": trial,
        "can_manage": Permission.MANAGE in request.may,
    }
    return render(request, "decisions/alert_settings.html", context, status=status)
