"""What can be found of people and talks: which rows, by which of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from discovery.models import Organisation, Person, Problem
from interviews.models import Interview, Quote
from interviews.search.registry import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


# --- which rows ------------------------------------------------------------------
def talks() -> QuerySet[Interview]:
    """Not those with somebody who agreed to nothing being kept, or no longer does."""
    return Interview.objects.finished().exclude(people__consent=Person.Consent.NONE)


def quotes() -> QuerySet[Quote]:
    """Of talks that may be found: said anew, since a list of all talks costs more."""
    rows = Quote.objects.standing().filter(
        interview__state=Interview.State.FINISHED, interview__trashed_at=None
    )
    rows = rows.exclude(interview__people__consent=Person.Consent.NONE)
    rows = rows.exclude(person__consent=Person.Consent.NONE)
    return rows.select_related("interview")


def people() -> QuerySet[Person]:
    rows = Person.objects.kept().filter(erased_at=None, merged_into=None)
    return rows.select_related("organisation")


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.kept().filter(merged_into=None)


def problems() -> QuerySet[Problem]:
    return Problem.objects.kept()


# --- with what a list shows ------------------------------------------------------
def talks_shown() -> QuerySet[Interview]:
    named = Person.objects.select_related("organisation").order_by("name", "pk")
    return talks().prefetch_related(Prefetch("people", named))


def quotes_shown() -> QuerySet[Quote]:
    return quotes().select_related("person__organisation")


def people_shown() -> QuerySet[Person]:
    return people().select_related("segment")


def problems_shown() -> QuerySet[Problem]:
    return problems().select_related("segment")


def made(row: Any) -> datetime:
    return row.created_at


def held(row: Interview) -> datetime:
    return row.held_at


def said(row: Quote) -> datetime:
    return row.interview.held_at


def page_of(name: str) -> Any:
    return lambda row, slug: reverse(name, args=[slug, row.pk])


def place_in_notes(quote: Quote, slug: str) -> str:
    args = [slug, quote.interview_id]
    return f"{reverse('interviews:interview_detail', args=args)}#q-{quote.pk}"


def quotes_of(talks: list[Any]) -> list[Any]:
    return keys(Quote.objects.filter(interview__in=talks))


def keys(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.order_by().values_list("pk", flat=True))


def beside_talks(talks: list[Any]) -> dict[str, list[Any]]:
    return {"quote": quotes_of(talks)} if talks else {}


def beside_people(people: list[Any]) -> dict[str, list[Any]]:
    """They may have withdrawn consent."""
    talks = keys(Interview.objects.filter(people__in=people).distinct())
    return {"interview": talks, **beside_talks(talks)}


def beside_organisations(organisations: list[Any]) -> dict[str, list[Any]]:
    """Their people are found by their names."""
    return {"person": keys(Person.objects.filter(organisation__in=organisations))}


KINDS: Final = (
    Kind(
        "quote",
        Quote,
        _("Quotes"),
        quotes,
        ("text",),
        said,
        quotes_shown,
        place_in_notes,
    ),
    Kind(
        "interview",
        Interview,
        _("Interviews"),
        talks,
        ("notes", "next_step"),
        held,
        talks_shown,
        page_of("interviews:interview_detail"),
        beside=beside_talks,
    ),
    Kind(
        "person",
        Person,
        _("People"),
        people,
        (
            "name",
            "role_title",
            "organisation.name",
            "email",
            "phone",
            "pseudonym",
            "next_step",
        ),
        made,
        people_shown,
        page_of("interviews:person_detail"),
        beside=beside_people,
    ),
    Kind(
        "organisation",
        Organisation,
        _("Organisations"),
        organisations,
        ("name", "pseudonym", "size"),
        made,
        organisations,
        page_of("interviews:organisation_detail"),
        beside=beside_organisations,
    ),
    Kind(
        "problem",
        Problem,
        _("Problems"),
        problems,
        ("statement", "trigger", "frequency", "consequence", "workaround"),
        made,
        problems_shown,
        page_of("milestones:problem_detail"),
    ),
)
