"""Links of the database as pieces of evidence, and who speaks in each.

One query; another where a quote names nobody.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from discovery.models import Person
from interviews.models import Interview
from interviews.models.quotes import refused
from milestones.facts import Link
from milestones.models import EvidenceLink, Reconfirmation
from milestones.support import Piece, Stance

QUOTE_FIELDS = (
    "quote__withdrawn_at",
    "quote__interview__trashed_at",
    "quote__is_prompted",
    "quote__interview_id",
    "quote__interview__kind",
    "quote__interview__qualifies",
    "quote__interview__reasons_against",
    "quote__person_id",
    "quote__person__is_related_party",
    "quote__person__organisation_id",
    "quote__person__organisation__is_related_party",
)
LINK_FIELDS = (
    "pk",
    "question_id",
    "question__number",
    "stance",
    "grade",
    "occurred_on",
    "linked_at",
    "withdrawn_at",
    "answered_at",
    "document",
    "actual__metric_id",
    "survey_id",
    "survey__trashed_at",
    *QUOTE_FIELDS,
)


# what tells one source from another, for whoever compares two states
SOURCE_FIELDS = ("quote_id", "actual_id")


@dataclass(frozen=True)
class Speaker:
    person: Hashable | None = None
    organisation: Hashable | None = None
    is_related: bool = False


NOBODY = Speaker()
# codes of interviews/qualifying.py
REASONS_OF_SELLING = {"sales", "pitched_first"}


def links_of(condition, *, with_people=False, with_sources=False):
    """`with_people`: also the rows of who was there, for whoever shows them;
    `with_sources`: what was linked."""
    fields = (*LINK_FIELDS, *(SOURCE_FIELDS if with_sources else ()))
    kept = EvidenceLink.objects.filter(condition).exclude(refused("quote__"))
    again = Reconfirmation.objects.filter(link=OuterRef("pk")).order_by("-on", "-pk")
    confirmed = {
        "confirmed_on": Subquery(again.values("on")[:1]),
        "confirmed_at": Subquery(again.values("recorded_at")[:1]),
    }
    # a board holds thousands: nobody needs them in order
    rows = list(kept.order_by().annotate(**confirmed).values(*fields, *confirmed))
    unnamed = {
        row["quote__interview_id"]
        for row in rows
        if row["quote__interview_id"] and not row["quote__person_id"]
    }
    if not with_people:
        speakers = speakers_in(unnamed)
        return [link_from(row, speakers) for row in rows]
    people = people_in(unnamed)
    speakers = {talk: together(map(presence, here)) for talk, here in people.items()}
    return [link_from(row, speakers, people) for row in rows]


def people_in(interview_ids):
    """Who was there, of each talk, in the order people are listed."""
    present = defaultdict(list)
    if interview_ids:
        people = Person.objects.filter(interviews__in=interview_ids)
        named = people.select_related("organisation")
        for person in named.annotate(talk=F("interviews__pk")):
            present[person.talk].append(person)
    return present


def presence(person):
    firm = person.organisation
    related = person.is_related_party or bool(firm and firm.is_related_party)
    return person.pk, person.organisation_id, related


def link_from(row, speakers, people=None):
    talk = row["quote__interview_id"]
    return Link(
        number=row["question__number"],
        piece=piece_from(row, speaker_from(row, speakers)),
        linked_at=row["linked_at"],
        # a talk or survey in the trash does not count; fetched back, it does again
        ends_at=first_of(
            row["withdrawn_at"],
            row["quote__withdrawn_at"],
            row["quote__interview__trashed_at"],
            row["survey__trashed_at"],
        ),
        answered_at=row["answered_at"],
        confirmed=row["confirmed_on"] and (row["confirmed_on"], row["confirmed_at"]),
        question=row["question_id"],
        present=None if people is None else tuple(people.get(talk, ())),
        source=source_from(row) if "quote_id" in row else None,
    )


def source_from(row):
    """The same of a link that was carried into a new version of the model."""
    linked = row["quote_id"] or row["actual_id"] or row["survey_id"]
    return linked or (row["document"], row["occurred_on"])


def piece_from(row, speaker):
    document = row["document"].strip().casefold()
    return Piece(
        key=row["pk"],
        stance=Stance(row["stance"]),
        grade=row["grade"],
        on=row["occurred_on"],
        talk=row["quote__interview_id"],
        person=speaker.person,
        organisation=speaker.organisation,
        series=document or row["actual__metric_id"] or row["survey_id"],
        qualifies=row["quote__interview__qualifies"] is not False,
        is_sales=is_fair_sales_talk(row),
        is_related=speaker.is_related,
        is_prompted=bool(row["quote__is_prompted"]),
    )


def is_fair_sales_talk(row):
    """A sales talk with nothing against it but that we sold."""
    against = set(row["quote__interview__reasons_against"] or ())
    is_sales = row["quote__interview__kind"] == Interview.Kind.SALES
    return is_sales and against <= REASONS_OF_SELLING


def speaker_from(row, speakers):
    if not row["quote__person_id"]:
        return speakers.get(row["quote__interview_id"], NOBODY)
    return Speaker(
        row["quote__person_id"],
        row["quote__person__organisation_id"],
        bool(
            row["quote__person__is_related_party"]
            or row["quote__person__organisation__is_related_party"]
        ),
    )


def speakers_in(interview_ids):
    """Who speaks where a quote names nobody: the one who was there, if it is one.

    Several people of one organisation are still that organisation.
    """
    if not interview_ids:
        return {}
    rows = Interview.people.through.objects.filter(
        interview__in=interview_ids
    ).values_list(
        "interview_id",
        "person_id",
        "person__organisation_id",
        "person__is_related_party",
        "person__organisation__is_related_party",
    )
    present = defaultdict(list)
    for interview, person, organisation, *related in rows:
        present[interview].append((person, organisation, any(related)))
    return {interview: together(people) for interview, people in present.items()}


def together(people):
    people = list(people)
    persons, organisations, related = zip(*people, strict=True)
    is_one_person = len(people) == 1
    is_one_organisation = len(set(organisations)) == 1
    return Speaker(
        persons[0] if is_one_person else None,
        organisations[0] if is_one_organisation else None,
        any(related),
    )


def first_of(*moments):
    return min((moment for moment in moments if moment), default=None)
