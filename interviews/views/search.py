"""Searching everything a reader may see of a venture."""

from django.core.exceptions import BadRequest

from core import clock
from core.access import workspace_view
from core.downloads import streamed
from core.htmx import render_page
from core.models import Permission
from interviews.search.guarded import find_for, reader_of
from interviews.search.registry import kinds_for
from interviews.search_csv import found_parts

MOST = 1000


@workspace_view(Permission.VIEW)
def search(request, workspace):
    """Unknown keys are refused; a question that is too long is cut, and says so."""
    if set(request.GET) - {"q", "kind", "page", "format"}:
        raise BadRequest("unknown filters")
    typed, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    reader = reader_of(request)
    if kind and kind not in kinds_for(reader):
        raise BadRequest("there is no such kind")
    if request.GET.get("format") == "csv":
        parts = found_parts(workspace, typed[:MOST], reader, kind=kind)
        return streamed(parts, f"search-{workspace.slug}")
    page = request.GET.get("page", "")
    findings = find_for(reader, workspace, typed[:MOST], kind=kind, page=page)
    context = {
        "workspace": workspace,
        "typed": typed[:MOST],
        "kind": kind,
        "findings": findings,
        "is_cut": findings.asked.is_cut or len(typed) > MOST,
        "today": workspace.today(clock.now()),
        "is_part": bool(request.htmx),
    }
    parts = {"search-results": "interviews/_search_results.html"}
    return render_page(request, "interviews/search.html", context, partials=parts)
