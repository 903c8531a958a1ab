"""Kill criteria on numbers: all of them, those of one metric, and a new one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from decisions.actions import register_stop_rule
from decisions.forms.stop_rules import StopRuleForm
from decisions.models import StopRule
from decisions.reports.stop_rules import measurable, registered_in
from forecasts.models import Metric


@workspace_view(Permission.VIEW)
def stop_rule_list(request, workspace):
    context = {
        "workspace": workspace,
        "rules": registered_in(workspace, workspace.today(clock.now())),
        "can_decide": Permission.DECIDE in request.may,
    }
    return render(request, "decisions/stop_rule_list.html", context)


@workspace_view(Permission.VIEW)
def metric_stop_rules(request, workspace, pk):
    """The part on a metric's own page."""
    metric = get_object_or_404(Metric.objects.in_workspace(workspace), pk=pk)
    if not request.htmx:
        return redirect("decisions:stop_rule_list", workspace.slug)
    today = workspace.today(clock.now())
    context = {
        "workspace": workspace,
        "metric": metric,
        "rules": registered_in(workspace, today, metric=metric),
        "can_decide": Permission.DECIDE in request.may
        and not (metric.is_vanity or metric.closed_at),
    }
    return render(request, "decisions/_metric_stop_rules.html", context)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def stop_rule_add(request, workspace):
    initial = {
        "metric": asked_metric(request),
        "comparison": StopRule.Comparison.AT_LEAST,
    }
    form = StopRuleForm(request.POST or None, initial=initial, workspace=workspace)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            url = submit_once(request, registering(request, workspace, form))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Registered. It is judged on its day."))
            return go(request, url)
    has_metrics = measurable(workspace).exists()
    context = {"workspace": workspace, "form": form, "has_metrics": has_metrics}
    return render(request, "decisions/stop_rule_add.html", context, status=status)


def registering(request, workspace, form):
    def effect():
        values = dict(form.cleaned_data)
        metric = values.pop("metric")
        metric.workspace = workspace
        register_stop_rule(metric, by=request.user, now=clock.now(), **values)
        return reverse("decisions:stop_rule_list", args=[workspace.slug])

    return effect


def asked_metric(request):
    """The id in the address, if it is one."""
    try:
        return UUID(request.GET.get("metric", ""))
    except ValueError:
        return None
