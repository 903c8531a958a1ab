"""Customers: the list, a person, an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from discovery.models import Organisation, Person
from interviews.models import Interview, Quote
from interviews.reports.talks import LATEST, count_of, listed

if TYPE_CHECKING:
    from core.models import Workspace
    from interviews.filters import CustomerFilters

CUSTOMER_ORDER = {
    "name": "name",
    "organisation": "organisation__name",
    "last_talk": "last_talk",
    "quotes": "quote_count",
}


def customers(workspace: Workspace, filters: CustomerFilters) -> QuerySet[Person]:
    """People with `last_talk`, `step_agreed` and `quote_count`, filtered and sorted."""
    people = with_talks(Person.objects.in_workspace(workspace))
    text = filters.cleaned_data["q"]
    if text:
        people = people.filter(
            Q(name__icontains=text) | Q(organisation__name__icontains=text)
        )
    if filters.cleaned_data["segment"]:
        people = people.filter(segment=filters.cleaned_data["segment"])
    column = F(CUSTOMER_ORDER[filters.sort.removeprefix("-")])
    is_descending = filters.sort.startswith("-")
    order = column.desc if is_descending else column.asc
    return people.select_related("organisation", "segment").order_by(
        order(nulls_last=True), "name", "pk"
    )


def with_talks(people: QuerySet[Person]) -> QuerySet[Person]:
    talks = Interview.objects.finished().filter(people=OuterRef("pk"))
    latest = talks.order_by("-held_at", "pk")
    return people.annotate(
        last_talk=Subquery(latest.values("held_at")[:1]),
        step_agreed=Coalesce(
            Subquery(latest.exclude(next_step="").values("next_step")[:1]), Value("")
        ),
        quote_count=count_of(Quote.objects.standing(), "person"),
    )


@dataclass(frozen=True)
class Acquaintance:
    """What somebody, or somebody's organisation, told us: the latest of it."""

    talks: list[Interview]
    quotes: list[Quote]


def acquaintance(people: QuerySet[Person]) -> Acquaintance:
    rows = Interview.objects.filter(people__in=people).distinct()
    quotes = Quote.objects.standing().filter(person__in=people)
    return Acquaintance(
        talks=list(listed(rows).order_by("-held_at", "pk")[:LATEST]),
        quotes=list(
            quotes.select_related("interview", "person__organisation").order_by(
                "-interview__held_at", "created_at", "pk"
            )[:LATEST]
        ),
    )


def people_of(organisation: Organisation) -> QuerySet[Person]:
    people = Person.objects.filter(organisation=organisation)
    return with_talks(people).select_related("segment").order_by("name", "pk")
