"""Objects from ids, walking down from the venture; and forms whose action refuses."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from core.once import submit_once
from core.revisions import OutdatedError
from forecasts.models import Actual, Metric


def metric_or_404(workspace, pk):
    metrics = Metric.objects.in_workspace(workspace)
    metric = get_object_or_404(metrics.select_related("standing", "owner"), pk=pk)
    metric.workspace = workspace
    return metric


def open_metric_or_404(workspace, pk):
    metrics = Metric.objects.in_workspace(workspace).open()
    metric = get_object_or_404(metrics.select_related("standing"), pk=pk)
    metric.workspace = workspace
    return metric


def actual_or_404(workspace, pk):
    actuals = Actual.objects.in_workspace(workspace).select_related("metric", "by")
    actual = get_object_or_404(actuals, pk=pk)
    actual.metric.workspace = workspace
    return actual


def submitted(request, form, effect):
    """The URL to go to, or None with the action's refusal added to the form."""
    try:
        return submit_once(request, effect)
    except OutdatedError as conflict:
        form.meet(conflict.current)
        return None
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            for name, errors in refusal.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            form.add_error(None, refusal)
        return None


def status_of(*forms):
    if any(getattr(form, "differences", ()) for form in forms):
        return 409
    return 422 if any(form.is_bound for form in forms) else 200
