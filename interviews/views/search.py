"""Searching everything a venture wrote down."""

from django.core.exceptions import BadRequest

from core import clock
from core.access import workspace_view
from core.downloads import streamed
from core.htmx import render_page
from core.models import Permission
from interviews.search.finding import find, find_kind
from interviews.search.kinds import KINDS
from interviews.search_csv import found_parts

MOST = 1000


@workspace_view(Permission.SEE_PEOPLE)
def search(request, workspace):
    """Unknown keys are refused; a question that is too long is cut, and says so."""
    if set(request.GET) - {"q", "kind", "page", "format"}:
        raise BadRequest("unknown filters")
    typed, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    if kind and kind not in KINDS:
        raise BadRequest("there is no such kind")
    if request.GET.get("format") == "csv":
        parts = found_parts(workspace, typed[:MOST], kind=kind)
        return streamed(parts, f"search-{workspace.slug}")
    if kind:
        page = request.GET.get("page")
        findings = find_kind(workspace, typed[:MOST], kind=kind, page=page)
    else:
        findings = find(workspace, typed[:MOST])
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
