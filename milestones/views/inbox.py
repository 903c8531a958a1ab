"""Quotes that speak to nothing yet, one form each."""

from django.core.paginator import Paginator
from django.shortcuts import render

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.models import Permission
from interviews.models import Quote
from interviews.quotes_csv import quotes_csv
from interviews.reports.debt import debt_of
from milestones.forms.evidence import EvidenceForm
from milestones.reports.inbox import unlinked_quotes, waiting
from milestones.targets import targets_of

QUOTES_A_PAGE = 25


@workspace_view(Permission.LOG)
def inbox(request, workspace):
    """A form for each quote that speaks to nothing yet."""
    rows = unlinked_quotes(workspace)
    if request.GET.get("format") == "csv":
        text = quotes_csv(rows.prefetch_related("tags__tag"))
        return attached(text, f"quotes-{workspace.slug}")
    quotes = Paginator(rows, QUOTES_A_PAGE)
    page = quotes.get_page(request.GET.get("page"))
    targets, now = targets_of(workspace), clock.now()
    items = [
        (item, form_for(item.quote, targets)) for item in waiting(page.object_list)
    ]
    context = {
        "workspace": workspace,
        "page": page,
        "items": items,
        "has_quotes": bool(items) or Quote.objects.in_workspace(workspace).exists(),
        "debt": debt_of(workspace, now),
        "today": workspace.today(now),
    }
    return render(request, "milestones/inbox.html", context)


def form_for(quote, targets):
    return EvidenceForm(
        prefix=f"q{quote.pk}", initial={"back": "inbox"}, quote=quote, targets=targets
    )
