"""What the pages about customers and talks say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from discovery.models import Organisation, Person
from interviews.models import Interview, Quote
from interviews.qualifying import BY_CODE, Reason
from interviews.reading import Paragraph, Span, paragraphs

if TYPE_CHECKING:
    from core.models import User, Workspace
    from interviews.filters import CustomerFilters, TalkFilters

LATEST = 50
CUSTOMER_ORDER = {
    "name": "name",
    "organisation": "organisation__name",
    "last_talk": "last_talk",
    "quotes": "quote_count",
}


# --- lists -----------------------------------------------------------------------
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


def talks(workspace: Workspace, filters: TalkFilters) -> QuerySet[Interview]:
    """All talks with `quote_count`, filtered, newest first unless sorted otherwise."""
    rows = Interview.objects.in_workspace(workspace)
    chosen = filters.cleaned_data
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    if chosen["qualifies"]:
        rows = rows.filter(qualifies=chosen["qualifies"] == "yes")
    if chosen["by"]:
        rows = rows.filter(created_by=chosen["by"])
    return listed(rows).order_by(filters.sort, "pk")


def drafts_of(workspace: Workspace, user: User) -> QuerySet[Interview]:
    drafts = Interview.objects.in_workspace(workspace).filter(
        state=Interview.State.DRAFT, created_by=user
    )
    return listed(drafts).order_by("-saved_at", "pk")[:LATEST]


def listed(rows: QuerySet[Interview]) -> QuerySet[Interview]:
    people = Person.objects.select_related("organisation").order_by("name", "pk")
    return (
        rows.select_related("segment", "created_by")
        .prefetch_related(Prefetch("people", people))
        .annotate(quote_count=count_of(Quote.objects.standing(), "interview"))
    )


def count_of(rows: QuerySet, field: str) -> Coalesce:
    """How many belong to the outer row. A join would multiply what stands beside it."""
    counted = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)


# --- one person, one organisation ------------------------------------------------
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


# --- one talk --------------------------------------------------------------------
@dataclass(frozen=True)
class Reading:
    """`missing`: what keeps the talk from counting; empty when it counts."""

    interview: Interview
    people: list[Person]
    paragraphs: tuple[Paragraph, ...]
    quotes: list[Quote]
    withdrawn: list[Quote]
    missing: tuple[Reason, ...]

    @property
    def title(self) -> str:
        return ", ".join(str(person) for person in self.people)

    @property
    def refusing(self) -> list[Person]:
        """Those who did not agree that notes are kept."""
        return [p for p in self.people if p.consent == Person.Consent.NONE]


def reading(interview: Interview) -> Reading:
    quotes = list(interview.quotes.select_related("person__organisation"))
    standing = [quote for quote in quotes if quote.withdrawn_at is None]
    spans = [
        Span(str(quote.pk), quote.start, quote.end)
        for quote in standing
        if quote.start is not None
    ]
    return Reading(
        interview=interview,
        people=list(interview.people.select_related("organisation")),
        paragraphs=paragraphs(interview.notes, spans),
        quotes=sorted(standing, key=lambda q: (q.start is None, q.start or 0)),
        withdrawn=[quote for quote in quotes if quote.withdrawn_at is not None],
        missing=reasons_against(interview),
    )


def reasons_against(interview: Interview) -> tuple[Reason, ...]:
    return tuple(BY_CODE[code] for code in interview.reasons_against)
