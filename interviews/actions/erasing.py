"""What talks, quotes and surveys hold of somebody who is erased."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.files import delete_file
from core.models import StoredFile
from core.removing import REMOVED, Identity
from discovery.models import Person
from interviews.actions.quotes import find_quotes_again
from interviews.actions.surveys import strip_person
from interviews.models import (
    Interview,
    MustHaveAnswer,
    Quote,
    QuoteLink,
    SurveyResponse,
)
from interviews.search.upkeep import forget

if TYPE_CHECKING:
    from core.scrubbing import Found


def rows_about(people: list[Person]) -> dict[str, set[Any]]:
    """Texts in which they speak, or are spoken of: parts of their name go as well."""
    talks = talks_of(people)
    said = Q(person__in=people) | Q(interview__in=talks)
    heard = Quote.objects.filter(said).order_by()
    pairs = list(heard.values_list("pk", "links__pk"))
    answers = SurveyResponse.objects.filter(person__in=people)
    rows = answers.values_list("pk", "must_have__pk")
    found = list(rows)
    return {
        Interview._meta.label: talks,
        Quote._meta.label: {quote for quote, _link in pairs},
        QuoteLink._meta.label: {link for _quote, link in pairs if link},
        SurveyResponse._meta.label: {pk for pk, _answer in found},
        MustHaveAnswer._meta.label: {answer for _pk, answer in found if answer},
    }


def talks_of(people: list[Person]) -> set[Any]:
    """Theirs, and drafts in which they are only typed so far."""
    named = [person.name for person in people if person.erased_at is None]
    wanted = Identity(names=tuple(named)).everywhere()
    present = Interview.people.through.objects.filter(
        interview=OuterRef("pk"), person__in=people
    )
    rows = Interview.objects.filter(workspace=people[0].workspace_id).order_by()
    rows = rows.annotate(is_theirs=Exists(present))
    drafts = Q(state=Interview.State.DRAFT) & ~Q(who_typed=[])
    rows = rows.filter(Q(is_theirs=True) | drafts)
    return {
        pk
        for pk, lines, is_theirs in rows.values_list("pk", "who_typed", "is_theirs")
        if is_theirs or (wanted and any(wanted.search(str(line)) for line in lines))
    }


def people_beside(people: list[Person]) -> list[str]:
    """Names of those who took part in the same talks."""
    talks = Interview.objects.filter(people__in=people)
    others = Person.objects.filter(interviews__in=talks).exclude(
        pk__in=[person.pk for person in people]
    )
    return list(others.order_by().distinct().values_list("name", flat=True))


def erase_traces(people: list[Person], found: Found, *, now: datetime) -> None:
    """After the texts were scrubbed: quotes find their place again, proofs and open
    links go, answers to surveys stay as numbers."""
    for interview in Interview.objects.filter(pk__in=found.ids.get(Interview, [])):
        settle(interview)
    drop_files(QuoteLink.objects.filter(said_by(people, "quote__")))
    for person in people:
        strip_person(person)


def said_by(people: list[Person], path: str = "") -> Q:
    """Their words, and those of nobody in particular in talks they took part in."""
    unnamed = {f"{path}person": None, f"{path}interview__people__in": people}
    return Q(**{f"{path}person__in": people}) | Q(**unnamed)


def drop_files(links: QuerySet[Any]) -> None:
    """The proofs of these links. What is left is the mark that there was one."""
    files = set(links.exclude(proof_file=None).values_list("proof_file", flat=True))
    pks = set(links.filter(proof_file__in=files).values_list("pk", flat=True))
    links.model.objects.filter(pk__in=pks).update(had_proof_file=True)
    for file in StoredFile.objects.filter(pk__in=files):
        delete_file(file)


def settle(interview: Interview) -> None:
    """Words beside a quote that is found no more, or withdrawn, may be half a name."""
    kept = [line for line in interview.who_typed if REMOVED not in str(line)]
    if kept != interview.who_typed:
        interview.who_typed = kept
        interview.save(update_fields=["who_typed"])
    find_quotes_again(interview)
    lost = Q(start=None) | Q(withdrawn_at__isnull=False)
    interview.quotes.filter(lost).update(prefix="", suffix="", start=None, end=None)


def leave_the_search(people: list[Person]) -> None:
    """Out of the index, and out of what the index still holds of old words."""
    forget(Person, [person.pk for person in people])
