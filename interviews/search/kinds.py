"""What can be found: which rows, by which of their words, in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch

from discovery.models import Organisation, Person, Problem
from interviews.models import Interview, Quote
from interviews.search.passages import joined

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Kind:
    """`rows` are all that may be found, of every venture; `fields` hold their words."""

    name: str
    model: type[Model]
    rows: Callable[[], QuerySet[Any]]
    fields: tuple[str, ...]
    at: Callable[[Any], datetime]
    # what a list of them shows
    shown: Callable[[], QuerySet[Any]]

    def text(self, row: Any) -> str:
        return joined([value_of(row, field) for field in self.fields])


def value_of(row: Any, path: str) -> str:
    for name in path.split("."):
        row = getattr(row, name, None)
    return row or ""


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


# In the order of the page.
KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("quote", Quote, quotes, ("text",), said, quotes_shown),
        Kind("interview", Interview, talks, ("notes", "next_step"), held, talks_shown),
        Kind(
            "person",
            Person,
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
        ),
        Kind(
            "organisation",
            Organisation,
            organisations,
            ("name", "pseudonym", "size"),
            made,
            organisations,
        ),
        Kind(
            "problem",
            Problem,
            problems,
            ("statement", "trigger", "frequency", "consequence", "workaround"),
            made,
            problems_shown,
        ),
    )
}
BY_MODEL: Final = {kind.model: kind for kind in KINDS.values()}
