"""What is stored of a venture, and taking the sample away."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from portfolio.actions import remove_sample


@workspace_view(Permission.OWN)
def settings_data(request, workspace):
    return render(request, "portfolio/settings_data.html", {"workspace": workspace})


@workspace_view(Permission.OWN, methods=("POST",))
def sample_remove(request, workspace):
    if not workspace.is_sample:
        raise Http404

    def effect():
        remove_sample(workspace, by=request.user, now=clock.now())
        return reverse("core:home")

    url = submit_once(request, effect)
    messages.success(request, _("The sample venture is gone."))
    return go(request, url)
