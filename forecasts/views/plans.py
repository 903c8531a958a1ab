"""Registering a forecast, and revising it."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.weeks import Cadence, Period, following, label, period_of
from forecasts.actions import register_forecast, revise_forecast
from forecasts.errors import Conflict
from forecasts.forms.plan_entry import PlanEntry
from forecasts.forms.plans import (
    MOST_ROWS,
    USUAL_ROWS,
    PlanForm,
    RevisionForm,
    RowsForm,
)
from forecasts.models import Forecast
from forecasts.reports import metric_history
from forecasts.table import table_of
from forecasts.views.lookups import open_metric_or_404, submitted


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def forecast_add(request, workspace, pk):
    metric = open_metric_or_404(workspace, pk)
    today = workspace.today(clock.now())
    history = metric_history(metric)
    is_planned = last_planned(history, today) is not None
    if is_planned and request.method != "POST":  # a post keeps what was typed
        return redirect("forecasts:forecast_revise", workspace.slug, metric.pk)
    data = request.POST if request.method == "POST" else None
    choice, periods = chosen_periods(request.GET, metric, today)
    entry = PlanEntry(
        PlanForm(data),
        metric=metric,
        today=today,
        periods=periods,
        current={},
        data=data,
    )
    if entry.is_valid():
        url = submitted(request, entry.form, registering(request, metric, entry))
        if url:
            messages.success(request, _("Forecast registered."))
            return go(request, url)
    context = {"choice": choice, "problems": problems_of(choice) + entry.problems}
    status = 422 if entry.is_bound or choice.errors else 200
    return plan_page(request, "forecast_add", entry, context, status=status)


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def forecast_revise(request, workspace, pk):
    metric = open_metric_or_404(workspace, pk)
    today = workspace.today(clock.now())
    plan = Forecast.objects.filter(metric=metric, retired_at=None).first()
    if plan is None:
        return redirect("forecasts:forecast_add", workspace.slug, metric.pk)
    history = metric_history(metric)
    number = plan.revisions.order_by("-number").values_list("number", flat=True)[0]
    data = request.POST if request.method == "POST" else None
    entry = PlanEntry(
        RevisionForm(data, initial={"follows": number}),
        metric=metric,
        today=today,
        periods=open_periods(request.GET, metric, history, today),
        current=history.in_force(),
        data=data,
    )
    begun = [row for row in table_of(history, today).rows if row.period.start <= today]
    context = {"plan": plan, "begun": begun[-12:]}
    if not entry.is_valid():
        return plan_page(request, "forecast_revise", entry, context)
    try:
        url = submitted(request, entry.form, revising(request, plan, metric, entry))
    except Conflict as conflict:
        entry.form.data = data.copy()
        entry.form.data["follows"] = conflict.current.number
        context["conflict"] = conflict
        return plan_page(request, "forecast_revise", entry, context, status=409)
    if url is None:
        return plan_page(request, "forecast_revise", entry, context)
    messages.success(request, _("Forecast revised. The earlier line stays."))
    return go(request, url)


def registering(request, metric, entry):
    def effect():
        register_forecast(
            metric,
            by=request.user,
            now=clock.now(),
            points=entry.points,
            rationale=entry.form.cleaned_data["rationale"],
        )
        return detail_url(metric)

    return effect


def revising(request, plan, metric, entry):
    def effect():
        revise_forecast(
            plan,
            by=request.user,
            now=clock.now(),
            points=entry.points,
            reason=entry.form.cleaned_data["reason"],
            follows=entry.form.cleaned_data["follows"],
        )
        return detail_url(metric)

    return effect


def detail_url(metric):
    slug = metric.workspace.slug
    return reverse("forecasts:metric_detail", args=[slug, metric.pk])


def plan_page(request, name, entry, context, status=None):
    status = status or (422 if entry.is_bound else 200)
    context |= {
        "workspace": entry.metric.workspace,
        "metric": entry.metric,
        "entry": entry,
        "has_errors": status != 200,
    }
    return render(request, f"forecasts/{name}.html", context, status=status)


def chosen_periods(query, metric, today):
    """The form that chooses the rows, and the rows: as usual until something is said."""
    cadence = Cadence(metric.cadence)
    week_start = metric.workspace.week_start
    soonest = following(period_of(today, cadence, week_start))
    usual = {"first": soonest.start, "count": USUAL_ROWS[cadence]}
    choice = RowsForm(query if "first" in query or "count" in query else None)
    if not choice.is_bound:
        choice = RowsForm(initial=usual)
        chosen = usual
    else:
        given = choice.cleaned_data if choice.is_valid() else {}
        refuse_begun(choice, soonest)
        chosen = {name: given.get(name) or usual[name] for name in usual}
    first = max(chosen["first"], soonest.start)
    first = min(first, today + timedelta(days=366 * 20))
    return choice, run_of(period_of(first, cadence, week_start), chosen["count"])


def refuse_begun(choice, soonest):
    """What was asked stays in the form, with why the rows begin later."""
    first = choice.cleaned_data.get("first")
    if first is not None and first < soonest.start:
        words = _("A forecast starts with the next period, %(label)s.")
        choice.add_error("first", words % {"label": label(soonest)})


def problems_of(choice):
    """(id of the field, words) for the summary."""
    return [
        (choice[name].id_for_label, f"{choice[name].label}: {words}")
        for name, errors in choice.errors.items()
        for words in errors
    ]


def run_of(period, count):
    periods = []
    while len(periods) < count:
        periods.append(period)
        period = following(period)
    return periods


def open_periods(query, metric, history, today):
    """What can still be revised, and as many periods more as the address asks for."""
    cadence = Cadence(metric.cadence)
    week_start = metric.workspace.week_start
    periods = [
        Period(cadence, *key)
        for key in sorted(history.in_force())
        if key[0] > today
        and key not in history.reported
        and Period(cadence, *key) == period_of(key[0], cadence, week_start)
    ]
    more = query.get("more", "")
    count = int(more) if more.isascii() and more.isdigit() and len(more) < 3 else 0
    if not periods:
        count = count or USUAL_ROWS[cadence]
    last = periods[-1] if periods else period_of(today, cadence, week_start)
    added = run_of(following(last), min(count, MOST_ROWS))
    return (periods + added)[:MOST_ROWS]


def last_planned(history, today):
    """The last period still to come that a forecast stands for, if there is one."""
    coming = [key for key in history.in_force() if key[0] > today]
    return max(coming, default=None)
