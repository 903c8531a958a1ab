"""What parts the phases of selling: shown, and changed."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.models import Permission
from core.saving import save_settings
from forecasts.actions import change_selling
from forecasts.forms.selling_settings import SellingSettingsForm
from forecasts.models import SellingSettings


@workspace_view(Permission.VIEW, methods=("GET", "POST"), write=Permission.DECIDE)
def selling_settings(request, workspace):
    data = request.POST if request.method == "POST" else None
    row = SellingSettings.objects.filter(workspace=workspace).first()
    own = row or SellingSettings(workspace_id=workspace.pk)
    form = SellingSettingsForm(data, instance=own)
    effect = changing(request, workspace, form)
    answer, status = save_settings(request, form, effect, _("Settings saved."))
    if answer:
        return answer
    can_decide = Permission.DECIDE in request.may
    context = {"workspace": workspace, "form": form, "can_decide": can_decide}
    template = "forecasts/selling_settings.html"
    return render(request, template, context, status=status)


def changing(request, workspace, form):
    def effect():
        now = clock.now()
        change_selling(workspace, by=request.user, now=now, **form.cleaned_data)
        return reverse("forecasts:selling_settings", args=[workspace.slug])

    return effect
