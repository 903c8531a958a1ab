"""The stage of a venture: what it expects, what is seen of it, since when."""

from copy import copy

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.actions import change_settings
from core.models import Permission
from core.saving import save_settings
from milestones.forms.stages import StageForm
from milestones.reports.stage import phase_seen, stage_page
from milestones.views.pages import scope_asked


@workspace_view(Permission.VIEW, methods=("GET", "POST"), write=Permission.MANAGE)
def stage(request, workspace):
    data = request.POST if request.method == "POST" else None
    # a copy, since validation writes on it: the action must see what changed
    form = StageForm(data, instance=copy(workspace))
    effect = changing(request, workspace, form)
    answer, status = save_settings(request, form, effect, _("The stage is saved."))
    return answer or page_of(request, workspace, form, status=status)


@workspace_view(Permission.VIEW)
def stage_phase(request, workspace):
    """The part of the page that says in which phase selling is."""
    context = {
        "workspace": workspace,
        "seen": phase_seen(workspace, now=clock.now()),
    }
    return render(request, "milestones/_stage_phase.html", context)


def changing(request, workspace, form):
    def effect():
        now = clock.now()
        change_settings(workspace, by=request.user, now=now, **form.cleaned_data)
        return reverse("milestones:stage", args=[workspace.slug])

    return effect


def page_of(request, workspace, form, *, status):
    page = stage_page(
        scope_asked(request, workspace),
        look=request.GET.get("look", ""),
        viewer=str(request.user.pk),
        now=clock.now(),
    )
    context = {
        "workspace": workspace,
        "form": form,
        "page": page,
        "can_manage": Permission.MANAGE in request.may,
        "sees_talks": Permission.SEE_PEOPLE in request.may,
    }
    return render(request, "milestones/stage.html", context, status=status)
