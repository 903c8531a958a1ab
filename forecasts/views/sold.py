"""What quarters brought and cost: the tables, the forms, the corrections."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.downloads import streamed
from core.htmx import go
from core.models import Permission
from core.money import show_money
from core.numbers import Ambiguous, NotANumber, Understood, parse_number
from core.revisions import differing
from core.spreadsheets import csv_parts
from discovery.views.saving import posted
from forecasts.actions import (
    correct_cost,
    correct_quarter,
    record_costs,
    record_quarters,
)
from forecasts.errors import Conflict
from forecasts.forms.numbers import as_shown
from forecasts.forms.quarters import QuarterSheet, last_quarter
from forecasts.forms.selling import (
    CostCorrectionForm,
    CostForm,
    QuarterField,
    SoldCorrectionForm,
    cost_initial,
    sold_initial,
)
from forecasts.models import CostLine, RepQuarter
from forecasts.sold import (
    COST_COLUMNS,
    SOLD_COLUMNS,
    cost_cells,
    cost_quarters,
    cost_row,
    quarter_label,
    quarter_written,
    sold_cells,
    sold_quarters,
    sold_row,
)
from forecasts.views.lookups import (
    chain_or_404,
    curve_or_404,
    open_curve_or_404,
    status_of,
    submitted,
)

QUARTERS_A_PAGE = 4
ROWS_A_PAGE = 100
A_PART = 500


# --- what was sold ---------------------------------------------------------------
@workspace_view(Permission.VIEW)
def quarter_list(request, workspace, pk):
    curve = curve_or_404(workspace, pk)
    if request.GET.get("format") == "csv":
        return as_csv(request, curve, curve.quarters, SOLD_COLUMNS, sold_cells)
    context = listed(request, curve, curve.quarters, sold_quarters)
    return render(request, "forecasts/quarter_list.html", context)


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def quarter_add(request, workspace, pk):
    """One quarter of all reps; `?quarter=2026-Q3` chooses which."""
    curve = open_curve_or_404(workspace, pk)
    start, trouble = quarter_in(request, workspace)
    sheet = QuarterSheet(curve, start, posted(request))
    if not trouble and sheet.is_valid():
        url = submitted(request, sheet, recording(request, curve, sheet))
        if url:
            messages.success(request, sheet.words)
            return go(request, url)
    context = {
        "workspace": workspace,
        "curve": curve,
        "sheet": sheet,
        "label": quarter_label(start),
        "written": quarter_written(start),
        "trouble": trouble,
        "typed": request.GET.get("quarter", quarter_written(start))[:60],
    }
    status = 422 if trouble or sheet.is_bound else 200
    return render(request, "forecasts/quarter_add.html", context, status=status)


def quarter_in(request, workspace):
    """(first day, words of what is wrong with the quarter that was asked for)."""
    today = workspace.today(clock.now())
    text = request.GET.get("quarter", "")
    if not text:
        return last_quarter(today), ""
    try:
        return QuarterField(today=today).clean(text[:60]), ""
    except ValidationError as error:
        return last_quarter(today), " ".join(error.messages)


def recording(request, curve, sheet):
    def effect():
        record_quarters(curve, sheet.entries, by=request.user, now=clock.now())
        return page_of(curve, "quarter_list")

    return effect


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def quarter_correct(request, workspace, pk):
    chain = chain_or_404(workspace, RepQuarter, pk)
    curve = open_curve_or_404(workspace, chain[0].curve_id)
    form = SoldCorrectionForm(
        posted(request), curve=curve, initial=sold_initial(chain[-1], curve.currency)
    )
    shown = sold_row(chain, curve.currency, names=True)
    return correction(
        request,
        form,
        partial(correct_quarter, next(row for row in chain if row.pk == pk)),
        context={
            "curve": curve,
            "shown": shown,
            "what": shown.rep,
            "label": quarter_label(shown.row.quarter_start),
            "back_url": page_of(curve, "quarter_list"),
            "again_url": again("quarter_correct", workspace, chain[-1]),
            "form_again": partial(SoldCorrectionForm, curve=curve),
            "initial_of": sold_initial,
        },
    )


# --- what it cost ----------------------------------------------------------------
@workspace_view(Permission.VIEW)
def cost_list(request, workspace, pk):
    curve = curve_or_404(workspace, pk)
    if request.GET.get("format") == "csv":
        return as_csv(request, curve, curve.cost_lines, COST_COLUMNS, cost_cells)
    context = listed(request, curve, curve.cost_lines, cost_quarters)
    return render(request, "forecasts/cost_list.html", context)


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def cost_add(request, workspace, pk):
    curve = open_curve_or_404(workspace, pk)
    today = workspace.today(clock.now())
    first = request.GET.get("quarter", quarter_written(last_quarter(today)))[:60]
    form = CostForm(
        posted(request), curve=curve, today=today, initial={"quarter": first}
    )
    if form.is_valid():

        def effect():
            record_costs(curve, [form.entry()], by=request.user, now=clock.now())
            return page_of(curve, "cost_list")

        url = submitted(request, form, effect)
        if url:
            messages.success(request, cost_words(form, curve))
            return go(request, url)
    context = {"workspace": workspace, "curve": curve, "form": form}
    return render(request, "forecasts/cost_add.html", context, status=status_of(form))


def cost_words(form, curve):
    """What was understood."""
    entry = form.entry()
    return _("%(quarter)s, %(kind)s: %(amount)s recorded.") % {
        "quarter": quarter_label(entry.quarter_start),
        "kind": CostLine.Kind(entry.kind).label,
        "amount": show_money(entry.amount_minor, curve.currency),
    }


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def cost_correct(request, workspace, pk):
    chain = chain_or_404(workspace, CostLine, pk)
    curve = open_curve_or_404(workspace, chain[0].curve_id)
    told = {"curve": curve, "today": workspace.today(clock.now()), "line": chain[-1]}
    form = CostCorrectionForm(
        posted(request), initial=cost_initial(chain[-1], curve.currency), **told
    )
    shown = cost_row(chain, curve.currency, names=True)
    return correction(
        request,
        form,
        partial(correct_cost, next(row for row in chain if row.pk == pk)),
        context={
            "curve": curve,
            "shown": shown,
            "what": shown.row.get_kind_display(),
            "label": quarter_label(shown.row.quarter_start),
            "back_url": page_of(curve, "cost_list"),
            "again_url": again("cost_correct", workspace, chain[-1]),
            "form_again": partial(CostCorrectionForm, **told),
            "initial_of": cost_initial,
        },
    )


# --- shared ----------------------------------------------------------------------
@workspace_view(Permission.PLAN)
def amount_echo(request, workspace, pk):
    """What an amount being typed would be understood as; nothing is written. A part of
    the forms: opened by itself, it leads to their table."""
    curve = open_curve_or_404(workspace, pk)
    if not request.htmx:
        return redirect(page_of(curve, "quarter_list"))
    text = next((text for text in request.GET.values() if text.strip()), "")
    parsed = parse_number(text, decimal=as_shown(text)) if text else None
    context = {
        "number": parsed if isinstance(parsed, Understood) else None,
        "trouble": parsed.why if isinstance(parsed, NotANumber) else "",
        "is_double": isinstance(parsed, Ambiguous),
    }
    return render(request, "forecasts/_number_echo.html", context)


def again(route, workspace, row):
    """Whoever read an earlier row, and was told so, corrects the one that stands."""
    return reverse(f"forecasts:{route}", args=[workspace.slug, row.pk])


def page_of(curve, page):
    return reverse(f"forecasts:{page}", args=[curve.workspace.slug, curve.pk])


def listed(request, curve, rows, quarters_of):
    """Some quarters a page, the fewer the larger the team is."""
    starts = rows.order_by("-quarter_start").values_list("quarter_start", flat=True)
    paginator = Paginator(starts.distinct(), QUARTERS_A_PAGE)
    each = max(1, rows.count() // max(1, paginator.count))
    paginator.per_page = max(1, min(QUARTERS_A_PAGE, ROWS_A_PAGE // each))
    page = paginator.get_page(request.GET.get("page"))
    names = Permission.SEE_PEOPLE in request.may
    return {
        "workspace": curve.workspace,
        "curve": curve,
        "page": page,
        "quarters": quarters_of(curve, page.object_list, names=names),
        "can_plan": Permission.PLAN in request.may and curve.closed_at is None,
    }


def as_csv(request, curve, rows, columns, cells):
    """The latest words, of all quarters."""
    names = Permission.SEE_PEOPLE in request.may
    rows = rows.latest_words().select_related("rep").order_by("quarter_start", "pk")
    rows = rows.iterator(chunk_size=A_PART)
    lines = (cells(row, curve.currency, names=names) for row in rows)
    what = "costs" if cells is cost_cells else "quarters"
    return streamed(csv_parts(columns, lines), f"{what}-{curve.workspace.slug}")


def correction(request, form, action, *, context):
    """The form of a correction; 409 with both texts where somebody was faster."""
    curve = context["curve"]
    form_again, initial_of = context.pop("form_again"), context.pop("initial_of")
    context |= {"workspace": curve.workspace, "form": form}
    status = 422 if form.is_bound else 200
    if form.is_valid():

        def effect():
            reason = form.cleaned_data["reason"]
            action(by=request.user, now=clock.now(), reason=reason, **form.figures)
            return context["back_url"]

        try:
            url = submitted(request, form, effect)
        except Conflict as conflict:
            theirs = initial_of(conflict.current, curve.currency)
            theirs["reason"] = conflict.current.reason
            context["differences"] = tuple(differing(form, form_again(initial=theirs)))
            status = 409
        else:
            if url:
                words = _("Corrected. The earlier figure stays visible.")
                messages.success(request, words)
                return go(request, url)
    return render(request, "forecasts/selling_correct.html", context, status=status)
