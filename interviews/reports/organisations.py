"""Organisations: the list of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from discovery.exporter import organisations_of
from discovery.models import Organisation, Person
from interviews.models import Interview, Quote
from interviews.reports.talks import count_of

if TYPE_CHECKING:
    from core.models import Workspace
    from interviews.filters import OrganisationFilters

ORDER = {
    "name": Lower("name"),
    "people": F("people_count"),
    "talks": F("talk_count"),
    "quotes": F("quote_count"),
    "last_talk": F("last_talk"),
}


def organisations(
    workspace: Workspace, filters: OrganisationFilters
) -> QuerySet[Organisation]:
    """With `people_count`, `talk_count`, `quote_count`, `last_talk` and `present`, the
    people of each; filtered and sorted. Those in the archive only when asked for."""
    asked = filters.cleaned_data
    rows = organisations_of(workspace, is_archived=asked["archived"])
    if asked["q"]:
        rows = rows.filter(found_by(asked["q"]))
    if asked["segment"]:
        there = present().filter(organisation=OuterRef("pk"), segment=asked["segment"])
        rows = rows.filter(Exists(there))
    column = ORDER[filters.sort.removeprefix("-")]
    order = column.desc if filters.sort.startswith("-") else column.asc
    return counted(rows).order_by(order(nulls_last=True), Lower("name"), "pk")


def found_by(text: str) -> Q:
    return Q(name__icontains=text) | Q(pseudonym__icontains=text)


def present() -> QuerySet[Person]:
    people = Person.objects.current().filter(merged_into=None)
    return people.select_related("segment").order_by(Lower("name"), "pk")


def counted(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    talks = Interview.objects.finished()
    latest = talks.filter(people__organisation=OuterRef("pk")).order_by("-held_at")
    quotes = Quote.objects.standing().filter(interview__trashed_at=None)
    return rows.prefetch_related(
        Prefetch("people", present(), to_attr="present")
    ).annotate(
        talk_count=count_of(talks, "people__organisation"),
        quote_count=count_of(quotes, "person__organisation"),
        last_talk=Subquery(latest.values("held_at")[:1]),
    )


def segments_of(row: Organisation) -> list[str]:
    """The names of its people's segments, each once."""
    names = (person.segment.name for person in row.present if person.segment)
    return sorted(set(names))


def with_segments(rows: Iterable[Organisation]) -> list[Organisation]:
    """A page of them, with `segments` to show."""
    shown = list(rows)
    for row in shown:
        row.segments = segments_of(row)
    return shown
