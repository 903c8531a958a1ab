"""The ladder of the early customer: which of five rungs quotes prove."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from discovery.models import Organisation, Person
from interviews.models import Quote, QuoteLink

WORDS = {
    1: _("They have the problem"),
    2: _("They know that they have it"),
    3: _("They look for a solution"),
    4: _("They built a makeshift solution"),
    5: _("They have money for it"),
}
LEAST_GRADE = {1: 3, 2: 3, 3: 3, 4: 4, 5: 4}


@dataclass(frozen=True)
class Rung:
    """`quote` is the newest that proves it, or None."""

    number: int
    words: Promise | str
    quote: Quote | None


def proofs() -> QuerySet[QuoteLink]:
    enough = Q()
    for rung, grade in LEAST_GRADE.items():
        enough |= Q(rung=rung, grade__gte=grade)
    rows = QuoteLink.objects.standing().filter(enough, stance="supports")
    return rows.filter(quote__interview__trashed_at=None)


def with_rungs(people: QuerySet[Person]) -> QuerySet[Person]:
    """Annotates `rung_count`, 0 to 5, in the same query."""
    of_them = Q(quote__person=OuterRef("pk")) | Q(
        workspace__sells_to_businesses=True,
        quote__person__organisation=OuterRef("organisation"),
    )
    found = proofs().filter(of_them)
    total = Value(0, output_field=IntegerField())
    for rung in WORDS:
        total = total + Case(When(Exists(found.filter(rung=rung)), then=1), default=0)
    return people.annotate(rung_count=total)


def rungs_of(row: Person | Organisation) -> list[Rung]:
    if isinstance(row, Organisation):
        spoken = Q(quote__person__organisation=row)
    else:
        spoken = Q(quote__person=row)
        if row.organisation_id and row.workspace.sells_to_businesses:
            spoken |= Q(quote__person__organisation=row.organisation_id)
    links = proofs().filter(spoken).select_related("quote__person")
    newest: dict[int, Quote] = {}
    for link in links.order_by("-linked_at", "pk"):
        newest.setdefault(link.rung, link.quote)
    return [Rung(number, words, newest.get(number)) for number, words in WORDS.items()]
