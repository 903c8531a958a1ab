"""Bare views: the same rows as a page, from the same server, and nothing else.

What a page takes longer than its floor is what we made of it.
"""

from django.http import HttpResponse
from django.urls import include, path
from django.utils.html import escape

from core.access import public_view
from core.models import Workspace
from discovery.models import Person
from forecasts.models import CostLine, Deal, RepQuarter
from interviews.models import Interview, Quote
from milestones.models import Answer, EvidenceLink, Score
from milestones.scope import scope_of

ROWS = 25
BARE = {
    "people": Person.objects.select_related("organisation").order_by("name", "pk"),
    "talks": Interview.objects.order_by("-held_at", "pk"),
    "quotes": Quote.objects.order_by("-created_at", "pk"),
    "scores": Score.objects.order_by("-recorded_at", "pk"),
}


@public_view("a floor for benchmarks: never in the product's own routes")
def bare(request, slug, kind):
    rows = BARE[kind].filter(workspace__slug=slug)[:ROWS]
    return answered_with(rows)


def answered_with(rows):
    return HttpResponse("\n".join(f"<p>{escape(row)}</p>" for row in rows))


@public_view("a floor for benchmarks: never in the product's own routes")
def bare_board(request, slug):
    """Everything a board is worked out from: evidence, answers and scores."""
    of_board = scope_of(
        Workspace.objects.get(slug=slug), request.GET.get("segment")
    ).of_board()
    rows = [
        row
        for model in (EvidenceLink, Answer, Score)
        for row in model.objects.filter(of_board)
    ]
    return answered_with(rows)


@public_view("a floor for benchmarks: never in the product's own routes")
def bare_curve(request, slug, key):
    """Everything a sales curve is worked out from: a line of each rep and quarter, with
    the number of the others."""
    names = ("quarter_start", "rep_id")
    sold = RepQuarter.objects.filter(curve=key, workspace__slug=slug)
    sold = sold.values_list("rep__name", *names, "revenue_minor", "margin_minor")
    costs = CostLine.objects.filter(curve=key).values_list(*names, "amount_minor")
    deals = Deal.objects.filter(curve=key)
    deals = deals.values_list("closed_on", "rep_id", "paid_minor")
    return answered_with([*sold, len(list(costs)), len(list(deals))])


urlpatterns = [
    path("floor/<slug:slug>/curve/<uuid:key>/", bare_curve),
    path("floor/<slug:slug>/board/", bare_board),
    path("floor/<slug:slug>/<slug:kind>/", bare),
    path("", include("config.urls")),
]
