"""Curves and reps: the lists, and the forms."""

from functools import partial

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import workspace_view
from core.downloads import attached
from core.models import Permission
from core.spreadsheets import csv_parts
from discovery.views.saving import posted, saved
from forecasts.actions import add_curve, add_rep, close_curve, edit_curve, edit_rep
from forecasts.forms.curves import CurveForm, RepForm
from forecasts.forms.deals import RevForm
from forecasts.models import Rep, SalesCurve
from forecasts.sold import rep_name
from forecasts.views.lookups import open_curve_or_404, rep_or_404

FORM = "forecasts/selling_form.html"
A_PAGE = 25


# --- curves ----------------------------------------------------------------------
@workspace_view(Permission.VIEW)
def curve_list(request, workspace):
    is_closed = request.GET.get("show") == "closed"
    kept = SalesCurve.objects.in_workspace(workspace)
    rows = kept.filter(closed_at__isnull=not is_closed).select_related("segment")
    rows = rows.annotate(
        deal_count=Count("deals", filter=Q(deals__withdrawn_at__isnull=True))
    ).order_by("created_at", "pk")
    if request.GET.get("format") == "csv":
        table = csv_parts(CURVE_COLUMNS, map(curve_cells, rows))
        return attached("".join(table), f"sales-curves-{workspace.slug}")
    context = {
        "workspace": workspace,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "is_closed": is_closed,
        "has_closed": kept.filter(closed_at__isnull=False).exists(),
        "has_reps": Rep.objects.in_workspace(workspace).exists(),
        "can_plan": Permission.PLAN in request.may,
    }
    return render(request, "forecasts/curve_list.html", context)


CURVE_COLUMNS = ("product", "channel", "segment", "currency", "ready_on", "closed_at")


def curve_cells(curve):
    segment = curve.segment.name if curve.segment else ""
    days = (curve.ready_on, curve.closed_at)
    return (curve.product, curve.channel, segment, curve.currency, *days)


def curves_url(row):
    return reverse("forecasts:curve_list", args=[row.workspace.slug])


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def curve_add(request, workspace):
    return saved(
        request,
        CurveForm(posted(request), workspace=workspace),
        partial(add_curve, workspace),
        page_of=curves_url,
        template=FORM,
        context=form_context(workspace, _("New sales curve"), CURVES),
    )


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def curve_edit(request, workspace, pk):
    curve = open_curve_or_404(workspace, pk)
    heading = _("Edit %(name)s") % {"name": curve}
    context = form_context(workspace, heading, CURVES) | {"curve": curve}
    return saved(
        request,
        CurveForm(posted(request), instance=curve, workspace=workspace),
        partial(edit_curve, curve),
        page_of=curves_url,
        template=FORM,
        context=context,
    )


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def curve_close(request, workspace, pk):
    curve = open_curve_or_404(workspace, pk)
    return saved(
        request,
        RevForm(posted(request), initial={"rev": curve.rev}),
        partial(close_curve, curve),
        page_of=curves_url,
        template="forecasts/curve_close.html",
        context={"workspace": workspace, "curve": curve},
        said=_("%(name)s is closed. Its figures are kept."),
    )


# --- reps ------------------------------------------------------------------------
@workspace_view(Permission.VIEW)
def rep_list(request, workspace):
    names = Permission.SEE_PEOPLE in request.may
    rows = Rep.objects.in_workspace(workspace)
    if request.GET.get("format") == "csv":
        table = csv_parts(REP_COLUMNS, (rep_cells(row, names=names) for row in rows))
        return attached("".join(table), f"reps-{workspace.slug}")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "workspace": workspace,
        "page": page,
        "rows": [(rep_name(row, names=names), row) for row in page],
        "can_plan": Permission.PLAN in request.may,
    }
    return render(request, "forecasts/rep_list.html", context)


REP_COLUMNS = ("rep", "kind", "sells_since", "ramp_months", "left_on")


def rep_cells(rep, *, names):
    days = (rep.started_on, rep.ramp_months, rep.left_on)
    return (rep_name(rep, names=names), rep.kind, *days)


def reps_url(row):
    return reverse("forecasts:rep_list", args=[row.workspace.slug])


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def rep_add(request, workspace):
    return saved(
        request,
        RepForm(posted(request), workspace=workspace),
        partial(add_rep, workspace),
        page_of=reps_url,
        template=FORM,
        context=form_context(workspace, _("New rep"), REPS),
        said=_("The rep is written down."),
    )


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def rep_edit(request, workspace, pk):
    rep = rep_or_404(workspace, pk)
    heading = _("Edit %(name)s") % {"name": rep.name}
    return saved(
        request,
        RepForm(posted(request), instance=rep, workspace=workspace),
        partial(edit_rep, rep),
        page_of=reps_url,
        template=FORM,
        context=form_context(workspace, heading, REPS),
        said=_("Saved."),
    )


# --- shared ----------------------------------------------------------------------
CURVES = ("forecasts:curve_list", gettext_lazy("Sales curves"))
REPS = ("forecasts:rep_list", gettext_lazy("Reps"))


def form_context(workspace, heading, back):
    route, text = back
    return {
        "workspace": workspace,
        "heading": heading,
        "back_url": reverse(route, args=[workspace.slug]),
        "back_text": text,
    }
