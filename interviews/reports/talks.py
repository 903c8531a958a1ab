"""Talks: the list, and somebody's drafts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from discovery.models import Person
from interviews.models import Interview, Quote
from interviews.search import matching_interviews

if TYPE_CHECKING:
    from core.models import User, Workspace
    from interviews.filters import TalkFilters

LATEST = 50
# A talk without a quote after this long is work left undone.
DEBT_AFTER = timedelta(hours=48)


def talks(workspace: Workspace, filters: TalkFilters) -> QuerySet[Interview]:
    """All talks with `quote_count`, filtered, newest first unless sorted otherwise;
    those in the archive only when asked for."""
    chosen = filters.cleaned_data
    rows = Interview.objects.in_workspace(workspace).kept()
    rows = rows.filter(archived_at__isnull=not chosen["archived"])
    if chosen["q"]:
        rows = rows.filter(pk__in=matching_interviews(workspace, chosen["q"]))
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    if chosen["qualifies"]:
        rows = rows.filter(qualifies=chosen["qualifies"] == "yes")
    if chosen["by"]:
        rows = rows.filter(created_by=chosen["by"])
    if chosen["segment"]:
        rows = rows.filter(segment=chosen["segment"])
    if chosen["since"]:
        start = datetime.combine(chosen["since"], time.min, tzinfo=workspace.zone)
        rows = rows.filter(held_at__gte=start)
    return listed(rows).order_by(filters.sort, "pk")


def drafts_of(workspace: Workspace, user: User) -> QuerySet[Interview]:
    drafts = Interview.objects.in_workspace(workspace).current()
    drafts = drafts.filter(state=Interview.State.DRAFT, created_by=user)
    return listed(drafts).order_by("-saved_at", "pk")[:LATEST]


def listed(rows: QuerySet[Interview]) -> QuerySet[Interview]:
    people = Person.objects.select_related("organisation").order_by("name", "pk")
    return (
        rows.select_related("segment", "created_by")
        .prefetch_related(Prefetch("people", people))
        .annotate(quote_count=count_of(Quote.objects.standing(), "interview"))
    )


def quotes_of(talks: QuerySet[Interview]) -> QuerySet[Quote]:
    """What stands of their words, the newest talk first."""
    quotes = Quote.objects.standing().filter(
        interview__in=talks.order_by().values("pk")
    )
    return (
        quotes.select_related("person__organisation", "interview__segment")
        .defer("interview__notes")
        .prefetch_related("tags__tag")
        .order_by("-interview__held_at", "interview", "created_at", "pk")
    )


def count_of(rows: QuerySet, field: str) -> Coalesce:
    """How many belong to the outer row. A join would multiply what stands beside it."""
    counted = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    number = Count("pk", distinct=True)
    return Coalesce(Subquery(counted.annotate(n=number).values("n")), 0)
