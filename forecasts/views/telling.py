"""Forecasts that were told to investors: the list, and one more."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.htmx import go
from core.models import Permission
from forecasts.actions import tell_investors, withdraw_expectation
from forecasts.forms.telling import TakeBackForm, TellingForm
from forecasts.models import Revision
from forecasts.told import expectations_in, tellings_of
from forecasts.told_csv import told_csv
from forecasts.views.lookups import open_metric_or_404, status_of, submitted
from forecasts.views.plans import detail_url

ROWS = 25


@workspace_view(Permission.VIEW)
def expectation_list(request, workspace):
    rows = expectations_in(workspace)
    if request.GET.get("format") == "csv":
        text = told_csv(tellings_of(rows, workspace))
        return attached(text, f"told-{workspace.slug}")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "workspace": workspace,
        "page": page,
        "tellings": tellings_of(page.object_list, workspace),
        "can_decide": Permission.DECIDE in request.may,
    }
    return render(request, "forecasts/expectation_list.html", context)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def expectation_add(request, workspace, pk):
    metric = open_metric_or_404(workspace, pk)
    if not Revision.objects.filter(forecast__metric=metric).exists():
        return redirect("forecasts:forecast_add", workspace.slug, metric.pk)
    data = request.POST if request.method == "POST" else None
    form = TellingForm(data, metric=metric, today=workspace.today(clock.now()))
    if form.is_valid():

        def effect():
            data = dict(form.cleaned_data)
            revision = data.pop("revision")
            tell_investors(revision, by=request.user, now=clock.now(), **data)
            return detail_url(metric)

        url = submitted(request, form, effect)
        if url:
            messages.success(request, _("Kept: investors were told this forecast."))
            return go(request, url)
    context = {"workspace": workspace, "metric": metric, "form": form}
    status = status_of(form)
    return render(request, "forecasts/expectation_add.html", context, status=status)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def expectation_withdraw(request, workspace, pk):
    """Also of a metric that is closed. 409 where it was taken back meanwhile."""
    row = get_object_or_404(expectations_in(workspace), pk=pk)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    back_url = reverse("forecasts:expectation_list", args=[workspace.slug])
    if form.is_valid():

        def effect():
            now = clock.now()
            withdraw_expectation(row, by=request.user, now=now, **form.cleaned_data)
            return back_url

        url = submitted(request, form, effect)
        if url:
            messages.success(
                request, _("Taken back. It stays on record, and counts no more.")
            )
            return go(request, url)
    [one] = tellings_of(expectations_in(workspace).filter(pk=pk), workspace)
    context = {"workspace": workspace, "one": one, "form": form, "back_url": back_url}
    status = 409 if one.taken_back else status_of(form)
    page = "forecasts/expectation_withdraw.html"
    return render(request, page, context, status=status)
