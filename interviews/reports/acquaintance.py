"""What we know of one person, or of one organisation, and what happened with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.models import ActivityEntry
from discovery.models import BuyingRole, Merge, Organisation, Person
from interviews.models import Interview, Quote, SurveyResponse
from interviews.reports.talks import LATEST, listed

if TYPE_CHECKING:
    from core.models import User


@dataclass(frozen=True)
class Acquaintance:
    """What somebody, or somebody's organisation, told us: the latest of it."""

    talks: list[Interview]
    quotes: list[Quote]


@dataclass(frozen=True)
class Event:
    """One thing that happened. `kind` names its sign: talk, quote, answer, referral,
    merge, consent. `row` is what it is about."""

    kind: str
    at: datetime
    words: str
    row: Any = None
    by: User | None = None


def acquaintance(people: QuerySet[Person]) -> Acquaintance:
    rows = Interview.objects.kept().filter(people__in=people).distinct()
    quotes = Quote.objects.standing().filter(
        person__in=people, interview__trashed_at=None
    )
    return Acquaintance(
        talks=list(listed(rows).order_by("-held_at", "pk")[:LATEST]),
        quotes=list(
            quotes.select_related("interview", "person__organisation").order_by(
                "-interview__held_at", "created_at", "pk"
            )[:LATEST]
        ),
    )


def timeline(
    person: Person, known: Acquaintance, referred: list[Person], merges: list[Merge]
) -> list[Event]:
    """Newest first, the latest of each kind."""
    events = [
        Event("talk", talk.held_at, talk.get_kind_display(), talk)
        for talk in known.talks
    ]
    events += [
        Event("quote", quote.created_at, quote.text, quote) for quote in known.quotes
    ]
    events += [
        Event("referral", other.created_at, str(other), other)
        for other in referred[:LATEST]
    ]
    events += answers_of(person) + consents_of(person)
    for merge in merges:
        words = _("Merged with another row")
        events.append(Event("merge", merge.merged_at, words, merge, merge.by))
    return sorted(events, key=lambda event: event.at, reverse=True)[:LATEST]


def answers_of(person):
    rows = SurveyResponse.objects.standing().filter(person=person)
    rows = rows.select_related("survey").order_by("-recorded_at", "pk")
    return [Event("answer", r.recorded_at, r.survey.name, r) for r in rows[:LATEST]]


def referred(person: Person) -> QuerySet[Person]:
    """Whom they sent to us."""
    rows = Person.objects.kept().filter(referred_by=person, merged_into=None)
    return rows.select_related("organisation").order_by("-created_at", "pk")


def consents_of(person):
    """From the log: who changed it and when. What it was stands nowhere."""
    rows = ActivityEntry.objects.filter(
        workspace=person.workspace, subject_id=person.pk, verb="person.edited"
    )
    rows = rows.select_related("by").order_by("-at", "pk")[:LATEST]
    return [
        Event("consent", row.at, _("The consent was changed"), row, row.by)
        for row in rows
        if set(row.data.get("fields", ())) & {"consent", "consent_how", "consent_on"}
    ]


def merges_of(row: Person | Organisation) -> list[Merge]:
    """Those that stand, newest first."""
    rows = Merge.objects.filter(kept_id=row.pk, undone_at=None)
    return list(rows.select_related("by").order_by("-merged_at", "pk"))


# --- organisations ---------------------------------------------------------------
@dataclass(frozen=True)
class Met:
    """A role in the purchase, and who of them has it. `is_met`: we talked to one."""

    label: str
    people: tuple[Person, ...]
    is_met: bool


def roles_met(people: list[Person]) -> list[Met]:
    """All seven roles, in the order of the model. `people` as from `people_of`."""
    found = []
    for role, label in BuyingRole.Role.choices:
        having = tuple(
            person
            for person in people
            if role in {one.role for one in person.buying_roles.all()}
        )
        is_met = any(person.last_talk for person in having)
        found.append(Met(str(label), having, is_met))
    return found
