"""Settings of a venture, and its log."""

from copy import copy

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.actions import change_settings
from core.forms.ventures import SettingsForm
from core.models import Permission
from core.money import show_money
from core.saving import save_settings


@workspace_view(Permission.VIEW, methods=("GET", "POST"), write=Permission.MANAGE)
def settings_general(request, workspace):
    data = request.POST if request.method == "POST" else None
    # a copy, since validation writes on it: the action must see what changed
    form = SettingsForm(data, instance=copy(workspace))

    def effect():
        now = clock.now()
        change_settings(workspace, by=request.user, now=now, **form.cleaned_data)
        return reverse("core:settings_general", args=[workspace.slug])

    answer, status = save_settings(request, form, effect, _("Settings saved."))
    if answer:
        return answer
    context = {
        "workspace": workspace,
        "form": form,
        "cash": cash_of(workspace),
        "can_manage": Permission.MANAGE in request.may,
    }
    return render(request, "core/settings_general.html", context, status=status)


def cash_of(workspace):
    cash = workspace.cash_in_hand_minor
    return "" if cash is None else show_money(cash, workspace.currency)


@workspace_view(Permission.SEE_PEOPLE)
def activity(request, workspace):
    entries = workspace.activity.select_related("by")
    page = Paginator(entries, 25).get_page(request.GET.get("page"))
    context = {"workspace": workspace, "page": page}
    return render(request, "core/activity.html", context)
