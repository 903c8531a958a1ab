"""Keeps the answer "does this talk count?" on its row, beside the reasons against."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from interviews.models import Interview
from interviews.qualifying import Participant, Qualifying, Talk, qualify

if TYPE_CHECKING:
    from discovery.models import Person


def requalify(interview: Interview) -> Qualifying:
    """Called whenever something it depends on was written, in the same transaction."""
    answer = qualify(facts_of(interview))
    is_finished = interview.state == Interview.State.FINISHED
    interview.qualifies = answer.counts and is_finished
    interview.reasons_against = [reason.code for reason in answer.reasons]
    interview.save(update_fields=["qualifies", "reasons_against"])
    return answer


def requalify_talks_of(people: list[Person], *, now: datetime) -> None:
    """Their consent, or whether they are related, may have changed."""
    talks = Interview.objects.filter(people__in=people).distinct()
    for interview in talks.order_by("pk"):
        requalify(interview)


def facts_of(interview: Interview) -> Talk:
    people = interview.people.select_related("organisation")
    return Talk(
        participants=tuple(participant(person) for person in people),
        kind=interview.kind,
        pitched=interview.pitched,
        has_segment=interview.segment_id is not None,
        held_at=interview.held_at,
        recorded_at=interview.recorded_at,
        quotes=interview.quotes.standing().count(),
        is_price_negotiated=interview.is_price_negotiated,
        is_trashed=interview.trashed_at is not None,
    )


def participant(person: Person) -> Participant:
    firm = person.organisation
    is_related = person.is_related_party or bool(firm and firm.is_related_party)
    return Participant(is_related=is_related, consent=person.consent)
