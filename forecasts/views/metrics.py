"""The list of metrics, and one metric."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from forecasts.actions import add_metric, close_metric, edit_metric
from forecasts.actions.metrics import has_numbers
from forecasts.exporter import table_csv
from forecasts.forms.metrics import CloseForm, MetricForm
from forecasts.models import Metric
from forecasts.pages import metric_page
from forecasts.reports import metric_rows, metric_table, numbers_due
from forecasts.views.lookups import (
    metric_or_404,
    open_metric_or_404,
    status_of,
    submitted,
)


@workspace_view(Permission.VIEW)
def metric_list(request, workspace):
    today = workspace.today(clock.now())
    is_closed = request.GET.get("show") == "closed"
    kept = Metric.objects.in_workspace(workspace)
    metrics = kept.filter(closed_at__isnull=not is_closed)
    page = Paginator(metrics.select_related("standing"), 25).get_page(
        request.GET.get("page")
    )
    for metric in page.object_list:
        metric.workspace = workspace
    context = {
        "workspace": workspace,
        "page": page,
        "rows": metric_rows(page.object_list, today),
        "is_closed": is_closed,
        "has_closed": kept.filter(closed_at__isnull=False).exists(),
        "due": numbers_due(workspace, today, most=6) if not is_closed else [],
        "can_plan": Permission.PLAN in request.may,
    }
    return render(request, "forecasts/metric_list.html", context)


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def metric_add(request, workspace):
    data = request.POST if request.method == "POST" else None
    form = MetricForm(data, workspace=workspace, initial={"owner": request.user.pk})
    if form.is_valid():

        def effect():
            metric = add_metric(
                workspace, by=request.user, now=clock.now(), **form.cleaned_data
            )
            return reverse("forecasts:forecast_add", args=[workspace.slug, metric.pk])

        url = submitted(request, form, effect)
        if url:
            messages.success(request, _("Metric added. What do you expect of it?"))
            return go(request, url)
    context = {"workspace": workspace, "form": form}
    return render(request, "forecasts/metric_add.html", context, status=status_of(form))


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def metric_edit(request, workspace, pk):
    metric = open_metric_or_404(workspace, pk)
    is_fixed = has_numbers(metric)
    data = request.POST if request.method == "POST" else None
    form = MetricForm(data, instance=metric, workspace=workspace, has_numbers=is_fixed)
    if form.is_valid():

        def effect():
            edit_metric(metric, by=request.user, now=clock.now(), **form.cleaned_data)
            return reverse("forecasts:metric_detail", args=[workspace.slug, metric.pk])

        url = submitted(request, form, effect)
        if url:
            messages.success(request, _("Metric saved."))
            return go(request, url)
    context = {
        "workspace": workspace,
        "metric": metric,
        "form": form,
        "is_fixed": is_fixed,
    }
    return render(
        request, "forecasts/metric_edit.html", context, status=status_of(form)
    )


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def metric_close(request, workspace, pk):
    metric = open_metric_or_404(workspace, pk)
    data = request.POST if request.method == "POST" else None
    form = CloseForm(data)
    if form.is_valid():

        def effect():
            close_metric(metric, by=request.user, now=clock.now())
            return reverse("forecasts:metric_list", args=[workspace.slug])

        url = submitted(request, form, effect)
        if url:
            messages.success(request, _("Metric closed. Its numbers are kept."))
            return go(request, url)
    context = {"workspace": workspace, "metric": metric, "form": form}
    return render(
        request, "forecasts/metric_close.html", context, status=status_of(form)
    )


@workspace_view(Permission.VIEW)
def metric_detail(request, workspace, pk):
    metric = metric_or_404(workspace, pk)
    today = workspace.today(clock.now())
    context = {
        "workspace": workspace,
        "metric": metric,
        "today": today,
        "shown": metric_page(metric, today, until=day_in(request.GET.get("until"))),
        "can_plan": Permission.PLAN in request.may and metric.closed_at is None,
        "can_tell": Permission.DECIDE in request.may and metric.closed_at is None,
    }
    return render(request, "forecasts/metric_detail.html", context)


@workspace_view(Permission.VIEW)
def metric_csv(request, workspace, pk):
    metric = metric_or_404(workspace, pk)
    table = metric_table(metric, workspace.today(clock.now()))
    name = slugify(metric.name) or "metric"
    return HttpResponse(
        table_csv(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def day_in(text):
    """A day from the address; nonsense is no day."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
