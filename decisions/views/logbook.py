"""The log of decisions, and the record of those who forecast and decide."""

from django.core.paginator import Paginator
from django.shortcuts import render

from core import clock
from core.access import workspace_view
from core.downloads import streamed
from core.models import Permission
from decisions.forms.logbook import LogForm
from decisions.logbook_csv import logbook_csv
from decisions.reports.exits import SHOWN, exits_of
from decisions.reports.logbook import entry_of, log_of
from decisions.reports.track_record import track_record_of

ENTRIES_A_PAGE = 25
A_PART = 500


@workspace_view(Permission.VIEW)
def decision_log(request, workspace):
    form = LogForm(request.GET, workspace=workspace)
    form.full_clean()
    wanted = form.wanted
    rows = log_of(workspace, wanted)
    if request.GET.get("format") == "csv":
        entries = map(entry_of, rows.iterator(chunk_size=A_PART))
        table = logbook_csv(entries, workspace.zone)
        return streamed(table, f"decisions-{workspace.slug}")
    page = Paginator(rows, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "workspace": workspace,
        "form": form,
        "is_filtered": bool(wanted),
        "page": page,
        "entries": [entry_of(decision) for decision in page],
        "exits": () if wanted else exits_of(workspace)[:SHOWN],
    }
    return render(request, "decisions/decision_log.html", context)


@workspace_view(Permission.VIEW)
def track_record(request, workspace):
    today = workspace.today(clock.now())
    context = {"workspace": workspace, "record": track_record_of(workspace, today)}
    return render(request, "decisions/track_record.html", context)
