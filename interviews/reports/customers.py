"""Customers: the list of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from discovery.models import Organisation, Person
from interviews.models import Interview, Quote
from interviews.reports.rungs import with_rungs
from interviews.reports.talks import count_of
from interviews.search import matching_interviews, matching_rows

if TYPE_CHECKING:
    from core.models import Workspace
    from interviews.filters import CustomerFilters

QUIET_AFTER = timedelta(days=21)
SHORTEST_WORD = 3
CUSTOMER_ORDER = {
    "name": Lower("name"),
    "organisation": Lower("organisation__name"),
    "last_talk": F("last_talk"),
    "quotes": F("quote_count"),
    "next_step": F("next_step_on"),
    "rung": F("rung_count"),
}


def customers(
    workspace: Workspace, filters: CustomerFilters, *, now: datetime
) -> QuerySet[Person]:
    """People with `last_talk`, `step_agreed`, `quote_count` and `rung_count`, filtered
    and sorted. Those in the archive only when asked for."""
    people = chosen(workspace, filters, now=now)
    column = CUSTOMER_ORDER[filters.sort.removeprefix("-")]
    is_descending = filters.sort.startswith("-")
    order = column.desc if is_descending else column.asc
    return with_talks(people, has_rungs=True).order_by(
        order(nulls_last=True), Lower("name"), "pk"
    )


def chosen(
    workspace: Workspace, filters: CustomerFilters, *, now: datetime
) -> QuerySet[Person]:
    """Those the filter leaves, with nothing counted beside them."""
    asked = filters.cleaned_data
    people = with_us(workspace, is_archived=asked["archived"])
    if asked["q"]:
        people = people.filter(found_by(asked["q"]) | indexed(workspace, asked["q"]))
    for name in ("segment", "source"):
        if asked[name]:
            people = people.filter(**{name: asked[name]})
    if asked["role"]:
        people = people.filter(buying_roles__role=asked["role"])
    if asked["rung"]:
        people = with_rungs(people).filter(rung_count=int(asked["rung"]))
    if asked["untalked"]:
        people = people.exclude(Exists(talks_with()))
    if asked["quiet"]:
        people = gone_quiet(people, workspace, now)
    return people


def with_us(workspace: Workspace, *, is_archived: bool = False) -> QuerySet[Person]:
    people = Person.objects.in_workspace(workspace).kept()
    return people.filter(merged_into=None, archived_at__isnull=not is_archived)


def found_by(text: str) -> Q:
    places = ("name", "organisation__name", "email", "next_step")
    found = Q()
    for place in places:
        found |= Q(**{f"{place}__icontains": text})
    return found


def indexed(workspace: Workspace, text: str) -> Q:
    """Those whom search finds, whatever the accents and capitals, and those whose talks
    hold these words. The first letters of a name are not looked for."""
    if len(text.strip()) < SHORTEST_WORD:
        return Q(pk__in=[])
    there = Interview.people.through.objects.filter(
        interview__in=matching_interviews(workspace, text)
    )
    called = matching_rows(workspace, text, kind="person")
    return Q(pk__in=there.values("person")) | Q(pk__in=called)


def gone_quiet(
    people: QuerySet[Person], workspace: Workspace, now: datetime
) -> QuerySet[Person]:
    """We talked once, not for 21 days, and nothing is planned from today on."""
    lately = talks_with().filter(held_at__gte=now - QUIET_AFTER)
    planned = Q(next_step_on__gte=workspace.today(now))
    people = people.filter(Exists(talks_with()), erased_at=None)
    return people.exclude(Exists(lately)).exclude(planned)


def count_quiet(workspace: Workspace, now: datetime) -> int:
    return gone_quiet(with_us(workspace), workspace, now).count()


def talks_with() -> QuerySet[Interview]:
    return Interview.objects.finished().filter(people=OuterRef("pk"))


def with_talks(
    people: QuerySet[Person], *, has_rungs: bool = False
) -> QuerySet[Person]:
    latest = talks_with().order_by("-held_at", "pk")
    quotes = Quote.objects.standing().filter(interview__trashed_at=None)
    people = people.select_related("organisation", "segment").annotate(
        last_talk=Subquery(latest.values("held_at")[:1]),
        step_agreed=Coalesce(
            Subquery(latest.exclude(next_step="").values("next_step")[:1]), Value("")
        ),
        quote_count=count_of(quotes, "person"),
    )
    return with_rungs(people) if has_rungs else people


def people_of(organisation: Organisation) -> QuerySet[Person]:
    people = Person.objects.kept().filter(organisation=organisation, merged_into=None)
    people = with_talks(people).prefetch_related("buying_roles")
    return people.order_by(Lower("name"), "pk")
