"""Bringing in many numbers: look first, then write all of them or none."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.spreadsheets import SpreadsheetRefused
from core.tables import as_text
from forecasts.forms.actuals import ImportForm
from forecasts.forms.numbers import DecimalQuestion, mark_in
from forecasts.importer import check_actuals, import_actuals
from forecasts.views.lookups import submitted

SHOWN = 100


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def actuals_import(request, workspace):
    """Step one: what would happen. Nothing is written."""
    if request.method == "GET":
        form = ImportForm(
            workspace=workspace, initial={"metric": request.GET.get("metric")}
        )
        return import_page(request, workspace, form)
    form = ImportForm(request.POST, request.FILES, workspace=workspace)
    checked = checked_import(request, workspace, form)
    if checked is None:
        return import_page(request, workspace, form, status=422)
    return preview_page(request, workspace, form, *checked)


@workspace_view(Permission.PLAN, methods=("POST",))
def actuals_import_run(request, workspace):
    """Step two: the same cells are checked again, then written."""
    form = ImportForm(request.POST, workspace=workspace)
    checked = checked_import(request, workspace, form)
    if checked is None:
        return import_page(request, workspace, form, status=422)
    table, report = checked
    if not report.is_fine:
        return preview_page(request, workspace, form, table, report)

    def effect():
        import_actuals(workspace, report, by=request.user, now=clock.now())
        return reverse("forecasts:metric_list", args=[workspace.slug])

    url = submitted(request, form, effect)
    if url is None:
        return preview_page(request, workspace, form, table, report)
    count = len(report.accepted)
    words = ngettext("%d number added.", "%d numbers added.", count) % count
    messages.success(request, words)
    return go(request, url)


def checked_import(request, workspace, form):
    """(table, report), or None with the trouble in the form."""
    if not form.is_valid():
        return None
    try:
        table = form.table()
        report = check_actuals(
            workspace,
            table,
            today=workspace.today(clock.now()),
            metric=form.cleaned_data["metric"],
            decimal=mark_in(request.POST),
        )
    except SpreadsheetRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    return table, report


def import_page(request, workspace, form, status=200):
    context = {"workspace": workspace, "form": form}
    return render(request, "forecasts/actuals_import.html", context, status=status)


def preview_page(request, workspace, form, table, report):
    question = DecimalQuestion(*report.question) if report.question else None
    problems = problems_of(form, report, question)
    context = {
        "workspace": workspace,
        "form": form,
        "table": table,
        "report": report,
        "question": question,
        "problems": problems,
        "mark": mark_in(request.POST),
        "metric": form.cleaned_data["metric"],
        "staged": as_text(table),
        "again": form_again(workspace, form) if report.rejected else None,
        "rejected": report.rejected[:SHOWN],
        "accepted": report.accepted[:SHOWN],
        "has_errors": bool(problems),
        "title": _("Check before it is written"),
    }
    status = 422 if problems else 200
    return render(
        request, "forecasts/actuals_import_check.html", context, status=status
    )


def form_again(workspace, form):
    """The cells to mend, as they were given; None for a file, which is mended there."""
    given = form.cleaned_data
    text = given["pasted"] or given["staged"]
    if not text:
        return None
    initial = {"pasted": text, "metric": given["metric"]}
    return ImportForm(workspace=workspace, initial=initial)


def problems_of(form, report, question):
    """(id of what it is about, words) for the summary."""
    problems = [("", words) for words in form.non_field_errors()]
    if question is not None:
        problems.append(("id_decimal", question["decimal"].label))
    if report.rejected:
        count = len(report.rejected)
        words = ngettext("%d cell cannot be taken.", "%d cells cannot be taken.", count)
        problems.append(("rejected", words % count))
    return problems
