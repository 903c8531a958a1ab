"""Objects from ids, walking down from the venture; and forms whose action refuses."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from core.once import submit_once
from core.revisions import OutdatedError
from forecasts.models import Actual, Deal, DealStep, Metric, Rep, SalesCurve
from forecasts.sold import chains_of


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


def curve_or_404(workspace, pk):
    curve = get_object_or_404(SalesCurve.objects.in_workspace(workspace), pk=pk)
    curve.workspace = workspace
    return curve


def open_curve_or_404(workspace, pk):
    curves = SalesCurve.objects.in_workspace(workspace).open()
    curve = get_object_or_404(curves, pk=pk)
    curve.workspace = workspace
    return curve


def rep_or_404(workspace, pk):
    rep = get_object_or_404(Rep.objects.in_workspace(workspace), pk=pk)
    rep.workspace = workspace
    return rep


def chain_or_404(workspace, model, pk):
    """The figure with all its corrections, the first report first."""
    row = get_object_or_404(model.objects.in_workspace(workspace), pk=pk)
    twins = model.objects.filter(
        curve=row.curve_id, quarter_start=row.quarter_start, rep=row.rep_id
    )
    if hasattr(row, "se_fte"):
        twins = twins.filter(kind=row.kind)
    return chains_of(twins.select_related("rep", "by", "curve"))[0]


def deal_or_404(workspace, pk):
    deals = Deal.objects.in_workspace(workspace)
    deals = deals.select_related("curve", "rep", "organisation")
    deal = get_object_or_404(deals, pk=pk)
    deal.workspace = workspace
    return deal


def standing_deal_or_404(workspace, pk):
    deals = Deal.objects.in_workspace(workspace).standing()
    deal = get_object_or_404(deals.select_related("organisation"), pk=pk)
    deal.workspace = workspace
    return deal


def step_or_404(workspace, pk):
    steps = DealStep.objects.in_workspace(workspace)
    steps = steps.filter(deal__withdrawn_at__isnull=True)
    step = get_object_or_404(steps.select_related("deal", "by"), pk=pk)
    step.deal.workspace = workspace
    return step


def latest_step(step):
    """The row that stands for it now."""
    later = DealStep.objects.filter(supersedes=step).first()
    while later is not None:
        step, later = later, DealStep.objects.filter(supersedes=later).first()
    return step


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
