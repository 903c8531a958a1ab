"""The sales learning curve, and its file."""

from django.shortcuts import render

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.models import Permission
from core.spreadsheets import write_csv
from decisions.reports.sales_curve import (
    chosen,
    curves_of,
    loaded_of,
    sales_page,
    table_of,
)
from forecasts.selling.table import COLUMNS, cells


@workspace_view(Permission.VIEW)
def sales_curve(request, workspace):
    curves = curves_of(workspace)
    curve = chosen(curves, request.GET.get("curve", ""))
    can = {
        "can_plan": Permission.PLAN in request.may,
        "can_decide": Permission.DECIDE in request.may,
    }
    if curve is None:
        context = {"workspace": workspace, **can}
        return render(request, "decisions/sales_curve_none.html", context)
    with_names = Permission.SEE_PEOPLE in request.may
    loaded = loaded_of(workspace, curve, now=clock.now(), with_names=with_names)
    if request.GET.get("format") == "csv":
        table = write_csv(COLUMNS, map(cells, table_of(loaded)))
        return attached(table, f"sales-{workspace.slug}")
    context = {
        "workspace": workspace,
        "curves": curves if len(curves) > 1 else [],
        "curve": curve,
        "page": sales_page(
            loaded, request.GET.get("quarter", ""), request.GET.get("plan", "")
        ),
        **can,
    }
    return render(request, "decisions/sales_curve.html", context)
