"""Entering numbers, and correcting them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.numbers import NotANumber, Understood, parse_number, show
from core.revisions import differing
from core.weeks import Cadence, label, period_of, preceding
from forecasts.actions import correct_actual, record_actual
from forecasts.errors import Conflict
from forecasts.forms.actuals import ActualForm, CorrectionForm, echo_typed
from forecasts.forms.due import DueNumbers
from forecasts.forms.numbers import as_shown, mark_in, question_for
from forecasts.importer import planned_periods
from forecasts.periods import written
from forecasts.reports import metric_history, metric_table, numbers_due
from forecasts.views.lookups import (
    actual_or_404,
    open_metric_or_404,
    status_of,
    submitted,
)


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def actual_add(request, workspace, pk):
    metric = open_metric_or_404(workspace, pk)
    today = workspace.today(clock.now())
    due = numbers_due(workspace, today, metric=metric, most=24)
    data = request.POST if request.method == "POST" else None
    first = due[0].written if due else last_complete(metric, today)
    form = ActualForm(
        data,
        initial={"period": request.GET.get("period", first)[:60]},
        metric=metric,
        today=today,
        planned=planned_periods([metric])[metric.pk],
        decimal=mark_in(data or {}),
    )
    echo_typed(form)
    if form.is_valid():
        url = submitted(request, form, recording(request, metric, form))
        if url:
            period = form.cleaned_data["period"]
            messages.success(request, answer_to(metric, period, today))
            return go(request, url)
    context = {
        "workspace": workspace,
        "metric": metric,
        "form": form,
        "due": due,
        "question": question_for([form]),
    }
    return render(request, "forecasts/actual_add.html", context, status=status_of(form))


def last_complete(metric, today):
    """The period that ended last, as written; nothing if its number is on record."""
    week_start = metric.workspace.week_start
    period = preceding(period_of(today, Cadence(metric.cadence), week_start))
    if metric.actuals.filter(period_start=period.start, period_end=period.end).exists():
        return ""
    return written(period, week_start)


def recording(request, metric, form):
    def effect():
        data = form.cleaned_data
        period = data["period"]
        record_actual(
            metric,
            by=request.user,
            now=clock.now(),
            period_start=period.start,
            period_end=period.end,
            value=data["value"],
            value_kind=data["value_kind"],
            source=data["source"],
        )
        return detail_url(metric)

    return effect


def answer_to(metric, period, today):
    """What was understood, beside what was expected."""
    row = next(row for row in metric_table(metric, today).rows if row.period == period)
    number = show(row.actual, metric.unit)
    if row.expected is None:
        return _("%(label)s: %(number)s recorded.") % {
            "label": label(period),
            "number": number,
        }
    where = _("outside the agreed edge") if row.is_outside else _("inside the edge")
    return _("%(label)s: %(number)s recorded; forecast %(forecast)s, %(where)s.") % {
        "label": label(period),
        "number": number,
        "forecast": show(row.expected),
        "where": where,
    }


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def actual_correct(request, workspace, pk):
    actual = actual_or_404(workspace, pk)
    metric = open_metric_or_404(workspace, actual.metric_id)
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(
        data,
        metric=metric,
        initial={"value_kind": actual.value_kind, "source": actual.source},
        decimal=mark_in(data or {}),
    )
    key = (actual.period_start, actual.period_end)
    reports = metric_history(metric).reported[key]
    context = {
        "workspace": workspace,
        "metric": metric,
        "form": form,
        "label": label(reports[0].period),
        "reports": reports,
        "current": reports[-1],
    }
    if form.is_valid():
        try:
            url = submitted(request, form, correcting(request, metric, actual, form))
        except Conflict as conflict:
            context["differences"] = differences(form, conflict.current)
            return render(request, "forecasts/actual_correct.html", context, status=409)
        if url:
            messages.success(request, _("Corrected. The earlier number stays visible."))
            return go(request, url)
    context["question"] = question_for([form])
    return render(
        request, "forecasts/actual_correct.html", context, status=status_of(form)
    )


def differences(form, standing):
    """What stands now and what was typed, where they are not the same."""
    theirs = CorrectionForm(
        metric=form.metric,
        initial={
            "value": show(standing.value),
            "reason": standing.reason,
            "value_kind": standing.value_kind,
            "source": standing.source,
        },
    )
    return tuple(differing(form, theirs))


def correcting(request, metric, actual, form):
    def effect():
        correct_actual(actual, by=request.user, now=clock.now(), **form.cleaned_data)
        return detail_url(metric)

    return effect


# Where else the form stands, and whoever sends it goes back to.
PAGES_OF_DUE = {"today": "portfolio:today"}


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def due_list(request, workspace):
    """All numbers that are due, in one form; empty rows are left for later."""
    today = workspace.today(clock.now())
    data = request.POST if request.method == "POST" else None
    numbers = DueNumbers(workspace, today, data)
    if numbers.is_valid():
        url = submitted(request, numbers, saving(request, workspace, numbers))
        if url:
            messages.success(request, numbers.words)
            return go(request, url)
    context = {
        "workspace": workspace,
        "numbers": numbers,
        "has_errors": numbers.is_bound,
    }
    return render(
        request, "forecasts/due_list.html", context, status=status_of(numbers)
    )


def saving(request, workspace, numbers):
    def effect():
        for form in numbers.filled:
            recording(request, form.metric, form)()
        page = PAGES_OF_DUE.get(request.POST.get("page"), "forecasts:due_list")
        return reverse(page, args=[workspace.slug])

    return effect


@workspace_view(Permission.PLAN)
def number_echo(request, workspace, pk):
    """What a number being typed would be understood as; nothing is written.

    A part of the form: opened by itself, it leads to the page it belongs to.
    """
    metric = open_metric_or_404(workspace, pk)
    if not request.htmx:
        return redirect(detail_url(metric))
    text = next((text for name, text in request.GET.items() if "value" in name), "")
    parsed = None
    if text.strip():
        parsed = parse_number(text, unit=metric.unit, decimal=as_shown(text))
    context = {
        "number": parsed if isinstance(parsed, Understood) else None,
        "trouble": parsed.why if isinstance(parsed, NotANumber) else "",
        "is_double": bool(parsed) and not isinstance(parsed, Understood | NotANumber),
    }
    return render(request, "forecasts/_number_echo.html", context)


def detail_url(metric):
    slug = metric.workspace.slug
    return reverse("forecasts:metric_detail", args=[slug, metric.pk])
